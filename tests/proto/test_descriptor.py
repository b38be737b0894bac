"""The descriptor that we make ourselves, beside what protoc makes of the published file."""

from __future__ import annotations

import re
from pathlib import Path

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.descriptor_pb2 import FileDescriptorProto

from specstat import proto
from specstat.model.directives import OPTION, WORDS
from specstat.proto import descriptor
from tests.proto.support import USER_FILE, workspace
from tests.readers.protoc import compiled

PACKAGE = Path(proto.__file__).parent
PROTOBUF_OPTIONS = descriptor_pb2.FieldOptions.DESCRIPTOR.full_name


def of_protoc(scratch: Path) -> FileDescriptorProto:
    file = compiled([("", PACKAGE)], [proto.FILE], scratch)[proto.FILE]
    file.ClearField("source_code_info")
    return file


def own_pool() -> descriptor_pool.DescriptorPool:
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(descriptor_pb2.DESCRIPTOR.serialized_pb)
    pool.AddSerializedFile(descriptor.file_descriptor())
    return pool


def said(
    pool: descriptor_pool.DescriptorPool, options: descriptor_pb2.FieldOptions
) -> dict[str, str | bool]:
    """What our option says in the options of a field, as names and values of its entries."""
    known = message_factory.GetMessageClass(pool.FindMessageTypeByName(PROTOBUF_OPTIONS))
    found = known.FromString(options.SerializeToString()).ListFields()
    return {
        field.name: field.enum_type.values_by_number[value].name if field.enum_type else value
        for extension, annotation in found
        if extension.full_name == OPTION
        for field, value in annotation.ListFields()
    }


def test_it_is_the_descriptor_that_protoc_makes(tmp_path: Path) -> None:
    ours = FileDescriptorProto.FromString(descriptor.file_descriptor())

    assert ours == of_protoc(tmp_path)


def test_words_of_the_grammar_are_enum_values_and_the_other_way_round(tmp_path: Path) -> None:
    (message,) = of_protoc(tmp_path).message_type

    found = {enum.name: [value.name for value in enum.value] for enum in message.enum_type}
    assert found == {
        word.title(): [
            f"{word}_{value}".replace("-", "_").upper() for value in ("unspecified", *values)
        ]
        for word, values in WORDS.items()
    }
    fields = {field.name: field.type_name.rpartition(".")[2] for field in message.field}
    assert fields == {word: word.title() for word in WORDS} | {"echo_of": "", "sensitive": ""}


def test_published_numbers_stay_what_they_are(tmp_path: Path) -> None:
    file = of_protoc(tmp_path)
    (message,) = file.message_type

    assert [(field.name, field.number) for field in message.field] == [
        ("purpose", 1),
        ("set", 2),
        ("changes", 3),
        ("echo_of", 4),
        ("sensitive", 5),
    ]
    assert {value.name: value.number for enum in message.enum_type for value in enum.value} == {
        "PURPOSE_UNSPECIFIED": 0,
        "PURPOSE_INSTRUCTION": 1,
        "PURPOSE_OBSERVATION": 2,
        "PURPOSE_IDENTITY": 3,
        "PURPOSE_ALLOCATION": 4,
        "SET_UNSPECIFIED": 0,
        "SET_CREATION": 1,
        "SET_RECONCILE": 2,
        "SET_EXECUTION": 3,
        "SET_COMPLETION": 4,
        "CHANGES_UNSPECIFIED": 0,
        "CHANGES_NEVER": 1,
        "CHANGES_SET_ONCE": 2,
        "CHANGES_APPEND_ONLY": 3,
        "CHANGES_UNTIL_ACCEPTED": 4,
        "CHANGES_ON_REQUEST": 5,
        "CHANGES_LIFECYCLE": 6,
    }
    (extension,) = file.extension
    assert (f"{file.package}.{extension.name}", extension.number) == (OPTION, 74_083)


def test_an_option_that_protoc_compiled_is_read_back(tmp_path: Path) -> None:
    own, vendored = workspace(tmp_path)
    files = compiled([("", own), ("", vendored)], [USER_FILE], tmp_path)
    pool = own_pool()

    fields = {
        f"{message.name}.{field.name}": said(pool, field.options)
        for message in files[USER_FILE].message_type
        for field in message.field
    }
    assert fields == {
        "TaskSpec.callback_token": {
            "purpose": "PURPOSE_INSTRUCTION",
            "set": "SET_CREATION",
            "changes": "CHANGES_NEVER",
            "sensitive": True,
        },
        "TaskSpec.size": {},
        "TaskStatus.applied_size": {"purpose": "PURPOSE_OBSERVATION", "echo_of": "spec.size"},
    }


def test_the_descriptor_is_the_same_at_every_call() -> None:
    assert descriptor.file_descriptor() == descriptor.file_descriptor()


def test_every_element_of_the_published_file_has_a_comment(tmp_path: Path) -> None:
    file = compiled([("", PACKAGE)], [proto.FILE], tmp_path)[proto.FILE]
    # Numbers of fields in google/protobuf/descriptor.proto: messages 4, in them fields 2 and
    # enums 4, in these values 2; extensions 7.
    element = re.compile(r"4,\d+(,2,\d+|,4,\d+(,2,\d+)?)?|7,\d+")
    places = {
        ",".join(map(str, place.path)): place.leading_comments
        for place in file.source_code_info.location
    }
    elements = {path: text for path, text in places.items() if element.fullmatch(path)}

    (message,) = file.message_type
    values = sum(len(enum.value) for enum in message.enum_type)
    assert len(elements) == 1 + 1 + len(message.field) + len(message.enum_type) + values
    assert [path for path, text in elements.items() if len(text.split()) < 3] == []


def test_no_generated_code_is_shipped() -> None:
    assert list(PACKAGE.rglob("*_pb2*")) == []
