"""The two sections of a resource, as far as a field's neighbours tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from specstat.judge import marks
from specstat.judge.marks import Marks
from specstat.judge.words import plain
from specstat.model.resource import Field, Section

_SUREST = 4.0  # nats; the most that one neighbour's own log-odds count
_NAMED = 3

Key = tuple[str, object]


class Neighbour(NamedTuple):
    """A field directly in spec or status, and its own log-odds of status, in nats."""

    field: Field
    log_odds: float


class Side(NamedTuple):
    """One section: which of its fields has what mark, in their order, and their log-odds."""

    section: Section
    bearers: Mapping[Key, Mapping[str, None]]
    log_odds: Mapping[str, float]
    total: float


class Around(NamedTuple):
    """The two sections of a resource, without the fields that stand in both.

    `both` holds the plain names of those; what they are is settled, and they tell of nothing else.
    `marks` holds those of the others by path.
    """

    spec: Side
    status: Side
    both: frozenset[str] = frozenset()
    marks: Mapping[str, Marks] = MappingProxyType({})


def around(spec: Iterable[Neighbour], status: Iterable[Neighbour]) -> Around | None:
    """Gather the fields directly in spec and status; None where there is only one section."""
    wants, reports = tuple(spec), tuple(status)
    if not wants or not reports:
        return None
    both = frozenset(_plain_names(wants)).intersection(_plain_names(reports))
    wants = tuple(n for n in wants if plain(n.field.name) not in both)
    reports = tuple(n for n in reports if plain(n.field.name) not in both)
    own = {n.field.path: marks.of(n.field) for n in (*wants, *reports)}
    return Around(_side(Section.SPEC, wants, own), _side(Section.STATUS, reports, own), both, own)


def _plain_names(of: Iterable[Neighbour]) -> Iterator[str]:
    return (plain(neighbour.field.name) for neighbour in of)


def _side(section: Section, of: Iterable[Neighbour], marked: Mapping[str, Marks]) -> Side:
    bearers: dict[Key, dict[str, None]] = {}
    log_odds = {}
    for field, own in of:
        for key in _keys(marked[field.path]):
            bearers.setdefault(key, {})[field.name] = None
        log_odds[field.name] = max(-_SUREST, min(_SUREST, own))
    return Side(section, bearers, log_odds, sum(log_odds.values()))


def _keys(own: Marks) -> Iterator[Key]:
    yield from (("word", word) for word in own.words)
    yield from (("begins", word) for word in own.words[:1])
    yield from (("ends", word) for word in own.words[-1:])
    yield from (("stem", own.stem), ("core", own.core))
    yield from (("part", part) for part in own.parts)
    yield from (("prose", word) for word in own.prose)
    yield from own.manner.items()
    yield from ((habit, None) for habit in own.manner)
    if own.done:
        yield "done", own.done
    if own.asked:
        yield "asked", own.asked


def count(side: Side, key: Key, but: str) -> int:
    """How many fields of a section have a mark, the field itself aside."""
    bearers = side.bearers.get(key, {})
    return len(bearers) - (but in bearers)


def names(side: Side, key: Key, but: str) -> str:
    """The first fields of a section that have a mark, as they are quoted."""
    others = [n for n in islice(side.bearers.get(key, {}), _NAMED + 1) if n != but]
    more = count(side, key, but) > _NAMED
    return ", ".join(others[:_NAMED]) + (", ..." if more else "")


def other(field: Field, side: Side, keys: Iterable[Key]) -> str:
    """The path of a field of a section, not this one, that has one of some marks; or nothing."""
    for key in keys:
        for name in islice(side.bearers.get(key, {}), 2):
            if name != field.name:
                return f"{side.section}.{name}"
    return ""
