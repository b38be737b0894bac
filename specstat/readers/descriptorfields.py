"""What descriptors say of fields in other words than a .proto text does."""

from __future__ import annotations

from google.protobuf import text_encoding
from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto

from specstat.readers.descriptoroptions import real
from specstat.readers.descriptorset import words
from specstat.readers.protonodes import Field, Range
from specstat.readers.protovalues import Scalar

_SCALARS = {
    number: name.removeprefix("TYPE_").lower() for name, number in FieldDescriptorProto.Type.items()
}
_REALS = frozenset({FieldDescriptorProto.TYPE_DOUBLE, FieldDescriptorProto.TYPE_FLOAT})
_NO_NUMBERS = frozenset({FieldDescriptorProto.TYPE_BOOL, FieldDescriptorProto.TYPE_ENUM})
# What stands for `max` in messages, in those in the wire format of message sets, in enums.
_LAST = frozenset({2**29 - 1, 2**31 - 2, 2**31 - 1})


def type_of(theirs: FieldDescriptorProto) -> str:
    """A scalar type, or the full name of a message or an enum."""
    return words(theirs.type_name) or _SCALARS[theirs.type]


def label_of(theirs: FieldDescriptorProto, syntax: str) -> str:
    """The label as it is written, thus empty where the language implies it."""
    if theirs.label == FieldDescriptorProto.LABEL_REPEATED:
        return "repeated"
    if theirs.label == FieldDescriptorProto.LABEL_REQUIRED:
        return "required"
    if theirs.proto3_optional:
        return "optional"
    return "optional" if syntax == "proto2" and not theirs.HasField("oneof_index") else ""


def oneof_of(message: DescriptorProto, field: FieldDescriptorProto) -> str:
    """The oneof in which a field is written; protoc makes one more for proto3's `optional`."""
    if field.proto3_optional or not field.HasField("oneof_index"):
        return ""
    index = field.oneof_index
    return words(message.oneof_decl[index].name) if 0 <= index < len(message.oneof_decl) else ""


def is_map_entry(message: DescriptorProto) -> bool:
    """Whether protoc has made this message, of a map."""
    return message.options.map_entry and [field.number for field in message.field] == [1, 2]


def make_map(field: Field, entry: DescriptorProto) -> None:
    """Give a field of entries the type that is written."""
    field.key_type, field.value_type = map(type_of, entry.field)
    field.type = f"map<{field.key_type}, {field.value_type}>"
    field.label = ""


def default_of(theirs: FieldDescriptorProto) -> Scalar:
    """A default, which descriptors have as text, as a value of the field's type."""
    text = words(theirs.default_value)
    if theirs.type == FieldDescriptorProto.TYPE_STRING:
        return Scalar("text", text, 0, 0)
    try:
        if theirs.type == FieldDescriptorProto.TYPE_BYTES:
            data: bytes = text_encoding.CUnescape(text)
            return Scalar("text", data.decode(errors="surrogateescape"), 0, 0)
        if theirs.type in _REALS:
            return real(float(text))
        if theirs.type not in _NO_NUMBERS and not theirs.type_name:
            return Scalar("number", int(text), 0, 0)
    except ValueError:
        pass  # not what protoc writes
    return Scalar("word", text, 0, 0)


def json_name_of(theirs: FieldDescriptorProto) -> str:
    """The name in JSON where it is one that protoc would not have made; else empty."""
    name = words(theirs.json_name)
    first, *others = words(theirs.name).split("_")
    made = first + "".join(other[:1].upper() + other[1:] for other in others)
    # buf names extensions by their full name, in brackets.
    return "" if name == made or name.startswith("[") else name


def range_of(first: int, last: int) -> Range:
    """Numbers from one to another, both included."""
    return Range(first, None if last in _LAST else last, 0, 0)
