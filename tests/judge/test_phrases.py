"""Phrases: each is heard where it stands, whatever else is heard at the same place."""

from __future__ import annotations

import pytest

from specstat.judge import prose
from specstat.judge.phrases import Phrase, Phrases, heard

ONE, OTHER = 1, 2


def said(text: str, *phrases: Phrase) -> list[tuple[int, str]]:
    """What is heard of phrases in a description."""
    return heard(Phrases(phrases, frozenset({"begun"})), prose.read(text, ()))


def phrase(words: str, place: int = ONE, *, kind: str = "says", fact: bool = False) -> Phrase:
    return Phrase(tuple(words.split()), kind, place, fact)


def test_phrases_within_one_another_are_all_heard() -> None:
    assert said("Runs on the node", phrase("on the node"), phrase("the", OTHER)) == [
        (OTHER, "the"),
        (ONE, "on the node"),
    ]


def test_a_wildcard_and_a_word_beside_it_both_lead_on() -> None:
    both = phrase("the * was"), phrase("the job is", OTHER)

    assert said("The job was", *both) == [(ONE, "the job was")]
    assert said("The job is", *both) == [(OTHER, "the job is")]


def test_a_past_form_that_is_a_word_of_another_phrase_is_a_past_form_still() -> None:
    both = phrase("was <past>"), phrase("started by", OTHER)

    assert said("Was started by", *both) == [(ONE, "was started"), (OTHER, "started by")]
    assert said("Was begun", *both) == [(ONE, "was begun")]
    assert said("Was big", *both) == []


def test_a_phrase_that_breaks_off_does_not_hide_the_one_that_begins_in_it() -> None:
    assert said("The last the node", phrase("the last one"), phrase("the node", OTHER)) == [
        (OTHER, "the node")
    ]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("The size. It limits", "says", [(ONE, "limits")]),
        ("The size. It limits", "clause", []),
        ("The size limits", "clause", [(ONE, "limits")]),
        ("The size limits", "opens", []),
        ("It limits", "opens", [(ONE, "limits")]),
        ("The. Limits", "opens", []),
    ],
)
def test_a_phrase_counts_where_its_kind_may_stand(
    text: str, kind: str, expected: list[tuple[int, str]]
) -> None:
    assert said(text, phrase("limits", kind=kind)) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [("It is done", 1), ("Once it is done", 0), ("Not done", 0), ("Not it done", 1)],
)
def test_a_fact_does_not_count_behind_a_condition_or_a_no(text: str, count: int) -> None:
    assert len(said(text, phrase("done", fact=True))) == count
    assert len(said(text, phrase("done"))) == 1
