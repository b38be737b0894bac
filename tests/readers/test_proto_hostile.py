"""Whatever a .proto text is, it is read, and at once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specstat.model.source import Source, Span
from specstat.readers import prototext
from specstat.readers.protonodes import Declaration, Message, ProtoFile, Reservation
from specstat.readers.protovalues import Aggregate, Comments, Entry, Listing, Node, Option, Value
from tests.readers.support import FIXTURES

HOSTILE = FIXTURES / "hostile"
PROTOS = {path.name: path.read_bytes().decode() for path in FIXTURES.glob("protos/*.proto")}
TEXTS = st.sampled_from(sorted(PROTOS)).map(PROTOS.__getitem__)

# File to the line and column of its problem, and to words of the message.
TOLD = {
    "cut.proto": (22, 17, "but the file ends"),
    "duplicate-numbers.proto": (12, 10, "'degrees' and 'litres' have the same number, 1"),
    "field-without-number.proto": (10, 14, "the field's number, such as '= 1', is expected here"),
}
# What is wrong with these is not in their statements: see tests/engine/test_protos.py.
BEYOND = {"latin.proto", "imports-nowhere.proto", "types-circle.proto", "types-multiply.proto"}
PIECES = st.one_of(
    st.text(max_size=3),
    st.sampled_from(list("{}[]()<>;,=:./\"'-+\\\n\r\t \x00\ufeff\u2028é")),
    st.sampled_from(["//", "/*", "*/", "message ", "option ", "group ", "map<", "to max", "0x"]),
    st.sampled_from(["stream ", "[(a) = {", "reserved ", "export ", "extend A {", "oneof o {"]),
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES), min_size=1, max_size=4)


def values(value: Value) -> Iterator[Node]:
    """A value and all within."""
    yield value
    for inner in value.items if isinstance(value, Listing) else []:
        yield from values(inner)
    for entry in value.entries if isinstance(value, Aggregate) else []:
        yield entry
        yield from values(entry.value)


def nodes(file: ProtoFile) -> Iterator[Node]:
    """All nodes of a tree."""
    waiting: list[Node] = [*file.imports, *file.options, *file.messages, *file.enums]
    waiting += [*file.services, *file.extends]
    waiting += [node for node in (file.header, file.package_statement) if node]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Option):
            yield from values(node.value)
        for slot in (
            name for kind in type(node).__mro__ for name in getattr(kind, "__slots__", ())
        ):
            inner = getattr(node, slot)
            if isinstance(inner, list) and not isinstance(node, Aggregate | Listing | Entry):
                waiting += [item for item in inner if isinstance(item, Node)]


def spans(file: ProtoFile) -> Iterator[Span]:
    """All places of a tree and of its problems."""
    yield from (problem.span for problem in file.problems if problem.span)
    for node in nodes(file):
        yield node.span
        if isinstance(node, Declaration):
            assert node.start <= node.name_start <= node.name_end <= node.end
            yield node.name_span
        if isinstance(node, Declaration | Option | Reservation):
            comments: Comments = node.comments
            for comment in (comments.leading, comments.trailing, *comments.detached):
                if comment:
                    yield comment.span


def sound(file: ProtoFile, text: str) -> bool:
    """Whether every place of a tree lies in its text."""
    return all(0 <= span.start <= span.end <= len(text) for span in spans(file))


def fields(file: ProtoFile) -> Counter[tuple[str, int]]:
    """Names and numbers of all fields of messages, wherever these stand."""
    return Counter(
        (field.name, field.number)
        for node in nodes(file)
        if isinstance(node, Message)
        for field in node.fields
    )


@pytest.mark.parametrize("name", TOLD)
def test_a_hostile_file_gives_one_problem_at_its_place(name: str) -> None:
    line, column, words = TOLD[name]
    source = Source(name, (HOSTILE / name).read_text(encoding="utf-8"))
    (problem,) = prototext.read(source.text).problems

    assert problem.code == "SS001"
    assert problem.span
    assert source.position(problem.span.start) == (line, column)
    assert words in problem.message


def test_these_tests_know_all_hostile_files() -> None:
    assert {path.name for path in HOSTILE.glob("*.proto")} == {*TOLD, *BEYOND}


def test_of_a_hostile_file_everything_else_is_read() -> None:
    found = {
        name: sorted(fields(prototext.read((HOSTILE / name).read_text(encoding="utf-8"))))
        for name in TOLD
    }
    assert found == {
        "cut.proto": [("degrees", 1), ("litres", 1), ("spec", 1), ("status", 2)],
        "duplicate-numbers.proto": [("degrees", 1), ("litres", 1), ("name", 2)],
        "field-without-number.proto": [("degrees", 3), ("litres", 1)],
    }


@pytest.mark.parametrize("name", sorted(PROTOS))
def test_the_fixtures_are_sound_before_they_are_damaged(name: str) -> None:
    file = prototext.read(PROTOS[name])
    assert file.problems == []
    assert sound(file, PROTOS[name])


@settings(deadline=None, max_examples=500)
@given(text=TEXTS, edits=EDITS, end=st.none() | st.floats(0, 1))
def test_no_damage_raises(
    text: str, edits: list[tuple[float, int, str]], end: float | None
) -> None:
    if end is not None:
        text = text[: int(len(text) * end)]
    for share, deleted, inserted in edits:
        place = int(len(text) * share)
        text = text[:place] + inserted + text[place + deleted :]
    assert sound(prototext.read(text), text)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_text_at_all_raises(text: str) -> None:
    assert sound(prototext.read(text), text)


# What one character does to a file, and how much of its fields is found nevertheless, on average.
DAMAGES = {
    "": 0.97,  # the character is taken away
    ";": 0.96,
    "=": 0.95,
    '"': 0.94,
    "[": 0.95,
    "(": 0.95,
    "x": 0.96,
    "@": 0.97,
    "{": 0.93,
    "}": 0.85,  # closes a message, and what comes behind stands in none
}


@pytest.mark.parametrize("inserted", DAMAGES)
@pytest.mark.parametrize("name", ["proto2.proto", "proto3.proto"])
def test_one_wrong_character_leaves_most_fields(name: str, inserted: str) -> None:
    text = PROTOS[name]
    whole = fields(prototext.read(text))
    shares = []
    for place in range(0, len(text), 5):
        damaged = text[:place] + inserted + text[place + (not inserted) :]
        found = fields(prototext.read(damaged))
        shares.append((found & whole).total() / whole.total())
    assert sum(shares) / len(shares) >= DAMAGES[inserted]


DEEP = 50_000
MANY = 1_000_000
SYNTAX = 'syntax = "proto3";\n'
BEHIND = "\nmessage Behind {}\n"
# Texts, and how many problems they have; Behind must be found where it stands outside.
BIG = {
    "options": ("message A { string a = 1 [(x) = " + "{a:" * DEEP + "}" * DEEP + "]; }", 1),
    "options that never end": ("message A { string a = 1 [(x) = " + "{a:" * DEEP, 2),
    "angle brackets": ("option (x) = {a " + "<a" * DEEP + ">" * DEEP + "};", 1),
    "lists": ("option (x) = {a: " + "[" * DEEP + "]" * DEEP + "};", 1),
    "messages": ("message A {" * DEEP + "}" * DEEP, 1),
    "messages that never end": ("message A {" * DEEP, 3),
    "a million comments": ("// x\n" * MANY, 0),
    "a million detached comments": ("// x\n\n" * MANY, 0),
    "a million blocks": ("/* x */" * MANY, 0),
    "comments between nothing": (";// a\n\n// b\n\n" * 100_000, 0),
    "a comment of many asterisks": ("/*" + "*" * MANY + "/", 0),
    "blanks behind a comment": ("// a" + " " * MANY + "\n" + " " * MANY, 0),
    "blank lines": ((" " * 1_000 + "\n") * 1_000, 0),
    "braces": ("{" * MANY, 1),
    "closing braces": ("}" * 200_000, 101),
    "quotes": ("'\n" * MANY, 1),
    "dots": ("message A { " + "a . " * 200_000 + "a b = 1; }", 0),
    "words": ("a " * MANY, 1),
    "openings": ("message\n" * 100_000, 101),
    "broken fields in one line": ("message A {" + "string a; " * 100_000 + "}", 101),
    "foreign characters": ("".join(map(chr, range(0x100, 0xD800))), 101),
    "texts in a row": ("option a = " + '"x" ' * 200_000 + ";", 0),
    "backslashes": ('option a = "' + "\\\\" * MANY + '";', 0),
    "digits": ("option a = " + "9" * MANY + ";", 1),
}


@pytest.mark.parametrize("name", BIG)
def test_big_inputs_are_read_at_once(name: str) -> None:
    text, problems = BIG[name]
    start = time.process_time()
    file = prototext.read(SYNTAX + text + BEHIND)

    assert time.process_time() - start < 5
    assert len(file.problems) == problems
    assert file.syntax == "proto3"


@pytest.mark.parametrize("name", ["options", "angle brackets", "lists", "messages"])
def test_what_is_nested_too_deep_is_told_and_passed_over(name: str) -> None:
    file = prototext.read(SYNTAX + BIG[name][0] + BEHIND)

    assert [p.message for p in file.problems] == ["nested deeper than 100 levels; nothing real is"]
    assert "Behind" in [message.name for message in file.messages]


def test_a_thousand_levels_of_the_stack_are_never_used_up() -> None:
    def below(frames: int) -> ProtoFile:
        return below(frames - 1) if frames else prototext.read(deepest)

    deepest = "message A { " * 98 + "option (x) = { a {} };" + "}" * 98
    assert below(400).problems == []


def test_twice_the_text_takes_twice_the_time() -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        prototext.read(text)
        return time.process_time() - start

    once = "".join(PROTOS.values())
    short, long = once * 10, once * 100
    assert min(seconds(long) for _ in range(2)) < 20 * min(seconds(short) for _ in range(3))
