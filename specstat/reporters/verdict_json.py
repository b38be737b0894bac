"""A verdict for programs."""

from __future__ import annotations

from typing import Any

from specstat.model.evidence import Verdict
from specstat.model.precedent import NONE, Precedent, Precedents
from specstat.reporters.objects import evidence_object, origin_object, test_objects
from specstat.reporters.verdict_text import would_change

VERSION = 1


def probabilities(verdict: Verdict) -> dict[str, float]:
    """The probabilities by section, rounded."""
    return {section.value: round(p, 4) for section, p in verdict.probabilities.items()}


def verdict_object(
    name: str, verdict: Verdict, *, described: bool, precedents: Precedents = NONE
) -> dict[str, Any]:
    """One verdict as a JSON object.

    `precedents` has `like` (fields of the same section) and `unlike` (of the other one), lists of
    objects with `kind`, `group`, `section`, `field` and `reason` (null where none is written down),
    and `elsewhere`: the `section` in which most kinds keep a field of this name, how many of
    different projects `agree`, and of how many (`of`); null where too few have one.
    """
    return {
        "version": VERSION,
        "field": name,
        "section": verdict.section.value,
        "confidence": round(verdict.confidence, 4),
        "probabilities": probabilities(verdict),
        "declared": verdict.declared,
        "even": verdict.even,
        "tests": test_objects(verdict.answers),
        "evidence": [evidence_object(evidence) for evidence in verdict.evidence],
        "origin": origin_object(verdict.origin),
        "depends": verdict.depends or None,
        "precedents": {
            "like": list(map(_precedent, precedents.like)),
            "unlike": list(map(_precedent, precedents.unlike)),
            "elsewhere": precedents.elsewhere._asdict() if precedents.elsewhere else None,
        },
        "would_change": would_change(verdict, described=described),
    }


def _precedent(precedent: Precedent) -> dict[str, str | None]:
    return {
        "kind": precedent.kind,
        "group": precedent.group,
        "section": precedent.section.value,
        "field": precedent.field,
        "reason": precedent.reason or None,
    }
