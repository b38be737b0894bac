"""What a reader makes of one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from specstat.model.resource import Resource
from specstat.model.source import Source, Span

# The code of what cannot be read, hence was not checked.
UNREADABLE = "SS001"
# Why most files are passed over.
NO_RESOURCE = "no CRD in it"


class Problem(NamedTuple):
    """Something a reader has to tell about the text itself, with the code that tells it."""

    code: str
    message: str
    span: Span | None = None


class UnreadableError(Exception):
    """The text cannot be read on: a sentence that says why, and the offset (None: no place)."""

    def __init__(self, message: str, offset: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Reading:
    """Resources and problems of one source; `skipped` says why a file was passed over."""

    source: Source
    resources: tuple[Resource, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: str = ""
