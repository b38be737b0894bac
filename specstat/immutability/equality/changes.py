"""What differs between two objects, with places that people can find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from specstat.immutability.cells import Cell
from specstat.immutability.equality.canonical import canonical
from specstat.immutability.equality.pairing import Pair, by_likeness, by_place
from specstat.immutability.equality.prepare import Json, field_of, prepare
from specstat.immutability.equality.projection import project
from specstat.immutability.paths import Each, Path, text_of
from specstat.immutability.schema import ABSENT, UNTYPED, Absent, Schema


class Kind(StrEnum):
    """What became of a value; fields are set and unset, items and keys are added and removed."""

    CHANGED = "changed"
    SET = "set"
    UNSET = "unset"
    ADDED = "added"
    REMOVED = "removed"
    REORDERED = "reordered"


# Deeper down nobody looks for a difference, and what is unknown may nest deeper than the stack.
_DEEPEST = 100
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
    """Two values of a schema, where they are, and whether that is a field, not an item or key."""

    old: Json
    new: Json
    schema: Schema
    steps: Steps = ()
    is_field: bool = True

    def item(self, pair: Pair) -> _Sides:
        schema = self.schema.items or UNTYPED
        return _Sides(pair.old, pair.new, schema, (*self.steps, pair.label), is_field=False)


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
        if but and all(isinstance(side, Mapping | Absent) for side in sides[:2]):
            sides = sides._replace(old=_without(sides.old, but), new=_without(sides.new, but))
        yield from _compare(sides)
    elif path[0] is Each.ITEM:
        pairs = by_place(_items(sides.old), _items(sides.new), sides.schema)
        for pair in pairs:
            yield from _ends(sides.item(pair), path[1:], but)
    elif path[0] is Each.VALUE:
        for name in _names(sides):
            yield from _ends(_field(sides, name), path[1:], but)
    else:
        yield from _ends(_field(sides, str(path[0])), path[1:], but)


def _without(value: Json, but: frozenset[str]) -> dict[str, Json]:
    """An object without some names; an empty one where none is there, for each name is told."""
    return {} if isinstance(value, Absent) else {k: v for k, v in value.items() if k not in but}


def _field(sides: _Sides, name: str) -> _Sides:
    listed = name in sides.schema.properties
    old, new = (
        ABSENT if value is None and listed else value
        for value in (
            side.get(name, ABSENT) if isinstance(side, Mapping) else ABSENT for side in sides[:2]
        )
    )
    inner = field_of(sides.schema, name) or UNTYPED
    is_key = not listed and sides.schema.values is not None
    return _Sides(old, new, inner, (*sides.steps, name), not is_key)


def _names(sides: _Sides) -> list[str]:
    """The names in either of two objects, in the order of the old one."""
    every = [side for side in (sides.old, sides.new) if isinstance(side, Mapping)]
    return list(dict.fromkeys(name for side in every for name in side))


def _items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _compare(sides: _Sides) -> Iterator[Change]:
    """What differs between two values, as deep down as it can be told."""
    old, new, schema = sides.old, sides.new, sides.schema
    if isinstance(old, Absent) or isinstance(new, Absent):
        if old != new:
            kinds = (Kind.SET, Kind.UNSET) if sides.is_field else (Kind.ADDED, Kind.REMOVED)
            yield _change(sides, kinds[not isinstance(old, Absent)])
    elif canonical(old, schema) == canonical(new, schema):
        return
    elif len(sides.steps) > _DEEPEST:
        yield _change(sides, Kind.CHANGED)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        inner = [c for name in _names(sides) for c in _compare(_field(sides, name))]
        yield from inner or [_change(sides, Kind.CHANGED)]
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lists(sides)
    else:
        yield _change(sides, Kind.CHANGED)


def _lists(sides: _Sides) -> Iterator[Change]:
    old, new, schema = sides.old, sides.new, sides.schema
    if schema.list_type == "atomic" and _is_reordered(old, new, schema.items or UNTYPED):
        yield _change(sides, Kind.REORDERED)
        return
    pairs = by_likeness(old, new, schema)
    found = [change for pair in pairs for change in _compare(sides.item(pair))]
    yield from found or [_change(sides, Kind.CHANGED)]


def _is_reordered(old: list[Json], new: list[Json], schema: Schema) -> bool:
    before, after = (sorted(canonical(i, schema) for i in side) for side in (old, new))
    return before == after


def _change(sides: _Sides, kind: Kind) -> Change:
    return Change(place_of(sides.steps), kind, sides.old, sides.new, None, sides.steps)


def place_of(steps: Steps) -> str:
    """Steps as people read them."""
    shown = (s if s.startswith("[") else text_of((s,)) for s in steps)
    parts = (p if p.startswith("[") or not at else f".{p}" for at, p in enumerate(shown))
    return "".join(parts)
