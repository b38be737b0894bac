"""What a policy fixes, computed slowly and simply, as a second opinion."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Hashable
from datetime import UTC, datetime
from typing import Any

from specstat.immutability.cells import Cell
from specstat.immutability.paths import Each, Path
from specstat.immutability.schema import ABSENT, UNTYPED, Schema
from specstat.immutability.terms import Word

_SECONDS = {"s": 1, "m": 60, "h": 3600}


def keeps(cell: Cell, schema: Schema, old: Any, new: Any) -> bool:  # noqa: ANN401 - any JSON
    """Whether an update keeps a cell as its word demands, in a locked object."""
    was = project(old, cell.path, cell.but, schema)
    now = project(new, cell.path, cell.but, schema)
    if cell.word in {Word.SET_ONCE, Word.APPEND_ONLY} and was is ABSENT:
        return True
    if cell.word is not Word.APPEND_ONLY or now is ABSENT:
        return was == now
    if isinstance(was, tuple) and isinstance(now, tuple):
        if cell.schema.list_type == "atomic":
            return now[: len(was)] == was
        was, now = was[1], now[1]
    assert isinstance(was, frozenset)
    assert isinstance(now, frozenset)
    return was <= now


def project(value: Any, path: Path, but: frozenset[str], schema: Schema) -> Hashable:  # noqa: ANN401, PLR0911 - any JSON, a return a step
    """What of a value a cell fixes; ABSENT where nothing is there."""
    if value is ABSENT or (value is None and path):
        return ABSENT
    if not path:
        if but and value is not None:
            value = {k: v for k, v in value.items() if k not in but}
        return ABSENT if but and not value else typed(value, schema)
    step, rest = path[0], path[1:]
    inner = schema.below(step) or UNTYPED
    if step is Each.VALUE:
        pairs = ((k, project(v, rest, but, inner)) for k, v in value.items())
        return frozenset((k, v) for k, v in pairs if v is not ABSENT) or ABSENT
    if step is Each.ITEM:
        found = [project(item, rest, but, inner) for item in value]
        if all(each is ABSENT for each in found):
            return ABSENT
        if schema.list_type == "atomic":
            return tuple(found)
        keys = [_keys(item, schema, inner) for item in value]
        kept = frozenset((k, v) for k, v in zip(keys, found, strict=True) if v is not ABSENT)
        return kept if schema.list_keys else (len(found), kept)
    found = value.get(step, ABSENT)
    # Rules ask has(), to which a field that is null is not there.
    return project(
        ABSENT if found is None and step in schema.properties else found, rest, but, inner
    )


def _keys(item: Any, schema: Schema, items: Schema) -> Hashable:  # noqa: ANN401 - any JSON
    if not schema.list_keys:
        return typed(item, items)
    return tuple(typed(item.get(key), items.properties[key]) for key in schema.list_keys)


def typed(value: Any, schema: Schema) -> Hashable:  # noqa: ANN401, PLR0911 - any JSON, a return a type
    """A value that equals another one where Kubernetes' typed equality says so."""
    if value is None:
        return None
    if schema.int_or_string:
        return (type(value).__name__, value)
    if schema.type == "string":
        return _text(value, schema.format)
    if schema.type == "array" and schema.items is not None:
        items = [typed(item, schema.items) for item in value]
        if schema.list_type == "atomic":
            return tuple(items)
        # Texts that differ may mean one moment, which then counts twice.
        return (len(items), frozenset(items))
    if schema.type == "object":
        pairs = ((k, v, schema.properties.get(k)) for k, v in value.items())
        return frozenset(
            (k, typed(v, s or schema.values or UNTYPED))
            for k, v, s in pairs
            if s is None or v is not None
        )
    if schema.type in {"integer", "number", "boolean"}:
        return (schema.type, float(value))
    return json.dumps(value, sort_keys=True)


def _text(value: str, form: str) -> Hashable:
    if form == "date-time":
        return datetime.fromisoformat(value).astimezone(UTC)
    if form == "duration":
        return sum(int(n) * _SECONDS[unit] for n, unit in re.findall(r"(\d+)([smh])", value))
    return base64.b64decode(value) if form == "byte" else value
