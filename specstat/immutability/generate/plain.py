"""Where the operator `==` compares values as Kubernetes' typed equality does, and where not."""

from __future__ import annotations

from specstat.immutability.generate.dialect import Dialect
from specstat.immutability.generate.escape import escape, looks_escaped
from specstat.immutability.schema import Schema

_MOST_KEYS = 3
_HASHED = {"string", "integer", "boolean"}
# Formats that mean values, whose texts may differ where the values do not.
BY_VALUE = frozenset({"byte", "date-time", "duration"})


def is_plain(schema: Schema, dialect: Dialect) -> bool:
    """Whether `==` compares values of a schema exactly, at every depth.

    A field that is null counts as absent, which `==` of whole objects does not know.
    """
    if not all(is_plain(inner, dialect) for inner in _inner(schema)):
        return False
    if any(inner.nullable for inner in schema.properties.values()):
        return False
    if not dialect.typed:
        in_order = schema.type != "array" or schema.list_type == "atomic"
        return in_order and not is_by_value(schema)
    if schema.type == "array":
        return _is_plain_list(schema)
    if schema.type == "object":
        return not misses_fields(schema) and not any(map(looks_escaped, schema.properties))
    return True


def is_by_value(schema: Schema) -> bool:
    """Whether two texts of a schema may mean the same value."""
    return schema.type == "string" and schema.format in BY_VALUE


def misses_fields(schema: Schema) -> bool:
    """Whether `==` in rules overlooks fields: an unknown one may take the place of another.

    Kubernetes compares an unknown field only with one of the same name, so that a change of the
    name alone is none to it. Values of a map that are merely untyped it compares in full.
    """
    if schema.type != "object":
        return False
    if schema.embedded:
        return True
    if schema.values is None:
        return schema.preserves
    return not (schema.values.type or schema.values.int_or_string or schema.values.preserves)


def _is_plain_list(schema: Schema) -> bool:
    items = schema.items
    if items is None:
        return False
    if schema.list_type == "set":
        # Items of other types are looked up by texts or numbers that they are not kept as.
        hashed = items.int_or_string or items.type in _HASHED
        return hashed and not items.nullable and items.format not in {"date", *BY_VALUE}
    if schema.list_type == "map":
        # Reserved names are looked up as they are escaped, and several keys as one text.
        return len(schema.list_keys) <= _MOST_KEYS and all(
            escape(key) == key for key in schema.list_keys
        )
    return True


def _inner(schema: Schema) -> tuple[Schema, ...]:
    below = (schema.values, schema.items)
    return (*schema.properties.values(), *(inner for inner in below if inner is not None))
