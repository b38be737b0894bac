"""Options as trees: names, values of every kind, and where they stand."""

from __future__ import annotations

import math

import pytest

from specstat.readers import prototext
from specstat.readers.protovalues import Aggregate, Listing, NamePart, Option, Scalar, Value


def option(text: str) -> Option:
    """The only option of a file without problems."""
    file = prototext.read(f"option {text};")
    assert file.problems == []
    (only,) = file.options
    return only


def plain(value: Value) -> object:
    """A value as texts, numbers, lists and pairs."""
    if isinstance(value, Scalar):
        return value.value
    if isinstance(value, Listing):
        return [plain(item) for item in value.items]
    return [
        (f"[{entry.name.text}]" if entry.name.extension else entry.name.text, plain(entry.value))
        for entry in value.entries
    ]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a", [("a", False)]),
        ("a.b . c", [("a", False), ("b", False), ("c", False)]),
        ("(a.b)", [("a.b", True)]),
        ("( .a . b ) .c.(d).e", [(".a.b", True), ("c", False), ("d", True), ("e", False)]),
    ],
)
def test_names_have_parts(name: str, parts: list[tuple[str, bool]]) -> None:
    found = option(f"{name} = 1")
    assert found.name == tuple(NamePart(*part) for part in parts)
    assert found.key == name.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("true", "word", "true"),
        ("CROSS", "word", "CROSS"),
        ("inf", "word", "inf"),
        ("- nan", "word", "-nan"),
        ("0", "number", 0),
        ("00", "number", 0),
        ("12", "number", 12),
        ("-12", "number", -12),
        ("- /* minus */ 12", "number", -12),
        ("0xfF", "number", 255),
        ("-0X10", "number", -16),
        ("017", "number", 15),
        ("18446744073709551615", "number", 2**64 - 1),
        ("1.", "number", 1.0),
        (".5", "number", 0.5),
        ("1.5e-3", "number", 0.0015),
        ("1E+2", "number", 100.0),
        ("1e400", "number", math.inf),
        ('"a"', "text", "a"),
        ("'a\"b'", "text", 'a"b'),
        ('"a" \'b\' /* and */ "c"', "text", "abc"),
        ('"// no comment"', "text", "// no comment"),
        (r'"\a\b\f\n\r\t\v\\\?\'\""', "text", "\a\b\f\n\r\t\v\\?'\""),
        (r'"\1\12\123\x1\x41\X41"', "text", "\x01\nS\x01AA"),
        (r'"\1" "23"', "text", "\x0123"),
        (r'"\u00e9\U0001F375\ud83c\udf75"', "text", "\u00e9\U0001f375\U0001f375"),
        (r'"\303" "\251"', "text", "\u00e9"),
        (r'"\377"', "text", "\udcff"),
        (r'"\q"', "text", "q"),
        (r'"\U7fffffff\ud800"', "text", "\U0010ffff\udced\udca0\udc80"),
        ('"\u6f22 \\t"', "text", "\u6f22 \t"),
    ],
)
def test_scalars_have_a_kind_and_a_value(text: str, kind: str, value: object) -> None:
    found = option(f"a = {text}").value
    assert isinstance(found, Scalar)
    assert (found.kind, found.value) == (kind, value)
    assert type(found.value) is type(value)
    assert (found.start, found.end) == (len("option a = "), len(f"option a = {text}"))


@pytest.mark.parametrize(
    "text", ["08", "0x", "1.2.3", "1e", "12ab", "1_000", "9" * 5_000, "+1", "-", "- 'a'"]
)
def test_what_is_no_value_is_told(text: str) -> None:
    file = prototext.read(f"option a = {text}; message A {{}}")
    assert len(file.problems) == 1
    assert (file.options, len(file.messages)) == ([], 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{}", []),
        ("{ a: 1 b: 2, c: 3; d: 4 }", [("a", 1), ("b", 2), ("c", 3), ("d", 4)]),
        ("{ a { b < c: 'd' > } e: {} }", [("a", [("b", [("c", "d")])]), ("e", [])]),
        ("{ a: [1, -2] a: 3 b: [] }", [("a", 1), ("a", -2), ("a", 3)]),
        ("{ a [{ b: 1 }] a: 2 }", [("a", [("b", 1)]), ("a", 2)]),
        ("{ a: [{ b: 1 }, < b: 2 >] }", [("a", [("b", 1)]), ("a", [("b", 2)])]),
        ("{ [a.b]: 1 [ c ] { d: 2 } }", [("[a.b]", 1), ("[c]", [("d", 2)])]),
        ("{ [e.com/a.B] { c: 1 } }", [("[e.com/a.B]", [("c", 1)])]),
        ("[1, 'a', { b: 2 }]", [1, "a", [("b", 2)]]),
    ],
)
def test_aggregates_and_lists_are_trees(text: str, value: object) -> None:
    found = option(f"(a) = {text}").value
    assert plain(found) == value
    assert (found.start, found.end) == (len("option (a) = "), len(f"option (a) = {text}"))


def test_entries_have_places() -> None:
    text = "option (a) = { one: [1, 2] two { three: 'x' } };"
    (only,) = prototext.read(text).options
    assert isinstance(only.value, Aggregate)
    assert [text[e.start : e.end] for e in only.value.entries] == [
        "one: [1, 2]",
        "one: [1, 2]",
        "two { three: 'x' }",
    ]
    assert [text[e.value.start : e.value.end] for e in only.value.entries] == [
        "1",
        "2",
        "{ three: 'x' }",
    ]
    assert (only.span.start, only.span.end) == (0, len(text))


def test_options_stand_with_what_they_belong_to() -> None:
    file = prototext.read("""
        message A {
          option a = 1;
          string s = 1 [b = 2, default = "x"];
          oneof o { option c = 3; int32 i = 2; }
        }
        enum E { option d = 4; X = 0 [e = 5]; }
        service S { option f = 6; rpc R(A) returns (A) { option g = 7; } }
    """)
    (message,), (enum,), (service,) = file.messages, file.enums, file.services
    holders = [message, message.fields[0], message.oneofs[0], enum, enum.values[0]]
    keys = [[o.key for o in holder.options] for holder in [*holders, service, service.rpcs[0]]]
    assert keys == [["a"], ["b", "default"], ["c"], ["d"], ["e"], ["f"], ["g"]]
    assert file.problems == []
