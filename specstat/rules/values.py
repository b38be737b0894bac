"""Every field of a section, for rules that look at values wherever they stand."""

from __future__ import annotations

import re
from typing import NamedTuple

from specstat.model.resource import Field, Resource, Section
from specstat.rules import surroundings
from specstat.rules.latest import of_latest

_DEPRECATED = re.compile(r"\bdeprecated\b", re.IGNORECASE)


class Held(NamedTuple):
    """A field and the one that holds it."""

    field: Field
    holder: Field


def is_deprecated(field: Field) -> bool:
    """Whether its author says that the field goes, so that nobody need mend it."""
    return bool(_DEPRECATED.search(field.description))


@of_latest
def held(resource: Resource, section: Section) -> tuple[Held, ...]:
    """The fields of a section of the newest version, from the top, with all below them.

    Without what other APIs answer for: what is below foreign types, and a status that mirrors
    another API or the spec. Resources without sections have conventions of their own.
    """
    root = resource.root(section)
    if root is None or not resource.facts.newest:
        return ()
    if section is Section.STATUS and surroundings.is_mirror(resource):
        return ()
    found: list[Held] = []
    stack = [Held(field, root) for field in reversed(root.children)]
    while stack:
        current = stack.pop()
        found.append(current)
        field = current.field
        if field.children and not surroundings.is_foreign(field):
            stack.extend(Held(child, field) for child in reversed(field.children))
    return tuple(found)
