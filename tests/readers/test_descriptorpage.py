"""Words put at their places give a text with blanks in between."""

from __future__ import annotations

from specstat.readers.descriptorpage import COMMA, KEYWORD, NAME, Page, Place


def test_words_stand_at_their_lines_and_columns() -> None:
    page = Page()
    page.put(2, 4, "b")
    page.put(0, 1, "a")
    page.put(2, 7, "cd")
    made = page.made()

    assert made.text == " a\n\n    b  cd\n"
    assert [made.text[made.offset(2, column)] for column in (4, 7, 8)] == ["b", "c", "d"]


def test_a_name_cuts_the_word_before_it() -> None:
    page = Page()
    page.put(0, 0, "repeated", KEYWORD)
    page.put(0, 4, "name", NAME)

    assert page.made().text == "repename\n"


def test_a_word_within_another_is_left_out() -> None:
    page = Page()
    page.put(0, 0, "name", NAME)
    page.put(0, 2, "=", KEYWORD)
    page.put(0, 4, ",", COMMA)
    page.put(0, 4, ";", KEYWORD)

    assert page.made().text == "name;\n"


def test_lines_are_put_down_only_where_all_are_free() -> None:
    page = Page()
    page.put(2, 0, "taken")

    assert page.put_lines(1, 0, ["a", "b"]) is None
    assert page.put_lines(-1, 0, ["a"]) is None
    assert page.put_lines(0, 2, ["a", "bc"]) == Place(0, 2, 1, 4)
    assert page.made().text == "  a\n  bc\ntaken\n"


def test_places_beyond_a_line_lie_at_its_end() -> None:
    page = Page()
    page.put(0, 0, "ab")
    page.reach(1)
    made = page.made()

    assert made.span(Place(0, 1, 0, 90)) == (1, 2)
    assert made.span(Place(1, 5, 1, 9)) == (3, 3)
    assert made.offset(90, 0) == len(made.text)
