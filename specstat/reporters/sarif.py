"""SARIF 2.1.0, for code scanning and viewers. Source: the OASIS standard of that name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from specstat.model.diagnostic import Diagnostic, Location
from specstat.reporters.json_report import summary_object
from specstat.reporters.notes import headline, reasons
from specstat.reporters.report import Ignored, Report
from specstat.reporters.sarif_rules import LEVELS, descriptors
from specstat.reporters.sarif_text import ROOT, message, uri

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
# Results of two runs are the same finding where this is.
FINGERPRINT = "specstat/v1"

_Object = dict[str, Any]


def report(told: Report) -> str:
    """The whole report as a JSON text.

    What failed is no finding: it is a notification of the invocation. Paths that are relative
    are so to the root of the repository.
    """
    results = [d for d in told.shown if not d.fatal]
    failures = [d for d in told.shown if d.fatal]
    hidden = [i for i in told.ignored if not i.diagnostic.fatal]
    every = (*results, *(ignored.diagnostic for ignored in hidden))
    rules = descriptors((code for d in every for code in (d.code, *d.also)), told.catalogue)
    notifications = descriptors((d.code for d in failures), told.catalogue)
    run = {
        "tool": {
            "driver": {
                "name": "specstat",
                "version": told.version,
                "semanticVersion": told.version,
                "rules": rules,
                "notifications": notifications,
            }
        },
        "invocations": [_invocation(told, failures, _places(notifications))],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": _results(results, hidden, _places(rules)),
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2) + "\n"


def _places(entries: Iterable[_Object]) -> dict[str, int]:
    return {entry["id"]: number for number, entry in enumerate(entries)}


def _invocation(
    told: Report, failures: Iterable[Diagnostic], indexes: Mapping[str, int]
) -> _Object:
    return {
        "executionSuccessful": not any(d.fatal for d in told.shown),
        "exitCode": told.exit_code,
        "toolExecutionNotifications": [
            {
                "descriptor": {"id": d.code, "index": indexes[d.code]},
                "level": LEVELS[d.severity],
                "message": {"text": message((headline(d), *reasons(d)))},
                "locations": [_location(d.location)],
            }
            for d in failures
        ],
        "properties": summary_object(told.counts),
    }


def _results(
    told: Iterable[Diagnostic], hidden: Iterable[Ignored], rules: Mapping[str, int]
) -> list[_Object]:
    results = [_result(d, rules) for d in told]
    suppressed = [_result(i.diagnostic, rules) | _suppressions(i) for i in hidden]
    if suppressed:  # either all results say whether they are suppressed, or none
        results = [result | {"suppressions": []} for result in results]
    return results + suppressed


def _suppressions(ignored: Ignored) -> _Object:
    kind = {"kind": "inSource" if ignored.in_source else "external"}
    return {"suppressions": [kind | ({"justification": ignored.reason} if ignored.reason else {})]}


def _result(diagnostic: Diagnostic, rules: Mapping[str, int]) -> _Object:
    location = _location(diagnostic.location) | _logical(diagnostic)
    related = _related(diagnostic)
    result = {
        "ruleId": diagnostic.code,
        "ruleIndex": rules[diagnostic.code],
        "level": LEVELS[diagnostic.severity],
        "message": {"text": message((f"{headline(diagnostic)}.", *reasons(diagnostic)))},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: diagnostic.fingerprint},
        "properties": _properties(diagnostic),
    }
    return result | ({"relatedLocations": related} if related else {})


def _properties(diagnostic: Diagnostic) -> _Object:
    """What only our own readers know of."""
    properties: _Object = {"also": list(diagnostic.also), "declared": diagnostic.declared}
    if diagnostic.resource:
        properties["resource"] = diagnostic.resource._asdict()
    if field := diagnostic.field:
        properties |= {
            "field": field.path,
            "section": field.section.value,
            "expected": field.expected.value if field.expected else None,
            "confidence": round(field.confidence, 4),
        }
    return properties


def _location(location: Location) -> _Object:
    """A place; the end column is one past the last character here as there."""
    physical: _Object = {"artifactLocation": uri(location.file)}
    if location.line:
        physical["region"] = {
            "startLine": location.line,
            "startColumn": location.column,
            "endLine": location.end_line,
            "endColumn": location.end_column,
        }
    return {"physicalLocation": physical}


def _logical(diagnostic: Diagnostic) -> _Object:
    if diagnostic.resource is None:
        return {}
    kind, path = diagnostic.resource.kind, diagnostic.field.path if diagnostic.field else ""
    logical = {
        "name": path.rpartition(".")[2] or kind,
        "fullyQualifiedName": f"{kind}.{path}" if path else kind,
        "kind": "member" if path else "type",
    }
    return {"logicalLocations": [logical]}


def _related(diagnostic: Diagnostic) -> list[_Object]:
    """The fields that a finding compares with, then the copies of it."""
    named = [
        *((other.location, other.subject) for other in diagnostic.elsewhere),
        *((copy, "The same finding in another file.") for copy in diagnostic.copies),
    ]
    return [
        {"id": number} | _location(location) | {"message": {"text": message((text,))}}
        for number, (location, text) in enumerate(named, 1)
    ]
