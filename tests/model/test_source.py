from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specstat.model.source import Position, Source

# Line feeds, line ends of other systems and of other standards, and characters of all widths.
TEXT = st.text(st.sampled_from("ab\n\n\r\t\x0b\x0c\x85\u2028\u2029é漢😀"), max_size=60)


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("x", "x", Position(1, 1)),
        ("ab\ncdx", "x", Position(2, 3)),
        ("ab\r\ncdx", "x", Position(2, 3)),
        ("\n\n\nx", "x", Position(4, 1)),
        ("a\u2028b\x85c x\n", "x", Position(1, 7)),
        ("a\x0bb\x0cc\x1ex", "x", Position(1, 7)),
        ("a\rb x", "x", Position(1, 5)),
        ("😀😀\n😀 x", "x", Position(2, 3)),
        ("e\u0301x", "x", Position(1, 3)),
    ],
)
def test_a_position_counts_line_feeds_and_characters_from_one(
    text: str, mark: str, expected: Position
) -> None:
    assert Source("a.yaml", text).position(text.index(mark)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", Position(1, 1)), ("ab", Position(1, 3)), ("ab\n", Position(2, 1))],
)
def test_the_end_of_the_text_has_a_position(text: str, expected: Position) -> None:
    assert Source("a.yaml", text).position(len(text)) == expected


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("ab\ncd", ["ab", "cd"]),
        ("ab\r\ncd\r\n", ["ab", "cd", ""]),
        ("a\u2028b\x85c\n\n😀", ["a\u2028b\x85c", "", "😀"]),
        ("  indented \t\n", ["  indented \t", ""]),
    ],
)
def test_a_line_comes_without_its_end(text: str, lines: list[str]) -> None:
    source = Source("a.yaml", text)
    assert [source.line(number + 1) for number in range(len(lines))] == lines


@given(TEXT, st.data())
def test_every_offset_comes_back_from_its_position(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    place = Source("a.yaml", text).position(offset)
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[: place.line - 1])

    assert 1 <= place.line <= len(lines)
    assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    assert before + place.column - 1 == offset


@given(TEXT)
def test_every_line_is_what_stands_between_line_feeds(text: str) -> None:
    source = Source("a.yaml", text)
    for number, line in enumerate(text.split("\n"), 1):
        assert source.line(number) == line.rstrip("\r")


def test_sources_are_equal_whether_or_not_their_lines_were_counted() -> None:
    counted = Source("a.yaml", "a\nb")
    counted.position(2)
    assert counted == Source("a.yaml", "a\nb")
