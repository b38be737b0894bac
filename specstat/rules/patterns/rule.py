"""A rule that a pack says: an object that the engine asks like a module."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Field, Resource
from specstat.model.source import Source
from specstat.readers.yamltree import Node
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.fields import own_fields
from specstat.rules.patterns.fieldkeys import Test

# What a rule of a resource is asked with.
_NO_FIELD = Field("")
_BLANK = r"\{\{|\}\}|\{(?P<name>[^{}]*)\}"
_OF_FIELD: Mapping[str, Callable[[Field], str]] = {
    "name": lambda f: f.name,
    "path": lambda f: f.path,
    "type": lambda f: f.type or "any",
    "section": lambda f: f.section.value,
}
_OF_RESOURCE: Mapping[str, Callable[[Resource], str]] = {
    "kind": lambda r: r.kind,
    "group": lambda r: r.group,
    "version": lambda r: r.version,
}


def blanks(*, of_fields: bool) -> tuple[str, ...]:
    """What may stand in braces in a message."""
    return (*_OF_FIELD, *_OF_RESOURCE) if of_fields else tuple(_OF_RESOURCE)


def unknown_blank(text: str, *, of_fields: bool) -> str | None:
    """The first word in braces that stands for nothing, if any."""
    found = (match["name"] for match in re.finditer(_BLANK, text))
    known = blanks(of_fields=of_fields)
    return next((name for name in found if name is not None and name not in known), None)


def is_left_open(text: str) -> bool:
    """Whether a brace stands alone, and so for nothing."""
    return not {"{", "}"}.isdisjoint(re.sub(_BLANK, "", text))


def filled(text: str, resource: Resource, field: Field | None) -> str:
    """A message with what stands in braces put in."""

    def fill(match: re.Match[str]) -> str:
        name = match["name"]
        if name is None:
            return match.group()[0]
        if name in _OF_RESOURCE:
            return _OF_RESOURCE[name](resource)
        return _OF_FIELD[name](field) if field is not None else match.group()

    return re.sub(_BLANK, fill, text)


def in_general(text: str) -> str:
    """A message as a page has it, for any field: its blanks as words, such as "the name"."""

    def fill(match: re.Match[str]) -> str:
        return match.group()[0] if match["name"] is None else f"the {match['name']}"

    return re.sub(_BLANK, fill, text)


class Examples(NamedTuple):
    """What a rule must report and what not; in the pack's own nodes, read when they are tried."""

    bad: tuple[Node, ...] = ()
    good: tuple[Node, ...] = ()


class PatternRule(NamedTuple):
    """One entry of a pack. `severity` is what it has unless a profile or configuration says more.

    `test` is what `match` and the CEL expression say together. Of a kind the newest served version
    is looked at.
    """

    code: str
    name: str
    severity: Severity
    of_fields: bool
    message: str
    source: Source
    start: int
    test: Test
    help: tuple[str, ...] = ()
    page: str = ""
    examples: Examples = Examples()

    @property
    def SCOPE(self) -> Scope:  # noqa: N802 - what modules call it
        """It is asked about whole resources, and finds their fields itself."""
        return Scope.RESOURCE

    def check(self, context: ResourceContext) -> Iterator[Finding]:
        """Report what the pack speaks of."""
        resource = context.resource
        if not resource.facts.newest:
            return
        if self.of_fields:
            for field in own_fields(resource):
                if self.test(resource, field):
                    yield self._finding(resource, field)
        elif self.test(resource, _NO_FIELD):
            yield self._finding(resource, None)

    def _finding(self, resource: Resource, field: Field | None) -> Finding:
        return Finding(
            span=field.name_span if field else resource.span,
            message=filled(self.message, resource, field),
            help=tuple(filled(text, resource, field) for text in self.help),
            on=field,
        )
