"""The tree of a .proto text: what is in it and where it stands."""

from __future__ import annotations

import gc
import textwrap

import pytest

from specstat.readers import prototext
from specstat.readers.protonodes import Field, Message, ProtoFile


def read(text: str) -> ProtoFile:
    """A tree without problems."""
    file = prototext.read(text)
    assert file.problems == []
    return file


def fields(body: str) -> list[Field]:
    return message(body).fields


def message(body: str) -> Message:
    (only,) = read(f"message A {{ {body} }}").messages
    return only


def told(text: str) -> list[tuple[str, str]]:
    """Each problem with the text of its place."""
    return [
        (problem.message, text[problem.span.start : problem.span.end] if problem.span else "")
        for problem in prototext.read(text).problems
    ]


def names(file: ProtoFile) -> list[str]:
    """All fields, as `Message.field`."""
    return [f"{m.name}.{f.name}" for m in file.messages for f in m.fields]


def test_an_empty_text_is_an_empty_file() -> None:
    for text in ("", " \n", "// only a comment", ";"):
        file = read(text)
        assert (file.syntax, file.edition, file.package) == ("proto2", "", "")
        assert (file.header, file.package_statement, file.imports) == (None, None, [])


@pytest.mark.parametrize(
    ("text", "syntax", "edition"),
    [
        ("syntax = 'proto3';", "proto3", ""),
        ('syntax = "pro" "to2";', "proto2", ""),
        ('edition = "2023";', "editions", "2023"),
    ],
)
def test_the_syntax_is_that_of_the_header(text: str, syntax: str, edition: str) -> None:
    file = read(text)
    assert (file.syntax, file.edition) == (syntax, edition)
    assert file.header
    assert (file.header.start, file.header.end) == (0, len(text))


def test_the_package_and_the_imports_are_read() -> None:
    text = 'package a . b; import "x.proto"; import public "y.proto"; import weak "z.proto";'
    file = read(text)
    assert file.package == "a.b"
    assert file.package_statement
    span = file.package_statement.name_span
    assert text[span.start : span.end] == "a . b"
    assert [(node.kind, node.name) for node in file.imports] == [
        ("", "x.proto"),
        ("public", "y.proto"),
        ("weak", "z.proto"),
    ]


def test_fields_are_read_with_all_that_is_written() -> None:
    found = fields("""
        repeated .a.B items = 0x1F;
        map < string , a . B > by_name = 2 [deprecated = true];
        optional string message = 3;
        oneof pick { option (x) = 1; int32 left = 4; }
        reserved_for plain = 017;
    """)
    assert [(f.label, f.type, f.name, f.number, f.oneof) for f in found] == [
        ("repeated", ".a.B", "items", 31, ""),
        ("", "map<string, a.B>", "by_name", 2, ""),
        ("optional", "string", "message", 3, ""),
        ("", "int32", "left", 4, "pick"),
        ("", "reserved_for", "plain", 15, ""),
    ]
    assert (found[1].key_type, found[1].value_type) == ("string", "a.B")
    assert [option.key for option in found[1].options] == ["deprecated"]


def test_places_cut_out_what_they_name() -> None:
    text = '// Ä🍵\nmessage A { /* 漢 */ repeated a.B items = 1 [x = "é"] ; }'
    field = read(text).messages[0].fields[0]
    assert text[field.start : field.end] == 'repeated a.B items = 1 [x = "é"] ;'
    assert text[field.name_start : field.name_end] == "items"
    assert text[field.type_span.start : field.type_span.end] == "a.B"
    (option,) = field.options
    assert text[option.start : option.end] == 'x = "é"'
    assert text[option.value.start : option.value.end] == '"é"'


def test_a_group_is_a_field_and_a_message() -> None:
    holder = message("optional group Result = 1 [deprecated = true] { string url = 2; }")
    (field,) = holder.fields
    (body,) = holder.messages
    assert (field.name, field.type, field.group, field.number) == ("result", "Result", True, 1)
    assert (body.name, [inner.name for inner in body.fields]) == ("Result", ["url"])
    assert (body.span, body.name_span) == (field.span, field.name_span)


def test_reserved_and_extension_numbers_are_ranges() -> None:
    node = message('reserved 1, 3 to 5; reserved "a", b; extensions 100 to max [x = 1];')
    numbers, reserved_names = node.reserved
    assert [(r.first, r.last) for r in numbers.ranges] == [(1, 1), (3, 5)]
    assert [name for name, _ in reserved_names.names] == ["a", "b"]
    (extensions,) = node.extensions
    assert [(r.first, r.last) for r in extensions.ranges] == [(100, None)]
    assert [option.key for option in extensions.options] == ["x"]


def test_enums_may_hold_negative_numbers_and_odd_names() -> None:
    text = "enum E { option allow_alias = true; option = 1; reserved = -2 [x = 1]; reserved 5; }"
    (enum,) = read(text).enums
    assert [(value.name, value.number) for value in enum.values] == [
        ("option", 1),
        ("reserved", -2),
    ]
    assert [option.key for option in enum.options] == ["allow_alias"]
    assert [(r.first, r.last) for r in enum.reserved[0].ranges] == [(5, 5)]


def test_services_are_read_with_streams() -> None:
    (service,) = read("""
        service S {
          rpc A(a.B) returns (stream .a.C) { option (x).y = {z: 1}; }
          rpc D(stream.a.B) returns (A);
        }
    """).services
    assert [
        (rpc.name, rpc.client_streams, rpc.request, rpc.server_streams) for rpc in service.rpcs
    ] == [("A", False, "a.B", True), ("D", True, ".a.B", False)]
    assert [rpc.response for rpc in service.rpcs] == [".a.C", "A"]
    assert [option.key for option in service.rpcs[0].options] == ["(x).y"]


def test_extensions_stand_where_they_are_declared() -> None:
    file = read("extend .a.B { string note = 100; } message M { extend C { int32 n = 1; } }")
    assert [(e.name, [f.name for f in e.fields]) for e in file.extends] == [(".a.B", ["note"])]
    assert [(e.name, e.fields[0].name) for e in file.messages[0].extends] == [("C", "n")]


def test_visibility_is_no_reserved_word() -> None:
    file = read("export message A { local enum E { X = 0; } local message = 1; export e = 2; }")
    (only,) = file.messages
    assert (only.visibility, only.enums[0].visibility) == ("export", "local")
    assert [(f.type, f.name) for f in only.fields] == [("local", "message"), ("export", "e")]


# Broken statements between two fields: what is told, and at which words.
BROKEN = {
    "string;": [("a field's name is expected here, not ';'", ";")],
    "string lost;": [("the field's number, such as '= 1', is expected here, not ';'", ";")],
    "string lost = ;": [("the field's number, such as '= 1', is expected here, not ';'", ";")],
    "string lost = 08;": [("the field's number, such as '= 1', is expected here, not '08'", "08")],
    "string lost = 9 deprecated = true];": [
        ("';' is expected here, not 'deprecated'", "deprecated")
    ],
    "string lost = 9 [(a = 1];": [("')' is expected here, not '='", "=")],
    "string lost = 9 [a = ];": [("a value is expected here, not ']'", "]")],
    "string lost = 9 [a = {b 1}];": [("':' is expected here, not '1'", "1")],
    "string lost = 9 [a = {b: [1 2]}];": [("',' or ']' is expected here, not '2'", "2")],
    "map<string> lost = 9;": [("',' is expected here, not '>'", ">")],
    "message { string inner = 1; }": [("the name of a message is expected here, not '{'", "{")],
    "enum Lost;": [("'{' is expected here, not ';'", ";")],
    "reserved 1 to;": [("a number or 'max' is expected here, not ';'", ";")],
    "option lost;": [("'=' is expected here, not ';'", ";")],
    'option lost = "\n': [("this text is never closed", '"')],
    "rpc Lost(A) returns (B) {}": [
        ("the field's number, such as '= 1', is expected here, not '('", "(")
    ],
    "1 + 1;": [("a field's type is expected here, not '1'", "1")],
    "string {lost = 9;\n": [("a field's name is expected here, not '{'", "{")],
    "@": [("'@' means nothing in a .proto file; remove it", "@")],
    "string beside = 9\n": [("';' is missing behind this", "9")],
}


@pytest.mark.parametrize("statement", BROKEN)
def test_a_broken_statement_is_told_and_costs_the_others_nothing(statement: str) -> None:
    text = f"message A {{\n  string a = 1;\n  {statement}\n  string b = 2;\n}}\nmessage B {{}}\n"
    file = prototext.read(text)
    assert told(text) == BROKEN[statement]
    assert {problem.code for problem in file.problems} == {"SS001"}
    assert [m.name for m in file.messages] == ["A", "B"]
    assert [name for name in names(file) if name != "A.beside"] == ["A.a", "A.b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "string a = 1; message B {}",
            "a statement such as 'message' is expected here, not 'string'",
        ),
        (
            "service S { string a = 1; } message B {}",
            "'rpc' or 'option' is expected here, not 'string'",
        ),
        (
            "service S { rpc R(A) returns (A) { x } } message B {}",
            "'option' is expected here, not 'x'",
        ),
        ("import x; message B {}", "the path of a file in quotes is expected here, not 'x'"),
        ("syntax = proto3; message B {}", "the syntax in quotes is expected here, not 'proto3'"),
        ("local x; message B {}", "a statement such as 'message' is expected here, not 'local'"),
        ("} message B {}", "this '}' closes nothing"),
        ("message A\n string a = 1; } message B {}", "'{' is missing behind 'A'"),
        ("message B {} message A { string a = 1;", "the file ends before the '}' of 'A'"),
        (
            "message B {} message A { string a",
            "the field's number, such as '= 1', is expected here, but the file ends",
        ),
        ("message B {} message A", "'{' is expected here, but the file ends"),
        (
            "message B {} /* what now",
            "this comment is never closed, so everything behind it is lost",
        ),
        ("message B {} /*/", "this comment is never closed, so everything behind it is lost"),
    ],
)
def test_what_is_broken_is_told_once(text: str, expected: str) -> None:
    file = prototext.read(text)
    assert [problem.message for problem in file.problems] == [expected]
    assert "B" in [m.name for m in file.messages]


def test_a_number_used_twice_is_told_and_both_fields_are_kept() -> None:
    text = "message A { string a = 1; oneof o { string b = 1; } }"
    assert told(text) == [("'b' and 'a' have the same number, 1; it can belong to one only", "b")]
    assert names(prototext.read(text)) == ["A.a", "A.b"]


def test_comments_of_a_broken_statement_go_with_it() -> None:
    file = prototext.read(
        textwrap.dedent("""\
            message A {
              // Of what is broken.
              strin g lost = 1; // beside it
              // Of a.
              string a = 2;
            }
        """)
    )
    (field,) = file.messages[0].fields
    assert field.comments.leading
    assert field.comments.leading.text == " Of a.\n"
    assert field.comments.detached == ()


def test_very_many_problems_are_told_by_the_hundred() -> None:
    problems = prototext.read("message A {" + "x;" * 1_000 + "}").problems
    assert len(problems) == 101
    assert problems[-1].message == "there are more problems in this file, which are not told"


def test_long_words_are_shortened_in_messages() -> None:
    (problem,) = prototext.read("x" * 10_000).problems
    assert len(problem.message) < 120


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_as_it_was_before(*, was_on: bool) -> None:
    (gc.enable if was_on else gc.disable)()
    try:
        prototext.read("message A {}")
        assert gc.isenabled() == was_on
    finally:
        gc.enable()
