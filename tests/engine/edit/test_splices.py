"""Edits of texts by offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specstat.engine.edit.splices import Edit, apply, into_annotations, line_above, line_end, place
from specstat.model.source import Span


def annotated(text: str, *words: str) -> str | None:
    edits = into_annotations(text, [Span(0, len(text))], words)
    return None if edits is None else apply(text, edits)


def test_edits_are_made_where_they_belong_whatever_their_order() -> None:
    assert apply("abcdef", [Edit(4, 5, "E"), Edit(0, 0, "<"), Edit(1, 3, "")]) == "<adEf"


@given(st.text(), st.data())
def test_what_was_put_in_can_be_taken_out_again(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    put = data.draw(st.text(min_size=1))

    edited = apply(text, [Edit(at, at, put)])

    assert edited[at : at + len(put)] == put
    assert apply(edited, [Edit(at, at + len(put), "")]) == text


@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("a:\n  b: 1\n", "a:\n  # x\n  b: 1\n"),
        ("a:\r\n  b: 1\r\n", "a:\r\n  # x\r\n  b: 1\r\n"),
        ("a:\r\n  b: 1", "a:\r\n  # x\r\n  b: 1"),
        ("a:\n\tb: 1", "a:\n\t# x\n\tb: 1"),
        ("b: 1", "# x\nb: 1"),
        ("a:\n\n \t b: 1", "a:\n\n \t # x\n \t b: 1"),
    ],
)
def test_a_line_above_has_the_indentation_and_the_line_end_of_its_neighbour(
    text: str, above: str
) -> None:
    assert apply(text, line_above(text, text.index("b"), "# x")) == above


@pytest.mark.parametrize("text", ["a: {b: 1}", "- b", "x; b"])
def test_no_line_fits_above_what_does_not_begin_its_line(text: str) -> None:
    assert list(line_above(text, text.index("b"), "# x")) == []


def test_the_last_thing_written_is_the_place_of_an_edit() -> None:
    text = "a\nb\n"
    edits = [Edit(2, 2, "fields:\n  x\n")]
    assert apply(text, edits)[place(edits)] == "x"


@pytest.mark.parametrize(
    ("text", "offset", "ending"),
    [("a\r\nb\n", 0, "\r\n"), ("a\r\nb\n", 3, "\n"), ("a\r\nb", 3, "\r\n"), ("a", 0, "\n")],
)
def test_line_ends_are_those_around_a_place(text: str, offset: int, ending: str) -> None:
    assert line_end(text, offset) == ending


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# specstat: sensitive", "# specstat: sensitive purpose=instruction"),
        ("# specstat: purpose=observation", "# specstat: purpose=instruction"),
        (
            "# specstat: purpose=observation  sensitive # why",
            "# specstat: purpose=instruction  sensitive # why",
        ),
        ("# specstat: sensitive # why", "# specstat: sensitive purpose=instruction # why"),
        ("// Words.\n// specstat: sensitive\n// More.", None),
        ("/* specstat: sensitive */", "/* specstat: sensitive purpose=instruction */"),
        ("/*\n * specstat: sensitive\n */", "/*\n * specstat: sensitive purpose=instruction\n */"),
        (
            "// Words. specstat: set=creation. More words.",
            "// Words. specstat: set=creation. purpose=instruction More words.",
        ),
        (
            "// specstat: purpose=observation, sensitive.",
            "// specstat: purpose=instruction, sensitive.",
        ),
        ("#specstat:sensitive\r", "#specstat:sensitive purpose=instruction\r"),
    ],
)
def test_words_go_into_an_annotation_that_is_there(comment: str, expected: str | None) -> None:
    if expected is None:
        expected = comment.replace("sensitive", "sensitive purpose=instruction")
    assert annotated(comment, "purpose=instruction") == expected


def test_each_word_takes_the_place_of_its_like_in_whichever_annotation_has_it() -> None:
    text = "# specstat: sensitive\n# specstat: set=creation changes=never\n"
    assert annotated(text, "changes=lifecycle", "purpose=identity", "sensitive") == (
        "# specstat: sensitive purpose=identity\n# specstat: set=creation changes=lifecycle\n"
    )


def test_what_is_said_already_is_no_edit() -> None:
    assert annotated("# specstat: sensitive", "sensitive") == "# specstat: sensitive"


@pytest.mark.parametrize(
    "comment", ["# Words.", "# Our specstat: it helps.", "# specstat:", "# notspecstat: sensitive"]
)
def test_a_comment_without_annotation_takes_no_words(comment: str) -> None:
    assert annotated(comment, "sensitive") is None
