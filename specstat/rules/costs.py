"""What Kubernetes estimates a validation rule to cost at most, before it takes a definition.

A rule may cost 10 million, all rules of a version together 100 million. What is compared counts by
the size that it may have: without a bound, what fits into a request of three megabytes. A rule
below lists and maps counts as often as there may be items. Only what such rules are made of most is
known here; nothing is estimated of others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from specstat.model.resource import Field, Level
from specstat.rules.expressions import Expression
from specstat.rules.outcomes import OLD, SELF

RULE_LIMIT = 10_000_000
VERSION_LIMIT = 100_000_000
_REQUEST = 3 * 1024 * 1024  # bytes
_TEXT = _REQUEST - 2  # without the quotes
_NUMBERS = {"integer": 1, "number": 1, "boolean": 4}
_TIMES = {"duration": (3, 32), "date": (12, 12), "date-time": (21, 32)}  # bytes, least and most
_FREE = frozenset({"hasValue", "value", "size", "!"})  # cost one, whatever they are asked of


class UnknownCostError(Exception):
    """The expression has a part of which no cost is known here."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a value may be: `least` bytes as JSON, at `most` so many elements or characters."""

    kind: str
    least: int
    most: int = 0
    inner: Shape | None = None
    fields: Mapping[str, Shape] = field(default_factory=dict)


_NAMED = Shape("string", 2, _TEXT)
METADATA = Shape("object", 2, fields={"name": Shape("string", 2, 4 * 253)})
OBJECT_FIELDS = {"apiVersion": _NAMED, "kind": _NAMED, "metadata": METADATA}


def shape_of(
    schema: Field | Level, levels: tuple[Level, ...], children: tuple[Field, ...]
) -> Shape | None:
    """The shape of a schema with these levels and fields below it; None where CEL cannot see it."""
    bounds = dict(schema.constraints)
    if schema.type == "array" or (levels and levels[0].suffix == "{}"):
        inner = shape_of(levels[0], levels[1:], children) if levels else None
        if inner is None:
            return None
        word, around = ("maxItems", 1) if schema.type == "array" else ("maxProperties", 6)
        most = _bound(bounds, word, (_REQUEST - 2) // (inner.least + around))
        return Shape("list" if schema.type == "array" else "map", 2, most, inner)
    if schema.type == "object":
        return object_of(children, embedded=schema.embedded_resource)
    return _scalar(schema, bounds)


def object_of(children: tuple[Field, ...], *, embedded: bool = False) -> Shape:
    """The shape of an object; one that stands for itself has a name and a kind in any case."""
    shapes = {f.name: s for f in children if (s := shape_of(f, f.levels, f.children))}
    least = 2 + sum(
        len(f.name) + shapes[f.name].least + 4
        for f in children
        if f.name in shapes and f.required and not f.has_default
    )
    return Shape("object", least, fields={**shapes, **OBJECT_FIELDS} if embedded else shapes)


def _bound(bounds: Mapping[str, str], word: str, otherwise: int) -> int:
    try:
        return max(0, int(bounds[word]))
    except (KeyError, ValueError):
        return otherwise


def _scalar(schema: Field | Level, bounds: Mapping[str, str]) -> Shape | None:
    if schema.type == "int-or-string":
        return Shape("any", 1, _characters(bounds, _TEXT))
    if schema.type in _NUMBERS:
        return Shape(schema.type, _NUMBERS[schema.type])
    if schema.type != "string":
        return None
    if schema.format in _TIMES:
        least, most = _TIMES[schema.format]
        return Shape("time", least, most)
    if schema.format == "byte":
        return Shape("string", 2, _bound(bounds, "maxLength", _TEXT))
    longest = max((len(word.encode()) for word in schema.enum), default=_TEXT)
    return Shape("string", 2, _characters(bounds, longest))


def _characters(bounds: Mapping[str, str], otherwise: int) -> int:
    """A bound in characters, each of which may be four bytes."""
    most = _bound(bounds, "maxLength", -1)
    return 4 * most if most >= 0 else otherwise


def repeated(counts: tuple[int | None, ...], shape: Shape) -> int:
    """How often a value may be there, below lists and maps of these bounds (None: of no bound)."""
    times = 1
    for count in counts:
        if count is None:
            return _REQUEST // (shape.least + 1)
        times *= count
    return times


def cost_of(node: Expression, shape: Shape) -> int:
    """What an expression on a schema of this shape costs at most, each time it is asked.

    Raises UnknownCostError where some part of it is not known here.
    """
    if node.kind == "literal":
        return 0
    if node.kind == "name" and node.name in {SELF, OLD}:
        return 1
    if node.kind == "has":
        return cost_of(node.parts[0], shape) - 1  # to ask for a field is not to read it
    if node.kind not in {"select", "operator", "call", "method"}:
        raise UnknownCostError
    return _cost_of_call(node, [cost_of(part, shape) for part in node.parts], shape)


def _cost_of_call(node: Expression, parts: list[int], shape: Shape) -> int:
    name = node.name
    if node.kind == "select" or name in _FREE:
        return sum(parts) + 1
    if node.kind == "operator" and name in {"||", "&&"}:
        return sum(parts)
    if node.kind == "operator" and name == "?:":
        return parts[0] + max(parts[1:])
    if node.kind == "operator" and name in {"==", "!="}:
        sizes = [size for part in node.parts if (size := _size(part, shape)) is not None]
        if sizes:
            return sum(parts) - (-min(sizes) // 10)
    raise UnknownCostError


def _size(node: Expression, shape: Shape) -> int | None:
    """How large what an expression stands for may be; None where that is not known."""
    if node.kind == "literal":
        quoted = node.name[:1] in {'"', "'"}
        return len(node.name) - 2 if quoted else 1
    if node.kind in {"has", "operator"} or node.name in {"hasValue", "size"}:
        return 1
    found = reached(node, shape)
    return found.most if found else None


def reached(node: Expression, shape: Shape) -> Shape | None:
    """The shape of the field that an expression reads; None where it is not one."""
    if node.kind == "name" and node.name in {SELF, OLD}:
        return shape
    if node.kind != "select":
        return None
    above = reached(node.parts[0], shape)
    if above is None or node.name not in above.fields:
        raise UnknownCostError
    return above.fields[node.name]
