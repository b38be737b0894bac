"""Messages of .proto files that are resources, as Kubernetes' resource model has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from specstat.model.ignoring import Ignore
from specstat.model.resource import Facts, Field, Resource, Section
from specstat.readers import protoannotations, protofacts
from specstat.readers.protofields import At, Job, Spare, field_of
from specstat.readers.protofiles import File, Held, Imports
from specstat.readers.protonodes import Field as Node
from specstat.readers.protonodes import Message
from specstat.readers.prototypes import Type, is_scalar, known, resolve

_SECTIONS = {section.value: section for section in Section if section is not Section.ROOT}
# Beside one of these, one section makes a resource.
_BESIDE = frozenset({"metadata", "api_version", "apiVersion"})
# Messages that hold a spec or a status and are no object that is stored.
NO_RESOURCE = re.compile(r"\w*Template\w*|\w+(?:Request|Response)")
_NO_STATUS = frozenset({"google.rpc.Status", "rpc.Status"})
# As buf and Google's AIPs write them: v1, v1alpha, v1beta2, v1p1beta1, v1test.
_VERSION = re.compile(r"v\d+(?:p\d+)?(?:(?:alpha|beta)\d*)?(?:test\w*)?")
_RESOURCE = "(google.api.resource)"


def resources_of(file: File, files: Imports) -> Iterator[Resource]:
    """The messages of a file that are resources, in the order of the file."""
    spare, held = Spare(), Held(files)
    for name, node in sorted(file.types.items(), key=lambda item: item[1].start):
        if type(node) is Message and not NO_RESOURCE.fullmatch(node.name):
            resource = _resource(node, Type(name, node, file), held, spare)
            if resource is not None:
                yield resource


def _resource(node: Message, message: Type, files: Imports, spare: Spare) -> Resource | None:
    name, _, file = message
    halves = [f for f in node.fields if _is_section(f, message, files)]
    if len(halves) > 1 or (halves and not _BESIDE.isdisjoint(f.name for f in node.fields)):
        fields = (_root(f, message, Job(files, spare)) for f in node.fields)
        # Of a section whose type cannot be found, nothing is known.
        lost = any(resolve(f.type, name, file, files) is None for f in halves)
        return replace(made(node.name, tuple(fields), message), facts=Facts(partial=lost))
    if halves or not is_flat(node):
        return None
    fields = (
        field_of(Job(files, spare), f, message, At(f.name, _declared_section(f), 0))
        for f in node.fields
    )
    return replace(made(node.name, tuple(fields), message), facts=Facts(flat=True))


def _is_section(node: Node, scope: Type, files: Imports) -> bool:
    """Whether a field is a resource's spec or status: one message, of whatever kind.

    A type that cannot be found is taken for a message where its name says so.
    """
    if node.name not in {"spec", "status"} or node.value_type or node.label == "repeated":
        return False
    if is_scalar(node.type) or known(node.type):
        return False
    if node.type.lstrip(".") in _NO_STATUS:
        return False
    resolved = resolve(node.type, scope.name, scope.file, files)
    if resolved is None:
        return node.type.endswith(("Spec", "Status"))
    plain = known(resolved.name) is not None
    return type(resolved.node) is Message and not plain and resolved.name not in _NO_STATUS


def made(kind: str, fields: tuple[Field, ...], message: Type) -> Resource:
    """A resource: its group is the package without the version at its end."""
    package = message.file.tree.package
    group, _, last = package.rpartition(".")
    versioned = _VERSION.fullmatch(last) is not None
    node = message.node
    ignored: tuple[Ignore, ...] = ()
    if type(node) is Message and node.name == kind:  # no half of it
        ignored = protoannotations.of_message(node, message.file.source).ignores
    return Resource(
        group=group if versioned else package,
        version=last if versioned else "",
        kind=kind,
        source=message.file.source,
        fields=fields,
        span=message.node.name_span,
        ignores=ignored,
    )


def _root(node: Node, scope: Type, job: Job) -> Field:
    """A field at the root of a resource, with the section that it makes."""
    section = _SECTIONS.get(node.name, Section.ROOT)
    field = field_of(job, node, scope, At(node.name, section, 0))
    outputs = [f for f in field.children if _is_outputs(f)]
    if section is not Section.STATUS or not outputs:
        return field
    kept = [f for f in field.children if not _is_outputs(f)]
    lifted = [_lifted(child) for f in outputs for child in f.children]
    return replace(field, children=(*kept, *lifted))


def _is_outputs(field: Field) -> bool:
    named = field.name == "outputs" and field.message.endswith("StackOutputs")
    # A list of outputs, or a map, has its fields in its items.
    return named and all(f.path == f"{field.path}.{f.name}" for f in field.children)


def _lifted(field: Field) -> Field:
    """A field one level higher: what a message of outputs holds stands in status itself."""
    return replace(field, depth=field.depth - 1, children=tuple(map(_lifted, field.children)))


def is_flat(node: Message) -> bool:
    """Whether a message is a resource in the manner of Google's AIPs, without sections."""
    return any(o.key.startswith(_RESOURCE) for o in node.options) and any(
        _behaviors(f) for f in node.fields
    )


def _behaviors(node: Node) -> tuple[str, ...]:
    said = protofacts.of_options(node).declarations
    return tuple(word for word in said if word.startswith("field_behavior="))


def _declared_section(node: Node) -> Section:
    behaviors = _behaviors(node)
    if "field_behavior=IDENTIFIER" in behaviors:
        return Section.METADATA
    return Section.STATUS if "field_behavior=OUTPUT_ONLY" in behaviors else Section.SPEC
