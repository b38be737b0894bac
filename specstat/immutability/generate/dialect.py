"""The two dialects of CEL that guards are written in, and how each reaches fields.

Rules of a definition see typed values, whose names are escaped and whose equality is that of
Kubernetes. Admission policies see plain JSON: lists compare in order, moments as texts.
"""

from __future__ import annotations

from typing import NamedTuple

from specstat.immutability.generate import tree
from specstat.immutability.generate.escape import escape, is_identifier
from specstat.immutability.generate.tree import Node
from specstat.immutability.schema import UNTYPED, Schema


class Dialect(NamedTuple):
    """How the new and the old object are called, and whether their values are typed."""

    new: str
    old: str
    typed: bool


RULES = Dialect("self", "oldSelf", typed=True)
ADMISSION = Dialect("object", "oldObject", typed=False)


def field(dialect: Dialect, of: Node, name: str) -> Node:
    """A field of an object or a value of a map, which must be there."""
    inner = below(of, name)
    identifier = _identifier(dialect, of, name)
    if identifier is None:
        return tree.index(of, tree.text(name), inner)
    return tree.get(of, identifier, inner)


def present(dialect: Dialect, of: Node, name: str) -> Node:
    """Whether a field or value is there, and is no null that counts as absent."""
    own = field(dialect, of, name)
    there = tree.infix("in", tree.text(name), of) if own.op == "index" else tree.has(own)
    inner = below(of, name)
    idle = not dialect.typed and inner.nullable and name in schema_of(of).properties
    return tree.both(there, tree.infix("ne", own, tree.literal("null"))) if idle else there


def is_no_null(dialect: Dialect, value: Node) -> Node:
    """Whether a value is not null, where it may be: a field that is null counts as absent."""
    if not schema_of(value).nullable or _is_field(dialect, value):
        return tree.TRUE
    # Typed values are not comparable with null unless the type is taken from them.
    shown = tree.untyped(value) if dialect.typed else value
    return tree.infix("ne", shown, tree.literal("null"))


def below(of: Node, name: str) -> Schema:
    """The schema of a field; one that fits anything where none is known."""
    return schema_of(of).below(name) or UNTYPED


def schema_of(node: Node) -> Schema:
    """The schema of a node's value; one that fits anything where none is known."""
    return node.schema or UNTYPED


def _is_field(dialect: Dialect, value: Node) -> bool:
    """Whether a value is that of a field which its object's schema lists."""
    if value.op not in {"get", "index"}:
        return False
    name = value.word if value.op == "get" else value.of[1].word
    listed = name in schema_of(value.of[0]).properties
    return listed or (dialect.typed and value.op == "get")


def _identifier(dialect: Dialect, of: Node, name: str) -> str | None:
    """What stands behind the dot; None where the name must stand in brackets."""
    if dialect.typed:
        return escape(name) if name in schema_of(of).properties else None
    return name if is_identifier(name) else None
