"""What stands in nodes of YAML, as Kubernetes reads it: texts, booleans, validation rules."""

from __future__ import annotations

from specstat.model.reading import UnreadableError
from specstat.model.resource import Validation
from specstat.readers.yamltree import Mapping, Node, Scalar, Sequence, follow

VALIDATIONS = "x-kubernetes-validations"
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset("y Y yes Yes YES true True TRUE on On ON".split())


def text_of(node: Node | None) -> str:
    """A scalar as text; empty for null and for what is no scalar."""
    if node is None:
        return ""
    node = follow(node)
    if type(node) is not Scalar or (node.plain and node.value in _NULLS):
        return ""
    return node.value


def is_true(node: Node | None) -> bool:
    """Whether a node is the boolean true, as Kubernetes' YAML reader sees it."""
    return type(node) is Scalar and node.plain and node.value in _TRUE


def texts_of(node: Node | None) -> tuple[str, ...]:
    """A sequence of scalars as texts; null and anything else is left out."""
    if type(node) is not Sequence:
        return ()
    return tuple(
        item.value
        for item in map(follow, node.items)
        if type(item) is Scalar and not (item.plain and item.value in _NULLS)
    )


def mapping_or_refuse(node: Node | None, what: str, at: int) -> Mapping:
    """The node as a mapping; UnreadableError that says what stands there instead."""
    if node is None:
        raise UnreadableError(f"{what} is missing", at)
    if type(node) is Mapping:
        return node
    shape = "a list" if type(node) is Sequence else "a plain value"
    raise UnreadableError(f"{what} is {shape}, not a mapping", node.start)


def validations(node: Node | None) -> tuple[Validation, ...]:
    """The rules that stand under `x-kubernetes-validations`."""
    if type(node) is not Sequence:
        return ()
    rules = (item for item in map(follow, node.items) if type(item) is Mapping)
    return tuple(
        Validation(
            rule=text_of(rule.get("rule")),
            message=text_of(rule.get("message")),
            reason=text_of(rule.get("reason")),
            field_path=text_of(rule.get("fieldPath")),
            optional_old_self=is_true(rule.get("optionalOldSelf")),
        )
        for rule in rules
    )
