"""Annotations on GitHub: workflow commands in the log, as Actions reads them.

Source: docs.github.com, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from specstat.model.diagnostic import Diagnostic, Severity
from specstat.reporters.layout import visible
from specstat.reporters.notes import headline, reasons
from specstat.reporters.report import Report
from specstat.reporters.summary import plural, sentence

# GitHub keeps so many annotations of each kind for a step and drops the rest without a word.
SHOWN = 10

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report(told: Report) -> str:
    """The annotations that GitHub shows, how many more there are, and what was looked at."""
    return "".join(f"{line}\n" for line in _lines(told))


def _lines(told: Report) -> Iterator[str]:
    rest = []
    for severity in sorted(_COMMANDS, reverse=True):
        group = [d for d in told.shown if d.severity is severity]
        yield from map(_command, _unreadable_first(group)[:SHOWN])
        if more := len(group) - SHOWN:
            rest += [plural(more, _COMMANDS[severity])] if more > 0 else []
    if rest:
        yield f"Not annotated, for GitHub shows {SHOWN} of a kind: {', '.join(rest)} more."
    if not told.look.quiet:
        yield from sentence(told.counts)


def _unreadable_first(group: Sequence[Diagnostic]) -> list[Diagnostic]:
    """What could not be checked must not be among the annotations that are left out."""
    return sorted(group, key=lambda d: not d.fatal)


def _command(diagnostic: Diagnostic) -> str:
    where = diagnostic.location
    properties = {"file": visible(where.file)}
    if where.line:
        properties |= {"line": str(where.line), "endLine": str(where.end_line)}
    # Columns count only within one line.
    if where.line and where.line == where.end_line:
        properties |= {"col": str(where.column), "endColumn": str(where.end_column)}
    properties["title"] = f"{diagnostic.code} {diagnostic.name}"
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    message = _data("\n".join((headline(diagnostic), *reasons(diagnostic))))
    return f"::{_COMMANDS[diagnostic.severity]} {told}::{message}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
