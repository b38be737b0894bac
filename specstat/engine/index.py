"""The index of a run: which fields of other resources confirm a finding.

A verdict depends on its own resource alone, and what is made of it here may only be added to:
confirming looks at pairs, so no further resource can take a finding back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from specstat.engine.stamp import fault_beyond
from specstat.model.diagnostic import Diagnostic, Elsewhere, Severity
from specstat.rules.base import RunRule
from specstat.rules.sighting import Sighting, is_same_resource


class Nomination(NamedTuple):
    """A finding that another resource may confirm, and the field that it was found on.

    `level` is the highest severity that its rule may have.
    """

    diagnostic: Diagnostic
    own: Sighting
    level: Severity = Severity.ERROR


_Key = tuple[str, tuple[str, ...]]


def _key(sighting: Sighting) -> _Key:
    return sighting.family, sighting.words


def confirmed(
    nominations: Iterable[Nomination],
    sightings: Iterable[Sighting],
    rules: Mapping[str, RunRule],
) -> Iterator[Diagnostic]:
    """The nominated findings that other resources confirm, with the places that do so."""
    nominations = tuple(nominations)
    wanted = {_key(n.own) for n in nominations}
    namesakes: dict[_Key, list[Sighting]] = {}
    for sighting in sightings:
        if (key := _key(sighting)) in wanted:
            namesakes.setdefault(key, []).append(sighting)
    for nomination in nominations:
        others = namesakes.get(_key(nomination.own), ())
        yield from _told(nomination, others, rules[nomination.diagnostic.code])


def _told(
    nomination: Nomination, others: Iterable[Sighting], rule: RunRule
) -> Iterator[Diagnostic]:
    """A finding, if anyone confirms it, as loud as whoever says most of it."""
    diagnostic, own, level = nomination
    others = [other for other in others if not is_same_resource(own, other)]
    try:
        answers = [(rule.confirm(own, other), other) for other in others]
    except Exception as error:  # noqa: BLE001 - whatever a rule does, the other findings stand
        yield fault_beyond(diagnostic, error)
        return
    agreeing = [(loudness, other) for loudness, other in answers if loudness is not None]
    if agreeing:
        loudest = max(diagnostic.severity, *(loudness for loudness, _ in agreeing))
        yield replace(
            diagnostic,
            severity=min(loudest, level),
            elsewhere=(*diagnostic.elsewhere, *_places(other for _, other in agreeing)),
        )


def _places(others: Iterable[Sighting]) -> Iterator[Elsewhere]:
    """Each resource's field once, in the order of subjects; of its copies the first."""
    seen: dict[tuple[str, str, str], Sighting] = {}
    for other in sorted(others, key=lambda s: (s.kind, s.path, s.location)):
        seen.setdefault((other.group, other.kind, other.path), other)
    return (Elsewhere(f"{s.kind}.{s.path}", s.location) for s in seen.values())
