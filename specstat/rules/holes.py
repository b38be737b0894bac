"""Frozen fields of a resource, for the rules on what transition rules leave open."""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.resource import Resource, Validation
from specstat.rules.places import Place, lock_of, places

_SHOWN = 60


def locked_places(resource: Resource) -> Iterator[tuple[Place, Validation]]:
    """What a rule freezes, each with that rule; nothing below what is frozen as a whole.

    Of the newest version only: what is wrong in an older one is told there.
    """
    if not resource.facts.newest:
        return
    whole: set[tuple[str, ...]] = set()
    for place in places(resource):  # from the top
        above = place.parent
        if above is not None and above.steps in whole:
            whole.add(place.steps)
        elif above is not None and place.correlated and (found := lock_of(place)):
            whole.add(place.steps)
            yield place, found[1]


def shown(rule: Validation) -> str:
    """A rule in a message."""
    text = " ".join(rule.rule.split())
    return f"the rule {text if len(text) <= _SHOWN else text[:_SHOWN] + ' ...'}"


def named(place: Place) -> str:
    """The path of a place in words; the root has none."""
    return "".join(s if s in {"[]", "{}"} else f".{s}" for s in place.steps)[1:]
