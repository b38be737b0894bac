"""A verdict for programs."""

from __future__ import annotations

from typing import Any

from specstat.model.evidence import Verdict
from specstat.reporters.objects import evidence_object, origin_object, test_objects
from specstat.reporters.verdict_text import would_change

VERSION = 1


def probabilities(verdict: Verdict) -> dict[str, float]:
    """The probabilities by section, rounded."""
    return {section.value: round(p, 4) for section, p in verdict.probabilities.items()}


def verdict_object(name: str, verdict: Verdict, *, described: bool) -> dict[str, Any]:
    """One verdict as a JSON object."""
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
        "would_change": would_change(verdict, described=described),
    }
