"""How large Kubernetes takes a value to be at most, from its schema: the base of all its estimates.

The figures are those of its declaration of types for rules (from 1.25 on); sizes are in bytes of
JSON, elements are characters, bytes, items or entries.
"""

from __future__ import annotations

from specstat.immutability.generate.escape import escape
from specstat.immutability.paths import Each, Step
from specstat.immutability.schema import ABSENT, Schema

REQUEST = 3 * 1024 * 1024
_LONGEST_MOMENT = 32
_DATE = 12
_SHORTEST = {"duration": 3, "date": _DATE, "date-time": 21}
_SCALARS = {"boolean": 4, "number": 1, "integer": 1}


def is_declared(schema: Schema) -> bool:
    """Whether rules can reach values of a schema: not where it does not type them."""
    if schema.int_or_string:
        return True
    if schema.type == "array":
        return schema.items is not None and is_declared(schema.items)
    if schema.type == "object":
        return not has_typed_values(schema) or is_declared(schema.values)  # type: ignore[arg-type]  # typed values
    return schema.type == "string" or schema.type in _SCALARS


def reaches(schema: Schema, step: Step) -> bool:
    """Whether rules can take a step down from a value that they can reach."""
    if isinstance(step, Each):
        inner = schema.items if step is Each.ITEM else schema.values
    elif schema.values is not None:
        inner = schema.values
    else:
        inner = schema.properties.get(step) if escape(step) is not None else None
    return inner is not None and is_declared(inner)


def smallest(schema: Schema) -> int:
    """The length of the shortest JSON of a value, in bytes."""
    if schema.int_or_string:
        return 1
    if schema.type in _SCALARS:
        return _SCALARS[schema.type]
    if schema.type == "string":
        return _SHORTEST.get(schema.format, 2)
    if schema.type != "object" or has_typed_values(schema):
        return 2
    needed = (
        (name, inner)
        for name, inner in schema.properties.items()
        if name in schema.required and inner.default is ABSENT and is_declared(inner)
    )
    return 2 + sum(len(name.encode()) + smallest(inner) + 4 for name, inner in needed)


def most_elements(schema: Schema) -> int:
    """The most elements of a value; 0 for what has none."""
    if schema.int_or_string or schema.type == "string":
        return _longest(schema)
    if schema.type == "array" and schema.items is not None:
        return _bound(schema, "maxItems", (REQUEST - 2) // (smallest(schema.items) + 1))
    if schema.type == "object" and has_typed_values(schema):
        inner: Schema = schema.values  # type: ignore[assignment]  # typed values
        return _bound(schema, "maxProperties", (REQUEST - 2) // (smallest(inner) + 6))
    return 0


def keyword(schema: Schema) -> str:
    """The keyword that bounds a value of a schema; empty for what needs none."""
    if schema.type == "array":
        return "maxItems"
    if schema.type == "object":
        return "maxProperties" if has_typed_values(schema) else ""
    return "maxLength" if schema.int_or_string or schema.type == "string" else ""


def _longest(schema: Schema) -> int:
    if not schema.int_or_string:
        if schema.format in {"duration", "date-time"}:
            return _LONGEST_MOMENT
        if schema.format == "date":
            return _DATE
        if schema.format == "byte":
            return _bound(schema, "maxLength", REQUEST - 2)
    if "maxLength" in schema.bounds:
        return 4 * _bound(schema, "maxLength", 0)
    texts = [len(value.encode()) for value in schema.enum if isinstance(value, str)]
    return max(texts, default=0) if schema.enum and not schema.int_or_string else REQUEST - 2


def _bound(schema: Schema, word: str, otherwise: int) -> int:
    return max(int(schema.bounds.get(word, otherwise)), 0)


def has_typed_values(schema: Schema) -> bool:
    """Whether it is a map whose values have a schema, which `additionalProperties: true` is not."""
    values = schema.values
    return values is not None and bool(values.type or values.int_or_string or values.preserves)
