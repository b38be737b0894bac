"""What a rule is: a scope and a generator of findings over a context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple, Protocol

from specstat.model.diagnostic import Finding
from specstat.model.evidence import Verdict
from specstat.model.resource import Field, Resource


class Scope(Enum):
    """What a rule is asked about: each judged field of a resource, or the resource as a whole."""

    FIELD = "field"
    RESOURCE = "resource"


class FieldContext(NamedTuple):
    """What a rule of field scope may see; never the configuration, never another file.

    `verdicts` holds those of all judged fields of the resource, by path.
    """

    resource: Resource
    field: Field
    verdict: Verdict
    verdicts: Mapping[str, Verdict]


class ResourceContext(NamedTuple):
    """What a rule of resource scope may see.

    `siblings` are all versions of the kind that stand in the same definition, itself among them.
    """

    resource: Resource
    siblings: tuple[Resource, ...]


class FieldRule(Protocol):
    """A rule of field scope, as a module offers it."""

    def check(self, context: FieldContext) -> Iterator[Finding]:
        """Report what is wrong with one field."""


class ResourceRule(Protocol):
    """A rule of resource scope, as a module offers it."""

    def check(self, context: ResourceContext) -> Iterator[Finding]:
        """Report what is wrong with one resource."""
