"""The conditions of a status, its phase and its observed generation. These helpers only inform."""

from __future__ import annotations

from collections.abc import Iterator

from specstat.judge.words import plain
from specstat.model.resource import Field, Resource, Section

STATES = ("True", "False", "Unknown")
_CONDITIONS = "conditions"
_OBSERVED = "observedgeneration"
_PHASES = frozenset({"phase", "state"})


def conditions_of(resource: Resource) -> Field | None:
    """The field `status.conditions`; conditions of spec, or of what status lists, are others."""
    return _named(resource.top(Section.STATUS), _CONDITIONS)


def conditions_of_parts(resource: Resource) -> Iterator[Field]:
    """The conditions that stand in the items of what status lists, one list for each part."""
    for part in resource.top(Section.STATUS):
        if (found := _named(part.children, _CONDITIONS)) is not None and found.type == "array":
            yield found


def item_field(conditions: Field, name: str) -> Field | None:
    """A field of each condition."""
    return _named(conditions.children, name)


def phase_of(resource: Resource) -> Field | None:
    """The field that tells in one word how far the resource is, if it has one."""
    own = resource.top(Section.STATUS)
    return next((f for f in own if plain(f.name) in _PHASES and f.type == "string"), None)


def observed_generations(resource: Resource) -> Iterator[Field]:
    """The generation that was acted on: in status itself, and in each condition, also of parts."""
    places = [resource.top(Section.STATUS)]
    if (conditions := conditions_of(resource)) is not None:
        places.append(conditions.children)
    places += (part.children for part in conditions_of_parts(resource))
    for fields in places:
        if (found := _named(fields, _OBSERVED)) is not None:
            yield found


def follows_conventions(resource: Resource) -> bool:
    """Whether status is written as the conventions ask: with conditions or observedGeneration."""
    has_conditions = conditions_of(resource) is not None
    return has_conditions or any(True for _ in observed_generations(resource))


def _named(fields: tuple[Field, ...], name: str) -> Field | None:
    return next((f for f in fields if plain(f.name) == name), None)
