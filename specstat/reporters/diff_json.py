"""What became of an API, for programs; its form is published in `diff.schema.json`."""

from __future__ import annotations

import json
from typing import Any

from specstat.model.diagnostic import Location
from specstat.reporters.diff_rows import Report, ResourceRows, Row
from specstat.reporters.json_report import diagnostic_object

VERSION = 1


def report(told: Report) -> str:
    """The whole report as a JSON text."""
    document = {
        "version": VERSION,
        "old": told.old,
        "new": told.new,
        "compared": told.compared,
        "resources": [_resource(resource) for resource in told.resources],
        "diagnostics": [diagnostic_object(d) for d in told.diagnostics],
    }
    return json.dumps(document, indent=2) + "\n"


def _resource(resource: ResourceRows) -> dict[str, Any]:
    group, version, kind = resource.resource
    return {
        "change": resource.what,
        "group": group,
        "version": version,
        "kind": kind,
        "old_version": resource.old_version or None,
        "location": _location(resource.location),
        "fields": [_field(row) for row in resource.rows],
    }


def _field(row: Row) -> dict[str, Any]:
    return {
        "change": row.what,
        "path": row.path,
        "old": row.was or None,
        "new": row.now or None,
        "location": _location(row.location),
    }


def _location(location: Location) -> dict[str, Any]:
    return {
        "file": location.file,
        "line": location.line or None,
        "column": location.column or None,
    }
