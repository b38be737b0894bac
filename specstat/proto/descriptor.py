"""The published option for the protobuf library, from the facts of the annotation grammar.

No generated code: that is bound to the version of the library that it was generated for.
"""

from __future__ import annotations

from specstat.model.directives import OPTION, OPTION_FIELDS, WORDS, enum_values
from specstat.proto import FILE

MESSAGE = "FieldAnnotation"
# The extension of google.protobuf.FieldOptions that the option is.
NUMBER = 74_083


def file_descriptor() -> bytes:
    """The file as a serialised `google.protobuf.FileDescriptorProto`, as protoc makes it.

    To be added to a descriptor pool behind google/protobuf/descriptor.proto, which it imports.
    """
    from google.protobuf.descriptor_pb2 import (  # noqa: PLC0415 - only compiled protos need it
        FieldDescriptorProto,
        FileDescriptorProto,
        FileOptions,
    )

    package, _, extension = OPTION.rpartition(".")
    optional = FieldDescriptorProto.LABEL_OPTIONAL
    file = FileDescriptorProto(
        name=FILE,
        package=package,
        dependency=["google/protobuf/descriptor.proto"],
        syntax="proto3",
        options=FileOptions(
            go_package="specstat.dev/proto/specstatapi/v1;specstatapiv1",
            java_multiple_files=True,
            java_outer_classname="AnnotationsProto",
            java_package="dev.specstat.specstatapi.v1",
        ),
    )
    message = file.message_type.add(name=MESSAGE)
    for number, name in enumerate(OPTION_FIELDS, 1):
        field = message.field.add(name=name, number=number, label=optional, json_name=_json(name))
        if name in WORDS:
            enum = message.enum_type.add(name=name.capitalize())
            for position, value in enumerate(enum_values(name)):
                enum.value.add(name=value, number=position)
            field.type = FieldDescriptorProto.TYPE_ENUM
            field.type_name = f".{package}.{MESSAGE}.{enum.name}"
        elif name == "sensitive":
            field.type = FieldDescriptorProto.TYPE_BOOL
        else:
            field.type = FieldDescriptorProto.TYPE_STRING
    file.extension.add(
        name=extension,
        number=NUMBER,
        label=optional,
        type=FieldDescriptorProto.TYPE_MESSAGE,
        type_name=f".{package}.{MESSAGE}",
        extendee=".google.protobuf.FieldOptions",
        json_name=extension,
    )
    return file.SerializeToString(deterministic=True)


def _json(name: str) -> str:
    """The name of a field in JSON, as protoc derives it."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
