"""`ignore[CODES] reason`, in every form in which an annotation can be written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specstat.model.directives import (
    Declared,
    Directive,
    in_comment,
    in_description,
    parse,
    without_directives,
)
from specstat.model.ignoring import Ignoring, written

ONE = Ignoring(("SS101",), "old clients read it")
WORDS = st.text("abcdefghijklmnopqrstuvwxyz,()'#%", min_size=1, max_size=9)
CODES = st.lists(st.sampled_from(["SS101", "SS1", "input-in-status"]), min_size=1, unique=True)


@pytest.mark.parametrize(
    ("text", "ignores"),
    [
        ("ignore[SS101] old clients read it", [ONE]),
        ("ignore[SS101]", [Ignoring(("SS101",))]),
        ("ignore[SS101,SS105] both", [Ignoring(("SS101", "SS105"), "both")]),
        ("ignore[ SS101 , SS1 ] both", [Ignoring(("SS101", "SS1"), "both")]),
        ("ignore[input-in-status] why", [Ignoring(("input-in-status",), "why")]),
        ("ignore[SS101] old clients read it ignore[SS1] x", [ONE, Ignoring(("SS1",), "x")]),
        ("ignore[SS101] we ignore this", [Ignoring(("SS101",), "we ignore this")]),
        ("ignore[SS101] purpose=identity is", [Ignoring(("SS101",), "purpose=identity is")]),
    ],
)
def test_an_ignore_has_codes_and_a_reason_to_the_end(text: str, ignores: list[Ignoring]) -> None:
    assert parse(text) == Directive(Declared(), (), tuple(ignores))


def test_words_before_an_ignore_say_what_they_always_say() -> None:
    directive = parse("purpose=instruction sensitive ignore[SS101] old clients read it")

    assert directive == Directive(Declared(purpose="instruction", sensitive=True), (), (ONE,))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ignore", "ignore wants its codes right behind it, in brackets: ignore[SS101]"),
        ("ignore SS101 as it is old", "ignore wants its codes right behind it"),
        ("ignore=SS101", "ignore wants its codes right behind it"),
        ("sensitive ignore: SS101", "ignore wants its codes right behind it"),
        ("ignore[SS101 old", "ignore[ wants a ] behind its codes"),
        ("ignore[] old", "ignore[] names no code"),
        ("ignore[SS101,!] old", "'!' in ignore[...] is no code"),
    ],
)
def test_a_malformed_ignore_is_told_once_and_ignores_nothing(text: str, told: str) -> None:
    directive = parse(text)

    (error,) = directive.errors
    assert error.startswith(told)
    assert directive.ignores == ()


def test_a_word_that_only_begins_so_is_unknown() -> None:
    assert parse("ignored").errors[0].startswith("unknown word 'ignored'")


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("# specstat: ignore[SS101] old clients read it", "old clients read it"),
        ("#specstat: ignore[SS101] see issue #12  # and more", "see issue #12"),
    ],
)
def test_a_comment_can_ignore(comment: str, reason: str) -> None:
    directive = in_comment(comment)

    assert directive is not None
    assert directive.ignores == (Ignoring(("SS101",), reason),)


@pytest.mark.parametrize(
    ("description", "left"),
    [
        ("The size.\nspecstat: ignore[SS101] old clients read it\nIn litres.", None),
        ("The size.\nspecstat: sensitive\nspecstat: ignore[SS101] old clients read it", None),
        (
            "The size. specstat: ignore[SS101] old clients read it. In litres.",
            "The size.  In litres.",
        ),
        (
            "The size. specstat: sensitive ignore[SS101] old clients read it In litres.",
            "The size.  In litres.",
        ),
    ],
)
def test_a_description_can_ignore_and_is_read_without_it(
    description: str, left: str | None
) -> None:
    directive = in_description(description)

    assert directive is not None
    assert (directive.ignores, directive.errors) == ((ONE,), ())
    if left is not None:
        assert without_directives(description) == left
    assert "old clients" not in without_directives(description)


def test_prose_that_speaks_of_ignoring_is_none() -> None:
    text = "The specstat: tool can ignore[d] this."

    assert in_description(text) is None
    assert without_directives(text) == text


@given(CODES, st.lists(WORDS.filter(lambda w: not w.startswith(("#", "ignore[")))))
def test_what_is_written_is_read_again(codes: list[str], words: list[str]) -> None:
    ignoring = Ignoring(tuple(codes), " ".join(words))
    text = written(*ignoring)

    assert parse(text).ignores == (ignoring,)
    for directive in (in_comment(f"# specstat: {text}"), in_description(f"specstat: {text}")):
        assert directive is not None
        assert directive.ignores == (ignoring,)


@given(st.text("ignore[] S1,=\n#.", max_size=40))
def test_whatever_is_written_is_read_or_told(text: str) -> None:
    directive = parse(text)

    assert directive.errors or directive.ignores or directive.declared
    in_description(f"Words. specstat: {text}")
    without_directives(f"Words. specstat: {text}")
