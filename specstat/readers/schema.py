"""OpenAPI v3 schemas of a CRD into fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from specstat.model.directives import (
    MARK,
    UNDECLARED,
    Declared,
    in_comment,
    in_description,
    without_directives,
)
from specstat.model.ignoring import Ignore
from specstat.model.reading import Problem, UnreadableError
from specstat.model.resource import NOWHERE, Field, Level, Section
from specstat.model.source import Source, Span
from specstat.readers.annotated import Said, ignores, settle
from specstat.readers.comments import Comments
from specstat.readers.literal import literal
from specstat.readers.nodes import (
    VALIDATIONS,
    is_true,
    mapping_or_refuse,
    text_of,
    texts_of,
    validations,
)
from specstat.readers.yamltree import Mapping, Node, Scalar, Sequence, follow

_CONSTRAINTS = frozenset(
    {
        "exclusiveMaximum",
        "exclusiveMinimum",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "pattern",
        "uniqueItems",
    }
)
PRESERVES = "x-kubernetes-preserve-unknown-fields"
_SECTIONS = {section.value: section for section in Section if section is not Section.ROOT}


@dataclass(slots=True)
class Job:
    """What reading one CRD needs at hand, and what it collects on the way."""

    source: Source
    comments: Comments
    annotated: dict[str, Said] = field(default_factory=dict)
    scale: dict[str, str] = field(default_factory=dict)  # path to the scale subresource's word
    bound: set[str | int] = field(default_factory=set)  # what found its field
    problems: list[Problem] = field(default_factory=list)


def _type(schema: Mapping) -> str:
    entries = schema.entries
    if "x-kubernetes-int-or-string" in entries and is_true(
        schema.get("x-kubernetes-int-or-string")
    ):
        return "int-or-string"
    if "type" in entries and (named := text_of(schema.get("type"))):
        return named
    branches = schema.get("anyOf")
    if type(branches) is Sequence:
        own = map(follow, branches.items)
        types = {text_of(branch.get("type")) for branch in own if type(branch) is Mapping}
        if types == {"integer", "string"}:
            return "int-or-string"
    return "any" if is_true(schema.get(PRESERVES)) else ""


def _item_type(schema: Mapping) -> str:
    """The type of a list's items or a map's values."""
    inner = schema.get("items") or schema.get("additionalProperties")
    return _type(inner) if type(inner) is Mapping else ""


# Keyword of the schema to the field's fact and how it is read. Most schemas have two or three
# keywords, so looking at those that are there beats asking for each.
_FACTS: dict[str, tuple[str, Callable[[Node], object]]] = {
    "format": ("format", text_of),
    "enum": ("enum", texts_of),
    "default": ("default", literal),
    "nullable": ("nullable", is_true),
    VALIDATIONS: ("validations", validations),
    "x-kubernetes-list-type": ("list_type", text_of),
    "x-kubernetes-list-map-keys": ("list_map_keys", texts_of),
    PRESERVES: ("preserves_unknown", is_true),
    "x-kubernetes-embedded-resource": ("embedded_resource", is_true),
}


# Items and values have no default of their own, and a null among them is a value like any other.
_OF_FIELDS = frozenset({"default", "nullable"})


def _inner(schema: Mapping) -> tuple[Mapping, tuple[Level, ...]]:
    """The schema whose properties are the children, and the levels of items and values to it."""
    levels: tuple[Level, ...] = ()
    while "properties" not in schema.entries:
        items, values = schema.get("items"), schema.get("additionalProperties")
        if type(items) is Mapping:
            schema, suffix = items, "[]"
        elif type(values) is Mapping:
            schema, suffix = values, "{}"
        else:
            break
        levels += (_level(schema, suffix),)
    return schema, levels


def _level(schema: Mapping, suffix: str) -> Level:
    facts: dict[str, Any] = {}
    constraints: tuple[tuple[str, str], ...] = ()
    for word, (_, value) in schema.entries.items():
        if word in _CONSTRAINTS:
            constraints += ((word, text_of(value)),)
        elif word in _FACTS and word not in _OF_FIELDS:
            name, read = _FACTS[word]
            facts[name] = read(follow(value))
    return Level(suffix, _type(schema), constraints=constraints, **facts)


def _declared(
    job: Job, key: Scalar, path: str, description: str, description_span: Span
) -> tuple[Declared, tuple[Ignore, ...], tuple[str, ...]]:
    """What all forms of annotation say of one field, what they ignore, and its comments."""
    comments = job.comments.of_key(key.start)
    found: list[Said] = []
    for comment in comments:
        if (directive := in_comment(comment.text)) is not None:
            found.append(Said(directive, comment.span, line_of(job, comment.span)))
            job.bound.add(comment.span.start)
    if (directive := in_description(description)) is not None:
        found.append(Said(directive, description_span, line_of(job, description_span)))
    if path in job.annotated:
        found.append(job.annotated[path])
        job.bound.add(path)
    declared, problems = settle(path, found)
    job.problems += problems
    texts = tuple(comment.text for comment in comments)
    return declared, ignores(found, job.source), texts


def line_of(job: Job, span: Span) -> str:
    """The line of the annotation within a comment or a description, for people."""
    at = job.source.text.find(MARK, span.start, span.end)
    return f"line {job.source.position(max(at, span.start)).line}"


def _merged(mapping: Mapping) -> dict[str, tuple[Scalar, Node]]:
    """The entries of a mapping with those that a merge key (`<<`) brings in, as goyaml reads it."""
    if "<<" not in mapping.entries:
        return mapping.entries
    own = {name: entry for name, entry in mapping.entries.items() if name != "<<"}
    brought = mapping.get("<<")
    return {**brought.entries, **own} if type(brought) is Mapping else own


def fields_of(
    job: Job, schema: Mapping, prefix: str = "", section: Section | None = None, depth: int = 0
) -> tuple[Field, ...]:
    """The fields of a schema with everything below them.

    One frame a level of nesting, so that the depth the YAML reader allows cannot exhaust the
    stack. Raises UnreadableError where the schema is not of a schema's shape.
    """
    node = schema.get("properties")
    if node is None or (type(node) is Scalar and not text_of(node)):
        return ()
    properties = mapping_or_refuse(node, "properties", schema.start)
    required = frozenset(texts_of(schema.get("required")))
    fields = []
    for name, (key, value) in _merged(properties).items():
        if not name:
            raise UnreadableError(
                f"a key in the properties of {prefix or 'the schema'} is no name", key.start
            )
        path = f"{prefix}.{name}" if prefix else name
        own = mapping_or_refuse(follow(value), f"the schema of {path}", key.start)
        inner, levels = _inner(own)
        suffix = "".join([level.suffix for level in levels])
        here = _SECTIONS.get(name, Section.ROOT) if section is None else section
        children = fields_of(job, inner, path + suffix, here, depth + 1)
        span = Span(key.start, value.end)  # of an alias, not of what it stands for
        is_required = name in required
        fields.append(
            _field(
                job, key, span, own, path, here, children, levels, required=is_required, depth=depth
            )
        )
    return tuple(fields)


def _field(  # noqa: PLR0913, PLR0917 - a field has that many sides
    job: Job,
    key: Scalar,
    span: Span,
    schema: Mapping,
    path: str,
    section: Section,
    children: tuple[Field, ...],
    levels: tuple[Level, ...],
    *,
    required: bool,
    depth: int,
) -> Field:
    description, description_span = "", NOWHERE
    facts: dict[str, Any] = {}
    constraints = []
    for word, (_, value) in schema.entries.items():
        if word == "description":
            node = follow(value)
            description, description_span = text_of(node), Span(node.start, node.end)
        elif word in _FACTS:
            name, read = _FACTS[word]
            facts[name] = read(follow(value))
        elif word in _CONSTRAINTS:
            constraints.append((word, text_of(value)))
    declared = UNDECLARED
    comments: tuple[str, ...] = ()
    ignored: tuple[Ignore, ...] = ()
    if job.comments.all or job.annotated or MARK in description:
        declared, ignored, comments = _declared(job, key, path, description, description_span)
    return Field(
        name=key.value,
        path=path,
        section=section,
        depth=depth,
        type=_type(schema),
        item_type=levels[0].type if levels else _item_type(schema),
        name_span=Span(key.start, key.end),
        span=span,
        description=without_directives(description),
        description_span=description_span,
        required=required,
        has_default="default" in schema.entries,
        constraints=tuple(constraints),
        children=children,
        levels=levels,
        comments=comments,
        declared=declared,
        ignores=ignored,
        declarations=(f"scale={job.scale[path]}",) if path in job.scale else (),
        **facts,
    )
