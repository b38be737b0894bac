"""What the resources of a run were before: the other side for rules that compare two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from specstat.model.reading import Reading
from specstat.model.resource import Resource

_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Before:
    """The old resources by group, version and kind; `renamed` leads from new paths to old ones."""

    resources: Mapping[_Key, tuple[Resource, ...]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)

    def of(self, resource: Resource) -> Resource | None:
        """What a resource was: of several copies the one in its own file, else the first."""
        found = self.resources.get(_key(resource), ())
        path = self.renamed.get(resource.source.path, resource.source.path)
        own = (r for r in found if r.source.path == path)
        return next(own, found[0] if found else None)


NOTHING_BEFORE = Before()


def _key(resource: Resource) -> _Key:
    return resource.group, resource.version, resource.kind


def before(
    readings: Iterable[Reading], renamed: Mapping[str, str] = MappingProxyType({})
) -> Before:
    """The resources of the old side; of halves in two files, which each file tells, the first."""
    found: dict[_Key, list[Resource]] = {}
    for reading in readings:
        for resource in (*reading.resources, *reading.around):
            found.setdefault(_key(resource), []).append(resource)
    return Before({key: tuple(resources) for key, resources in found.items()}, renamed)
