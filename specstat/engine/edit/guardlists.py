"""Where rules go in the text of one schema: into its list of rules, or a new one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from specstat.engine.edit.splices import Edit, line_end
from specstat.immutability.generate.yamltext import lines_of
from specstat.readers.nodes import text_of
from specstat.readers.yamltree import Mapping as Block
from specstat.readers.yamltree import Node, Scalar, follow
from specstat.readers.yamltree import Sequence as Items

KEY = "x-kubernetes-validations"
# Where a list of rules that is not there yet may begin, the best first.
PLACES = ("behind", "above")

Rule = Mapping[str, str | bool]

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")


def is_own(item: Node, mark: str) -> bool:
    """Whether a rule belongs to the policy whose messages end with a mark."""
    item = follow(item)
    return isinstance(item, Block) and text_of(item.get("message")).endswith(mark)


def said(item: Node) -> dict[str, str | bool]:
    """What a rule in a text says; `true` and `false` where they are written plain."""
    item = follow(item)
    found: dict[str, str | bool] = {}
    for name, (_, value) in item.entries.items() if isinstance(item, Block) else ():
        own = follow(value)
        text = own.value if isinstance(own, Scalar) else "?"
        is_word = isinstance(own, Scalar) and own.plain and text in {"true", "false"}
        found[name] = text == "true" if is_word else text
    return found


def edits(text: str, root: Block, rules: Sequence[Rule], mark: str, place: str) -> tuple[Edit, ...]:
    """How a schema comes to have a policy's rules, and none of its older ones.

    Nothing where it has them already. `place` is one of PLACES.
    """
    found = root.get(KEY)
    if isinstance(found, Items):
        own = [item for item in found.items if is_own(item, mark)]
        if [said(item) for item in own] == [dict(rule) for rule in rules]:
            return ()
        if _is_flow(text, found):
            return tuple(_in_flow_list(text, root, found, own, rules))
        return tuple(_in_block_list(text, found, own, rules))
    if _is_flow(text, root):
        return (_new_in_flow(text, root, rules),)
    return (_new_in_block(text, root, rules, place),)


def _is_flow(text: str, node: Node) -> bool:
    """Whether a mapping or list is written in brackets, behind its anchor and tag, if any."""
    begins = _PROPERTIES.match(text, node.start)
    return text[begins.end() if begins else node.start] in "{["


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _behind_line(text: str, offset: int) -> int:
    """Where the line after that of an offset begins; the end of the text where there is none."""
    stop = text.find("\n", offset)
    return len(text) if stop < 0 else stop + 1


def _dash(text: str, item: Node) -> int:
    """Where the dash stands of an item of a list in block style."""
    return text.rfind("-", 0, item.start)


def _column(text: str, offset: int) -> int:
    return offset - _line_start(text, offset)


def _block(text: str, offset: int, lines: Sequence[str]) -> Edit:
    """Lines of their own at the beginning of a line, or at the end of a text without line end."""
    ending = line_end(text, offset)
    whole = "".join(f"{line}{ending}" for line in lines)
    if offset == len(text) and not text.endswith("\n"):
        return Edit(offset, offset, f"{ending}{whole.removesuffix(ending)}")
    return Edit(offset, offset, whole)


def _new_in_block(text: str, root: Block, rules: Sequence[Rule], place: str) -> Edit:
    entries = list(root.entries.values())
    first = min(key.start for key, _ in entries)
    indent = _column(text, first)
    lines = [f"{' ' * indent}{KEY}:"]
    lines += lines_of(rules, indent + _depth_of_dashes(text, root))
    last = max(max(key.end, value.end) for key, value in entries)
    offset = _behind_line(text, last) if place == "behind" else _line_start(text, first)
    return _block(text, offset, lines)


def _depth_of_dashes(text: str, root: Block) -> int:
    """How much deeper than its key a list's dashes stand, as the schema has it; else not at all."""
    stack: list[Block] = [root]
    while stack:
        block = stack.pop()
        for key, value in block.entries.values():
            if isinstance(value, Items) and value.items and not _is_flow(text, value):
                return max(_column(text, _dash(text, value.items[0])) - _column(text, key.start), 0)
            if isinstance(value, Block):
                stack.append(value)
    return 0


def _in_block_list(
    text: str, found: Items, own: Sequence[Node], rules: Sequence[Rule]
) -> Iterator[Edit]:
    depth = _column(text, _dash(text, found.items[0]))
    lines = lines_of(rules, depth)
    if not own:
        yield _block(text, _behind_line(text, max(i.end for i in found.items)), lines)
    for number, item in enumerate(own):
        start, stop = _line_start(text, _dash(text, item)), _behind_line(text, item.end)
        new = _block(text, start, lines).text if not number else ""
        ended = text[start:stop].endswith("\n")
        yield Edit(start, stop, new if ended else new.removesuffix(line_end(text, start)))


def _in_flow_list(
    text: str, root: Block, found: Items, own: Sequence[Node], rules: Sequence[Rule]
) -> Iterator[Edit]:
    if not found.items:
        at = text.index("[", found.start) + 1
        yield Edit(at, at, ", ".join(map(_json, rules)))
        return
    depth = _own_line(text, found.items[0])
    step = None if depth is None else _step(text, root)
    between = ", " if depth is None else f",{line_end(text, found.start)}{' ' * depth}"
    new = between.join(_json(rule, step, depth or 0, text) for rule in rules)
    if not own:
        last = found.items[-1].end
        yield Edit(last, last, f"{between}{new}")
        return
    yield Edit(own[0].start, own[0].end, new)
    before = dict(zip(map(id, found.items[1:]), found.items, strict=False))
    for item in own[1:]:
        yield Edit(before[id(item)].end, item.end, "")


def _new_in_flow(text: str, root: Block, rules: Sequence[Rule]) -> Edit:
    *_, (key, value) = root.entries.values()
    depth = _own_line(text, key)
    if depth is None:
        listed = ", ".join(map(_json, rules))
        return Edit(value.end, value.end, f', "{KEY}": [{listed}]')
    step = _step(text, root)
    ending, indent = line_end(text, root.start), " " * depth
    inner = f"{ending}{indent}{' ' * step}"
    listed = f",{inner}".join(_json(rule, step, depth + step, text) for rule in rules)
    return Edit(
        value.end, value.end, f',{ending}{indent}"{KEY}": [{inner}{listed}{ending}{indent}]'
    )


def _own_line(text: str, node: Node) -> int | None:
    """The column of what is the first on its line; None for what is not."""
    before = text[_line_start(text, node.start) : node.start]
    return None if before.strip(" ") else len(before)


def _step(text: str, root: Block) -> int:
    """How much deeper each level of a text in brackets stands."""
    begin = _line_start(text, root.start)
    outer = len(text[begin:]) - len(text[begin:].lstrip(" "))
    inner = _own_line(text, next(iter(root.entries.values()))[0])
    return max((inner or 0) - outer, 0) or 2


def _json(rule: Rule, step: int | None = None, depth: int = 0, text: str = "") -> str:
    """A rule in brackets, on one line or with a level's indent."""
    written = json.dumps(dict(rule), ensure_ascii=False, indent=step)
    return written.replace("\n", f"{line_end(text, 0)}{' ' * depth}")
