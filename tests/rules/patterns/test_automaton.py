"""Patterns of packs: the same language as Python's, in time that grows with the text alone."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specstat.rules.patterns.automaton import Pattern
from specstat.rules.patterns.syntax import PatternError

ATOMS = [
    "a",
    "b",
    "B",
    ".",
    "[ab]",
    "[^a]",
    "[]a]",
    r"\w",
    r"\d",
    r"\s",
    r"\b",
    "^",
    "$",
    "-",
    r"\.",
]
REPEATS = ["*", "+", "?", "{2}", "{1,2}", "{1,}", "{,2}", "*?", "+?"]
PATTERNS = st.recursive(
    st.sampled_from(ATOMS),
    lambda part: st.one_of(
        st.tuples(part, part).map("".join),
        st.tuples(part, part).map("({0[0]}|{0[1]})".format),
        st.tuples(part, st.sampled_from(REPEATS)).map("(?:{0[0]}){0[1]}".format),
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(
    st.sampled_from(["", "(?i)"]),
    PATTERNS,
    st.lists(st.text("abAB_- .1", max_size=8), min_size=5, max_size=5),
)
def test_a_pattern_means_what_it_means_to_python(flag: str, text: str, words: list[str]) -> None:
    theirs = re.compile(flag + text, re.DOTALL)
    whole, anywhere = (Pattern(flag + text, whole=whole) for whole in (True, False))

    assert [whole.matches(word) for word in words] == [bool(theirs.fullmatch(w)) for w in words]
    assert [anywhere.matches(word) for word in words] == [bool(theirs.search(w)) for w in words]


@pytest.mark.parametrize(
    "text", ["(a+)+$", "(a|a)*b", "(a*)*b", "a*a*a*a*a*a*b", "(a?){30}a{30}", "(.*)(.*)(.*)x"]
)
def test_no_pattern_takes_long_on_one_text(text: str) -> None:
    start = time.process_time()

    Pattern(text, whole=False).matches("a" * 1_999 + "c")

    assert time.process_time() - start < 1


def test_a_pattern_whose_automaton_explodes_is_told_and_not_waited_for() -> None:
    pattern = Pattern("a.{18}b.{18}c", whole=False)
    random.seed(1)
    texts = ["".join(random.choices("ab", k=2_000)) for _ in range(200)]  # noqa: S311 - a text, no secret
    start = time.process_time()

    with pytest.raises(PatternError, match="takes too long to match; write a simpler one"):
        [pattern.matches(text) for text in texts]

    assert time.process_time() - start < 20


def test_only_the_beginning_of_a_very_long_text_is_looked_at() -> None:
    assert Pattern("b", whole=False).matches("a" * 1_999 + "b")
    assert not Pattern("b", whole=False).matches("a" * 2_000 + "b")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a(?=b)", "(?=... is not known here"),
        ("(?P<a>b)", "(?P... is not known here"),
        (r"(a)\1", r"\1 is not known here"),
        ("a**", "a repeat of a repeat"),
        ("*a", r"* repeats nothing; write \* for the character"),
        ("(a", "a ( that is never closed"),
        ("a)", "a ) that closes nothing"),
        ("[a", "a [ that is never closed"),
        ("[b-a]", "is no set of characters: bad character range"),
        ("a{3,2}", "{3,2} ends before it begins"),
        ("a{999}", "repeats more than 200 times"),
        ("(a{100}){100}", "more than 400 characters and sets"),
        ("(" * 9 + "a?" + "){200}" * 9, "more than 400 characters and sets"),
        ("(" * 9 + "){200}" * 9, "more than 400 characters and sets"),
        ("a\\", "a lone backslash"),
        ("a" * 501, "501 characters; it may have 500"),
        ("(" * 41 + "a" + ")" * 41, "more than 40 deep"),
    ],
)
def test_what_is_no_pattern_here_is_refused_with_the_reason(text: str, told: str) -> None:
    with pytest.raises(PatternError, match=re.escape(told)):
        Pattern(text, whole=True)
