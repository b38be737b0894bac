"""Our trees beside those that PyYAML composes, place by place."""

from __future__ import annotations

import yaml

from specstat.readers.yamltree import Mapping, Node, Scalar, Sequence, Tree, follow


def assert_same_places(tree: Tree, text: str) -> None:
    """Every key and value starts where PyYAML says, and every block ends with its last text."""
    composed = list(yaml.compose_all(text, Loader=yaml.CSafeLoader))
    assert len(tree.documents) == len(composed)
    seen: set[int] = set()
    for mine, theirs in zip(tree.documents, composed, strict=True):
        _compare(mine, theirs, seen)


def _compare(mine: Node, theirs: yaml.Node, seen: set[int]) -> None:
    mine = follow(mine)
    assert mine.start == theirs.start_mark.index
    if id(theirs) in seen:  # behind an alias
        return
    seen.add(id(theirs))
    last = mine.start
    if isinstance(theirs, yaml.MappingNode):
        assert type(mine) is Mapping
        for (key, value), (other_key, other) in zip(
            mine.entries.values(), theirs.value, strict=True
        ):
            _compare(key, other_key, seen)
            _compare(value, other, seen)
            last = value.end
    elif isinstance(theirs, yaml.SequenceNode):
        assert type(mine) is Sequence
        for item, other in zip(mine.items, theirs.value, strict=True):
            _compare(item, other, seen)
            last = item.end
    else:
        assert type(mine) is Scalar
        assert mine.value == theirs.value
    # A block scalar's mark lies behind its line ends, a block's behind the comments below it.
    if isinstance(theirs, yaml.CollectionNode):
        assert mine.end == (theirs.end_mark.index if theirs.flow_style else last)
    elif isinstance(theirs, yaml.ScalarNode) and theirs.style not in {"|", ">"}:
        assert mine.end == theirs.end_mark.index
