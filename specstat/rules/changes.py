"""What became of the fields of a resource: which are gone, new, moved to another section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from specstat.model.diagnostic import Severity
from specstat.model.resource import Field, Resource, Section
from specstat.rules.moving import may_still_change

_STABLE = re.compile(r"v\d+")


class Pair(NamedTuple):
    """A field as it was and as it is."""

    old: Field
    new: Field


class Outline(NamedTuple):
    """The fields that went, came, moved and stayed, each in the order of its side.

    What is below a field that went, came or moved went with it and is not named.
    """

    removed: tuple[Field, ...]
    added: tuple[Field, ...]
    moved: tuple[Pair, ...]
    kept: tuple[Pair, ...]


def outline(old: Resource, new: Resource) -> Outline:
    """What became of all fields of a resource.

    A section that one side does not know (its message could not be found) is passed over.
    """
    known = _known(old) & _known(new)
    before, after = _by_path(old, known), _by_path(new, known)
    removed = tuple(_topmost(before.values(), after))
    added = tuple(_topmost(after.values(), before))
    flat = old.facts.flat or new.facts.flat  # there, a section is what the options say
    moved = () if flat else tuple(_moved(removed, added))
    gone, come = {id(p.old) for p in moved}, {id(p.new) for p in moved}
    return Outline(
        removed=tuple(f for f in removed if id(f) not in gone),
        added=tuple(f for f in added if id(f) not in come),
        moved=moved,
        kept=tuple(Pair(f, after[path]) for path, f in before.items() if path in after),
    )


def loudest(old: Resource) -> Severity:
    """How loud a break of what a version was may be told, by what the version promised.

    An alpha version, or one that is not served, promises nothing; a beta version, and a proto
    package without a version, less than a stable one (Kubernetes, "API versioning").
    """
    if may_still_change(old):
        return Severity.INFO
    return Severity.ERROR if _STABLE.fullmatch(old.version) else Severity.WARNING


def tail(field: Field) -> str:
    """A field's path within its section."""
    return field.path if field.section is Section.ROOT else field.path.partition(".")[2]


def is_section(field: Field, resource: Resource) -> bool:
    """Whether a field is the root of a section, not one that stands in it."""
    return field.depth == 0 and field.section is not Section.ROOT and not resource.facts.flat


def _known(resource: Resource) -> frozenset[Section]:
    """The sections of which the fields are known."""
    if not resource.facts.partial:
        return frozenset(Section)
    return frozenset(s for s in Section if resource.top(s))


def _by_path(resource: Resource, known: frozenset[Section]) -> dict[str, Field]:
    """All fields by path, without the roots of sections."""
    every = (f for root in resource.fields for f in root.walk())
    return {f.path: f for f in every if f.section in known and not is_section(f, resource)}


def _topmost(fields: Iterable[Field], others: dict[str, Field]) -> Iterator[Field]:
    """The fields that the other side lacks, without those below one of them."""
    below: set[int] = set()
    for field in fields:  # from the top down
        if field.path in others:
            continue
        if id(field) not in below:
            yield field
        below.update(map(id, field.children))


def _moved(removed: Iterable[Field], added: Iterable[Field]) -> Iterator[Pair]:
    """Fields that went from one section and came in another, with the same name and type.

    They stand at the same place within their sections, or they say the same.
    """
    left: dict[tuple[str, str, str], list[Field]] = {}
    for new in added:
        left.setdefault(_likeness(new), []).append(new)
    for old in removed:
        namesakes = left.get(_likeness(old), [])
        alike = [f for f in namesakes if f.section is not old.section]
        found = [f for f in alike if tail(f) == tail(old)] or [
            f for f in alike if f.description and f.description == old.description
        ]
        if len(found) == 1:
            namesakes.remove(found[0])
            yield Pair(old, found[0])


def _likeness(field: Field) -> tuple[str, str, str]:
    return field.name, field.type, field.message
