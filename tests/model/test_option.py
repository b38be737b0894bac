"""The annotation in the spelling of the published proto option."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specstat.model.directives import (
    OPTION_FIELDS,
    UNDECLARED,
    WORDS,
    Declared,
    Directive,
    enum_values,
    from_option,
    parse,
)

PAIRS = [(word, value) for word, values in WORDS.items() for value in values]
EMPTY = "the option is empty; write for example {purpose: PURPOSE_INSTRUCTION}"


def spelled(word: str, value: str) -> str:
    """A value of the grammar as the option has it, by the rule and not by the table."""
    return f"{word}-{value}".replace("-", "_").upper()


def error_of(*entries: tuple[str, str]) -> str:
    directive = from_option(entries)
    (error,) = directive.errors
    assert directive.declared == UNDECLARED
    return error


@pytest.mark.parametrize(("word", "value"), PAIRS)
def test_every_word_of_the_grammar_means_the_same_in_the_option(word: str, value: str) -> None:
    expected = parse(f"{word}={value}")

    assert from_option([(word, spelled(word, value))]) == expected
    assert expected.errors == ()


@pytest.mark.parametrize("word", WORDS)
def test_enum_values_are_read_by_number_too(word: str) -> None:
    for number, value in enumerate(WORDS[word], 1):
        assert from_option([(word, str(number))]) == parse(f"{word}={value}")


def test_every_word_of_the_grammar_is_a_field_of_the_option() -> None:
    assert sorted(OPTION_FIELDS) == sorted([*WORDS, "echo_of", "sensitive"])


def test_all_fields_can_stand_together() -> None:
    entries = [
        ("sensitive", "true"),
        ("echo_of", "spec.disk_size"),
        ("changes", "CHANGES_SET_ONCE"),
        ("set", "SET_CREATION"),
        ("purpose", "PURPOSE_ALLOCATION"),
    ]
    assert from_option(entries) == Directive(
        Declared("allocation", "creation", "set-once", "spec.disk_size", sensitive=True)
    )


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [
        ("purpose", "PURPOSE_INSTRUTION", "did you mean PURPOSE_INSTRUCTION?"),
        ("purpose", "INSTRUCTION", "did you mean PURPOSE_INSTRUCTION?"),
        ("purpose", "instruction", "did you mean PURPOSE_INSTRUCTION?"),
        ("changes", "NEVER", "did you mean CHANGES_NEVER?"),
        ("changes", "set-once", "did you mean CHANGES_SET_ONCE?"),
        ("changes", "CHANGES_ONREQUEST", "did you mean CHANGES_ON_REQUEST?"),
        ("set", "CREATION", "did you mean SET_CREATION?"),
        ("set", "CHANGES_NEVER", "known are SET_CREATION, SET_RECONCILE, SET_EXECUTION, "),
        ("purpose", "9", "known are PURPOSE_INSTRUCTION, PURPOSE_OBSERVATION, "),
        ("purpose", "", "known are PURPOSE_INSTRUCTION, PURPOSE_OBSERVATION, "),
    ],
)
def test_an_unknown_enum_value_gets_a_suggestion_that_can_be_pasted(
    name: str, text: str, hint: str
) -> None:
    error = error_of((name, text))

    assert error.startswith(f"unknown {name} {text!r}; {hint}")
    assert "UNSPECIFIED" not in error


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("purpse", "did you mean purpose?"),
        ("Purpose", "did you mean purpose?"),
        ("echo-of", "did you mean echo_of?"),
        ("zzz", "known are purpose, set, changes, echo_of, sensitive"),
    ],
)
def test_an_unknown_field_gets_a_suggestion_that_can_be_pasted(name: str, hint: str) -> None:
    assert error_of((name, "true")) == f"unknown field {name!r} in the option; {hint}"


@pytest.mark.parametrize("text", ["true", "True", "t", "1"])
def test_sensitive_is_true_in_every_way_that_protobuf_knows(text: str) -> None:
    assert from_option([("sensitive", text)]) == Directive(Declared(sensitive=True))


@pytest.mark.parametrize("text", ["yes", "TRUE", "2", ""])
def test_sensitive_is_true_or_false(text: str) -> None:
    assert error_of(("sensitive", text)) == f"sensitive wants true or false, not {text!r}"


def test_an_echo_wants_a_path() -> None:
    assert error_of(("echo_of", "size")) == (
        "echo_of wants a field path such as spec.size, not 'size'"
    )


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [("purpose", "PURPOSE_UNSPECIFIED")],
        [("purpose", "0")],
        [("sensitive", "false")],
        [("sensitive", "0")],
        [("echo_of", "")],
        [("set", "SET_UNSPECIFIED"), ("changes", "CHANGES_UNSPECIFIED"), ("sensitive", "f")],
    ],
)
def test_an_option_that_says_nothing_is_empty(entries: list[tuple[str, str]]) -> None:
    assert error_of(*entries) == EMPTY


def test_what_says_nothing_may_stand_beside_what_does() -> None:
    entries = [("purpose", "PURPOSE_INSTRUCTION"), ("set", "SET_UNSPECIFIED"), ("echo_of", "")]

    assert from_option(entries) == parse("purpose=instruction")


def test_a_repeated_field_is_told_and_the_first_counts() -> None:
    directive = from_option([("purpose", "PURPOSE_IDENTITY"), ("purpose", "PURPOSE_OBSERVATION")])

    assert directive == Directive(
        Declared(purpose="identity"), ("purpose stands twice in the option",)
    )


def test_what_is_right_beside_an_error_counts() -> None:
    directive = from_option([("purpose", "PURPOSE_X"), ("changes", "CHANGES_NEVER")])

    assert directive.declared == Declared(changes="never")
    assert len(directive.errors) == 1


@given(
    st.lists(
        st.tuples(
            st.one_of(st.sampled_from(OPTION_FIELDS), st.text(max_size=8)),
            st.one_of(
                st.sampled_from([v for word in WORDS for v in enum_values(word)]),
                st.sampled_from(["true", "spec.a", "0", "99999999999999999999"]),
                st.text(max_size=8),
            ),
        ),
        max_size=6,
    )
)
def test_no_option_is_too_strange_to_read(entries: list[tuple[str, str]]) -> None:
    directive = from_option(entries)

    assert bool(directive.declared) or directive.errors
