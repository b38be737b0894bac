from __future__ import annotations

import time

import pytest

from specstat.readers import comments, yamltree
from specstat.readers.comments import Comments


def read(text: str) -> Comments:
    return comments.read(text, yamltree.load(text))


def at(text: str, offset: int) -> list[str]:
    return [comment.text for comment in read(text).of_key(offset)]


def of(text: str, key: str) -> list[str]:
    """The comments of the first key of that spelling."""
    return at(text, text.index(key))


def all_of(text: str) -> list[str]:
    return [comment.text for comment in read(text).all]


def test_a_comment_above_belongs_to_the_key_below() -> None:
    text = "a: 1\n# of b\nb: 2\nc: 3\n"
    assert of(text, "b:") == ["# of b"]
    assert of(text, "a:") == []
    assert of(text, "c:") == []


def test_a_block_of_comments_belongs_together_whatever_its_indentation() -> None:
    text = "a:\n# one\n    # two\n  #three\n  b: 2\n"
    assert of(text, "b:") == ["# one", "# two", "#three"]


def test_a_comment_behind_belongs_to_the_key_of_its_line() -> None:
    text = "a: 1 # of a\nb: # of b\n  c: 3\n"
    assert of(text, "a:") == ["# of a"]
    assert of(text, "b:") == ["# of b"]
    assert of(text, "c:") == []


def test_above_comes_before_behind() -> None:
    assert of("# above\na: 1 # behind\n", "a:") == ["# above", "# behind"]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "   \n", "\r\n"])
def test_a_blank_line_detaches_a_comment(gap: str) -> None:
    assert of(f"a: 1\n# of nobody\n{gap}b: 2\n", "b:") == []


def test_a_blank_line_detaches_only_what_stands_above_it() -> None:
    assert of("# licence\n\n# of a\na: 1\n", "a:") == ["# of a"]


def test_a_blank_line_above_a_comment_changes_nothing() -> None:
    assert of("a: 1\n\n\n# of b\nb: 2\n", "b:") == ["# of b"]


@pytest.mark.parametrize(
    "value",
    [
        "b#c",
        '"#b"',
        "'b # c'",
        '"b\n  # c"',
        "'b\n\n  # c'",
        "|\n  # b\n  c # d",
        ">-\n  b\n\n  # c",
        "b\n  c#d",
        "http://x/#b",
    ],
)
def test_a_hash_inside_a_scalar_is_no_comment(value: str) -> None:
    text = f"a: {value}\nz: 1 # of z\n"
    assert all_of(text) == ["# of z"]


def test_a_comment_below_a_block_scalar_belongs_to_the_next_key() -> None:
    text = "a:\n  b: |\n    # text\n\n  # of c\n  c: 1\n"
    assert of(text, "c:") == ["# of c"]
    assert all_of(text) == ["# of c"]


def test_a_comment_behind_an_empty_value_is_found() -> None:
    assert of("a: # of a\nb: 2\n", "a:") == ["# of a"]


def test_a_hash_behind_a_closing_quote_or_bracket_needs_a_blank() -> None:
    assert all_of("a: 'x' # one\nb: [1] # two\nc: {} \t# three\n") == ["# one", "# two", "# three"]


def test_of_several_keys_on_a_line_the_first_has_the_comment() -> None:
    text = "a: {b: 1, c: 2} # of a\n"
    assert of(text, "a:") == ["# of a"]
    assert of(text, "b:") == []
    assert of(text, "c:") == []


def test_comments_in_flow_style_belong_to_the_keys_of_their_lines() -> None:
    text = "x: {\n  # of a\n  a: 1,\n  b: 2, # of b\n  c: 3 # of c\n}\n"
    assert of(text, "a:") == ["# of a"]
    assert of(text, "b:") == ["# of b"]
    assert of(text, "c:") == ["# of c"]


def test_a_key_behind_a_comma_or_a_brace_is_the_first_of_its_line() -> None:
    text = "x: {\n  a: 1\n  , b: 2 # of b\n}\ny:\n- {c: 3} # of c\n"
    assert of(text, "b:") == ["# of b"]
    assert of(text, "c:") == ["# of c"]


@pytest.mark.parametrize("key", ['"a b"', "'a b'", "? a b\n"])
def test_keys_in_every_dress_have_comments(key: str) -> None:
    text = f"# above\n{key}: 1\n"
    document = yamltree.load(text).documents[0]
    assert type(document) is yamltree.Mapping
    (start,) = {entry.start for entry, _ in document.entries.values()}

    assert at(text, start) == ["# above"] * (not key.startswith("?"))


def test_the_first_key_of_a_list_item_has_the_comment_above_the_dash_nowhere_else() -> None:
    text = "x:\n# of the item\n- a: 1 # of a\n  # of b\n  b: 2\n"
    assert of(text, "a:") == ["# of a"]
    assert of(text, "b:") == ["# of b"]


def test_comments_are_found_with_crlf_and_hold_no_line_end() -> None:
    text = "a: 1 # of a\r\n# of b\r\n# and on\r\nb: 2\r\n\r\n# nobody's\r\n\r\nc: 3\r\n"
    assert of(text, "a:") == ["# of a"]
    assert of(text, "b:") == ["# of b", "# and on"]
    assert of(text, "c:") == []
    assert "# nobody's" in all_of(text)


def test_spans_cut_out_the_comments_also_behind_wide_characters() -> None:
    text = "😀: 漢 # 😀 one\n# two  \nb: 2\n"
    found = read(text).all

    assert [text[c.span.start : c.span.end].rstrip() for c in found] == ["# 😀 one", "# two"]
    assert [c.text for c in found] == ["# 😀 one", "# two"]


@pytest.mark.parametrize("text", ["# only", "a: 1\n# last", "a: 1\n# last\n\n", "---\n# last\n"])
def test_comments_with_nothing_below_belong_to_nobody(text: str) -> None:
    found = read(text)
    assert len(found.all) == 1
    assert found.above == {}
    assert found.behind == {}


def test_comments_do_not_cross_documents() -> None:
    text = "a: 1\n# of nobody\n---\nb: 2\n"
    assert of(text, "b:") == []


def test_a_comment_behind_a_long_line_is_looked_up_at_once() -> None:
    text = "{a: '" + "x" * 5_000_000 + "', b: 2} # of a"
    found = read(text)
    offset = text.index("b:")
    start = time.process_time()
    for _ in range(1_000):
        assert found.of_key(offset) == ()

    assert time.process_time() - start < 0.5
