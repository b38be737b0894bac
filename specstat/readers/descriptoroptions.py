"""Options of descriptors as the trees that the reader of .proto texts makes of them.

An option has one form here, however it was written: its value is whole. What the text says as
`(x).a = 1, (x).b = 2` is one option `(x)` with the value `{a: 1 b: 2}`; a repeated option is
several options; extensions have their full names; fields stand in the order of their numbers.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.descriptor_pool import DescriptorPool  # noqa: TC002 - protobuf is loaded here anyway
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from specstat.model.reading import UnreadableError
from specstat.readers.descriptorset import UNDECODABLE, words
from specstat.readers.protovalues import Aggregate, Entry, NamePart, Option, Scalar, Value

Path = tuple[int, ...]
_ANY = "google.protobuf.Any"
# protoc leaves none behind; who finds one cannot know what it means.
_UNKNOWN = "google.protobuf.UninterpretedOption"


class SetOption(NamedTuple):
    """An option, or a field of its value, with what source info needs to find and show it.

    `path` is as in SourceCodeInfo.Location, its first `root` numbers are the option's own; `name`
    is what would be written on the left; `bracketed` tells `[...]` from a statement.
    """

    path: Path
    root: int
    node: Option | Entry
    name: str
    bracketed: bool


class OptionReader:
    """Reads options messages with the extensions that a pool knows."""

    def __init__(self, pool: DescriptorPool) -> None:
        self._pool = pool
        self._classes: dict[str, type[Message]] = {}

    def read(self, options: Message, path: Path, *, bracketed: bool) -> list[SetOption]:
        """What is set, each option before the fields of its value; `path` leads to the message.

        Raises:
            UnreadableError: The options are no message of their type.
        """
        found: list[SetOption] = []
        for field, value in self._known(options).ListFields():
            if field.message_type is not None and field.message_type.full_name == _UNKNOWN:
                continue
            part = _name_of(field)
            name = f"({part.text})" if part.extension else part.text
            for at, item in _each((*path, field.number), value):
                option = Option((part,), Scalar("word", "", 0, 0), 0, 0)
                found.append(SetOption(at, len(at), option, name, bracketed))
                option.value = self._value(field, item, found[-1], found)
        return found

    def _known(self, options: Message) -> Message:
        """The same options, read by what the pool knows and not by what this program has loaded."""
        name = options.DESCRIPTOR.full_name
        serialized = options.SerializePartialToString()
        try:
            return self._class(name).FromString(serialized)
        except (*UNDECODABLE, KeyError, TypeError) as error:
            message = f"a {name} of the set cannot be decoded; build the set anew"
            raise UnreadableError(message) from error

    def _class(self, name: str) -> type[Message]:
        found = self._classes.get(name)
        if found is None:
            found = GetMessageClass(self._pool.FindMessageTypeByName(name))
            self._classes[name] = found
        return found

    def _value(
        self, field: FieldDescriptor, value: object, of: SetOption, found: list[SetOption]
    ) -> Value:
        if isinstance(value, Message):
            return Aggregate(list(self._entries(value, of, found)), 0, 0)
        return _scalar(field, value)

    def _entries(self, message: Message, of: SetOption, found: list[SetOption]) -> Iterator[Entry]:
        packed = self._unpacked(message)
        if packed is not None:
            url, inner = packed
            value = Aggregate(list(self._entries(inner, of, found)), 0, 0)
            yield Entry(NamePart(url, extension=True), value, 0, 0)
            return
        for field, value in message.ListFields():
            part = _name_of(field)
            name = f"{of.name}.({part.text})" if part.extension else f"{of.name}.{part.text}"
            for at, item in _each((*of.path, field.number), value):
                entry = Entry(part, Scalar("word", "", 0, 0), 0, 0)
                found.append(SetOption(at, of.root, entry, name, of.bracketed))
                entry.value = self._value(field, item, found[-1], found)
                yield entry

    def _unpacked(self, message: Message) -> tuple[str, Message] | None:
        """What an Any holds, if its type is known."""
        if message.DESCRIPTOR.full_name != _ANY:
            return None
        fields = {field.number: value for field, value in message.ListFields()}
        url, packed = words(fields.get(1, "")), fields.get(2, b"")
        try:
            return url, self._class(url.rpartition("/")[2]).FromString(packed)
        except (*UNDECODABLE, KeyError, TypeError):
            return None


def _name_of(field: FieldDescriptor) -> NamePart:
    """A field as options and protobuf's text format write it: a group by its type's name."""
    if field.is_extension:
        return NamePart(field.full_name, extension=True)
    if field.type == FieldDescriptor.TYPE_GROUP and field.message_type is not None:
        kind = field.message_type.name
        return NamePart(kind if kind.lower() == field.name else field.name)
    return NamePart(field.name)


def _each(path: Path, value: object) -> Iterator[tuple[Path, object]]:
    """The values of a field, each with its path; a map's are its entries."""
    if isinstance(value, Mapping):
        kind = value.GetEntryClass()  # type: ignore[attr-defined] # what protobuf's maps have
        for index, key in enumerate(sorted(value)):
            entry = kind(key=key, value=value[key])
            yield (*path, index), entry
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for index, item in enumerate(value):
            yield (*path, index), item
    else:
        yield path, value


def _scalar(field: FieldDescriptor, value: object) -> Scalar:
    if isinstance(value, bool):
        return Scalar("word", "true" if value else "false", 0, 0)
    if isinstance(value, bytes):
        errors = "surrogateescape" if field.type == FieldDescriptor.TYPE_BYTES else "replace"
        return Scalar("text", value.decode(errors=errors), 0, 0)
    if isinstance(value, str):
        return Scalar("text", value, 0, 0)
    if isinstance(value, float):
        return real(value, single=field.type == FieldDescriptor.TYPE_FLOAT)
    assert isinstance(value, int)  # noqa: S101 - protobuf has no other kind of value
    if field.enum_type is not None and value in field.enum_type.values_by_number:
        return Scalar("word", field.enum_type.values_by_number[value].name, 0, 0)
    return Scalar("number", value, 0, 0)


def real(value: float, *, single: bool = False) -> Scalar:
    """A number, or the word for what is none; of single precision with the digits it needs."""
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - not a number
        return Scalar("word", str(value), 0, 0)
    if single:
        packed = struct.pack("f", value)
        shorter = (float(f"{value:.{digits}g}") for digits in range(6, 9))
        value = next((s for s in shorter if _packed(s) == packed), value)
    return Scalar("number", value, 0, 0)


def _packed(value: float) -> bytes:
    """Four bytes; none for what rounding has made too large for them."""
    try:
        return struct.pack("f", value)
    except OverflowError:
        return b""
