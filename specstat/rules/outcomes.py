"""What a validation rule makes of a change, as far as its expression alone tells.

A change touches one field, the target: it is unset, set, or gets another value; all else stays as
it was. Each expression then has a set of outcomes that it may have. Kubernetes refuses a change
where a rule is false and where it fails, as `self.size` does where there is no size.
"""

from __future__ import annotations

from enum import IntFlag
from itertools import product
from typing import NamedTuple

from specstat.model.resource import Validation
from specstat.rules.expressions import Expression, parse

OLD = "oldSelf"
SELF = "self"
_BOOLEANS = frozenset({"hasValue", "!", "&&", "||", "==", "!=", "?:", "true", "false"})
_EMPTY = frozenset({'""', "''", "0", "null", "0.0"})


class Outcome(IntFlag):
    """What an expression may come to; more than one where that is not known."""

    TRUE = 1
    FALSE = 2
    ERROR = 4


_OPEN = Outcome.TRUE | Outcome.FALSE


class Change(NamedTuple):
    """What happens to the target: whether it is there before and after.

    Where it is there both times it has two different values, the old one not an empty one.
    `correlated` says whether the schema that a rule stands on was there before.
    """

    target: tuple[str, ...]
    before: bool = True
    after: bool = True
    correlated: bool = True


def of_rule(validation: Validation, change: Change) -> Outcome:
    """What a rule may come to; open where it cannot be read."""
    tree = parse(validation.rule)
    return _OPEN | Outcome.ERROR if tree is None else outcome(tree, change)


def names(validation: Validation) -> frozenset[str]:
    """The names that a rule mentions, of fields and all else."""
    tree = parse(validation.rule)
    if tree is None:
        return frozenset()
    return frozenset(node.name for node in tree.walk())


def outcome(node: Expression, change: Change) -> Outcome:
    """What an expression may come to when a change is made."""
    if node.kind == "literal" and node.name in {"true", "false"}:
        return Outcome.TRUE if node.name == "true" else Outcome.FALSE
    if node.kind == "has" and len(node.parts) == 1:
        return _presence(node.parts[0], change)
    if node.kind == "method" and node.name == "hasValue":
        return _has_value(node.parts[0], change)
    if node.kind == "operator":
        return _operator(node, change)
    return _OPEN | _failures(node, change)


def path_of(node: Expression) -> tuple[str, tuple[str, ...]] | None:
    """The side and the path of a field, such as `oldSelf` and `spec`, `size`; None for all else.

    `oldSelf.value()` is the same as `oldSelf`, in rules that are asked without an old value too.
    """
    steps: list[str] = []
    while node.kind in {"select", "maybe"}:
        steps.append(node.name)
        node = node.parts[0]
    if node.kind == "method" and node.name == "value" and node.parts[0].name == OLD:
        node = node.parts[0]
    if node.kind != "name" or node.name not in {SELF, OLD}:
        return None
    return node.name, tuple(reversed(steps))


def _operator(node: Expression, change: Change) -> Outcome:
    name, parts = node.name, node.parts
    if name == "!":
        return _not(outcome(parts[0], change))
    if name == "||":
        return _either(outcome(parts[0], change), outcome(parts[1], change))
    if name == "&&":
        return _not(_either(_not(outcome(parts[0], change)), _not(outcome(parts[1], change))))
    if name == "?:":
        return _chosen(outcome(parts[0], change), parts[1], parts[2], change)
    if name in {"==", "!="}:
        equal = _equality(parts[0], parts[1], change)
        return equal if name == "==" else _not(equal)
    return _OPEN | _failures(node, change)


def _chosen(condition: Outcome, then: Expression, other: Expression, change: Change) -> Outcome:
    found = condition & Outcome.ERROR
    if condition & Outcome.TRUE:
        found |= outcome(then, change)
    return found | outcome(other, change) if condition & Outcome.FALSE else found


def _not(known: Outcome) -> Outcome:
    return (
        (known & Outcome.ERROR)
        | (Outcome.FALSE if known & Outcome.TRUE else Outcome(0))
        | (Outcome.TRUE if known & Outcome.FALSE else Outcome(0))
    )


def _either(left: Outcome, right: Outcome) -> Outcome:
    """Of two outcomes the true one, where there is one: an error beside it does not count."""
    found = Outcome(0)
    for one, other in product(left, right):
        if Outcome.TRUE in {one, other}:
            found |= Outcome.TRUE
        else:
            found |= Outcome.ERROR if Outcome.ERROR in {one, other} else Outcome.FALSE
    return found


def _is_there(side: str, change: Change) -> bool:
    return change.before if side == OLD else change.after


def _presence(node: Expression, change: Change) -> Outcome:
    """Whether a field is there."""
    found = path_of(node)
    if found is None:
        return _OPEN | _failures(node, change)
    side, path = found
    if side == OLD and not change.correlated:
        return Outcome.ERROR
    target = change.target
    if path == target[: len(path)] and (path != target or _is_there(side, change)):
        return Outcome.TRUE
    if path == target:
        return Outcome.FALSE
    return Outcome.ERROR if _fails(side, path, change) else _OPEN


def _has_value(node: Expression, change: Change) -> Outcome:
    """Whether an optional value is one: oldSelf itself, or a field behind `.?`."""
    if node.kind == "name" and node.name == OLD:
        return Outcome.TRUE if change.correlated else Outcome.FALSE
    return _presence(node, change) if node.kind == "maybe" else _OPEN


def _fails(side: str, path: tuple[str, ...], change: Change) -> bool:
    """Whether to read a field fails, since the target at it or above it is not there."""
    if side == OLD and not change.correlated:
        return True
    at_or_below = path[: len(change.target)] == change.target
    return at_or_below and not _is_there(side, change)


def _failures(node: Expression, change: Change) -> Outcome:
    """ERROR where an expression reads what is not there; nothing else."""
    found = path_of(node)
    if found is not None:
        return Outcome.ERROR if _fails(*found, change) else Outcome(0)
    failing = Outcome(0)
    for part in node.parts:
        failing |= _failures(part, change)
    return failing


def _equality(left: Expression, right: Expression, change: Change) -> Outcome:
    ours, theirs = path_of(left), path_of(right)
    for found in (ours, theirs):
        if found is not None and _fails(*found, change):
            return Outcome.ERROR
    if ours and theirs and ours[0] != theirs[0] and ours[1] == theirs[1]:
        return _unchanged(ours[1], change)
    if _is_empty_old(left, right, change) or _is_empty_old(right, left, change):
        return Outcome.FALSE
    if _without_side(left) == _without_side(right) and not touches(left, change):
        return Outcome.TRUE
    return _both(left, right, change) or _OPEN | _failures(left, change) | _failures(right, change)


def _both(left: Expression, right: Expression, change: Change) -> Outcome:
    """Whether two booleans are the same, where both are known; no outcome where not."""
    if not (_is_boolean(left) and _is_boolean(right)):
        return Outcome(0)
    known = outcome(left, change), outcome(right, change)
    if not {*known} <= {Outcome.TRUE, Outcome.FALSE}:
        return Outcome(0)
    return Outcome.TRUE if known[0] == known[1] else Outcome.FALSE


def _unchanged(path: tuple[str, ...], change: Change) -> Outcome:
    """Whether a field is the same before and after: what is above the target differs as well."""
    shared = min(len(path), len(change.target))
    if path[:shared] != change.target[:shared]:
        return Outcome.TRUE
    return Outcome.FALSE if len(path) <= len(change.target) else _OPEN


def _is_boolean(node: Expression) -> bool:
    return node.kind == "has" or node.name in _BOOLEANS


def _is_empty_old(node: Expression, literal: Expression, change: Change) -> bool:
    """Whether the target's old value is compared with an empty one, or its size with none."""
    if not change.before or literal.kind != "literal":
        return False
    if path_of(node) == (OLD, change.target):
        return literal.name in _EMPTY
    sized = node.name == "size" and node.kind in {"call", "method"} and len(node.parts) == 1
    return sized and literal.name == "0" and path_of(node.parts[0]) == (OLD, change.target)


def _without_side(node: Expression) -> Expression:
    """The expression with `oldSelf` for `self`, so that two that ask the same are equal."""
    if node.kind == "name" and node.name == SELF:
        return node._replace(name=OLD)
    return node._replace(parts=tuple(map(_without_side, node.parts)))


def touches(node: Expression, change: Change) -> bool:
    """Whether an expression reads the target, what is above it or what is below it.

    `self.size.all(...)` reads size; `self.size == 1` reads nothing but size, not what holds it.
    """
    if node.name == "hasValue" and node.parts[0].kind == "name":
        return False  # whether there is an old object says nothing of what it holds
    if (found := path_of(node)) is None:
        return any(touches(part, change) for part in node.parts)
    shared = min(len(found[1]), len(change.target))
    return found[1][:shared] == change.target[:shared]
