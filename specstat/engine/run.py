"""A whole run: all files, one after the other, and what came of them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from specstat import readers
from specstat.engine.check import FileReport, Settings, check_file
from specstat.engine.discover import Found
from specstat.engine.stamp import stamp_problem
from specstat.model.diagnostic import Diagnostic, Severity
from specstat.model.reading import NO_RESOURCE, UNREADABLE, Problem
from specstat.model.source import Source
from specstat.readers import collector


@dataclass(frozen=True, slots=True)
class Run:
    """What a run looked at and what it found, in the order of every report.

    `skipped` counts files by the reason for which they were passed over.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    files: int = 0
    resources: int = 0
    fields: int = 0
    seconds: float = 0.0
    skipped: dict[str, int] = field(default_factory=dict)


def lint(files: Iterable[Found], settings: Settings, stdin: bytes = b"") -> Run:
    """Check files; `-` stands for standard input. Nothing of a file is kept but its findings."""
    start = time.perf_counter()
    diagnostics: list[Diagnostic] = []
    skipped: dict[str, int] = {}
    around: set[tuple[str, str]] = set()
    count = resources = fields = 0
    files = tuple(files)
    neighbours = readers.Neighbours(frozenset(found.path for found in files))
    for found in files:
        with collector.off():
            report = _one(found, settings, stdin, neighbours)
        diagnostics += report.diagnostics
        resources += report.resources
        fields += report.fields
        around |= report.around
        if report.skipped:
            skipped[report.skipped] = skipped.get(report.skipped, 0) + 1
        elif not found.error:
            count += 1
    # Sorted first, so that of several copies always the same one is told.
    told = _merge_copies(sorted(diagnostics, key=lambda d: d.order))
    resources += len(around)
    return Run(tuple(told), count, resources, fields, time.perf_counter() - start, skipped)


def _one(
    found: Found, settings: Settings, stdin: bytes, neighbours: readers.Neighbours
) -> FileReport:
    problem = found.error
    if not problem:
        try:
            data = stdin if found.stdin else _read(found.path)
        except OSError as error:
            problem = f"cannot open it: {error.strerror}"
        else:
            if not found.named and not readers.may_hold_resources(found.path, data):
                return FileReport(skipped=NO_RESOURCE)
            return check_file(found.path, data, settings, neighbours)
    source = Source(found.path, "")
    return FileReport((stamp_problem(source, Problem(UNREADABLE, problem)),))


def _read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - the cheap way, for thousands of files
        return file.read()


def _merge_copies(diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """Tell a finding on one field of one kind once; the other files that hold it are named."""
    told: dict[tuple[str, Severity, str], Diagnostic] = {}
    copies: dict[tuple[str, Severity, str], list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        # Problems with files are never copies of each other.
        # Two versions are none either: what to do differs.
        place = diagnostic.resource.version if diagnostic.resource else str(diagnostic.location)
        key = (diagnostic.fingerprint, diagnostic.severity, place)
        if key in told:
            copies.setdefault(key, []).append(diagnostic)
        else:
            told[key] = diagnostic
    for key, diagnostic in told.items():
        others = (d.location for d in copies.get(key, ()))
        yield replace(diagnostic, copies=tuple(others))
