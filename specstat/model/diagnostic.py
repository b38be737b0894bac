"""What rules report and what the engine makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from specstat.model.evidence import Answer, Evidence, Origin
from specstat.model.resource import Field, Section
from specstat.model.source import Span


class Severity(IntEnum):
    """How loud a diagnostic is; ordered, the loudest highest."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The word as it is printed and configured: `info`, `warning`, `error`."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule reports; severity, place and fingerprint are the engine's to stamp.

    `confidence` is the probability that the finding is right; `declared` says that the author's
    annotation makes it certain; `at_most` caps the severity for what reviewers contest. `help`
    are sentences that say what to do. `discriminator` tells findings of one rule on one field
    apart in the fingerprint. `on` is the field that a rule of resource scope speaks of. `beside`
    are fields of the same resource that it compares with; `alone` is false where it is told only if
    another resource of the run confirms it.
    """

    span: Span
    message: str
    expected: Section | None = None
    confidence: float = 1.0
    declared: bool = False
    at_most: Severity = Severity.ERROR
    answers: tuple[Answer, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    origin: Origin | None = None
    help: tuple[str, ...] = ()
    discriminator: str = ""
    on: Field | None = None
    beside: tuple[Field, ...] = ()
    alone: bool = True


class Location(NamedTuple):
    """A place in a file, resolved: positions from 1, the end one past the last character."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class ResourceRef(NamedTuple):
    """Which resource a diagnostic speaks of."""

    group: str
    version: str
    kind: str


class FieldRef(NamedTuple):
    """Which field a diagnostic speaks of, where it stands and where it should."""

    path: str
    section: Section
    expected: Section | None
    confidence: float


class Elsewhere(NamedTuple):
    """Another field that a finding compares with: `Kind.spec.field` and its place."""

    subject: str
    location: Location


class Clue(NamedTuple):
    """A piece of evidence with the line of its words in the file; 0 where it has no place."""

    evidence: Evidence
    line: int


class Suppression(NamedTuple):
    """Why a finding is not told: the reason that was given, if any, and where that stands."""

    reason: str
    location: Location


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with everything needed to show it, self-contained and picklable.

    `excerpt` is the source line of the place. `also` names other codes on the same field, told
    within this one; `copies` are other places of the same resource with the same finding;
    `elsewhere` are the fields that it compares with, of the same resource first, then of others.
    `suppressed` is set where an annotation ignores it.
    """

    code: str
    name: str
    severity: Severity
    message: str
    location: Location
    excerpt: str
    fingerprint: str
    resource: ResourceRef | None = None
    field: FieldRef | None = None
    subject: str = ""
    label: str = ""
    declared: bool = False
    answers: tuple[Answer, ...] = ()
    clues: tuple[Clue, ...] = ()
    origin: Origin | None = None
    help: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    copies: tuple[Location, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    fatal: bool = False
    suppressed: Suppression | None = None

    @property
    def order(self) -> tuple[str, int, int, str]:
        """The order of every report: by file, line, column, code."""
        return (self.location.file, self.location.line, self.location.column, self.code)
