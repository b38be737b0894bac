"""Diagnostics to order for the tests of reports, without a run."""

from __future__ import annotations

from specstat.model.diagnostic import Diagnostic, FieldRef, Location, ResourceRef, Severity
from specstat.model.resource import Section
from specstat.reporters.report import Report
from specstat.reporters.summary import Counts

# Everything that a format might act on, and what no XML can hold.
HOSTILE = (
    "50 %0A, a:b | <b>&'\"</b> `x` [y](http://z) {0} ::error::x\r\n@team #1 \x00\x1b\ufffe \u202e"
)


def finding(  # noqa: PLR0913 - a diagnostic has that many sides
    number: int = 1,
    *,
    severity: Severity = Severity.ERROR,
    message: str = "",
    file: str = "crds/a.yaml",
    kind: str = "Widget",
    version: str = "v1",
    end_line: int = 0,
    also: tuple[str, ...] = (),
) -> Diagnostic:
    """A finding on the field `status.f<number>`, on line `number`."""
    path = f"status.f{number}"
    return Diagnostic(
        code="SS101",
        name="input-in-status",
        severity=severity,
        message=message or f"{kind}.{path} belongs in spec (98 %)",
        location=Location(file, number, 5, end_line or number, 9),
        excerpt="    size: {}",
        fingerprint=f"{number:016x}",
        resource=ResourceRef("example.com", version, kind),
        field=FieldRef(path, Section.STATUS, Section.SPEC, 0.98),
        subject=f"{kind}.{path}",
        label="belongs in spec (98 %)",
        help=("v1 is served: leave it",),
        also=also,
    )


def unreadable(file: str = "gone.yaml") -> Diagnostic:
    """A file that could not be opened."""
    return Diagnostic(
        code="SS001",
        name="unreadable-input",
        severity=Severity.ERROR,
        message="there is no such file or folder",
        location=Location(file, 0, 0, 0, 0),
        excerpt="",
        fingerprint="f" * 16,
        fatal=True,
    )


def told(*shown: Diagnostic) -> Report:
    """A report on these alone, with the counts that go with them."""
    severities = [d.severity for d in shown]
    counts = Counts(
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        infos=severities.count(Severity.INFO),
        files=1,
        resources=1,
        fields=2,
    )
    checked = tuple(dict.fromkeys(d.location.file for d in shown if not d.fatal))
    return Report(shown, counts, checked=checked, version="1.2.3")
