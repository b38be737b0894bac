"""Two sets of resources: which kinds and fields came, went, moved, and what else became of them.

Pure: resources with their verdicts in, changes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from specstat.engine.stamp import locate
from specstat.model.diagnostic import Location, ResourceRef
from specstat.model.evidence import Verdict
from specstat.model.resource import Field, Resource
from specstat.rules import changes, mutability

_Key = tuple[str, str]


class What(StrEnum):
    """What became of a field or a resource."""

    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"
    JUDGED = "judged"
    MUTABILITY = "mutability"
    TYPE = "type"
    CHANGED = "changed"


class FieldChange(NamedTuple):
    """What became of one field, in words: its path (the old one if it went), what was, what is."""

    what: What
    path: str
    was: str
    now: str
    location: Location


class ResourceChange(NamedTuple):
    """What became of one version of a kind; it was compared with a version of the old side.

    `old_version` is empty where it came, and the version that was the newest where it is new.
    """

    what: What
    resource: ResourceRef
    old_version: str
    location: Location
    fields: tuple[FieldChange, ...] = ()


class Comparison(NamedTuple):
    """What changed, and how many versions of kinds were looked at on either side."""

    resources: tuple[ResourceChange, ...]
    compared: int


class Known(NamedTuple):
    """A resource and the verdicts on those of its fields that are judged."""

    resource: Resource
    verdicts: Mapping[str, Verdict]


def compare(old: Iterable[Known], new: Iterable[Known]) -> Comparison:
    """What became of each version of each kind, in the order of their names."""
    before, after = _by_kind(old), _by_kind(new)
    found = []
    compared = 0
    for key in sorted({*before, *after}):
        was, now = before.get(key, {}), after.get(key, {})
        compared += len({*was, *now})
        found += [
            *_versions(was, now),
            *(_gone(k.resource) for v, k in was.items() if v not in now),
        ]
    return Comparison(tuple(found), compared)


def _by_kind(every: Iterable[Known]) -> dict[_Key, dict[str, Known]]:
    """The versions of each kind; of several copies the first by path."""
    found: dict[_Key, dict[str, Known]] = {}
    for known in sorted(every, key=lambda k: k.resource.source.path):
        resource = known.resource
        found.setdefault((resource.kind, resource.group), {}).setdefault(resource.version, known)
    return found


def _versions(was: Mapping[str, Known], now: Mapping[str, Known]) -> Iterator[ResourceChange]:
    newest = next((k for k in was.values() if k.resource.facts.newest), None)
    for version, known in now.items():
        resource = known.resource
        old = was.get(version) or (newest if resource.facts.newest else None)
        ref = ResourceRef(resource.group, version, resource.kind)
        place = locate(resource.source, resource.span)
        if old is None:
            yield ResourceChange(What.ADDED, ref, "", place)
        elif (fields := tuple(_fields(old, known))) or old.resource.version != version:
            what = What.CHANGED if version in was else What.ADDED
            yield ResourceChange(what, ref, old.resource.version, place, fields)


def _gone(resource: Resource) -> ResourceChange:
    ref = ResourceRef(resource.group, resource.version, resource.kind)
    place = locate(resource.source, resource.span)
    return ResourceChange(What.REMOVED, ref, resource.version, place)


def _fields(old: Known, new: Known) -> Iterator[FieldChange]:
    """What became of the fields: moves first, what came, what went, and then what stayed."""
    outline = changes.outline(old.resource, new.resource)
    for pair in outline.moved:
        yield _told(new, What.MOVED, pair.new, pair.old.path, pair.new.path)
    for field in outline.added:
        yield _told(new, What.ADDED, field, "", _shape(field))
    for field in outline.removed:
        yield _told(old, What.REMOVED, field, _shape(field), "")
    locks = mutability.locks(old.resource), mutability.locks(new.resource)
    for pair in outline.kept:
        path = pair.new.path
        mutable = [mutability.words(f, own) for f, own in zip(pair, locks, strict=True)]
        judged = _judged(old, path), _judged(new, path)
        if all(judged) and _section(judged[0]) != _section(judged[1]):
            yield _told(new, What.JUDGED, pair.new, *judged)
        if mutable[0] != mutable[1]:
            yield _told(new, What.MUTABILITY, pair.new, *mutable)
        if _type(pair.old) != _type(pair.new):
            yield _told(new, What.TYPE, pair.new, _type(pair.old), _type(pair.new))


def _told(whose: Known, what: What, field: Field, was: str, now: str) -> FieldChange:
    place = locate(whose.resource.source_of(field), field.name_span)
    return FieldChange(what, field.path, was, now, place)


def _judged(whose: Known, path: str) -> str:
    """The section in which a field belongs and how sure that is; empty where it is not judged."""
    verdict = whose.verdicts.get(path)
    if verdict is None:
        return ""
    return f"{verdict.section} ({verdict.probabilities[verdict.section]:.0%})".replace("%", " %")


def _section(judged: str) -> str:
    return judged.partition(" ")[0]


def _type(field: Field) -> str:
    return f"{field.type} ({field.format})" if field.format else field.type


def _shape(field: Field) -> str:
    """A field's type, and how many fields went or came with it."""
    below = sum(1 for _ in field.walk()) - 1
    return _type(field) + (f", {below} field{'s' * (below > 1)} below" if below else "")
