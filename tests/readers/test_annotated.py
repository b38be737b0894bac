from __future__ import annotations

import time

from specstat.model.directives import UNDECLARED, Declared, parse
from specstat.model.source import Span
from specstat.readers.annotated import Said, settle


def said(words: str, line: int) -> Said:
    return Said(parse(words), Span(line, line + 1), f"line {line}")


def test_nothing_said_declares_nothing() -> None:
    assert settle("spec.size", ()) == (UNDECLARED, ())


def test_annotations_come_together() -> None:
    declared, problems = settle(
        "spec.size", (said("purpose=instruction", 1), said("sensitive purpose=instruction", 2))
    )
    assert declared == Declared(purpose="instruction", sensitive=True)
    assert problems == ()


def test_a_contradiction_names_both_places_and_stands_at_the_second() -> None:
    declared, (problem,) = settle(
        "spec.size", (said("purpose=instruction", 12), said("purpose=observation sensitive", 20))
    )
    assert declared == Declared(purpose="instruction")
    assert problem.code == "SS006"
    assert problem.span == Span(20, 21)
    assert problem.message == (
        "spec.size: two annotations disagree on purpose: instruction (line 12) against "
        "observation (line 20)"
    )


def test_a_contradiction_names_the_annotation_that_it_contradicts() -> None:
    declared, problems = settle(
        "spec.size", (said("sensitive", 1), said("set=creation", 2), said("set=execution", 3))
    )
    assert declared == Declared(set_when="creation", sensitive=True)
    assert [p.message for p in problems] == [
        "spec.size: two annotations disagree on set: creation (line 2) against execution (line 3)"
    ]


def test_what_contradicts_counts_for_nothing_later() -> None:
    _, problems = settle(
        "spec.size",
        (
            said("purpose=instruction", 1),
            said("purpose=observation changes=never", 2),
            said("changes=lifecycle", 3),
        ),
    )
    assert len(problems) == 1


def test_annotations_without_end_are_settled_in_a_moment() -> None:
    found = [said("sensitive", line) for line in range(20_000)]
    found += [said("purpose=instruction", 1), said("purpose=observation", 2)] * 5_000
    start = time.process_time()

    _, problems = settle("spec.size", found)

    assert len(problems) == 5_000
    assert time.process_time() - start < 5


def test_malformed_words_are_told_and_the_others_count() -> None:
    declared, (problem,) = settle("spec.size", (said("purpse=instruction sensitive", 4),))

    assert declared == Declared(sensitive=True)
    assert (problem.code, problem.span) == ("SS004", Span(4, 5))
    assert "did you mean purpose?" in problem.message
