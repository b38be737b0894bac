"""Resources and their fields: facts as the schema states them, no opinions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from specstat.model.directives import UNDECLARED, Declared
from specstat.model.ignoring import Ignore
from specstat.model.source import Source, Span


class Section(StrEnum):
    """The part of a resource in which a field stands; ROOT is beside the three sections."""

    METADATA = "metadata"
    SPEC = "spec"
    STATUS = "status"
    ROOT = "root"


NOWHERE = Span(0, 0)


class Validation(NamedTuple):
    """One rule of `x-kubernetes-validations`: a CEL expression and its message.

    With `optional_old_self` the rule is asked also where there is no old value.
    """

    rule: str
    message: str = ""
    reason: str = ""
    field_path: str = ""
    optional_old_self: bool = False

    @property
    def is_transition(self) -> bool:
        """Whether the rule compares with the old value, as immutability rules do."""
        return "oldSelf" in self.rule


class Level(NamedTuple):
    """The items of a list or the values of a map, where a schema of their own says what they are.

    `suffix` is what they add to a path, `[]` or `{}`; all else is as a field has it.
    """

    suffix: str
    type: str = ""
    format: str = ""
    enum: tuple[str, ...] = ()
    constraints: tuple[tuple[str, str], ...] = ()
    validations: tuple[Validation, ...] = ()
    list_type: str = ""
    list_map_keys: tuple[str, ...] = ()
    preserves_unknown: bool = False
    embedded_resource: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One property of a schema.

    `path` is like `status.tasks[].name` (`[]` an item of a list, `{}` a value of a map); `depth`
    is 0 at the root and 1 directly in a section (names may hold dots, so the path cannot tell).
    `type` is an OpenAPI type, `int-or-string`, `any`, or empty where the schema says none.
    `item_type` is the type of a list's items or a map's values, of the outermost where they nest;
    `levels` are all levels of items and values from the field down to its children, where a CRD
    says what they are. All other facts are those of the field's own, outermost schema.
    A `nullable` field may be null, which Kubernetes keeps and takes for a field that is not there.
    `default` is the default as compact JSON, empty where there is none or it is beyond reason.
    `constraints` are pairs of a keyword (`minimum`, `pattern`) and its value as text.
    `name_span` covers the key, `span` the key with its whole block, `description_span` the
    scalar that holds the description; all are places in `source`, or, where that is None, in the
    source of the resource.
    `declarations` are what the schema's language declares beside type and constraints, as words
    such as `field_behavior=OUTPUT_ONLY` or `scale=statusReplicasPath`. `number` is a proto field's
    number, `message` the full name of the message or enum that is its type. `ignores` are the
    findings that annotations ignore, on it and below it.
    """

    name: str
    path: str = ""
    section: Section = Section.ROOT
    depth: int = 1
    type: str = ""
    format: str = ""
    item_type: str = ""
    name_span: Span = NOWHERE
    span: Span = NOWHERE
    description: str = ""
    description_span: Span = NOWHERE
    enum: tuple[str, ...] = ()
    required: bool = False
    nullable: bool = False
    has_default: bool = False
    default: str = ""
    constraints: tuple[tuple[str, str], ...] = ()
    validations: tuple[Validation, ...] = ()
    list_type: str = ""
    list_map_keys: tuple[str, ...] = ()
    preserves_unknown: bool = False
    embedded_resource: bool = False
    children: tuple[Field, ...] = ()
    levels: tuple[Level, ...] = ()
    comments: tuple[str, ...] = ()
    declared: Declared = UNDECLARED
    declarations: tuple[str, ...] = ()
    number: int = 0
    message: str = ""
    source: Source | None = None
    ignores: tuple[Ignore, ...] = ()

    @property
    def child_names(self) -> frozenset[str]:
        """The names of the field's own fields; for a list or map, those of its items."""
        return frozenset(child.name for child in self.children)

    def walk(self) -> Iterator[Field]:
        """The field and all fields below it, from the top."""
        stack = [self]
        while stack:
            current = stack.pop()
            yield current
            stack.extend(reversed(current.children))


@dataclass(frozen=True, slots=True)
class Scale:
    """The paths of a scale subresource, without the leading dot; empty where not given."""

    spec_replicas: str = ""
    status_replicas: str = ""
    label_selector: str = ""

    @property
    def paths(self) -> frozenset[str]:
        """The paths that are given."""
        return frozenset(self.words)

    @property
    def words(self) -> dict[str, str]:
        """The paths that are given, each with what the subresource calls it."""
        named = {
            self.spec_replicas: "specReplicasPath",
            self.status_replicas: "statusReplicasPath",
            self.label_selector: "labelSelectorPath",
        }
        return {path: word for path, word in named.items() if path}


class PrinterColumn(NamedTuple):
    """A column of `kubectl get`: its title and the JSON path that it shows."""

    name: str
    json_path: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a resource's definition says beside its fields.

    `partial` says that only one section is known and the other may stand elsewhere (a message
    `WidgetStatus` that nothing contains); `flat` that there are none, and each field at the root
    says which one it would be in. `open` says that the root may hold more than is declared.
    """

    served: bool = True
    storage: bool = True
    deprecated: bool = False
    newest: bool = True
    status_subresource: bool = False
    scale: Scale | None = None
    printer_columns: tuple[PrinterColumn, ...] = ()
    generator: str = ""
    partial: bool = False
    flat: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Resource:
    """One version of one kind. `fields` are those at its root: spec, status and whatever else.

    `validations` are the rules on the object as a whole, `ignores` the findings that annotations
    ignore on the resource and all that it holds.
    """

    group: str
    version: str
    kind: str
    source: Source
    fields: tuple[Field, ...]
    facts: Facts = field(default_factory=Facts)
    span: Span = NOWHERE
    ignores: tuple[Ignore, ...] = ()
    validations: tuple[Validation, ...] = ()

    def source_of(self, field: Field | None) -> Source:
        """The text that a field's places are of."""
        return (field.source if field else None) or self.source

    def root(self, section: Section) -> Field | None:
        """The root field that makes a section, if the schema has it."""
        if self.facts.flat:
            return None
        for root in self.fields:  # asked often, and a loop takes half the time of next()
            if root.name == section:
                return root
        return None

    def top(self, section: Section) -> tuple[Field, ...]:
        """The fields directly in a section; none if the schema does not have it."""
        root = self.root(section)
        return root.children if root else ()
