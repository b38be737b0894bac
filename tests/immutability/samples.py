"""Values that fit a schema, and changes of them, made from the schema alone."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from specstat.immutability.paths import Each, Path
from specstat.immutability.schema import ABSENT, Schema

# Texts by format; those in one row mean the same value.
_FORMATS = {
    "date-time": (
        ("2026-01-02T03:04:05Z", "2026-01-02T04:04:05+01:00", "2026-01-02T03:04:05.000Z"),
        ("2026-01-02T03:04:06Z",),
        ("2025-01-02T03:04:05Z",),
    ),
    "duration": (("1m", "60s"), ("2m",), ("1h", "60m")),
    "byte": (("AQ==",), ("Ag==",), ("AQI=",)),
}
_ANYTHING: tuple[Any, ...] = (
    1,
    "1",
    True,
    [1, 2],
    [2, 1],
    {"x": 1},
    {"y": 1},
    {"x": {"y": [None]}},
    {},
    [],
    "",
)
_STRANGE_KEYS = ("a", "b", "c.d/e")


class Change(NamedTuple):
    """A change of one field: its kind, and the object before and after."""

    kind: str
    old: dict[str, Any]
    new: dict[str, Any]


def sample(schema: Schema, seed: int = 0) -> Any:  # noqa: ANN401, PLR0911 - any value of JSON, a return a type
    """A value with all its fields; another one for another seed, keys of items apart."""
    if schema.enum:
        return schema.enum[seed % len(schema.enum)]
    if schema.int_or_string or schema.type == "integer":
        return seed + 1
    if schema.type == "boolean":
        return seed % 2 == 1
    if schema.type == "number":
        return seed + 0.5
    if schema.type == "string":
        rows = _FORMATS.get(schema.format)
        return rows[seed % len(rows)][0] if rows else f"text-{seed}"
    if schema.type == "array" and schema.items is not None:
        return [
            _keyed(sample(schema.items, seed + i), schema, schema.items, f"item-{i}")
            for i in range(2)
        ]
    if schema.type == "object":
        return _sampled(schema, seed)
    return {"any": seed}


def _sampled(schema: Schema, seed: int) -> dict[str, Any]:
    if schema.values is not None:
        return {key: sample(schema.values, seed + i) for i, key in enumerate(_STRANGE_KEYS)}
    found = {name: sample(inner, seed) for name, inner in schema.properties.items()}
    if schema.embedded:
        found |= {"apiVersion": "v1", "kind": "Thing", "metadata": {"name": f"thing-{seed}"}}
    return {**found, "unlisted": seed} if schema.preserves else found


def _keyed(item: Any, schema: Schema, items: Schema, name: str) -> Any:  # noqa: ANN401 - any JSON
    for key in schema.list_keys:
        item[key] = name if items.properties[key].type == "string" else item[key]
    return item


def arbitrary(schema: Schema, rng: random.Random) -> Any:  # noqa: ANN401, PLR0911 - any JSON, a return a type
    """Any value that fits; small enough alphabets for values to meet again."""
    if schema.nullable and rng.random() < 0.2:
        return None
    if schema.enum:
        return rng.choice(schema.enum)
    if schema.int_or_string:
        return rng.choice((1, 2, "1", "2"))
    if schema.type == "boolean":
        return rng.random() < 0.5
    if schema.type in {"number", "integer"}:
        return rng.choice((1, 2, 3) if schema.type == "integer" else (1, 2.5, 3))
    if schema.type == "string":
        rows = _FORMATS.get(schema.format, (("a",), ("b",), ("c",)))
        return rng.choice(rng.choice(rows))
    if schema.type == "array" and schema.items is not None:
        return _some_items(schema, schema.items, rng)
    if schema.type == "object":
        return _some_fields(schema, rng)
    return copy.deepcopy(rng.choice(_ANYTHING))


def _some_items(schema: Schema, items: Schema, rng: random.Random) -> list[Any]:
    found = [arbitrary(items, rng) for _ in range(rng.randrange(4))]
    if schema.list_type == "atomic":
        return found
    keys = schema.list_keys
    unique = {repr([item[k] for k in keys] if keys else _number(item)): item for item in found}
    return list(unique.values())


def _number(value: Any) -> Any:  # noqa: ANN401 - any value of JSON
    return float(value) if isinstance(value, (int, float)) else value


def _some_fields(schema: Schema, rng: random.Random) -> dict[str, Any]:
    if schema.values is not None:
        return {k: arbitrary(schema.values, rng) for k in _STRANGE_KEYS if rng.random() < 0.6}
    found = {
        name: arbitrary(inner, rng)
        for name, inner in schema.properties.items()
        if name in schema.required or rng.random() < 0.7
    }
    if schema.embedded:
        found |= {"apiVersion": "v1", "kind": "Thing", "metadata": {"name": "thing"}}
    if schema.preserves and rng.random() < 0.7:
        found[rng.choice(("one", "other"))] = copy.deepcopy(rng.choice(_ANYTHING))
    return found


def altered(value: Any, schema: Schema, rng: random.Random) -> Any:  # noqa: ANN401 - any JSON
    """A value that differs in few places, in none at times, or only in how it is written."""
    if rng.random() < 0.15:
        return arbitrary(schema, rng)
    if isinstance(value, list) and schema.items is not None:
        return _altered_items(value, schema, schema.items, rng)
    if isinstance(value, dict) and schema.type == "object":
        return _altered_fields(value, schema, rng)
    if isinstance(value, str) and schema.format in _FORMATS:
        row = next(row for row in _FORMATS[schema.format] if value in row)
        return rng.choice(row)
    return copy.deepcopy(value)


def _altered_items(
    value: list[Any], schema: Schema, items: Schema, rng: random.Random
) -> list[Any]:
    found = list(value)
    if rng.random() < 0.3:
        rng.shuffle(found)
    if found and rng.random() < 0.3:
        found.pop(rng.randrange(len(found)))
    if found and rng.random() < 0.5 and schema.list_type != "set":
        at = rng.randrange(len(found))
        kept = {k: found[at][k] for k in schema.list_keys}
        found[at] = altered(found[at], items, rng)
        if kept:
            found[at] |= kept
    return found


def _altered_fields(value: dict[str, Any], schema: Schema, rng: random.Random) -> dict[str, Any]:
    found = dict(value)
    names = [*schema.properties, *(k for k in value if k not in schema.properties)]
    for name in rng.sample(
        names, rng.randrange(1, len(names) // 2 + 2) if len(names) > 1 else len(names)
    ):
        inner = schema.properties.get(name) or schema.values
        if inner is None:
            continue
        if name in found and name not in schema.required and rng.random() < 0.25:
            del found[name]
        elif name in found:
            found[name] = altered(found[name], inner, rng)
        elif rng.random() < 0.5:
            found[name] = arbitrary(inner, rng)
    return found


def changes(schema: Schema, path: Path, old: Mapping[str, Any]) -> Iterator[Change]:
    """All kinds of change of the field at a path, in the first item of every list and map.

    `old` is a `sample` of the schema of the whole object.
    """
    base = copy.deepcopy(dict(old))
    where = located(path, base)
    inner = schema.at(path)
    assert inner is not None, path
    value = at(base, where)
    yield Change("changed", base, put(base, where, sample(inner, 5)))
    if isinstance(value, list) and len(value) > 1:
        yield Change("reordered", base, put(base, where, value[::-1]))
        yield Change("shortened", base, put(base, where, value[:-1]))
    for cut in range(len(where), 0, -1):
        if not _is_optional(schema, path[:cut]):
            continue
        kind = "unset" if cut == len(where) else f"{'.'.join(map(str, where[:cut]))} dropped"
        without = put(base, where[:cut], ABSENT)
        yield Change(kind, base, without)
        if cut == len(where):
            yield Change("set", without, base)


def located(path: Path, obj: Any) -> tuple[str | int, ...]:  # noqa: ANN401 - any value of JSON
    """A path with the position of the first item, and the first key, of what it leads through."""
    found: list[str | int] = []
    for step in path:
        own = step if isinstance(step, str) else 0 if step is Each.ITEM else next(iter(obj))
        found.append(own)
        obj = obj[own]
    return tuple(found)


def at(obj: Any, where: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - any value of JSON
    """The value at a place."""
    for step in where:
        obj = obj[step]
    return obj


def put(obj: Mapping[str, Any], where: tuple[str | int, ...], value: Any) -> dict[str, Any]:  # noqa: ANN401 - any value of JSON
    """The object with another value at a place, or without one (ABSENT)."""
    found: dict[str, Any] = copy.deepcopy(dict(obj))
    holder = at(found, where[:-1])
    if value is ABSENT:
        del holder[where[-1]]
    else:
        holder[where[-1]] = copy.deepcopy(value)
    return found


def _is_optional(schema: Schema, path: Path) -> bool:
    """Whether objects may be without the field, item or value at a path."""
    if isinstance(path[-1], Each):
        return True
    around = schema.at(path[:-1])
    assert around is not None, path
    own = around.below(path[-1])
    defaulted = own is not None and own.default is not ABSENT
    return path[-1] not in around.required and not defaulted
