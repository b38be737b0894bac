"""Option trees put into protobuf's own messages, to be compared with what protoc made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from google.protobuf import descriptor_pb2, text_encoding
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from specstat.readers.protonodes import SCALARS
from specstat.readers.protovalues import Aggregate, Listing, NamePart, Option, Scalar, Value

Options = Message  # any of the options messages of descriptor.proto

_REALS = {FieldDescriptor.TYPE_DOUBLE, FieldDescriptor.TYPE_FLOAT}
_INTEGERS = {
    descriptor_pb2.FieldDescriptorProto.Type.Value(f"TYPE_{kind.upper()}")
    for kind in SCALARS - {"bool", "bytes", "double", "float", "string"}
}


class Builder:
    """Builds options messages; `scope` is the full name from which names are resolved."""

    def __init__(self, files: Mapping[str, descriptor_pb2.FileDescriptorProto]) -> None:
        self.pool = DescriptorPool()
        self._files = files
        self._added: set[str] = set()
        for name in files:
            self._add(name)

    def _add(self, name: str) -> None:
        """Add a file to the pool, behind those that it imports."""
        if name not in self._added:
            self._added.add(name)
            file = self._files[name]
            for needed in (*file.dependency, *file.option_dependency):
                self._add(needed)
            self.pool.Add(file)

    def options(self, like: Options, options: Iterable[Option], scope: str) -> Options:
        """An options message like another one, but made of our trees."""
        message = self._new(self.pool.FindMessageTypeByName(like.DESCRIPTOR.full_name))
        for option in options:
            self._apply(message, option.name, option.value, scope)
        return message

    def parsed(self, theirs: Options) -> Options:
        """An options message of protoc's, with its extensions known."""
        kind = self.pool.FindMessageTypeByName(theirs.DESCRIPTOR.full_name)
        message = self._new(kind)
        message.MergeFromString(theirs.SerializeToString())
        return message

    def _new(self, kind: Descriptor) -> Message:
        message = GetMessageClass(kind)()
        assert isinstance(message, Message)
        return message

    def _apply(
        self, message: Message, name: tuple[NamePart, ...], value: Value, scope: str
    ) -> None:
        kind = self.pool.FindMessageTypeByName(message.DESCRIPTOR.full_name)
        field = self._field(kind, name[0], scope)
        if len(name) > 1:
            inner = _get(message, field)
            inner.SetInParent()
            self._apply(inner, name[1:], value, scope)
        else:
            self._set(message, field, value, scope)

    def _field(self, kind: Descriptor, part: NamePart, scope: str) -> FieldDescriptor:
        if not part.extension:
            if part.text in kind.fields_by_name:
                return kind.fields_by_name[part.text]
            (group,) = (
                f
                for f in kind.fields
                if f.type == FieldDescriptor.TYPE_GROUP
                and f.message_type is not None
                and f.message_type.name == part.text
            )
            return group
        for name in _candidates(part.text, scope):
            try:
                field = self.pool.FindExtensionByName(name)
            except KeyError:
                continue
            if field.containing_type is kind:
                return field
        raise AssertionError(f"no extension {part.text} of {kind.full_name} seen from {scope}")

    def _set(self, message: Message, field: FieldDescriptor, value: Value, scope: str) -> None:
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            entry = self._python(field, value, scope)
            holder = _get(message, field)
            if field.message_type.fields_by_name["value"].message_type is None:
                holder[entry.key] = entry.value
            else:
                holder[entry.key].CopyFrom(entry.value)
        elif field.is_repeated:
            items = value.items if isinstance(value, Listing) else [value]
            _get(message, field).extend([self._python(field, item, scope) for item in items])
        elif field.message_type is not None:
            _get(message, field).MergeFrom(self._python(field, value, scope))
            _get(message, field).SetInParent()
        elif field.is_extension:
            message.Extensions[field] = self._python(field, value, scope)  # type: ignore[index] # the stubs know generated extensions only
        else:
            setattr(message, field.name, self._python(field, value, scope))

    def _python(self, field: FieldDescriptor, value: Value, scope: str) -> Any:  # noqa: ANN401 - of any field
        if field.message_type is not None:
            assert isinstance(value, Aggregate)
            return self._message(field.message_type, value, scope)
        assert isinstance(value, Scalar)
        if field.enum_type is not None:
            return _enum_value(field.enum_type, value)
        if field.type == FieldDescriptor.TYPE_BOOL:
            return value.value in {"true", "True", "t", 1}
        if field.type in _REALS:
            return float(value.value)
        if field.type == FieldDescriptor.TYPE_BYTES:
            return str(value.value).encode("utf-8", "surrogateescape")
        return value.value

    def _message(self, kind: Descriptor, value: Aggregate, scope: str) -> Message:
        message = self._new(kind)
        for entry in value.entries:
            if "/" in entry.name.text:
                assert kind.full_name == AnyMessage.DESCRIPTOR.full_name
                assert isinstance(entry.value, Aggregate)
                inner = self.pool.FindMessageTypeByName(entry.name.text.rpartition("/")[2])
                packed = self._message(inner, entry.value, scope).SerializeToString()
                message.MergeFromString(
                    AnyMessage(type_url=entry.name.text, value=packed).SerializeToString()
                )
            else:
                field = self._field(kind, entry.name, scope)
                self._set(message, field, entry.value, scope)
        return message


def _enum_value(kind: EnumDescriptor, value: Scalar) -> int:
    if value.kind == "number":
        return int(value.value)
    return kind.values_by_name[str(value.value)].number


def _get(message: Message, field: FieldDescriptor) -> Any:  # noqa: ANN401 - of any field
    if field.is_extension:
        return message.Extensions[field]  # type: ignore[index] # the stubs know generated extensions only
    return getattr(message, field.name)


def _candidates(name: str, scope: str) -> Iterator[str]:
    """The full names that a name may mean, from the innermost scope outwards."""
    if name.startswith("."):
        yield name[1:]
        return
    while scope:
        yield f"{scope}.{name}"
        scope = re.sub(r"\.?\w+$", "", scope)
    yield name


def default(value: Value) -> str | float:
    """A field's default as we have it."""
    assert isinstance(value, Scalar)
    return value.value


def default_of(field: descriptor_pb2.FieldDescriptorProto) -> str | float:
    """A field's default as protoc has it, which is always text."""
    text = field.default_value
    if field.type in _INTEGERS:
        return int(text)
    if field.type in _REALS and text.strip("-") not in {"inf", "nan"}:
        return float(text)
    if field.type == descriptor_pb2.FieldDescriptorProto.TYPE_BYTES:
        data: bytes = text_encoding.CUnescape(text)
        return data.decode("utf-8", "surrogateescape")
    return text


def serialized(message: Message) -> bytes:
    """A message as bytes that are the same for equal messages."""
    return message.SerializeToString(deterministic=True)
