"""What an object holds at a cell: the part of it that is compared as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from specstat.immutability.cells import Cell
from specstat.immutability.equality.canonical import (
    Canonical,
    canonical,
    keys_of,
    list_text,
    object_text,
    set_text,
)
from specstat.immutability.equality.prepare import Json, field_of
from specstat.immutability.paths import Each, Path
from specstat.immutability.schema import ABSENT, UNTYPED, Absent, Schema

_NOTHING = Canonical("[]")


def project(value: Json, cell: Cell, schema: Schema) -> Canonical | Absent:
    """What a prepared object holds at a cell; `schema` is that of the whole object.

    ABSENT where nothing is there. Where the path goes into every item or value, items without
    anything at its end do not count, except that they hold their positions in an atomic list.
    """
    return _at(value, cell.path, schema, cell.but)


def _at(value: Json, path: Path, schema: Schema, but: frozenset[str]) -> Canonical | Absent:
    if not path:
        return _end(value, schema, but)
    step, rest = path[0], path[1:]
    if step is Each.ITEM:
        return _items(value, rest, schema, but)
    if not isinstance(value, Mapping):
        return ABSENT
    if step is Each.VALUE:
        found = {k: _at(v, rest, _below(schema, k), but) for k, v in value.items()}
        present = [(k, v) for k, v in found.items() if not isinstance(v, Absent)]
        return object_text(present) if present else ABSENT
    name = str(step)
    inner = value.get(name, ABSENT)
    # A rule asks has(self.field), which says no where a listed field is null.
    if inner is ABSENT or (inner is None and name in schema.properties):
        return ABSENT
    return _at(inner, rest, _below(schema, name), but)


def _below(schema: Schema, name: str) -> Schema:
    return field_of(schema, name) or UNTYPED


def _end(value: Json, schema: Schema, but: frozenset[str]) -> Canonical | Absent:
    if not but or not isinstance(value, Mapping):
        return canonical(value, schema)
    left = {k: v for k, v in value.items() if k not in but}
    return canonical(left, schema) if left else ABSENT


def _items(value: Json, rest: Path, schema: Schema, but: frozenset[str]) -> Canonical | Absent:
    if not isinstance(value, list):
        return ABSENT
    inner = schema.items or UNTYPED
    found = [_at(item, rest, inner, but) for item in value]
    present = [text for text in found if not isinstance(text, Absent)]
    if not present:
        return ABSENT
    if schema.list_type == "set":
        return set_text(present)
    if schema.list_type == "map":
        pairs = [
            list_text((keys_of(item, schema), text))
            for item, text in zip(value, found, strict=True)
            if not isinstance(text, Absent)
        ]
        return list_text(sorted(pairs))
    return list_text(_NOTHING if isinstance(text, Absent) else list_text((text,)) for text in found)
