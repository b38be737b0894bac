"""Findings into diagnostics: place, excerpt, severity, fingerprint."""

from __future__ import annotations

import re
from pathlib import PurePath

from specstat.engine import severity
from specstat.model.diagnostic import (
    Clue,
    Diagnostic,
    Elsewhere,
    FieldRef,
    Finding,
    Location,
    ResourceRef,
    Severity,
)
from specstat.model.evidence import Evidence
from specstat.model.reading import Problem
from specstat.model.resource import Field, Resource
from specstat.model.source import Source, Span
from specstat.rules import packs
from specstat.rules.catalogue import Entry

_CLUES = 12
# `line 12`, `specstat.yaml:3`.
_LINE = re.compile(r"(?<=\bline )\d+|(?<=\w:)\d+\b")


def locate(source: Source, span: Span) -> Location:
    """A span as lines and columns of its file; a file without text has no places."""
    if not source.text:
        return Location(source.path, 0, 0, 0, 0)
    start, end = source.position(span.start), source.position(min(span.end, len(source.text)))
    return Location(source.path, start.line, start.column, end.line, end.column)


def _excerpt(source: Source, location: Location) -> str:
    return source.line(location.line) if location.line else ""


def fingerprint(*parts: str) -> str:
    """A short digest that survives moved lines and reworded messages."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which a clean run does not need

    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def _line_of(source: Source, field: Field | None, evidence: Evidence) -> int:
    """The line on which the words of a piece of evidence stand; 0 where they have none."""
    if field is None or not evidence.quote or evidence.quote == field.name:
        return 0
    span = field.description_span
    words = r"[\s\W]+".join(map(re.escape, evidence.quote.split()))
    match = re.compile(words, re.IGNORECASE).search(source.text, span.start, span.end)
    return source.position(match.start()).line if match else 0


def _subject(resource: Resource, field: Field | None) -> str:
    """What a diagnostic speaks of, as people name it."""
    return f"{resource.kind}.{field.path}" if field else f"{resource.kind} {resource.version}"


def stamp(
    entry: Entry,
    finding: Finding,
    resource: Resource,
    field: Field | None,
    level: Severity = Severity.ERROR,
) -> Diagnostic | None:
    """A finding as a diagnostic; None where it is too uncertain to be told.

    `level` is the highest severity that its rule may have.
    """
    field = finding.on or field
    loudness = severity.of(finding, level)
    if loudness is None:
        return None
    source = resource.source_of(field)
    location = locate(source, finding.span)
    subject = _subject(resource, field)
    path = field.path if field else ""
    return Diagnostic(
        code=entry.code,
        name=entry.name,
        severity=loudness,
        message=f"{subject} {finding.message}",
        subject=subject,
        location=location,
        excerpt=_excerpt(source, location),
        fingerprint=fingerprint(
            resource.group, resource.kind, path, entry.code, finding.discriminator
        ),
        resource=ResourceRef(resource.group, resource.version, resource.kind),
        field=None
        if field is None
        else FieldRef(path, field.section, finding.expected, finding.confidence),
        label=finding.message,
        declared=finding.declared,
        answers=finding.answers,
        clues=tuple(
            Clue(evidence, _line_of(source, field, evidence))
            for evidence in finding.evidence[:_CLUES]
        ),
        origin=finding.origin,
        help=finding.help,
        elsewhere=tuple(
            Elsewhere(_subject(resource, f), locate(resource.source_of(f), f.name_span))
            for f in finding.beside
        ),
    )


def stamp_problem(source: Source, problem: Problem, level: Severity | None = None) -> Diagnostic:
    """A reader's problem as a diagnostic of one of the tool's own codes.

    `level` is the severity that the code was given; what is fatal keeps its own.
    """
    code = packs.find(problem.code)
    if problem.span is None:
        location, excerpt = Location(source.path, 0, 0, 0, 0), ""
    else:
        location = locate(source, problem.span)
        excerpt = _excerpt(source, location)
    return Diagnostic(
        code=code.code,
        name=code.name,
        severity=code.severity if level is None or code.fatal else level,
        message=problem.message,
        location=location,
        excerpt=excerpt,
        fingerprint=_of_problem(source, problem, code.code),
        fatal=code.fatal,
    )


def _of_problem(source: Source, problem: Problem, code: str) -> str:
    """The fingerprint of a problem: by the name of its file, so that folders may be given anyhow.

    Lines that its message names may move. Where the message says nothing of its own, what stands
    at its place tells it from others.
    """
    span = problem.span or Span(0, 0)
    said = source.text[span.start : span.end].partition("\n")[0].strip()
    message = _LINE.sub("", problem.message)
    return fingerprint(PurePath(source.path).name, code, message, said)


def _complaint(rule: str, error: BaseException, whose: str = "specstat") -> str:
    """What is told of a rule that failed."""
    what = type(error).__name__ + (f": {error}" if str(error) else "")
    return f"made rule {rule} fail ({what}); this is a fault of {whose}"


def fault(
    entry: Entry, error: BaseException, resource: Resource, field: Field | None
) -> Diagnostic:
    """An internal fault of a rule as SS000, with the rule and the field that it failed on."""
    code = packs.find("SS000")
    span = field.name_span if field else resource.span
    source = resource.source_of(field)
    location = locate(source, span)
    subject = _subject(resource, field)
    # What a pack or plugin brought is told by its file or module; what we ship is our own.
    whose = "specstat" if entry.severity is None else entry.pack or entry.module
    label = _complaint(entry.code, error, whose)
    return Diagnostic(
        code=code.code,
        name=code.name,
        severity=Severity.ERROR,
        message=f"{subject} {label}",
        subject=subject,
        label=label,
        location=location,
        excerpt=_excerpt(source, location),
        fingerprint=fingerprint(resource.group, resource.kind, subject, "SS000", entry.code),
        resource=ResourceRef(resource.group, resource.version, resource.kind),
        field=FieldRef(field.path, field.section, None, 0.0) if field else None,
        fatal=True,
    )


def fault_beyond(finding: Diagnostic, error: Exception) -> Diagnostic:
    """An internal fault of a rule that compared the field of a finding with those of others."""
    code = packs.find("SS000")
    label = _complaint(finding.code, error)
    group, _, kind = finding.resource or ("", "", "")
    return Diagnostic(
        code=code.code,
        name=code.name,
        severity=Severity.ERROR,
        message=f"{finding.subject} {label}",
        subject=finding.subject,
        label=label,
        location=finding.location,
        excerpt=finding.excerpt,
        fingerprint=fingerprint(group, kind, finding.subject, code.code, finding.code),
        resource=finding.resource,
        field=finding.field,
        fatal=True,
    )
