"""Whatever bytes are named as a descriptor set: a result or a sentence, and at once."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    FileDescriptorSet,
    SourceCodeInfo,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from specstat.model.reading import UnreadableError
from specstat.readers import descriptors
from tests.readers.descriptorsets import serialized
from tests.readers.protoc import compiled
from tests.readers.support import FIXTURES
from tests.readers.test_proto_hostile import sound

FOLDER = FIXTURES / "protos"
NAMES = [path.name for path in sorted(FOLDER.glob("*.proto"))]
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 8), st.binary(max_size=8)), min_size=1, max_size=4
)
HOW_TO = "'protoc --include_imports --include_source_info --descriptor_set_out' or 'buf build'"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return serialized(compiled([("", FOLDER)], NAMES, tmp_path_factory.mktemp("set")).values())


def attempt(data: bytes) -> str:
    """What is told of bytes; empty where they are read."""
    try:
        files = descriptors.read("set.binpb", data)
    except UnreadableError as error:
        return error.message
    assert files
    for file in files:
        file.source.text.encode()
        assert sound(file.tree, file.source.text)
    return ""


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=300))
def test_no_bytes_at_all_raise_anything_else(data: bytes) -> None:
    attempt(data)


@settings(deadline=None, max_examples=150)
@given(edits=EDITS)
def test_no_damage_to_a_set_raises_anything_else(
    whole: bytes, edits: list[tuple[float, int, bytes]]
) -> None:
    data = whole
    for share, deleted, inserted in edits:
        place = int(len(data) * share)
        data = data[:place] + inserted + data[place + deleted :]
    attempt(data)


def test_no_changed_byte_of_a_small_set_raises_anything_else(tmp_path: Path) -> None:
    data = serialized(compiled([("", FOLDER)], ["tabs.proto"], tmp_path).values())
    (file,) = (f for f in FileDescriptorSet.FromString(data).file if f.name == "tabs.proto")
    small = serialized([file])
    assert attempt(small) == ""

    for place in range(len(small)):
        for byte in (0x00, 0x7F, 0xFF, small[place] ^ 1):
            attempt(small[:place] + bytes([byte]) + small[place + 1 :])


def test_a_set_that_was_cut_short_is_told(whole: bytes) -> None:
    cut = [attempt(whole[: len(whole) * share // 100]) for share in range(1, 100)]

    assert set(cut) <= {f"not a descriptor set: protobuf cannot decode it; build one by {HOW_TO}"}


def test_an_empty_file_is_told() -> None:
    assert attempt(b"") == f"a descriptor set without files; build one by {HOW_TO}"


@pytest.mark.parametrize("path", ["proto3.proto", "comments.proto"])
def test_a_text_is_told(path: str) -> None:
    assert attempt((FOLDER / path).read_bytes()).startswith("not a descriptor set: ")


def test_bytes_of_another_message_are_told() -> None:
    other = FileDescriptorProto(name="lone.proto").SerializeToString()
    assert attempt(other).startswith("not a descriptor set: ")


def test_a_file_without_a_name_is_told() -> None:
    assert attempt(b"\x0a\x00").startswith("not a descriptor set: a file in it has no name;")


def test_what_is_nested_a_thousandfold_too_deep_is_told_at_once() -> None:
    data = b""
    for _ in range(50_000):  # nested_type, whose length needs at most four bytes
        data = b"\x1a" + varint(len(data)) + data
    data = b"\x22" + varint(len(data)) + data
    data = b"\x0a\x01a" + data
    start = time.process_time()

    assert attempt(b"\x0a" + varint(len(data)) + data).startswith("not a descriptor set: ")
    assert time.process_time() - start < 5


def varint(number: int) -> bytes:
    parts = []
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])


def nested(levels: int) -> DescriptorProto:
    message = DescriptorProto(name="A")
    for _ in range(levels):
        message = DescriptorProto(name="A", nested_type=[message])
    return message


def test_messages_as_deep_as_protobuf_takes_them_are_read() -> None:
    file = FileDescriptorProto(name="a.proto", message_type=[nested(90)])
    (found,) = descriptors.read("set.binpb", serialized([file]))

    depth, messages = 0, found.tree.messages
    while messages:
        depth, messages = depth + 1, messages[0].messages
    assert depth == 91


def location(path: list[int], span: list[int], comment: str = "") -> SourceCodeInfo.Location:
    return SourceCodeInfo.Location(path=path, span=span, leading_comments=comment)


FAR = 2**31 - 1
SPANS = {
    "far below": [FAR - 1, 0, FAR, 1],
    "far to the right": [0, FAR - 2, FAR],
    "before the beginning": [-1, -5, -3],
    "of five numbers": [1, 2, 3, 4, 5],
    "of one": [1],
    "that ends before it starts": [5, 3, 2, 1],
    "of nothing": [],
}


@pytest.mark.parametrize("name", SPANS)
def test_places_that_make_no_sense_are_no_places(name: str) -> None:
    file = FileDescriptorProto(name="a.proto", message_type=[DescriptorProto(name="A")])
    info = file.source_code_info.location
    info.extend([location([4, 0], SPANS[name], " Words.\n"), location([4, 0, 1], SPANS[name])])
    start = time.process_time()

    (found,) = descriptors.read("set.binpb", serialized([file]))

    assert time.process_time() - start < 1
    assert found.source.text.strip() == ""
    assert found.tree.messages[0].name_span == (0, 0)


MANY = 5_000
CROWDS = {
    "one line": [[0, n * 3, n * 3 + 2] for n in range(MANY)],
    "one place": [[7, 7, 9]] * MANY,
    "one line, the other way round": [[0, n * 3, n * 3 + 2] for n in reversed(range(MANY))],
    "lines of a hundred blanks": [[n, 100, 102] for n in range(MANY)],
    "everywhere": [[0, 0, MANY, 1]] * MANY,
}


@pytest.mark.parametrize("comment", ["", " Words\n" * 20])
@pytest.mark.parametrize("name", CROWDS)
def test_crowded_places_are_read_at_once(name: str, comment: str) -> None:
    fields = [FieldDescriptorProto(name=f"f{n}", number=n) for n in range(MANY)]
    file = FileDescriptorProto(name="a.proto", message_type=[DescriptorProto(field=fields)])
    for number, span in enumerate(CROWDS[name]):
        path = [4, 0, 2, number]
        file.source_code_info.location.extend(
            [location(path, span, comment), location([*path, 1], span)]
        )
    data = serialized([file])
    start = time.process_time()

    (found,) = descriptors.read("set.binpb", data)

    assert time.process_time() - start < 5
    assert len(found.tree.messages[0].fields) == MANY
    assert sound(found.tree, found.source.text)


def test_words_that_are_no_utf8_are_read() -> None:
    data = FileDescriptorProto(name="a.proto", package="wörter").SerializeToString()
    data = data.replace("ö".encode(), b"\xff\xfe")
    (found,) = descriptors.read("set.binpb", b"\x0a" + varint(len(data)) + data)

    assert found.tree.package == "w\ufffd\ufffdrter"


def test_a_chain_of_ten_thousand_imports_is_read_at_once() -> None:
    files = [FileDescriptorProto(name="0.proto")]
    files += [
        FileDescriptorProto(name=f"{n}.proto", dependency=[f"{n - 1}.proto"])
        for n in range(1, 10_000)
    ]
    files[-1].extension.add(
        name="x", extendee=".google.protobuf.FileOptions", number=5000, label=1, type=9
    )
    files[0].dependency.append("google/protobuf/descriptor.proto")
    start = time.process_time()

    found = attempt(serialized(reversed(files)))

    assert re.search("^$|protobuf does not take '9999.proto' of the set", found)
    assert time.process_time() - start < 10


def test_files_that_import_each_other_are_told() -> None:
    files = [FileDescriptorProto(name=n, dependency=[o]) for n, o in ("ab", "ba")]
    files[0].extension.add(name="x", extendee=".A", number=5, label=1, type=9)

    assert attempt(serialized(files)).startswith("protobuf does not take 'b' of the set: ")


def test_options_that_cannot_be_decoded_are_told() -> None:
    file = FileDescriptorProto(name="a.proto")
    file.dependency.append("google/protobuf/descriptor.proto")
    file.message_type.add(name="R").field.add(name="x", number=1, label=1, type=9)
    file.extension.add(
        name="r",
        extendee=".google.protobuf.FileOptions",
        number=5000,
        label=1,
        type=11,
        type_name=".R",
    )
    file.options.MergeFromString(varint(5000 << 3 | 2) + b"\x02\x0a\x07")

    assert attempt(serialized([file])) == (
        "a google.protobuf.FileOptions of the set cannot be decoded; build the set anew"
    )
