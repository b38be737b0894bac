"""What reports and verdicts for programs have in common: evidence, tests, origin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from specstat.model.evidence import Answer, Evidence, Origin


def evidence_object(evidence: Evidence) -> dict[str, Any]:
    """One piece of evidence."""
    return {
        "test": evidence.test.value,
        "question": evidence.question.value,
        "toward": evidence.toward.value,
        "weight": evidence.weight,
        "reason": evidence.reason,
        "quote": evidence.quote or None,
    }


def test_objects(answers: Iterable[Answer]) -> list[dict[str, str]]:
    """What each test says."""
    return [{"test": a.test.value, "answer": a.word, "reason": a.reason} for a in answers]


def origin_object(origin: Origin | None) -> dict[str, str] | None:
    """Who sets the field, if its description tells."""
    return origin._asdict() if origin else None
