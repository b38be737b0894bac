"""Which items of two lists belong together."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from specstat.immutability.equality.canonical import canonical, keys_of
from specstat.immutability.equality.prepare import Json
from specstat.immutability.schema import ABSENT, UNTYPED, Schema

# Beyond so many items, looking for the best pairs would take minutes.
_MOST_COMPARED = 500


class Pair(NamedTuple):
    """An item before and after, either of them ABSENT, with its label: `[name=build]`, `[2]`."""

    label: str
    old: Json
    new: Json


def by_place(old: list[Json], new: list[Json], schema: Schema) -> Iterator[Pair]:
    """Items by their keys, where the list has such, else by position; equal ones as well."""
    if schema.list_type == "map":
        before, after = ({keys_of(i, schema): i for i in side} for side in (old, new))
        for key in dict.fromkeys((*before, *after)):
            one, other = before.get(key, ABSENT), after.get(key, ABSENT)
            yield Pair(_keys(other if one is ABSENT else one, schema), one, other)
        return
    for at in range(max(len(old), len(new))):
        yield Pair(f"[{at}]", _at(old, at), _at(new, at))


def by_likeness(old: list[Json], new: list[Json], schema: Schema) -> Iterator[Pair]:
    """Items of which each may be inserted, removed or changed; most of the equal ones left out."""
    if schema.list_type == "map":
        return by_place(old, new, schema)
    return _members(old, new, schema) if schema.list_type == "set" else _moved(old, new, schema)


def _members(old: list[Json], new: list[Json], schema: Schema) -> Iterator[Pair]:
    inner = schema.items or UNTYPED
    before, after = ({canonical(i, inner): i for i in side} for side in (old, new))
    yield from (Pair(_member(i), i, ABSENT) for text, i in before.items() if text not in after)
    yield from (Pair(_member(i), ABSENT, i) for text, i in after.items() if text not in before)


def _moved(old: list[Json], new: list[Json], schema: Schema) -> Iterator[Pair]:
    if max(len(old), len(new)) > _MOST_COMPARED:
        yield from by_place(old, new, schema)
        return
    inner = schema.items or UNTYPED
    before, after = ([canonical(i, inner) for i in side] for side in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, start, end, begin, stop in matcher.get_opcodes():
        if what == "equal":
            continue
        for at in range(max(end - start, stop - begin)):
            one = old[start + at] if start + at < end else ABSENT
            other = new[begin + at] if begin + at < stop else ABSENT
            yield Pair(f"[{begin + at if one is ABSENT else start + at}]", one, other)


def _at(items: list[Json], position: int) -> Json:
    return items[position] if position < len(items) else ABSENT


def _keys(item: Json, schema: Schema) -> str:
    fields = item if isinstance(item, Mapping) else {}
    keys = ((k, fields.get(k)) for k in schema.list_keys)
    texts = (f"{k}={v if isinstance(v, str) else json.dumps(v)}" for k, v in keys)
    return f"[{','.join(texts)}]"


def _member(item: Json) -> str:
    return f"[{json.dumps(item, ensure_ascii=False)}]"
