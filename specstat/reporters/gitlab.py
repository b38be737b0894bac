"""GitLab's Code Quality report: a JSON array with an object for each finding.

Source: docs.gitlab.com, "Code Quality", report format.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from specstat.model.diagnostic import Diagnostic, Severity
from specstat.reporters.layout import visible
from specstat.reporters.notes import headline
from specstat.reporters.report import Report

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
_FATAL = "critical"


def report(told: Report) -> str:
    """The whole report as a JSON text."""
    prints = _fingerprints(told.shown)
    rows = [_row(d, digest) for d, digest in zip(told.shown, prints, strict=True)]
    return json.dumps(rows, indent=2) + "\n"


def _row(diagnostic: Diagnostic, digest: str) -> dict[str, Any]:
    where = diagnostic.location
    return {
        # GitLab shows this line alone.
        "description": ". ".join((headline(diagnostic), *map(visible, diagnostic.help[:1]))),
        "check_name": f"{diagnostic.code} {diagnostic.name}",
        "fingerprint": digest,
        "severity": _FATAL if diagnostic.fatal else _SEVERITIES[diagnostic.severity],
        "location": {
            "path": where.file,
            "lines": {"begin": max(where.line, 1), "end": max(where.end_line, 1)},
        },
    }


def _fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """One for each, all different: two versions of a kind share ours, and so may two files."""
    seen: Counter[tuple[str, ...]] = Counter()
    digests = []
    for diagnostic in diagnostics:
        version = diagnostic.resource.version if diagnostic.resource else ""
        key = (diagnostic.fingerprint, version, diagnostic.location.file)
        text = "\0".join((*key, str(seen[key])))
        digests.append(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())
        seen[key] += 1
    return digests
