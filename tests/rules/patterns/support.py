"""Packs and resources for the tests of packs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from specstat.model.diagnostic import Finding
from specstat.model.resource import Facts, Field, Resource, Section
from specstat.model.source import Source
from specstat.rules.base import ResourceContext
from specstat.rules.patterns.reading import read
from specstat.rules.patterns.rule import PatternRule

HEAD = "rules:\n- code: ACME001\n  name: made-up\n  message: is made up\n"


def rule(lines: str, *, trusted: bool = False) -> PatternRule:
    """The one rule of a pack, from the lines below its message."""
    indented = "".join(f"  {line}\n" for line in lines.splitlines())
    (only,) = read(Source("rules.yaml", HEAD + indented), trusted=trusted).rules
    return only


def field(name: str, path: str = "", **facts: Any) -> Field:  # noqa: ANN401 - as Field has them
    """A field, in spec unless its path says more."""
    path = path or f"spec.{name}"
    return Field(name, path, Section(path.partition(".")[0]), depth=path.count("."), **facts)


def resource(*fields: Field, facts: Facts | None = None) -> Resource:
    """A resource with fields directly in its sections."""
    roots = tuple(
        Field(
            section.value,
            section.value,
            section,
            depth=0,
            children=tuple(f for f in fields if f.section is section),
        )
        for section in (Section.SPEC, Section.STATUS)
        if any(f.section is section for f in fields)
    )
    made = Resource("example.org", "v1", "Widget", Source("", ""), roots)
    return replace(made, facts=facts) if facts else made


def told(rule: PatternRule, of: Resource) -> list[Finding]:
    """What a rule reports of a resource."""
    return list(rule.check(ResourceContext(of, (of,), {})))


def paths(rule: PatternRule, *fields: Field) -> list[str]:
    """The paths of the fields that a rule reports."""
    return [found.on.path for found in told(rule, resource(*fields)) if found.on]
