"""Cells, wrapping, escapes, tables."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from specstat.reporters.layout import cells, table, visible, wrap
from specstat.reporters.summary import Counts, plural, sentence


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, with blanks and é 日本", "plain, with blanks and é 日本"),
        ("\x1b[31m", r"\x1b[31m"),
        ("a\x07b\x00\x7f\x9b", r"a\x07b\x00\x7f\x9b"),
        ("a\tb", "a    b"),
        ("a\r\nb", r"a\x0d\x0ab"),
        ("a\u202eb\u2066\u200f", r"a\u202eb\u2066\u200f"),
        ("a\u2028b", r"a\u2028b"),
        ("caf\udce9", r"caf\udce9"),
    ],
)
def test_what_could_act_on_a_terminal_is_escaped(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_no_control_or_direction_character_at_all_is_let_through() -> None:
    turning = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    acting = [
        char
        for char in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(char) in turning
    ]

    assert len(acting) > 2000
    assert not set(visible("".join(acting))) & set(acting)


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("日本", 4), ("e\u0301", 1), ("\uff46\uff55\uff4c\uff4c", 8), ("", 0)],
)
def test_cells_are_columns_of_a_terminal(text: str, width: int) -> None:
    assert cells(text) == width


def test_text_is_wrapped_and_long_words_are_kept_whole() -> None:
    path = "a/path/that/is/longer/than-a-line/and-is-kept"

    assert wrap(f"see {path} for more", 20) == ["see", path, "for more"]
    assert wrap("", 20) == [""]


def test_wide_text_is_wrapped_by_columns() -> None:
    assert max(map(cells, wrap("日本 語日 " * 20, 20))) <= 20


def test_the_columns_of_a_table_are_aligned() -> None:
    assert table([("a", "b", "c"), ("long", "日本", "d")]) == ["a     b     c", "long  日本  d"]


def test_figures_are_written_for_people() -> None:
    assert [plural(n, "file") for n in (0, 1, 2, 1234)] == [
        "0 files",
        "1 file",
        "2 files",
        "1,234 files",
    ]


def test_the_closing_sentence_tells_what_was_passed_over() -> None:
    one = Counts(files=2, resources=1, fields=3, seconds=0.25, skipped={"no CRD in it": 4})
    two = Counts(errors=1, warnings=2, infos=3, hidden=5, skipped={"a": 1, "b": 20})

    assert sentence(one) == [
        "Found nothing in 1 resource (3 fields, 2 files, 0.2 s).",
        "Passed over 4 files: no CRD in it.",
    ]
    assert sentence(two) == [
        "Found 1 error, 2 warnings, 3 info in 0 resources (0 fields, 0 files, 0.0 s).",
        "5 more at info: --show-info shows them.",
        "Passed over 21 files:",
        "     20  b",
        "      1  a",
    ]
