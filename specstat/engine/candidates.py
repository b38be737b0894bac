"""Which fields of a resource are judged at all."""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.resource import Field, Resource, Section

_SECTIONS = (Section.SPEC, Section.STATUS)


def candidates(resource: Resource) -> Iterator[Field]:
    """The fields of spec and status of the newest served version, and declared ones below them.

    What stands deeper serves the field above it, so it is judged only on its author's word.
    """
    if not resource.facts.newest:
        return
    for section in _SECTIONS:
        for top in resource.top(section):
            yield top
            for child in top.children:
                yield from (field for field in child.walk() if field.declared.purpose)
