"""Which fields of a resource are judged at all."""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.resource import Field, Resource, Section
from specstat.rules import surroundings

_SECTIONS = (Section.SPEC, Section.STATUS)


def candidates(resource: Resource) -> Iterator[Field]:
    """The fields of spec and status of the newest served version, and a few below them.

    What stands deeper serves the field above it, so it is judged only on its author's word, or
    where it is overwhelming: a list of conditions is an observation wherever it stands.
    """
    if not resource.facts.newest:
        return
    for section in _SECTIONS:
        for top in resource.top(section):
            yield top
            for child in _below(top):
                if child.declared.purpose or surroundings.holds_conditions(child):
                    yield child


def _below(top: Field) -> Iterator[Field]:
    """The fields below a field, without those of foreign types (pod templates and the like)."""
    stack = [top]
    while stack:
        current = stack.pop()
        if not surroundings.is_foreign(current):
            yield from current.children
            stack.extend(reversed(current.children))
