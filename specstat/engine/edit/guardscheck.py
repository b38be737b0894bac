"""Holds a CRD into which guards were spliced against what it said before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from specstat.engine.edit.guardlists import KEY, Rule, is_own, said
from specstat.readers.nodes import text_of
from specstat.readers.yamltree import Alias, Node, Scalar, Sequence, Tree, follow
from specstat.readers.yamltree import Mapping as Block

# What may be new below a node: by key (by name in a list), down to the rules of a schema.
_Plan = Mapping[str, "_Plan"] | tuple[Rule, ...]
_Triple = tuple[Node, Node, _Plan]
_SAME: _Plan = {}


class Wanted(NamedTuple):
    """The one change that was asked for: rules in the schemas of some versions of a CRD.

    A rule is the policy's own when its message ends with `mark`.
    """

    crd: Block
    rules: Mapping[str, tuple[Rule, ...]]
    mark: str

    @property
    def plan(self) -> _Plan:
        """Where in the CRD the rules are to be."""
        versions = {n: {"schema": {"openAPIV3Schema": own}} for n, own in self.rules.items()}
        return {"spec": {"versions": versions}}


def same_but(before: Tree, after: Tree, wanted: Wanted) -> bool:
    """Whether two trees say the same but for the rules that were asked for."""
    if len(before.documents) != len(after.documents):
        return False
    if [k.value for k in before.repeated] != [k.value for k in after.repeated]:
        return False
    seen: set[tuple[int, int]] = set()
    pairs = zip(before.documents, after.documents, strict=True)
    stack: list[_Triple] = [(one, other, _SAME) for one, other in pairs]
    while stack:
        old, new, plan = stack.pop()
        if (type(old) is Alias) != (type(new) is Alias):
            return False
        old, new = follow(old), follow(new)
        if type(old) is Scalar and type(new) is Scalar:
            if old.value != new.value or old.plain != new.plain:
                return False
            continue
        plan = wanted.plan if old is wanted.crd else plan
        if not plan:
            if (id(old), id(new)) in seen:
                continue
            seen.add((id(old), id(new)))
        below = _below(old, new, plan, wanted.mark)
        if below is None:
            return False
        stack += below
    return True


def _below(old: Node, new: Node, plan: _Plan, mark: str) -> list[_Triple] | None:
    """What is to be compared below two nodes; None where they differ themselves."""
    if isinstance(old, Sequence) and isinstance(new, Sequence):
        if len(old.items) != len(new.items):
            return None
        pairs = zip(old.items, new.items, strict=True)
        return [(one, other, _of_item(one, plan)) for one, other in pairs]
    if not isinstance(old, Block) or not isinstance(new, Block):
        return None
    keys, others = [*old.entries], [*new.entries]
    rules: list[_Triple] | None = []
    if isinstance(plan, tuple):
        keys, others = ([k for k in own if k != KEY] for own in (keys, others))
        rules = _other_rules(old, new, plan, mark)
    if keys != others or rules is None:
        return None
    below = plan if isinstance(plan, Mapping) else {}
    found = [(old.entries[k][1], new.entries[k][1], below.get(k, _SAME)) for k in keys]
    return found + rules


def _of_item(item: Node, plan: _Plan) -> _Plan:
    item = follow(item)
    named = isinstance(plan, Mapping) and plan and isinstance(item, Block)
    return plan.get(text_of(item.get("name")), _SAME) if named else _SAME  # type: ignore[union-attr]  # a mapping and a block, as `named` says


def _other_rules(
    old: Block, new: Block, rules: tuple[Rule, ...], mark: str
) -> list[_Triple] | None:
    """The rules of others, to be compared; None where the policy's own are not as wanted."""
    one, other = _items(old), _items(new)
    if [said(item) for item in other if is_own(item, mark)] != [dict(rule) for rule in rules]:
        return None
    one, other = ([i for i in items if not is_own(i, mark)] for items in (one, other))
    if len(one) != len(other):
        return None
    return [(a, b, _SAME) for a, b in zip(one, other, strict=True)]


def _items(root: Block) -> list[Node]:
    found = root.get(KEY)
    return found.items if isinstance(found, Sequence) else []
