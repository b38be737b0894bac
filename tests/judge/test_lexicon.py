"""The expert's classes of words."""

from __future__ import annotations

import json

import pytest

from specstat.judge import lexicon
from tests.judge.examples import ROOT

DATA = ROOT / "specstat" / "judge" / "data" / "lexicon.json"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ready", "state-fact"),
        ("errors", "failure"),
        ("frobbed", "x-ed"),
        ("frobbing", "x-ing"),
        ("frobbable", "x-able"),
        ("frobber", "x-er"),
        ("frob", "x-other"),
    ],
)
def test_a_word_of_a_name_has_its_class_or_one_by_its_form(word: str, expected: str) -> None:
    assert expected in lexicon.name_classes(word)


def test_a_word_of_a_description_may_have_no_class() -> None:
    assert lexicon.text_classes("frob") == ()
    assert lexicon.text_classes("frobbed") == ("w-past",)


def test_every_class_has_a_direction_a_reason_and_words_in_order_and_once() -> None:
    for classes in json.loads(DATA.read_text("utf-8")).values():
        for name, row in classes.items():
            words = row["words"].split()
            assert row["toward"] in {"spec", "status", "either"}, name
            assert row["reason"], name
            assert words == sorted(set(words)), name
