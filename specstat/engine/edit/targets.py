"""Which field is meant: `Kind.path`, `path`, `Message.field` or a bare name, in one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from specstat import readers
from specstat.model.reading import Reading
from specstat.model.resource import NOWHERE, Field, Resource, Section
from specstat.model.source import Source


class Target(NamedTuple):
    """A field that can be annotated: its name in full, and where its own name stands.

    `resource` and `field` are None for a field of a message that is no part of a resource; `field`
    alone is None for a resource as a whole.
    """

    name: str
    source: Source
    offset: int
    resource: Resource | None = None
    field: Field | None = None

    @property
    def path(self) -> str:
        """The path below its resource; empty where there is none."""
        return self.field.path if self.field else ""

    @property
    def is_section(self) -> bool:
        """Whether it is the spec or the status of a resource, and no field in one."""
        flat = self.resource is None or self.resource.facts.flat
        return not flat and self.path in {Section.SPEC, Section.STATUS}

    @property
    def line(self) -> int:
        """The line on which it stands."""
        return self.source.position(self.offset).line


def targets(reading: Reading, wanted: str) -> list[Target]:
    """The fields that a name can mean, each place once: by full path first, else by their ends."""
    known = list(every(reading))
    for means in (_is, _ends):
        if found := [target for target in known if means(target, wanted)]:
            # Of several versions the newest is meant, where it has the field.
            current = [t for t in found if t.resource is None or t.resource.facts.newest]
            places: dict[tuple[str, int], Target] = {}
            for target in current or found:
                places.setdefault((target.source.path, target.offset), target)
            return list(places.values())
    return []


def wholes(reading: Reading, wanted: str) -> list[Target]:
    """The resources of a file, as a whole, that have a kind or `GROUP/KIND`; the newest of each."""
    return [
        Target(resource.kind, resource.source, resource.span.start, resource)
        for resource in reading.resources
        if resource.facts.newest and wanted in {resource.kind, f"{resource.group}/{resource.kind}"}
    ]


def nearest_name(reading: Reading, wanted: str) -> str:
    """The name nearest to one that means nothing; empty for none."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    names: dict[str, str] = {}
    for target in every(reading):
        for name in _names(target):
            names.setdefault(name, name)
        names.setdefault(target.name.rpartition(".")[2], target.name)
    # A long path may lead there from another file, which does not tell; its end does.
    close = get_close_matches(wanted, names, 1, 0.6) or [wanted.rpartition(".")[2]]
    return names.get(close[0], "")


def every(reading: Reading) -> Iterator[Target]:
    """All that a file holds: the fields of its resources, then those of its messages."""
    yield from _of_resources((*reading.resources, *reading.around))
    yield from _of_messages(reading.source)


def _of_resources(resources: Iterable[Resource]) -> Iterator[Target]:
    for resource in resources:
        for root in resource.fields:
            # Fields of well-known messages are known by name and stand nowhere.
            for field in (f for f in root.walk() if f.name_span != NOWHERE):
                source = resource.source_of(field)
                name = f"{resource.kind}.{field.path}"
                yield Target(name, source, field.name_span.start, resource, field)


def _of_messages(source: Source) -> Iterator[Target]:
    if readers.is_proto(source.path):
        from specstat.engine.edit import proto as edit_proto  # noqa: PLC0415 - protos alone need it
        from specstat.readers import prototext  # noqa: PLC0415 - as above

        for name, field in edit_proto.fields(prototext.read(source.text)):
            yield Target(name, source, field.name_start)


def _names(target: Target) -> tuple[str, ...]:
    """All that a field is called in full."""
    if target.resource is None or target.field is None:
        return (target.name,)
    group = f"{target.resource.group}/{target.name}"
    return (target.name, target.field.path, group)


def _is(target: Target, wanted: str) -> bool:
    return wanted in _names(target)


def _ends(target: Target, wanted: str) -> bool:
    return any(name.endswith(f".{wanted}") for name in _names(target))
