"""What of an object does not fit its schema, as far as it matters for comparing values."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from specstat.immutability.equality import scalars
from specstat.immutability.equality.canonical import Canonical, canonical
from specstat.immutability.equality.prepare import Json, field_of, prepare
from specstat.immutability.paths import text_of
from specstat.immutability.schema import UNTYPED, Schema

# A key or a position on the way to a value.
Where = tuple[str | int, ...]

_A = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "an integer of 64 bits",
    "number": "a number",
    "boolean": "true or false",
}
_ENOUGH = 20
_LONGEST = 60


class Misfit(NamedTuple):
    """One thing that Kubernetes would refuse: where, and a sentence that says what."""

    where: Where
    message: str


def misfits(value: Json, schema: Schema) -> tuple[Misfit, ...]:
    """What of an object does not fit the schema of its kind; the first few.

    The object need not be prepared; what the API server drops or fills in does not count.
    """
    found: list[Misfit] = []
    for one in _any(prepare(value, schema), schema, ()):
        found.append(one)
        if len(found) == _ENOUGH:
            break
    return tuple(found)


def undeclared(value: Json, schema: Schema) -> tuple[Where, ...]:
    """The fields of an object that the API server would drop, as its schema does not know them."""
    return tuple(_dropped(value, prepare(value, schema), ()))


def _dropped(value: Json, kept: Json, where: Where) -> Iterator[Where]:
    if isinstance(value, Mapping) and isinstance(kept, Mapping):
        for name, inner in value.items():
            if name in kept:
                yield from _dropped(inner, kept[name], (*where, name))
            elif inner is not None:
                yield (*where, name)
    elif isinstance(value, list) and isinstance(kept, list):
        for at, (inner, other) in enumerate(zip(value, kept, strict=True)):
            yield from _dropped(inner, other, (*where, at))


def shown(where: Where) -> str:
    """A place in an object as people read it."""
    parts = (f"[{step}]" if isinstance(step, int) else text_of((step,)) for step in where)
    dotted = (p if p.startswith("[") or not n else f".{p}" for n, p in enumerate(parts))
    return "".join(dotted) or "the object"


def _any(value: Json, schema: Schema, where: Where) -> Iterator[Misfit]:
    if schema is UNTYPED:
        return
    if value is None:
        if not schema.nullable and schema.type:
            yield Misfit(where, f"{shown(where)} is null, which the schema does not allow")
        return
    if complaint := _type(value, schema) or _format(value, schema) or _enum(value, schema):
        yield Misfit(where, f"{shown(where)} {complaint}")
    elif isinstance(value, Mapping):
        yield from _object(value, schema, where)
    elif isinstance(value, list):
        yield from _list(value, schema, where)


def _type(value: Json, schema: Schema) -> str:
    """What is wrong with a value's type; empty where nothing is."""
    if schema.int_or_string:
        fits = isinstance(value, str) or _is_integer(value)
        return "" if fits else f"is {_named(value)}; it has to be an integer or a text"
    tests: dict[str, Callable[[Json], bool]] = {
        "object": lambda v: isinstance(v, Mapping),
        "array": lambda v: isinstance(v, list),
        "string": lambda v: isinstance(v, str),
        "integer": _is_integer,
        "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
        "boolean": lambda v: isinstance(v, bool),
    }
    if schema.type not in tests or tests[schema.type](value):
        return ""
    return f"is {_named(value)}; by its schema it has to be {_A[schema.type]}"


def _is_integer(value: Json) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    whole = scalars.number(value)
    return isinstance(whole, int)


def _named(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {_brief(value)}"
    return (
        "a text" if isinstance(value, str) else _A["array" if isinstance(value, list) else "object"]
    )


def _format(value: Json, schema: Schema) -> str:
    """What is wrong with a text by its format; empty where nothing is.

    Kubernetes takes a few more spellings of date-time than its rules can read; an update that
    holds one is refused as soon as a rule reads the field.
    """
    if schema.type != "string" or not isinstance(value, str):
        return ""
    tests = {
        "date-time": (scalars.moment, "a moment such as 2026-01-31T12:00:00Z"),
        "duration": (scalars.duration, "a duration such as 90s, 1h30m or 2 days"),
        "byte": (scalars.data, "Base64 with its padding"),
        "date": (_date, "a date such as 2026-01-31"),
    }
    test, what = tests.get(schema.format, (str, ""))
    return "" if test(value) is not None else f"is {_brief(value)}, which is not {what}"


def _date(text: str) -> str | None:
    """A date if it is one, of the years that Python counts; year 0 is nobody's."""
    try:
        return date.fromisoformat(text).isoformat() if len(text) == len("2026-01-31") else None
    except ValueError:
        return None


def _enum(value: Json, schema: Schema) -> str:
    if not schema.enum or canonical(value) in {canonical(v) for v in schema.enum}:
        return ""
    allowed = ", ".join(_brief(v) for v in schema.enum[:_ENOUGH])
    more = ", ..." if len(schema.enum) > _ENOUGH else ""
    return f"is {_brief(value)}; by its schema it has to be one of {allowed}{more}"


def _brief(value: Json) -> str:
    """A value as JSON, cut off where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _object(value: Mapping[str, Json], schema: Schema, where: Where) -> Iterator[Misfit]:
    for name in sorted(schema.required - value.keys()):
        yield Misfit(where, f"{shown((*where, name))} is missing, which the schema requires")
    for name, inner in value.items():
        yield from _any(inner, field_of(schema, name) or UNTYPED, (*where, name))


def _list(value: list[Json], schema: Schema, where: Where) -> Iterator[Misfit]:
    for at, item in enumerate(value):
        yield from _any(item, schema.items or UNTYPED, (*where, at))
    if schema.list_type not in {"set", "map"}:
        return
    texts = [_key(item, schema) for item in value]
    counts = Counter(texts)
    for at, text in enumerate(texts):
        if counts[text] > 1 and texts.index(text) != at:
            what = "item" if schema.list_type == "set" else f"key ({', '.join(schema.list_keys)})"
            first = shown((*where, texts.index(text)))
            yield Misfit((*where, at), f"{shown((*where, at))} has the same {what} as {first}")


def _key(item: Json, schema: Schema) -> Canonical:
    """What has to be another in each item, as it is written."""
    if schema.list_type == "set" or not isinstance(item, Mapping):
        return canonical(item)
    return canonical([item.get(key) for key in schema.list_keys])
