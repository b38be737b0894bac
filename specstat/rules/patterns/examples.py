"""The examples of a rule in a pack: short fields and whole texts, made into resources and tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from specstat import readers
from specstat.model.directives import UNDECLARED, Declared, parse
from specstat.model.reading import UnreadableError
from specstat.model.resource import Facts, Field, Resource, Section
from specstat.model.source import Source
from specstat.model.types import openapi
from specstat.readers.yamltree import Node, Scalar
from specstat.rules.base import ResourceContext
from specstat.rules.patterns import nodes
from specstat.rules.patterns.rule import PatternRule

_TEXTS: Final = ("name", "type", "format", "description")
_FLAGS: Final = ("required", "has_default")
_LISTS: Final = ("enum", "declarations")
_FIELD = (*_TEXTS, *_FLAGS, *_LISTS, "constraints", "declared", "children")
_FACTS = ("generator", "status_subresource", "deprecated", "partial")
_RESOURCE = ("kind", "group", "version", "resource", "spec", "status")
_SECTIONS = tuple(section.value for section in Section if section is not Section.ROOT)


class Failure(NamedTuple):
    """An example that a rule does not treat as it should, or that cannot be read."""

    rule: PatternRule
    message: str
    offset: int


def tried(rule: PatternRule) -> tuple[int, tuple[Failure, ...]]:
    """How many examples a rule has, and what fails of them."""
    bad, good = rule.examples.bad, rule.examples.good
    failures = [*_failures(rule, bad, reported=True), *_failures(rule, good, reported=False)]
    return len(bad) + len(good), tuple(failures)


def _failures(rule: PatternRule, found: Iterable[Node], *, reported: bool) -> Iterator[Failure]:
    for number, node in enumerate(found, 1):
        kind = f"{'bad' if reported else 'good'} example {number}"
        try:
            told = [text for one in _resources(rule, node) for text in _told(rule, one)]
        except UnreadableError as error:
            offset = node.start if error.offset is None else error.offset
            yield Failure(rule, f"{kind} cannot be read: {error.message}", offset)
        except Exception as error:  # noqa: BLE001 - whatever a rule does, the others are tried
            yield Failure(rule, f"{kind} made the rule fail: {error}", node.start)
        else:
            if reported and not told:
                yield Failure(rule, f"{kind} is not reported", node.start)
            elif told and not reported:
                yield Failure(rule, f"{kind} is reported: {told[0]}", node.start)


def _told(rule: PatternRule, resource: Resource) -> Iterator[str]:
    for finding in rule.check(ResourceContext(resource, (resource,), {})):
        subject = f"{resource.kind}.{finding.on.path}" if finding.on else resource.kind
        yield f"{subject} {finding.message}"


def _resources(rule: PatternRule, node: Node) -> tuple[Resource, ...]:
    if isinstance(node, Scalar):
        return _read(rule, node)
    rows = nodes.table(node, "an example", (*_FIELD, "section", *_RESOURCE))
    if "name" in rows:
        section = nodes.word(rows["section"], "section", _SECTIONS) if "section" in rows else "spec"
        for key in ("spec", "status"):
            if key in rows:
                message = f"an example with name is one field; it cannot hold {key} as well"
                raise nodes.fault(message, rows[key])
        field = _field({k: rows[k] for k in rows if k in _FIELD}, section, 1)
        return (_made(rows, {section: (field,)}),)
    sections = {key: _fields(node, key, 1) for key, node in rows.items() if key in _SECTIONS}
    if not sections:
        message = "an example is a field with a name, or has fields below spec or status"
        raise nodes.fault(message, node)
    return (_made(rows, sections),)


def _read(rule: PatternRule, node: Scalar) -> tuple[Resource, ...]:
    """The resources of a text, which is a CRD in YAML or a proto."""
    is_yaml = "CustomResourceDefinition" in node.value
    path = f"{rule.source.path}.example.{'yaml' if is_yaml else 'proto'}"
    reading = readers.read(path, node.value.encode("utf-8", "replace"))
    if reading.problems:
        raise nodes.fault(reading.problems[0].message, node)
    if not reading.resources:
        message = "it holds no resource; write a CRD, a proto message, or a field with its name"
        raise nodes.fault(message, node)
    return reading.resources


def _made(rows: dict[str, Node], sections: Mapping[str, tuple[Field, ...]]) -> Resource:
    names = {key: nodes.text(rows[key], key) for key in ("kind", "group", "version") if key in rows}
    given = nodes.table(rows["resource"], "resource", _FACTS) if "resource" in rows else {}
    flags = {k: nodes.flag(v, k) for k, v in given.items() if k != "generator"}
    facts = Facts(
        generator=nodes.text(given["generator"], "generator") if "generator" in given else "",
        status_subresource=flags.get("status_subresource", False),
        deprecated=flags.get("deprecated", False),
        partial=flags.get("partial", False),
    )
    roots = tuple(
        Field(name, name, Section(name), depth=0, type="object", children=fields)
        for name, fields in sections.items()
    )
    return Resource(
        names.get("group", "example.org"),
        names.get("version", "v1"),
        names.get("kind", "Widget"),
        Source("", ""),
        roots,
        facts,
    )


def _fields(node: Node, parent: str, depth: int) -> tuple[Field, ...]:
    """Fields in a list, each a mapping, or its name alone."""
    made = []
    for item in nodes.items(node):
        named: dict[str, Node] = {"name": item}
        rows = named if isinstance(item, Scalar) else nodes.table(item, "a field", _FIELD)
        made.append(_field(rows, parent, depth))
    return tuple(made)


def _field(rows: dict[str, Node], parent: str, depth: int) -> Field:
    texts = {key: nodes.text(rows[key], key) for key in _TEXTS if key in rows}
    if "name" not in texts:
        message = "a field in an example wants a name"
        raise UnreadableError(message)
    type_, format_ = openapi(texts.get("type", ""), texts.get("format", ""))
    path = f"{parent}.{texts['name']}"
    flags = {key: nodes.flag(rows[key], key) for key in _FLAGS if key in rows}
    lists = {key: nodes.texts(rows[key], key) for key in _LISTS if key in rows}
    constraints = nodes.pairs(rows["constraints"], "constraints") if "constraints" in rows else ()
    item = path + "[]" if type_ == "array" else path
    return Field(
        name=texts["name"],
        path=path,
        section=Section(path.partition(".")[0]),
        depth=depth,
        type=type_,
        format=format_,
        description=texts.get("description", ""),
        enum=lists.get("enum", ()),
        declarations=lists.get("declarations", ()),
        constraints=tuple((key.value, nodes.text(value, key.value)) for key, value in constraints),
        children=_fields(rows["children"], item, depth + 1) if "children" in rows else (),
        declared=_declared(rows["declared"]) if "declared" in rows else UNDECLARED,
        required=flags.get("required", False),
        has_default=flags.get("has_default", False),
    )


def _declared(node: Node) -> Declared:
    directive = parse(nodes.text(node, "declared"))
    if directive.errors:
        raise nodes.fault(directive.errors[0], node)
    return directive.declared
