"""Places for people: as short as tells them apart."""

from __future__ import annotations

from collections.abc import Collection

from specstat.model.diagnostic import Diagnostic, Location
from specstat.reporters.layout import visible

_SHOWN = 4


def place(where: Location) -> str:
    """A place as editors and terminals understand it: `path:line:column`."""
    path = visible(where.file)
    return f"{path}:{where.line}:{where.column}" if where.line else path


def short(file: str, files: Collection[str]) -> str:
    """The end of a path by which it is told from the others: its name, with folders if need be."""
    parts = file.split("/")
    for count in range(1, len(parts)):
        end = "/" + "/".join(parts[-count:])
        if sum(f"/{other}".endswith(end) for other in files) <= 1:
            return end[1:]
    return file


def elsewhere(diagnostic: Diagnostic) -> str:
    """The fields that a finding was compared with, each with its place, in one line."""
    own = diagnostic.location.file
    files = {own, *(other.location.file for other in diagnostic.elsewhere)}
    told = [
        f"{other.subject} (line {other.location.line})"
        if other.location.file == own
        else f"{other.subject} ({short(other.location.file, files)}:{other.location.line})"
        for other in diagnostic.elsewhere[:_SHOWN]
    ]
    more = len(diagnostic.elsewhere) - len(told)
    return ", ".join(told) + (f", and {more:,} more" if more else "")
