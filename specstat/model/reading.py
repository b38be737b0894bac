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
# Why a file that was found, and not named, is not even read.
EXCLUDED = "excluded by the configuration"
# Why a .proto file has nothing to ask about; lint counts it as read all the same.
NO_MESSAGE = "no message in it has a spec and a status"


class Problem(NamedTuple):
    """Something a reader has to tell about the text itself, with the code that tells it.

    `source` is the text that the place is of, where that is not the one that was read.
    """

    code: str
    message: str
    span: Span | None = None
    source: Source | None = None


class UnreadableError(Exception):
    """The text cannot be read on: a sentence that says why, and the offset (None: no place)."""

    def __init__(self, message: str, offset: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Reading:
    """Resources and problems of one source; `skipped` says why a file was passed over.

    `around` are resources that are defined in other files, or nowhere, and hold fields of this
    one: of those, only the fields of this file are reported with it.
    """

    source: Source
    resources: tuple[Resource, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: str = ""
    around: tuple[Resource, ...] = ()
