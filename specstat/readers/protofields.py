"""Fields of messages, with everything below them, in the terms of a schema."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from specstat.model.directives import without_directives
from specstat.model.resource import NOWHERE, Field, Section
from specstat.model.types import OPENAPI
from specstat.readers import protoannotations, protofacts
from specstat.readers.protofiles import Imports
from specstat.readers.protonodes import Enum, Message
from specstat.readers.protonodes import Field as Node
from specstat.readers.prototypes import Type, known, resolve

# What a section may hold, and all resources of a file: enough for any real one, and an end to
# types that multiply. Kubernetes' largest section has 1,100, its largest file 2,800.
MOST_FIELDS = 10_000
MOST_IN_FILE = 30_000
_MOST_LEVELS = 16


@dataclass(slots=True)
class Spare:
    """How many fields the resources of a file may still get, and what is known of them.

    `known` are fields without what is below them, by their declaration: a message may stand in a
    thousand places.
    """

    left: int = MOST_IN_FILE
    known: dict[Node, _Known] = field(default_factory=dict)


@dataclass(slots=True)
class Job:
    """What reading one field at the root of a resource needs at hand.

    `left` counts the fields that may still stand below it; `above` are the full names of the
    messages that are being read.
    """

    files: Imports
    spare: Spare
    left: int = MOST_FIELDS
    above: list[str] = field(default_factory=list)

    def takes(self, count: int) -> bool:
        """Whether so many fields more may be read; if so, they are counted."""
        if count > min(self.left, self.spare.left):
            return False
        self.left -= count
        self.spare.left -= count
        return True


class At(NamedTuple):
    """Where a field stands in its resource."""

    path: str
    section: Section
    depth: int


class _Shape(NamedTuple):
    """A field's type: as a schema has it, and the message or enum that it is, as far as known.

    `fields` are the names of its fields where the message is well known.
    """

    type: str
    format: str = ""
    enum: tuple[str, ...] = ()
    preserves_unknown: bool = False
    fields: tuple[str, ...] = ()
    name: str = ""
    message: Type | None = None


class _Known(NamedTuple):
    """What a declaration says, wherever its message stands; `shape` is that of one item."""

    field: Field
    shape: _Shape


def fields_of(job: Job, message: Type, at: At) -> tuple[Field, ...]:
    """The fields of a message, with everything below them.

    `at` is where they stand, without their names. A message within itself ends there, and so does
    whatever is nested beyond reason.
    """
    node = message.node
    if type(node) is not Message or len(job.above) >= _MOST_LEVELS or message.name in job.above:
        return ()
    if not job.takes(len(node.fields)):
        return ()
    job.above.append(message.name)
    path, section, depth = at
    fields = tuple(
        field_of(job, child, message, At(f"{path}.{child.name}", section, depth))
        for child in node.fields
    )
    job.above.pop()
    return fields


def field_of(job: Job, node: Node, scope: Type, at: At) -> Field:
    """One field of a message, the scope, with everything below it."""
    if node not in job.spare.known:
        job.spare.known[node] = _known(job, node, scope)
    field, shape = job.spare.known[node]
    children = _children(job, node, shape, at)
    return replace(field, path=at.path, section=at.section, depth=at.depth, children=children)


def _known(job: Job, node: Node, scope: Type) -> _Known:
    said = protofacts.of_options(node)
    item = shape = _shape(job, node, scope)
    # What is said of the items is none of the list's.
    if node.value_type or node.label == "repeated":
        shape = _Shape("object" if node.value_type else "array", name=shape.name)
    said_of = protoannotations.of(node, scope.file.source)
    comments = tuple(c for c in (node.comments.leading, node.comments.trailing) if c is not None)
    field = Field(
        name=node.name,
        type=shape.type,
        format=said.format or shape.format,
        item_type=item.type if item is not shape else "",
        name_span=node.name_span,
        span=node.span,
        description=without_directives(protofacts.description_of(node)).strip(),
        description_span=comments[0].span if comments else NOWHERE,
        enum=said.enum or shape.enum,
        required=said.required,
        has_default=said.has_default,
        default=said.default,
        constraints=said.constraints,
        preserves_unknown=shape.preserves_unknown,
        comments=tuple(comment.text.strip() for comment in comments),
        declared=said_of.declared,
        ignores=said_of.ignores,
        declarations=said.declarations,
        number=node.number,
        message=shape.name,
        source=scope.file.source,
    )
    return _Known(field, item)


def _shape(job: Job, node: Node, scope: Type) -> _Shape:
    """The type of a field, or of a map's values; a message that cannot be found has no fields."""
    written = node.value_type or node.type
    if written in OPENAPI:
        return _Shape(*OPENAPI[written])
    name = written.lstrip(".")
    found = None if known(name) else resolve(written, scope.name, scope.file, job.files)
    if found is not None:
        name = found.name  # known, too, where only a part of its name was written
    if (plain := known(name)) is not None:
        kind, format_, preserves_unknown, fields = plain
        return _Shape(kind, format_, (), preserves_unknown, fields, name)
    if found is None:
        return _Shape("object", name=name)
    if type(found.node) is Enum:
        return _Shape("string", enum=protofacts.choices_of(found.node), name=found.name)
    return _Shape("object", name=found.name, message=found)


def _children(job: Job, node: Node, shape: _Shape, at: At) -> tuple[Field, ...]:
    path, section, depth = at
    path += "{}" if node.value_type else "[]" if node.label == "repeated" else ""
    if shape.message is not None:
        return fields_of(job, shape.message, At(path, section, depth + 1))
    return tuple(Field(name, f"{path}.{name}", section, depth + 1) for name in shape.fields)
