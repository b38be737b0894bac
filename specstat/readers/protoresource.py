"""Messages of .proto files that are resources, as Kubernetes' resource model has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from specstat.model.reading import Reading
from specstat.model.resource import Facts, Field, Resource, Section
from specstat.model.source import Source
from specstat.readers import protoannotations, protofacts
from specstat.readers.protofields import At, Job, field_of, fields_of
from specstat.readers.protofiles import Disk, File, Files
from specstat.readers.protonodes import Field as Node
from specstat.readers.protonodes import Message
from specstat.readers.prototypes import Type, is_scalar, known, resolve

_SECTIONS = {section.value: section for section in Section if section is not Section.ROOT}
# Beside one of these, one section makes a resource.
_BESIDE = frozenset({"metadata", "api_version", "apiVersion"})
# Messages that hold a spec or a status and are no object that is stored.
_NO_RESOURCE = re.compile(r"\w*Template\w*|\w+(?:Request|Response)")
_NO_STATUS = frozenset({"google.rpc.Status", "rpc.Status"})
_HALF = re.compile(r"(\w+?)(Spec|Status)")
# As buf and Google's AIPs write them: v1, v1alpha, v1beta2, v1p1beta1, v1test.
_VERSION = re.compile(r"v\d+(?:p\d+)?(?:(?:alpha|beta)\d*)?(?:test\w*)?")
_RESOURCE = "(google.api.resource)"


def read(source: Source, disk: Disk) -> Reading:
    """The resources of a .proto text, and of its neighbours those that hold its messages."""
    file = disk.take(source)
    around = tuple(_around(file, disk))
    return Reading(
        source,
        tuple(resources_of(file, disk)),
        (*file.tree.problems, *protoannotations.problems(file)),
        around=around,
    )


def resources_of(file: File, files: Files) -> Iterator[Resource]:
    """The messages of a file that are resources, in the order of the file."""
    for name, node in sorted(file.types.items(), key=lambda item: item[1].start):
        if type(node) is not Message or _NO_RESOURCE.fullmatch(node.name):
            continue
        message = Type(name, node, file)
        halves = [f for f in node.fields if _is_section(f, message, files)]
        if len(halves) > 1 or (halves and not _BESIDE.isdisjoint(f.name for f in node.fields)):
            fields = tuple(_root(f, message, files) for f in node.fields)
            yield _made(node.name, fields, message)
        elif not halves and _is_flat(node):
            yield _flat(message, files)


def _is_section(node: Node, scope: Type, files: Files) -> bool:
    """Whether a field is a resource's spec or status: one message, of whatever kind.

    A type that cannot be found is taken for a message where its name says so.
    """
    plain = is_scalar(node.type) or node.value_type or node.label == "repeated"
    if node.name not in {"spec", "status"} or plain or known(node.type):
        return False
    if node.type.lstrip(".") in _NO_STATUS:
        return False
    resolved = resolve(node.type, scope.name, scope.file, files)
    if resolved is None:
        return node.type.endswith(("Spec", "Status"))
    return type(resolved.node) is Message and resolved.name not in _NO_STATUS


def _made(kind: str, fields: tuple[Field, ...], message: Type) -> Resource:
    """A resource: its group is the package without the version at its end."""
    package = message.file.tree.package
    group, _, last = package.rpartition(".")
    versioned = _VERSION.fullmatch(last) is not None
    return Resource(
        group=group if versioned else package,
        version=last if versioned else "",
        kind=kind,
        source=message.file.source,
        fields=fields,
        span=message.node.name_span,
    )


def _root(node: Node, scope: Type, files: Files) -> Field:
    """A field at the root of a resource, with the section that it makes."""
    section = _SECTIONS.get(node.name, Section.ROOT)
    field = field_of(Job(files), node, scope, At(node.name, section, 0))
    outputs = [f for f in field.children if _is_outputs(f)]
    if section is not Section.STATUS or not outputs:
        return field
    kept = [f for f in field.children if f not in outputs]
    lifted = [_lifted(child) for f in outputs for child in f.children]
    return replace(field, children=(*kept, *lifted))


def _is_outputs(field: Field) -> bool:
    return field.name == "outputs" and field.message.endswith("StackOutputs")


def _lifted(field: Field) -> Field:
    """A field one level higher: what a message of outputs holds stands in status itself."""
    return replace(field, depth=field.depth - 1, children=tuple(map(_lifted, field.children)))


def _is_flat(node: Message) -> bool:
    """Whether a message is a resource in the manner of Google's AIPs, without sections."""
    return any(o.key.startswith(_RESOURCE) for o in node.options) and any(
        _behaviors(f) for f in node.fields
    )


def _behaviors(node: Node) -> tuple[str, ...]:
    said = protofacts.of_options(node).declarations
    return tuple(word for word in said if word.startswith("field_behavior="))


def _flat(message: Type, files: Files) -> Resource:
    """A flat resource: each field stands in the section that its behavior declares (AIP-203)."""
    node = message.node
    fields = (
        field_of(Job(files), f, message, At(f.name, _declared_section(f), 0))
        for f in (node.fields if type(node) is Message else ())
    )
    made = _made(node.name, tuple(fields), message)
    return replace(made, facts=Facts(flat=True))


def _declared_section(node: Node) -> Section:
    behaviors = _behaviors(node)
    if "field_behavior=IDENTIFIER" in behaviors:
        return Section.METADATA
    return Section.STATUS if "field_behavior=OUTPUT_ONLY" in behaviors else Section.SPEC


def _around(file: File, disk: Disk) -> Iterator[Resource]:
    """Resources that hold messages of this file and stand beside it, or nowhere.

    A neighbour that is linted itself tells its findings itself.
    """
    own = file.source
    for other in disk.beside(file):
        if other.source.path not in disk.linted:
            for resource in resources_of(other, disk):
                tops = (t for s in (Section.SPEC, Section.STATUS) for t in resource.top(s))
                if any(t.source and t.source.path == own.path for t in tops):
                    yield resource
    yield from lone(file, disk)


def lone(file: File, files: Files) -> Iterator[Resource]:
    """`WidgetSpec` and `WidgetStatus` that nothing contains: the kind is in their names."""
    halves = _halves(file)
    if not halves:
        return
    others = list(files.beside(file))
    used = frozenset(_used((file, *others)))
    everywhere = {k: v for other in (*others, file) for k, v in _halves(other).items()}
    for kind in dict.fromkeys(kind for kind, _ in halves):
        found = [
            (section, everywhere[kind, section])
            for section in (Section.SPEC, Section.STATUS)
            if (kind, section) in everywhere and everywhere[kind, section].node.name not in used
        ]
        own = next((message for _, message in found if message.file is file), None)
        if own is not None:
            fields = tuple(_section(section, message, files) for section, message in found)
            made = _made(kind, fields, own)
            yield replace(made, facts=Facts(partial=len(found) == 1))


def _halves(file: File) -> dict[tuple[str, Section], Type]:
    """The messages of a file that are a spec or a status by their name, by kind and section."""
    found = {}
    for message in file.tree.messages:
        match = _HALF.fullmatch(message.name)
        if match and not _NO_RESOURCE.fullmatch(message.name) and not _is_flat(message):
            name = f"{file.tree.package}.{message.name}".lstrip(".")
            found[match[1], Section(match[2].lower())] = Type(name, message, file)
    return found


def _used(files: Iterable[File]) -> Iterator[str]:
    """The last parts of all names of types that fields and methods use."""
    for file in files:
        for node in file.types.values():
            if type(node) is Message:
                for f in node.fields:
                    yield (f.value_type or f.type).rpartition(".")[2]
        for service in file.tree.services:
            for rpc in service.rpcs:
                yield rpc.request.rpartition(".")[2]
                yield rpc.response.rpartition(".")[2]


def _section(section: Section, message: Type, files: Files) -> Field:
    name, node, file = message
    return Field(
        name=section.value,
        path=section.value,
        section=section,
        depth=0,
        type="object",
        name_span=node.name_span,
        span=node.span,
        description=protofacts.description_of(node),
        children=fields_of(Job(files), message, At(section.value, section, 1)),
        message=name,
        source=file.source,
    )
