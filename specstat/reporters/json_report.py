"""The report for programs; its form is published in `report.schema.json` and kept by semver."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from specstat.model.diagnostic import Diagnostic, Location
from specstat.reporters.objects import evidence_object, origin_object, test_objects
from specstat.reporters.summary import Counts

VERSION = 1


def _location(location: Location) -> dict[str, Any]:
    """A place; line and column are null for a file that could not be opened."""
    return {
        "file": location.file,
        "line": location.line or None,
        "column": location.column or None,
        "end_line": location.end_line or None,
        "end_column": location.end_column or None,
    }


def diagnostic_object(diagnostic: Diagnostic) -> dict[str, Any]:
    """One diagnostic as a JSON object."""
    resource, field = diagnostic.resource, diagnostic.field
    return {
        "rule": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.word,
        "message": diagnostic.message,
        "resource": None
        if resource is None
        else {"group": resource.group, "version": resource.version, "kind": resource.kind},
        "field": None
        if field is None
        else {
            "path": field.path,
            "section": field.section.value,
            "expected": field.expected.value if field.expected else None,
            "confidence": round(field.confidence, 4),
        },
        "location": _location(diagnostic.location),
        "copies": [_location(copy) for copy in diagnostic.copies],
        "elsewhere": [
            {"subject": other.subject, "location": _location(other.location)}
            for other in diagnostic.elsewhere
        ],
        "declared": diagnostic.declared,
        "tests": test_objects(diagnostic.answers),
        "origin": origin_object(diagnostic.origin),
        "evidence": [
            evidence_object(clue.evidence) | {"line": clue.line or None}
            for clue in diagnostic.clues
        ],
        "also": list(diagnostic.also),
        "help": list(diagnostic.help),
        "fingerprint": diagnostic.fingerprint,
    }


def summary_object(counts: Counts) -> dict[str, Any]:
    """What was found and what was looked at, as a JSON object."""
    return {
        "errors": counts.errors,
        "warnings": counts.warnings,
        "infos": counts.infos,
        "hidden": counts.hidden,
        "files": counts.files,
        "resources": counts.resources,
        "fields": counts.fields,
        "skipped": counts.skipped,
        "ignored": counts.ignored,
        "baselined": counts.baselined,
        "outdated": counts.outdated,
        "lost": len(counts.lost),
        **({"since": counts.since._asdict()} if counts.since else {}),
    }


def report(diagnostics: Iterable[Diagnostic], counts: Counts) -> str:
    """The whole report as a JSON text."""
    document = {
        "version": VERSION,
        "summary": summary_object(counts),
        "diagnostics": [diagnostic_object(d) for d in diagnostics],
    }
    return json.dumps(document, indent=2) + "\n"


def lines(diagnostics: Iterable[Diagnostic]) -> str:
    """JSON lines: a diagnostic each, as in the report, and nothing else."""
    return "".join(json.dumps(diagnostic_object(d)) + "\n" for d in diagnostics)
