"""An object as the API server would keep it: pruned, without idle nulls, with its defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from specstat.immutability.schema import ABSENT, METADATA, UNTYPED, Schema

# Any value of JSON; what it is, only it tells.
Json = Any

_TEXT = Schema("string")
_EMPTY = Schema("object")
# What an object inside an object always has, whether its schema lists it or not.
_OF_EVERY_OBJECT = {"apiVersion": _TEXT, "kind": _TEXT, "metadata": METADATA}


def prepare(value: Json, schema: Schema) -> Json:
    """A whole object as the API server keeps it; `schema` is that of the whole object.

    Undeclared fields are dropped unless the schema keeps them, nulls of fields that are not
    nullable are dropped or replaced by the default, and defaults are filled in wherever their
    parent is there. What does not fit the schema is left as it is. Doing it twice changes nothing.
    """
    root = replace(schema, embedded=True)
    return _prune(_fill(_without_nulls(value, root), root), root)


def field_of(schema: Schema, name: str) -> Schema | None:
    """The schema of a field of an object; None where the schema does not list it."""
    found = schema.properties.get(name)
    if found is None and schema.embedded:
        found = _OF_EVERY_OBJECT.get(name)
    return schema.values if found is None else found


def _without_nulls(value: Json, schema: Schema | None) -> Json:
    """The value without the nulls that are neither allowed nor replaced by a default."""
    if schema is None:  # and what is unknown may nest deeper than the stack
        return value
    if isinstance(value, Mapping):
        fields = ((k, v, field_of(schema, k)) for k, v in value.items())
        return {k: _without_nulls(v, s) for k, v, s in fields if not _is_idle_null(v, s)}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_without_nulls(item, schema.items) for item in value]
    return value


def _is_idle_null(value: Json, schema: Schema | None) -> bool:
    return value is None and _is_replaced(value, schema) and _default(schema) is None


def _is_replaced(value: Json, schema: Schema | None) -> bool:
    """Whether a value is a null that the schema does not allow, where there is a schema."""
    typed = schema is not None and schema is not UNTYPED
    return value is None and typed and not schema.nullable  # type: ignore[union-attr]  # typed says that


def _default(schema: Schema | None) -> Json:
    """The default, which Kubernetes takes for none where it is null."""
    return None if schema is None or schema.default is ABSENT else schema.default


def _fill(value: Json, schema: Schema | None) -> Json:
    """The value with the defaults of its schema, those within defaults included."""
    if schema is None:
        return value
    if isinstance(value, Mapping):
        filled = {k: _filled(v, field_of(schema, k)) for k, v in value.items()}
        for name, inner in schema.properties.items():
            if name not in filled and _default(inner) is not None:
                filled[name] = _fill(inner.default, inner)
        return filled
    if isinstance(value, list):
        return [_filled(item, schema.items) for item in value]
    return value


def _filled(value: Json, schema: Schema | None) -> Json:
    return _fill(_default(schema) if _is_replaced(value, schema) else value, schema)


def _prune(value: Json, schema: Schema, *, keeps: bool = False) -> Json:
    """The value without the fields that the schema neither lists nor keeps.

    `keeps` says that the list around it keeps unknown fields, which Kubernetes lets its items
    inherit.
    """
    keeps = keeps or schema.preserves
    if isinstance(value, dict):
        fields = ((k, v, field_of(schema, k)) for k, v in value.items())
        return {k: _kept(v, s) for k, v, s in fields if s is not None or keeps}
    if isinstance(value, list):
        if schema.items is None:
            return value if keeps else [_prune(item, _EMPTY) for item in value]
        return [_prune(item, schema.items, keeps=keeps) for item in value]
    return value


def _kept(value: Json, schema: Schema | None) -> Json:
    if schema is None:
        return value
    # `additionalProperties: true` types nothing, so nothing inside its values is listed.
    return _prune(value, _EMPTY if schema == UNTYPED else schema)
