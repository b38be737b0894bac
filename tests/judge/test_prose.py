"""Descriptions: their form makes no difference, and their length costs nothing."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specstat.judge import prose
from specstat.judge.verdict import judge
from specstat.model.resource import Field
from tests.judge.examples import camel, everything, marked_up, rewrapped, snake, told

EXAMPLES = everything()
LONG = 10_000_000
WORDS = st.sampled_from("set by the system status spec it is kept used to run last - : . `".split())


def test_line_breaks_make_no_difference() -> None:
    different = [
        text
        for example in EXAMPLES
        for text in rewrapped(example.field.description)
        if told(judge(replace(example.field, description=text))) != told(judge(example.field))
    ]

    assert different == []


def test_code_and_bold_make_no_difference() -> None:
    different = [
        text
        for example in EXAMPLES
        for text in marked_up(example.field.description)
        if told(judge(replace(example.field, description=text))) != told(judge(example.field))
    ]

    assert different == []


def test_snake_and_camel_case_make_no_difference() -> None:
    for example in EXAMPLES:
        one, other = (
            told(judge(replace(example.field, name=form(example.field.name))))
            for form in (snake, camel)
        )

        assert one == other == told(judge(example.field)), example.id


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[a-z]{2,9}[0-9]?", fullmatch=True), min_size=1, max_size=5))
def test_any_name_in_snake_and_camel_case_is_the_same_name(words: list[str]) -> None:
    name = "_".join(words)

    assert told(judge(Field(name=name))) == told(judge(Field(name=camel(name))))


def test_a_name_at_the_start_is_no_part_of_what_is_said() -> None:
    words = ("node", "name")
    plain = prose.read("The node to run on.", words)

    for text in ("NodeName is the node to run on.", "nodeName: the node to run on."):
        read = prose.read(text, words)
        assert read.tokens[read.opening :] == plain.tokens[plain.opening :]


def test_the_first_clause_ends_with_the_first_sentence() -> None:
    read = prose.read("Where to connect. Must be reachable.", ())

    assert read.tokens[: read.first_end] == ("where", "to", "connect")
    assert read.tokens[read.first_end :] == ("must", "be", "reachable")


@pytest.mark.parametrize(
    "unit",
    ["x", "word ", "Token to use. ", "set by ", "set by the the ", "so ", "in status ", "- ", "\n"],
)
def test_ten_megabytes_are_judged_within_a_second(unit: str) -> None:
    field = Field(name="level", description=unit * (LONG // len(unit)))
    judge(replace(field, description=unit))  # what is loaded once is not the description's cost

    start = time.perf_counter()
    judge(field)

    assert time.perf_counter() - start < 1


@settings(deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_any_description_has_its_first_clause_within_it(words: list[str]) -> None:
    read = prose.read(" ".join(words), ("level",))

    assert 0 <= read.opening <= read.first_end <= len(read.tokens)
