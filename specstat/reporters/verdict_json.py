"""A verdict for programs."""

from __future__ import annotations

from typing import Any

from specstat.model.evidence import Verdict
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
        "tests": [
            {"test": a.test.value, "answer": a.word, "reason": a.reason} for a in verdict.answers
        ],
        "evidence": [
            {
                "test": e.test.value,
                "question": e.question.value,
                "toward": e.toward.value,
                "weight": e.weight,
                "reason": e.reason,
                "quote": e.quote or None,
            }
            for e in verdict.evidence
        ],
        "origin": None
        if verdict.origin is None
        else {"actor": verdict.origin.actor, "quote": verdict.origin.quote},
        "depends": verdict.depends or None,
        "would_change": would_change(verdict, described=described),
    }
