"""The sixth law, for tests: other resources of a run add findings, and take none away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from specstat.model.diagnostic import Diagnostic, Severity
from specstat.rules import registry

SHIPPED = registry.shipped()
# The rules that look beyond one resource; only theirs may be added, or be told louder.
BEYOND = frozenset(SHIPPED.run_rules(frozenset(e.code for e in SHIPPED.entries())))


class Told(NamedTuple):
    """A code that is told of a subject, by itself or within a finding on the same field."""

    subject: str
    file: str
    line: int
    column: int
    code: str


def told(diagnostics: Iterable[Diagnostic]) -> dict[Told, tuple[Severity, str]]:
    """What is told where, how loudly, and by which fingerprint; copies count as places."""
    return {
        Told(d.subject, place.file, place.line, place.column, code): (
            d.severity,
            d.fingerprint if code == d.code else "",
        )
        for d in diagnostics
        for place in (d.location, *d.copies)
        for code in (d.code, *d.also)
    }


def breaches(few: Iterable[Diagnostic], many: Iterable[Diagnostic]) -> list[str]:
    """What is not told of more files as it is of fewer, or is new and may not be."""
    before, after = told(few), told(many)
    looked_at = {place.file for place in before}
    louder = {place[:4] for place in after if place.code in BEYOND}
    found = []
    for place, (severity, fingerprint) in before.items():
        if place not in after:
            found.append(f"{place} is gone")
            continue
        now, mark = after[place]
        if now < severity or (now > severity and place[:4] not in louder):
            found.append(f"{place} was {severity.word} and is {now.word}")
        if fingerprint and mark and mark != fingerprint:
            found.append(f"{place} has another fingerprint")
    found += [
        f"{place} is new"
        for place in after
        if place not in before and place.file in looked_at and place.code not in BEYOND
    ]
    return found
