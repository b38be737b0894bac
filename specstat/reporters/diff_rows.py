"""What reports on two sides show: resources, a row for each field, and what that breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from specstat.model.diagnostic import Diagnostic, Location, ResourceRef, Severity
from specstat.reporters.summary import plural

# What a row may tell, in the order of every report, with the words that count it.
KINDS = {
    "moved": "moved",
    "removed": "removed",
    "added": "added",
    "judged": "judged anew",
    "mutability": "of other mutability",
    "type": "of another type",
}


class Row(NamedTuple):
    """What became of one field: one of KINDS, its path, what was and what is, and its place."""

    what: str
    path: str
    was: str
    now: str
    location: Location


class ResourceRows(NamedTuple):
    """What became of one version of a kind: `added`, `removed` or `changed`, field by field.

    `old_version` is the one that it was compared with; empty where there was none.
    """

    what: str
    resource: ResourceRef
    old_version: str
    location: Location
    rows: tuple[Row, ...]


class Report(NamedTuple):
    """Two sides by the names that people gave them, and what they differ in.

    `compared` counts the versions of kinds that were looked at.
    """

    old: str
    new: str
    resources: tuple[ResourceRows, ...]
    diagnostics: tuple[Diagnostic, ...]
    compared: int


def title(resource: ResourceRows) -> str:
    """A version of a kind, as people name it."""
    group, version, kind = resource.resource
    return f"{kind} {'/'.join(filter(None, (group, version)))}".rstrip()


def fate(resource: ResourceRows) -> str:
    """What became of a version as a whole; empty where only its fields changed."""
    if resource.what == "changed":
        return ""
    if resource.what == "added" and resource.old_version:
        return f"new version, compared with {resource.old_version}"
    return "new" if resource.what == "added" else "removed"


def tally(rows: Iterable[Row]) -> str:
    """How many fields had which fate: `1 moved, 2 added`."""
    counts = Counter(row.what for row in rows)
    return ", ".join(f"{counts[what]:,} {word}" for what, word in KINDS.items() if counts[what])


def breaks(diagnostics: Iterable[Diagnostic]) -> str:
    """How many findings of each severity: `1 error, 2 warnings`; empty where there are none."""
    counts = Counter(d.severity for d in diagnostics)
    loud = [plural(counts[s], s.word) for s in (Severity.ERROR, Severity.WARNING) if counts[s]]
    return ", ".join(loud + [f"{n:,} info" for n in (counts[Severity.INFO],) if n])


def closing(report: Report) -> str:
    """What was compared and what came of it, in a sentence."""
    rows = [row for resource in report.resources for row in resource.rows]
    many = plural(report.compared, "resource version")
    if not report.resources:
        return f"{report.old} and {report.new} hold the same fields ({many} looked at)."
    told = [plural(len(report.resources), "resource version") + " changed"]
    told += filter(None, [f"fields: {tally(rows)}" if rows else "", breaks(report.diagnostics)])
    return f"From {report.old} to {report.new}: {'; '.join(told)}."
