"""Comments of fixtures/protos/comments.proto, whose words say how they must be bound."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.readers import prototext
from specstat.readers.protonodes import Declaration, Message, ProtoFile
from specstat.readers.protovalues import Comment, Comments
from tests.readers.support import FIXTURES

TEXT = (FIXTURES / "protos" / "comments.proto").read_bytes().decode()
FILE = prototext.read(TEXT)
(BOUND, *_) = FILE.messages


def every(file: ProtoFile) -> Iterator[Comments]:
    """The comments of all that can have some."""
    nodes: list[Declaration] = [*file.imports, *file.enums, *file.messages, *file.services]
    yield from (node.comments for node in (file.header, file.package_statement) if node)
    yield from (option.comments for option in file.options)
    while nodes:
        node = nodes.pop()
        yield node.comments
        yield from (option.comments for option in node.options)
        for name in ("fields", "oneofs", "messages", "enums", "values", "rpcs"):
            nodes += getattr(node, name, [])
        if isinstance(node, Message):
            yield from (item.comments for item in (*node.reserved, *node.extensions))


def of(name: str) -> Comments:
    (field,) = [field for field in BOUND.fields if field.name == name]
    return field.comments


def words(comment: Comment | None) -> str:
    return comment.text if comment else ""


def test_each_comment_is_bound_as_its_words_say() -> None:
    seen = {"leading": 0, "trailing": 0, "detached": 0}
    for comments in every(FILE):
        for kind, found in (
            ("leading", [comments.leading]),
            ("trailing", [comments.trailing]),
            ("detached", comments.detached),
        ):
            for comment in found:
                if words(comment).strip("*\n "):
                    assert kind in words(comment).lower()
                    seen[kind] += 1
    assert all(seen[kind] >= 7 for kind in seen), seen


def test_every_comment_that_says_so_is_bound() -> None:
    found = "".join(
        words(comment)
        for comments in every(FILE)
        for comment in (comments.leading, comments.trailing, *comments.detached)
    )
    said = re.findall(r"(?i:leading|trailing) of (?:the )?\w+|(?i:detached) before \w+", TEXT)
    assert [words for words in said if words not in found] == []
    assert "ropped" not in found
    assert "not bound" not in found


def test_the_place_of_a_comment_is_from_its_first_marker_to_its_last() -> None:
    for comments in every(FILE):
        for comment in (comments.leading, comments.trailing, *comments.detached):
            if comment is not None:
                written = TEXT[comment.start : comment.end]
                assert written.startswith(("//", "/*"))
                assert not written.endswith("\n")
                assert comment.span == (comment.start, comment.end)
    syntax = FILE.header.comments.leading if FILE.header else None
    assert syntax
    assert TEXT[syntax.start : syntax.end] == "// Leading of the syntax.\n// In two lines."


def test_line_comments_are_joined_and_keep_their_line_ends() -> None:
    comment = of("l").leading
    assert words(comment) == "Leading of l, without blanks\n    and with many.\n"
    assert [words(c) for c in of("l").detached] == [
        " Detached before l.\n",
        " Detached before l,\nwithout asterisks. ",
        "\n",
    ]


def test_block_comments_lose_their_frame() -> None:
    expected = "*\n Leading of m, with a line that is\n\n   indented.\n"
    assert words(of("m").leading) == expected


def test_a_comment_at_the_end_of_the_text_needs_no_line_end() -> None:
    file = prototext.read("message A {}\n// one\n//two  ")
    assert file.problems == []
    (option,) = prototext.read("option a = 1; // beside  ").options
    assert words(option.comments.trailing) == " beside  "


def test_a_carriage_return_stays_in_the_words_as_protoc_has_it() -> None:
    text = "// one\r\n// two\r\nmessage A {}\r\n"
    (message,) = prototext.read(text).messages
    assert words(message.comments.leading) == " one\r\n two\r\n"
