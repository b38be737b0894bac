"""What differs between two objects, with places that people can find."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from specstat.immutability.canonical import Canonical, canonical, keys_of
from specstat.immutability.cells import Cell
from specstat.immutability.paths import Each, Path, text_of
from specstat.immutability.prepare import Json, field_of, prepare
from specstat.immutability.projection import project
from specstat.immutability.schema import ABSENT, UNTYPED, Absent, Schema


class Kind(StrEnum):
    """What became of a value; fields are set and unset, items and keys are added and removed."""

    CHANGED = "changed"
    SET = "set"
    UNSET = "unset"
    ADDED = "added"
    REMOVED = "removed"
    REORDERED = "reordered"


# Where something is: names of fields, and items such as `[name=build]` or `[2]`.
Steps = tuple[str, ...]


class Change(NamedTuple):
    """One difference: `path` such as spec.steps[name=build].image, and both values or ABSENT.

    `cell` is what it was looked for in, None where all of the objects was compared.
    """

    path: str
    kind: Kind
    old: Json
    new: Json
    cell: Cell | None = None
    steps: Steps = ()


class _Sides(NamedTuple):
    old: Json
    new: Json
    schema: Schema
    steps: Steps = ()

    def down(self, old: Json, new: Json, schema: Schema | None, step: str) -> _Sides:
        return _Sides(old, new, schema or UNTYPED, (*self.steps, step))


def changes(cells: Iterable[Cell], old: Json, new: Json, schema: Schema) -> tuple[Change, ...]:
    """What differs in some cells of two objects, whose schema is given, by the order of the cells.

    The objects need not be prepared.
    """
    before, after = prepare(old, schema), prepare(new, schema)
    found: list[Change] = []
    for cell in cells:
        if project(before, cell, schema) == project(after, cell, schema):
            continue
        ends = _ends(_Sides(before, after, schema), cell.path, cell.but)
        told = [change._replace(cell=cell) for change in ends]
        # What differs without a place of its own, such as lists of other lengths.
        found += told or [Change(text_of(cell.path), Kind.CHANGED, ABSENT, ABSENT, cell)]
    return tuple(found)


def differences(old: Json, new: Json, schema: Schema) -> tuple[Change, ...]:
    """All that differs between two objects, whose schema is given and which need be no prepared."""
    return tuple(_compare(_Sides(prepare(old, schema), prepare(new, schema), schema)))


def _ends(sides: _Sides, path: Path, but: frozenset[str]) -> Iterator[Change]:
    """What differs at the end of a path."""
    if not path:
        if (
            but
            and isinstance(sides.old, Mapping | Absent)
            and isinstance(sides.new, Mapping | Absent)
        ):
            old, new = _without(sides.old, but), _without(sides.new, but)
            sides = sides._replace(old=old, new=new)
        yield from _compare(sides)
    elif path[0] is Each.ITEM:
        for pair in _pairs(sides):
            yield from _ends(pair, path[1:], but)
    elif path[0] is Each.VALUE:
        for name in _names(sides):
            yield from _ends(_field(sides, name), path[1:], but)
    else:
        yield from _ends(_field(sides, str(path[0])), path[1:], but)


def _without(value: Json, but: frozenset[str]) -> Json:
    if not but or not isinstance(value, Mapping):
        return value
    return {k: v for k, v in value.items() if k not in but} or ABSENT


def _field(sides: _Sides, name: str) -> _Sides:
    values = []
    for side in (sides.old, sides.new):
        value = side.get(name, ABSENT) if isinstance(side, Mapping) else ABSENT
        values.append(ABSENT if value is None and name in sides.schema.properties else value)
    return sides.down(values[0], values[1], field_of(sides.schema, name), name)


def _names(sides: _Sides) -> list[str]:
    """The names in either of two objects, in the order of the old one."""
    every = [side for side in (sides.old, sides.new) if isinstance(side, Mapping)]
    return list(dict.fromkeys(name for side in every for name in side))


def _items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _pairs(sides: _Sides) -> Iterator[_Sides]:
    """The items of two lists that belong together: by their keys, else by position."""
    schema = sides.schema
    if schema.list_type == "map":
        old, new = (
            {keys_of(i, schema): (_label(i, schema), i) for i in _items(v)}
            for v in (sides.old, sides.new)
        )
        for key in dict.fromkeys((*old, *new)):
            label, _ = old.get(key) or new[key]
            one, other = (side[key][1] if key in side else ABSENT for side in (old, new))
            yield sides.down(one, other, schema.items, label)
        return
    before, after = _items(sides.old), _items(sides.new)
    for at in range(max(len(before), len(after))):
        one, other = (side[at] if at < len(side) else ABSENT for side in (before, after))
        yield sides.down(one, other, schema.items, f"[{at}]")


def _label(item: Json, schema: Schema) -> str:
    fields = item if isinstance(item, Mapping) else {}
    keys = ((k, fields.get(k)) for k in schema.list_keys)
    texts = (f"{k}={v if isinstance(v, str) else json.dumps(v)}" for k, v in keys)
    return f"[{','.join(texts)}]"


def _compare(sides: _Sides) -> Iterator[Change]:
    """What differs between two values, as deep down as it can be told."""
    old, new, schema = sides.old, sides.new, sides.schema
    if isinstance(old, Absent) or isinstance(new, Absent):
        if old != new:
            item = sides.steps[-1:] and sides.steps[-1].startswith("[")
            kinds = (Kind.ADDED, Kind.REMOVED) if item else (Kind.SET, Kind.UNSET)
            yield _change(sides, kinds[not isinstance(old, Absent)])
    elif canonical(old, schema) == canonical(new, schema):
        return
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        inner = [c for name in _names(sides) for c in _named(sides, name)]
        yield from inner or [_change(sides, Kind.CHANGED)]
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lists(sides)
    else:
        yield _change(sides, Kind.CHANGED)


def _named(sides: _Sides, name: str) -> Iterator[Change]:
    listed = name in sides.schema.properties
    turned = {Kind.SET: Kind.ADDED, Kind.UNSET: Kind.REMOVED}
    below = _field(sides, name)
    for change in _compare(below):
        if listed or len(change.steps) > len(below.steps):
            yield change
        else:  # a key of a map, which is no field
            yield change._replace(kind=turned.get(change.kind, change.kind))


def _lists(sides: _Sides) -> Iterator[Change]:
    schema = sides.schema
    inner = schema.items or UNTYPED
    if schema.list_type == "map":
        found = [change for pair in _pairs(sides) for change in _compare(pair)]
        yield from found or [_change(sides, Kind.CHANGED)]
        return
    old, new = ([canonical(i, inner) for i in side] for side in (sides.old, sides.new))
    if schema.list_type == "set":
        gone = [(at, i) for at, i in enumerate(sides.old) if old[at] not in new]
        come = [(at, i) for at, i in enumerate(sides.new) if new[at] not in old]
        told = [_change(sides.down(i, ABSENT, inner, _member(i)), Kind.REMOVED) for _, i in gone]
        told += [_change(sides.down(ABSENT, i, inner, _member(i)), Kind.ADDED) for _, i in come]
        yield from told or [_change(sides, Kind.CHANGED)]
    elif sorted(old) == sorted(new):
        yield _change(sides, Kind.REORDERED)
    else:
        yield from _sequences(sides, inner, old, new)


def _member(item: Json) -> str:
    return f"[{json.dumps(item, ensure_ascii=False)}]"


def _sequences(
    sides: _Sides, inner: Schema, old: list[Canonical], new: list[Canonical]
) -> Iterator[Change]:
    """What became of the items of a list whose order counts."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, start, end, begin, stop in matcher.get_opcodes():
        if what == "equal":
            continue
        for at in range(max(end - start, stop - begin)):
            one = sides.old[start + at] if start + at < end else ABSENT
            other = sides.new[begin + at] if begin + at < stop else ABSENT
            position = start + at if one is not ABSENT else begin + at
            yield from _compare(sides.down(one, other, inner, f"[{position}]"))


def _change(sides: _Sides, kind: Kind) -> Change:
    return Change(place_of(sides.steps), kind, sides.old, sides.new, None, sides.steps)


def place_of(steps: Steps) -> str:
    """Steps as people read them."""
    shown = (s if s.startswith("[") else text_of((s,)) for s in steps)
    parts = (p if p.startswith("[") or not at else f".{p}" for at, p in enumerate(shown))
    return "".join(parts)
