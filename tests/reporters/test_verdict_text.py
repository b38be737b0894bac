"""A verdict for people: what is said of precedents."""

from __future__ import annotations

import pytest

from specstat.judge.verdict import judge
from specstat.model.precedent import Elsewhere, Precedent, Precedents
from specstat.model.resource import Field, Section
from specstat.reporters.verdict_text import elsewhere, report


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((Section.SPEC, 7, 8), "7 of 8 kinds with such a field keep it in spec"),
        ((Section.STATUS, 5, 5), "all 5 kinds with such a field keep it in status"),
        ((Section.SPEC, 4, 8), "4 kinds keep such a field in spec, 4 in status"),
    ],
)
def test_how_many_kinds_agree_is_said_in_words(counts: tuple[Section, int, int], said: str) -> None:
    assert elsewhere(Elsewhere(*counts)) == said


def test_a_precedent_is_told_with_its_reason_or_its_group() -> None:
    told = Precedent("Bed", "garden.example", Section.SPEC, "rows", "how many to sow")
    like = (told, told._replace(reason="", field="hose"))

    assert lines(Precedents(like=like)) == [
        "  Like           Bed.spec.rows                how many to sow",
        "                 Bed.spec.hose                garden.example",
    ]


def test_a_precedent_with_signs_for_the_terminal_is_harmless_and_fits() -> None:
    bad = Precedent("K" * 99, "g\x1b[31m", Section.SPEC, "a\x1b]0;x")

    text = "\n".join(lines(Precedents(unlike=(bad, bad._replace(kind="K")))))

    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


def lines(precedents: Precedents) -> list[str]:
    """What the precedents add to a report."""
    verdict = judge(Field(name="rows"))
    bare = ["".join(p for p, _ in line) for line in report("rows", verdict, described=True)]
    whole = report("rows", verdict, described=True, precedents=precedents)
    texts = ["".join(piece for piece, _ in line) for line in whole]
    at = next(n for n, line in enumerate(texts) if n >= len(bare) or line != bare[n])
    return texts[at : at + len(texts) - len(bare) - 1]
