"""Places in descriptor sets: lines, columns and excerpts of texts that are built anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat.model.source import Source
from specstat.readers.protovalues import Aggregate
from tests.readers.descriptorsets import HEAD, NAME, made, read, read_text

USUAL = """\
// Of the syntax.

// Before it.
syntax = "proto3";

package tea.v1;

import "google/protobuf/descriptor.proto";
import public "google/protobuf/any.proto";

option java_package = "com.example.tea";

extend google.protobuf.FieldOptions {
  // What it is for.
  optional Use use = 50001;
}

// What a field is for.
message Use {
  string what = 1;
  repeated Use more = 2;
  Kind kind = 3;
}

enum Kind {
  KIND_UNSPECIFIED = 0; // unknown
  KIND_HOT = 1 [deprecated = true];
}

// Detached.

// Detached too,
// in two lines.

// A cup.
// It holds tea.
message Cup {
  option deprecated = true;

  // Its name.
  string name = 1;
  optional int32 litres = 2; // behind
  repeated .tea.v1.Use uses = 3 [deprecated = true];
  map<string, Use> by_name = 4 [(use).what = "index", json_name = "byName2"];
  bytes callback_token = 10 [(tea.v1.use) = {what: "x", kind: KIND_HOT}];
  oneof drink {
    // Hot.
    string tea = 5 [
      (use).kind = KIND_HOT,
      (use).what = "drink"
    ];
    google.protobuf.Any soup = 6;
  }
  message Inner {}
  reserved 20 to 30, 40;
  reserved "old", "older";
}

// Serves.
service Kitchen {
  rpc Brew(Use) returns (stream Cup);
  // Watches.
  rpc Watch(stream Use) returns (Cup); // for long
}
"""


def test_a_text_in_the_usual_form_is_built_as_it_was(tmp_path: Path) -> None:
    source = read_text(USUAL, tmp_path).source

    assert source.text.splitlines() == USUAL.splitlines()


def lines(source: Source, *starts: int) -> list[tuple[int, int, str]]:
    """Lines, columns and excerpts of offsets."""
    places = [source.position(start) for start in starts]
    return [(place.line, place.column, source.line(place.line)) for place in places]


def test_a_name_has_its_line_its_column_and_an_excerpt(tmp_path: Path) -> None:
    text = HEAD + "message Cup {\n\tbytes\tcallback_token=10 ;string\n\n   x =\n 2;}"
    file = read_text(text, tmp_path)
    fields = file.tree.messages[0].fields

    assert lines(file.source, *(field.name_start for field in fields)) == [
        (4, 17, "        bytes   callback_token 10 ;string"),
        (6, 4, "   x"),
    ]


def test_an_option_has_the_place_where_it_is_set(tmp_path: Path) -> None:
    file = read_text(USUAL, tmp_path)
    (cup,) = (message for message in file.tree.messages if message.name == "Cup")
    by_name, token, tea = (cup.fields[number] for number in (3, 4, 5))

    assert [field.name for field in (by_name, token, tea)] == ["by_name", "callback_token", "tea"]
    set_at = [
        file.source.text[option.start : option.end]
        for field in (by_name, token, tea)
        for option in field.options
    ]
    assert set_at == [
        'json_name = "byName2"',
        '(use).what = "index"',
        '(tea.v1.use) = {what: "x", kind: KIND_HOT}',
        "(use).kind = KIND_HOT",
    ]
    value = tea.options[0].value
    assert isinstance(value, Aggregate)
    assert {e.name.text: file.source.text[e.start : e.end] for e in value.entries} == {
        "kind": "(use).kind = KIND_HOT",
        "what": '(use).what = "drink"',
    }


def test_of_a_repeated_option_each_has_its_place(tmp_path: Path) -> None:
    text = """syntax = "proto2";
import "google/protobuf/descriptor.proto";
extend google.protobuf.MessageOptions { repeated string tags = 50001; }
message Cup {
  option (tags) = "hot";
  option (tags) = "old";
}
"""
    file = read_text(text, tmp_path)
    found = file.tree.messages[0].options

    assert lines(file.source, *(option.start for option in found)) == [
        (5, 3, '  option (tags) = "hot";'),
        (6, 3, '  option (tags) = "old";'),
    ]


def test_a_statement_has_its_place_and_its_comments(tmp_path: Path) -> None:
    text = HEAD + "message Cup {\n  // Words.\n  option deprecated = true; // behind\n}"
    file = read_text(text, tmp_path)
    (option,) = file.tree.messages[0].options

    assert file.source.text[option.start : option.end] == "option deprecated = true;"
    assert option.comments.leading
    assert option.comments.leading.text == " Words.\n"
    assert file.source.text[slice(*option.comments.leading.span)] == "// Words."
    assert option.comments.trailing
    assert option.comments.trailing.text == " behind\n"


COMMENTED = """\
message Cup { // of the cup
  // Apart.

  /* First,
   * second. */
  string a = 1;
  // Of b, behind it.

  string b = 2; /* between */ string c = 3; /* of d */ string d = 4;
}
"""


def test_comments_are_the_texts_own_and_stand_where_there_is_room(tmp_path: Path) -> None:
    file = read_text(HEAD + COMMENTED, tmp_path)
    (cup,), source = file.tree.messages, file.source
    found = {}
    for node in (cup, *cup.fields):
        every = [*node.comments.detached, node.comments.leading, node.comments.trailing]
        found[node.name] = [
            (comment.text, source.text[slice(*comment.span)], source.position(comment.start).line)
            for comment in every
            if comment
        ]

    assert found == {
        "Cup": [(" of the cup\n", "// of the cup", 3)],
        "a": [
            (" Apart.\n", "// Apart.", 4),
            (" First,\n second. ", "// First,\n  // second.", 6),
            (" Of b, behind it.\n", "// Of b, behind it.", 8),
        ],
        "b": [],
        "c": [(" between ", "// between", 9)],
        "d": [(" of d ", "", 11)],
    }


def test_of_blocks_that_extend_one_message_each_has_its_place(tmp_path: Path) -> None:
    text = """syntax = "proto2";
message Cup { extensions 1 to max; }
message Pot { extensions 1 to max; }
// One.
extend Cup { optional string a = 1; }
// Two.
extend Pot { optional string b = 1; }
// Three.
extend Cup { optional string c = 2; }
"""
    file = read_text(text, tmp_path)

    found = [
        (extend.name, file.source.position(extend.start).line, extend.comments.leading.text)
        for extend in file.tree.extends
        if extend.comments.leading
    ]
    assert found == [(".Cup", 5, " One.\n"), (".Pot", 7, " Two.\n"), (".Cup", 9, " Three.\n")]


@pytest.mark.parametrize("column", [0, 5])
def test_a_part_without_a_place_has_that_of_what_is_around_it(column: int, tmp_path: Path) -> None:
    files = made(HEAD + " " * column + "message Cup { string a = 1; }", tmp_path)
    file = files[NAME]
    locations = [item for item in file.source_code_info.location if len(item.path) < 4]
    del file.source_code_info.location[:]
    file.source_code_info.location.extend(locations)
    found = read({NAME: file})[NAME]
    (cup,) = found.tree.messages

    assert cup.fields[0].span == cup.span
    assert lines(found.source, cup.fields[0].name_start) == [
        (3, column + 1, " " * column + "message Cup {               }")
    ]
