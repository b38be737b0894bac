"""Descriptor sets: which files they hold, which of them are to lint, what they need."""

from __future__ import annotations

from pathlib import Path

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto

from specstat.model.reading import UnreadableError
from specstat.readers import descriptors
from specstat.readers.protovalues import Aggregate, Option, Scalar, Value
from tests.readers.descriptorsets import HEAD, NAME, made, read, read_text, serialized

LABELS = "labels/v1/labels.proto"
LABELS_TEXT = """\
syntax = "proto2";
package labels.v1;
import "google/protobuf/descriptor.proto";
message Label { optional string text = 1; optional Tone tone = 2; repeated Label more = 3; }
enum Tone { PLAIN = 0; LOUD = 1; }
extend google.protobuf.FieldOptions {
  optional Label label = 50001;
  repeated Tone tones = 50002;
}
"""
LABELLED = f"""\
{HEAD}
import "{LABELS}";
message Cup {{
  string a = 1 [(labels.v1.label) = {{ text: "x" tone: LOUD }}, (labels.v1.tones) = LOUD];
  string b = 2 [(labels.v1.label).more.tone = LOUD, (labels.v1.tones) = PLAIN];
}}
"""


def labelled(tmp: Path) -> dict[str, FileDescriptorProto]:
    path = tmp / LABELS
    path.parent.mkdir(parents=True, exist_ok=True)
    return made(LABELLED.replace("more.tone", "tone"), tmp, more={LABELS: LABELS_TEXT})


@pytest.mark.parametrize(
    "path", ["image.binpb", "a/set.pb", "set.bin", "x.desc", "x.protoset", "x.fds", "x.dsc", "X.PB"]
)
def test_a_set_is_known_by_its_suffix(path: str) -> None:
    assert descriptors.is_descriptor_set(path)


@pytest.mark.parametrize("path", ["api.proto", "crd.yaml", "pb", "image.json", "a.pb/b.txt", ""])
def test_nothing_else_is_a_set(path: str) -> None:
    assert not descriptors.is_descriptor_set(path)


def test_a_file_is_called_by_its_set_and_its_name(tmp_path: Path) -> None:
    data = serialized(made(HEAD, tmp_path).values())
    paths = {file.name: file.source.path for file in descriptors.read("out/set.binpb", data)}

    assert paths[NAME] == "out/set.binpb!tea.proto"


def test_of_a_plain_set_all_but_protobufs_own_files_are_to_lint(tmp_path: Path) -> None:
    found = read(labelled(tmp_path))

    assert {name: file.to_lint for name, file in found.items()} == {
        "google/protobuf/descriptor.proto": False,
        LABELS: True,
        NAME: True,
    }


def test_of_a_buf_image_the_imports_are_not_to_lint(tmp_path: Path) -> None:
    files = labelled(tmp_path)
    for name, file in files.items():
        # buf_extension, number 8042, with `is_import` 1.
        file.MergeFromString(b"\xd2\xf6\x03\x02\x08" + bytes([name != NAME]))

    assert [name for name, file in read(files).items() if file.to_lint] == [NAME]


def test_protobufs_own_files_may_be_missing(tmp_path: Path) -> None:
    text = (
        HEAD + 'import "google/protobuf/api.proto";\nmessage Cup { google.protobuf.Api a = 1; }\n'
    )
    files = {NAME: made(text, tmp_path)[NAME]}

    found = read(files)

    assert list(found)[:2] == [NAME, "google/protobuf/api.proto"]
    assert {"google/protobuf/type.proto", "google/protobuf/any.proto"} < set(found)
    assert [name for name, file in found.items() if file.to_lint] == [NAME]


def test_a_missing_import_is_told(tmp_path: Path) -> None:
    files = labelled(tmp_path)
    del files[LABELS]

    with pytest.raises(UnreadableError) as told:
        read(files)

    assert told.value.message == (
        "'tea.proto' imports 'labels/v1/labels.proto', which is not in the set; build the set with"
        " its imports, by 'protoc --include_imports --include_source_info --descriptor_set_out'"
        " or 'buf build'"
    )


def test_a_missing_import_may_be_known(tmp_path: Path) -> None:
    files = labelled(tmp_path)
    known = {LABELS: files.pop(LABELS).SerializeToString(), "unused.proto": b"\xff"}

    found = descriptors.read("set.binpb", serialized(files.values()), known)

    assert {file.name: file.to_lint for file in found}[LABELS] is False
    (tree,) = (file.tree for file in found if file.name == NAME)
    assert [option.key for option in tree.messages[0].fields[0].options] == [
        "(labels.v1.label)",
        "(labels.v1.tones)",
    ]


def test_a_weak_import_may_be_missing(tmp_path: Path) -> None:
    files = labelled(tmp_path)
    files[NAME].ClearField("message_type")
    files[NAME].weak_dependency.append(0)
    del files[LABELS]

    assert [node.kind for node in read(files)[NAME].tree.imports] == ["weak"]


def test_an_import_for_options_may_be_missing_or_known(tmp_path: Path) -> None:
    text = f"""edition = "2024"; package tea; import option "{LABELS}";
message Cup {{ string a = 1 [(labels.v1.tones) = LOUD]; }}"""
    files = made(text, tmp_path, more={LABELS: LABELS_TEXT})
    known = {LABELS: files.pop(LABELS).SerializeToString()}
    data = serialized(files.values())
    found = []
    for more in ({}, known):
        trees = {file.name: file.tree for file in descriptors.read("set.binpb", data, more)}
        found.append(options(trees[NAME].messages[0].fields[0].options))

    assert found == [[], [("(labels.v1.tones)", "LOUD")]]


def test_two_sets_one_behind_the_other_are_one(tmp_path: Path) -> None:
    files = made(HEAD + 'import "google/protobuf/any.proto";', tmp_path)
    files |= {"other.proto": FileDescriptorProto(name="other.proto")}
    twice = serialized(files.values()) + serialized(files.values())

    assert [file.name for file in descriptors.read("set.binpb", twice)] == list(files)


def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    files = [*made(HEAD, tmp_path).values(), FileDescriptorProto(name=NAME)]

    with pytest.raises(UnreadableError, match=r"two files 'tea\.proto' of the set differ"):
        descriptors.read("set.binpb", serialized(files))


def plain(value: Value) -> object:
    """A value as Python's own."""
    if isinstance(value, Aggregate):
        return [(entry.name.text, plain(entry.value)) for entry in value.entries]
    assert isinstance(value, Scalar)
    return value.value


def options(found: list[Option]) -> list[tuple[str, object]]:
    return [(option.key, plain(option.value)) for option in found]


def test_an_option_has_one_form_however_it_is_written(tmp_path: Path) -> None:
    fields = read(labelled(tmp_path))[NAME].tree.messages[0].fields

    assert [options(field.options) for field in fields] == [
        [("(labels.v1.label)", [("text", "x"), ("tone", "LOUD")]), ("(labels.v1.tones)", "LOUD")],
        [("(labels.v1.label)", [("tone", "LOUD")]), ("(labels.v1.tones)", "PLAIN")],
    ]


@pytest.mark.parametrize("places", [True, False])
def test_fields_are_as_they_are_written(places: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the test
    text = """
message Cup {
  string name = 1;
  optional int32 litres = 2 [json_name = "volume", deprecated = true];
  repeated Cup stack = 3;
  map<string, Lid> lids = 4;
  oneof drink { string tea = 5; Lid soup = 6; }
  message Lid { Colour colour = 1; }
  enum Colour { NONE = 0; RED = 5; }
}
"""
    (cup,) = read_text(HEAD + text, tmp_path, places=places).tree.messages

    assert [(f.name, f.number, f.label, f.type, f.oneof) for f in cup.fields] == [
        ("name", 1, "", "string", ""),
        ("litres", 2, "optional", "int32", ""),
        ("stack", 3, "repeated", ".tea.v1.Cup", ""),
        ("lids", 4, "", "map<string, .tea.v1.Cup.Lid>", ""),
        ("tea", 5, "", "string", "drink"),
        ("soup", 6, "", ".tea.v1.Cup.Lid", "drink"),
    ]
    assert (cup.fields[3].key_type, cup.fields[3].value_type) == ("string", ".tea.v1.Cup.Lid")
    assert options(cup.fields[1].options) == [("json_name", "volume"), ("deprecated", "true")]
    assert [message.name for message in cup.messages] == ["Lid"]
    assert [oneof.name for oneof in cup.oneofs] == ["drink"]
    assert [(value.name, value.number) for value in cup.enums[0].values] == [
        ("NONE", 0),
        ("RED", 5),
    ]


def test_defaults_are_values_of_their_types(tmp_path: Path) -> None:
    text = r"""syntax = "proto2";
message Cup {
  optional string a = 1 [default = "\"x\""];
  optional bytes b = 2 [default = "\377\000"];
  optional int64 c = 3 [default = -5];
  optional double d = 4 [default = -inf];
  optional float e = 5 [default = 1.5];
  optional bool f = 6 [default = true];
  optional Kind g = 7 [default = ROUND];
  enum Kind { FLAT = 0; ROUND = 1; }
}
"""
    (cup,) = read_text(text, tmp_path).tree.messages

    values = [field.options[0].value for field in cup.fields]
    assert [(v.kind, v.value) for v in values if isinstance(v, Scalar)] == [
        ("text", '"x"'),
        ("text", "\udcff\0"),
        ("number", -5),
        ("word", "-inf"),
        ("number", 1.5),
        ("word", "true"),
        ("word", "ROUND"),
    ]
