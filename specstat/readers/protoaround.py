"""Resources of which a .proto file holds a part: those beside it, and those that are nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from specstat.model.resource import Facts, Field, Resource, Section
from specstat.readers import protoannotations, protofacts
from specstat.readers.protofields import At, Job, Spare, fields_of
from specstat.readers.protofiles import File, Files, Held, Package
from specstat.readers.protonodes import Message
from specstat.readers.protoresource import NO_RESOURCE, is_flat, made, resources_of
from specstat.readers.prototypes import Type

_HALF = re.compile(r"(\w+?)(Spec|Status)")


def around(file: File, files: Files) -> Iterator[Resource]:
    """Resources that hold messages of this file and stand beside it, or nowhere.

    A neighbour that is linted itself tells its findings itself.
    """
    package = _package(file, files)
    for path in package.holders.get(file.source.path, ()):
        if path != file.source.path and (other := files.load(path)):
            yield from (r for r in resources_of(other, files) if file.source.path in _paths(r))
    yield from _lone(file, package, files)


def _package(file: File, files: Files) -> Package:
    """The package of a file as it stands in its folder, worked out once."""
    key = (posixpath.dirname(file.source.path), file.tree.package)
    if key not in files.packages:
        used: set[str] = set()
        halves: dict[tuple[str, Section], str] = {}
        holders: dict[str, tuple[str, ...]] = {}
        for member in chain(files.beside(file), (file,)):
            own = member.source.path
            used.update(_used(member))
            # Of a name that stands twice always the same one, whichever file was read first.
            halves |= {key: min(own, halves.get(key, own)) for key in _halves(member)}
            if own not in files.linted:
                held = frozenset().union(*map(_paths, resources_of(member, files)))
                holders |= {path: (*holders.get(path, ()), own) for path in held}
        files.packages[key] = Package(frozenset(used), halves, holders)
    return files.packages[key]


def _paths(resource: Resource) -> frozenset[str]:
    """The files in which the fields of spec and status stand, those below others included."""
    tops = (t for s in (Section.SPEC, Section.STATUS) for t in resource.top(s))
    return frozenset(resource.source_of(field).path for top in tops for field in top.walk())


def _lone(file: File, package: Package, files: Files) -> Iterator[Resource]:
    """`WidgetSpec` and `WidgetStatus` that nothing contains: the kind is in their names."""
    own, held = _halves(file), Held(files)
    for kind in dict.fromkeys(kind for kind, _ in own):
        found = []
        for section in (Section.SPEC, Section.STATUS):
            message = own.get((kind, section)) or _half(kind, section, package, files)
            if message is not None and message.node.name not in package.used:
                found.append((section, message))
        first = next((message for _, message in found if message.file is file), None)
        if first is not None:
            jobs = (Job(held, Spare()) for _ in found)
            fields = tuple(_section(j, s, m) for j, (s, m) in zip(jobs, found, strict=True))
            yield replace(made(kind, fields, first), facts=Facts(partial=len(found) == 1))


def _half(kind: str, section: Section, package: Package, files: Files) -> Type | None:
    """A half of a kind that stands in another file of the package."""
    path = package.halves.get((kind, section))
    file = files.load(path) if path else None
    return _halves(file).get((kind, section)) if file else None


def _halves(file: File) -> dict[tuple[str, Section], Type]:
    """The messages of a file that are a spec or a status by their name, by kind and section."""
    found = {}
    for message in file.tree.messages:
        match = _HALF.fullmatch(message.name)
        if match and not NO_RESOURCE.fullmatch(message.name) and not is_flat(message):
            name = f"{file.tree.package}.{message.name}".lstrip(".")
            found[match[1], Section(match[2].lower())] = Type(name, message, file)
    return found


def _used(file: File) -> Iterator[str]:
    """The last parts of all names of types that fields and methods use."""
    for node in file.types.values():
        if type(node) is Message:
            for f in node.fields:
                yield (f.value_type or f.type).rpartition(".")[2]
    for service in file.tree.services:
        for rpc in service.rpcs:
            yield rpc.request.rpartition(".")[2]
            yield rpc.response.rpartition(".")[2]


def _section(job: Job, section: Section, message: Type) -> Field:
    name, node, file = message
    said = protoannotations.of_message(node, file.source) if type(node) is Message else None
    return Field(
        name=section.value,
        path=section.value,
        section=section,
        depth=0,
        type="object",
        name_span=node.name_span,
        span=node.span,
        description=protofacts.description_of(node),
        children=fields_of(job, message, At(section.value, section, 1)),
        message=name,
        source=file.source,
        ignores=said.ignores if said else (),
    )
