"""What a rule is: a scope and a generator of findings over a context.

A rule that can be set has `OPTIONS`: each option with its default value, whose type it keeps. How
loud a rule is at most, and whether it is on at all, the profiles say (`rules/profiles.yaml`).

A rule of run scope also says which field of another resource confirms a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from specstat.model.diagnostic import Finding, Severity
from specstat.model.evidence import Verdict
from specstat.model.resource import Field, Resource
from specstat.rules.changes import Outline
from specstat.rules.sighting import Sighting

if TYPE_CHECKING:
    from specstat.immutability.terms import Terms

NO_OPTIONS: Mapping[str, Any] = {}


class Scope(Enum):
    """What a rule is asked about: each judged field of a resource, or the resource as a whole.

    A rule of run scope is asked about each field first, and then about its namesakes in other
    resources. A rule of change scope is asked where two sides are known: what a version of a kind
    was, and what it is.
    """

    FIELD = "field"
    RESOURCE = "resource"
    RUN = "run"
    CHANGE = "change"


class FieldContext(NamedTuple):
    """What a rule of field scope may see; never the configuration, never another file.

    `verdicts` holds those of all judged fields of the resource, by path. `apart` is the verdict by
    the field's own facts, where its neighbours changed it. `options` are the rule's own.
    """

    resource: Resource
    field: Field
    verdict: Verdict
    verdicts: Mapping[str, Verdict]
    apart: Verdict | None = None
    options: Mapping[str, Any] = NO_OPTIONS

    @property
    def alone(self) -> FieldContext:
        """The same with the verdict by the field's own facts."""
        return self if self.apart is None else self._replace(verdict=self.apart)


class ResourceContext(NamedTuple):
    """What a rule of resource scope may see.

    `siblings` are all versions of the kind that stand in the same definition, itself among them.
    `verdicts` holds those of all judged fields, by path; `options` are the rule's own. `policies`
    are the immutability policies that the configuration has for the kind.
    """

    resource: Resource
    siblings: Sequence[Resource]
    verdicts: Mapping[str, Verdict]
    options: Mapping[str, Any] = NO_OPTIONS
    policies: Sequence[Terms] = ()


class ChangeContext(NamedTuple):
    """What a rule of change scope may see: one version of one kind, before and after a change.

    Findings are placed in `new`; `outline` says which fields went, came, moved and stayed;
    `options` are the rule's own.
    """

    old: Resource
    new: Resource
    outline: Outline
    options: Mapping[str, Any] = NO_OPTIONS


class FieldRule(Protocol):
    """A rule of field scope, as a module offers it."""

    def check(self, context: FieldContext) -> Iterator[Finding]:
        """Report what is wrong with one field."""


class ResourceRule(Protocol):
    """A rule of resource scope, as a module offers it."""

    def check(self, context: ResourceContext) -> Iterator[Finding]:
        """Report what is wrong with one resource."""


class ChangeRule(Protocol):
    """A rule of change scope, as a module offers it."""

    def check(self, context: ChangeContext) -> Iterator[Finding]:
        """Report what a change breaks."""


class RunRule(Protocol):
    """A rule of run scope, as a module offers it.

    `check` makes of a field what its own resource supports; a finding with `alone=False` waits
    for another resource. `confirm` is asked about pairs, so that a further resource can add to
    a finding and take nothing from it.
    """

    def check(self, context: FieldContext) -> Iterator[Finding]:
        """Report what is wrong with one field, or what would be if another resource agrees."""

    def confirm(self, own: Sighting, other: Sighting) -> Severity | None:
        """How loud a finding on a field is, given a namesake in another resource; None: as is."""
