"""What a controller is told about an object, as nouns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from specstat.immutability.cells import Cell
from specstat.immutability.judging.record import Record
from specstat.immutability.schema import Schema
from specstat.immutability.terms import Terms


class Compiled(Protocol):
    """A policy with the schema of its kind and what it fixes there."""

    @property
    def terms(self) -> Terms:
        """The policy as it is declared."""

    @property
    def schema(self) -> Schema:
        """The schema of the kind's objects."""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What the policy fixes."""

    @property
    def version(self) -> str:
        """The version of the kind whose schema it is; empty where none is known."""

    @property
    def subresource(self) -> bool:
        """Whether status is written by itself, so that writing it moves no generation."""


class Outcome(StrEnum):
    """What to do with an object: let it run on, warn of a violation, or fail it."""

    ALLOW = "allow"
    WARN = "warn"
    FAIL = "fail"


class Code(StrEnum):
    """The kinds of notes, for those who count or filter them."""

    UNRECORDED = "unrecorded"
    DAMAGED_RECORD = "damaged-record"
    PLAIN_HASH = "plain-hash"
    UNKNOWN_ALGORITHM = "unknown-algorithm"
    REWRITTEN = "rewritten"
    RESTORED = "restored"
    EXEMPTION_IGNORED = "exemption-ignored"
    LOCKED_BY_RECORD = "locked-by-record"
    NOT_SEEN = "not-seen"
    NO_PLACE = "no-place"
    NOT_RECORDED = "not-recorded"
    OTHER_VERSION = "other-version"


class Note(NamedTuple):
    """What somebody should know though it fails nothing; a sentence for a log."""

    code: Code
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with an object, and what to write.

    `reason` says why, in a sentence. `fields` are the changed fields of a violation, empty where
    the old object is not known. `record` is the record to keep, None where it stays as it is; it
    is in `patch` already where the policy names a field for it. `patch` is a merge patch for the
    status subresource, empty where nothing is to be written; it holds the resourceVersion, so that
    it is refused where somebody else wrote in between. `event` is the Kubernetes Event to create
    before the patch is sent; its name is the same whenever this is decided again, so that
    "already exists" may be ignored. `notes` are for the log.
    """

    outcome: Outcome
    reason: str
    fields: tuple[str, ...] = ()
    record: Record | None = None
    patch: Mapping[str, Any] = field(default_factory=dict)
    event: Mapping[str, Any] | None = None
    notes: tuple[Note, ...] = ()

    @property
    def violated(self) -> bool:
        """Whether the object has been changed where it must not, be it failed or only warned of."""
        return self.outcome is not Outcome.ALLOW

    @property
    def status(self) -> Mapping[str, Any]:
        """The fields of status to write, for frameworks that make the patch themselves."""
        found: Mapping[str, Any] = self.patch.get("status", {})
        return found
