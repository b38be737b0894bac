"""A file descriptor as the tree of its .proto text, as yet without places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    Edition,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    MethodDescriptorProto,
    ServiceDescriptorProto,
)
from google.protobuf.message import Message as AnyDescriptor  # noqa: TC002 - protobuf is loaded here anyway

from specstat.model.source import Span
from specstat.readers.descriptorfields import (
    default_of,
    is_map_entry,
    json_name_of,
    label_of,
    make_map,
    oneof_of,
    range_of,
    type_of,
)
from specstat.readers.descriptoroptions import OptionReader, Path, SetOption
from specstat.readers.descriptorset import words
from specstat.readers.protonodes import (
    Declaration,
    Enum,
    EnumValue,
    Extend,
    Field,
    Import,
    Message,
    Oneof,
    ProtoFile,
    Range,
    Reservation,
    Rpc,
    Service,
)
from specstat.readers.protovalues import NamePart, Option, Scalar

_Scope = ProtoFile | Message
_Named = TypeVar("_Named", bound=Declaration)
_VISIBILITIES = ("", "local", "export")


class TreeReader:
    """Reads one file; `declared` and `set_options` then tell what source info may find, by path."""

    def __init__(self, options: OptionReader) -> None:
        self.declared: list[tuple[Path, Declaration | Reservation]] = []
        self.set_options: list[SetOption] = []
        self._options = options
        self._syntax = ""

    def read(self, theirs: FileDescriptorProto) -> ProtoFile:
        """The tree of a file; `syntax = "proto2"` leaves no trace, hence has no header."""
        file = ProtoFile()
        file.syntax = self._syntax = words(theirs.syntax) or "proto2"
        if theirs.syntax:
            file.edition = _edition(theirs.edition) if file.syntax == "editions" else ""
            file.header = self._declare((12,), Declaration, file.edition or file.syntax)
        file.package = words(theirs.package)
        if file.package:
            file.package_statement = self._declare((2,), Declaration, file.package)
        self._imports(file, theirs)
        if theirs.HasField("options"):
            self._set((8,), file.options, theirs.options)
        for index, message in enumerate(theirs.message_type):
            file.messages.append(self._message((4, index), message, f".{file.package}"))
        for index, enum in enumerate(theirs.enum_type):
            file.enums.append(self._enum((5, index), enum))
        for index, service in enumerate(theirs.service):
            file.services.append(self._service((6, index), service))
        self._extensions_of((7,), file, theirs.extension)
        return file

    def _declare(self, path: Path, kind: type[_Named], name: str | bytes) -> _Named:
        node = kind(0, words(name), 0, 0)
        self.declared.append((path, node))
        return node

    def _set(
        self, path: Path, options: list[Option], theirs: AnyDescriptor, *, bracketed: bool = False
    ) -> None:
        found = self._options.read(theirs, path, bracketed=bracketed)
        options += [item.node for item in found if isinstance(item.node, Option)]
        self.set_options += found

    def _imports(self, file: ProtoFile, theirs: FileDescriptorProto) -> None:
        kinds = dict.fromkeys(theirs.public_dependency, "public")
        kinds |= dict.fromkeys(theirs.weak_dependency, "weak")
        for index, name in enumerate(theirs.dependency):
            node = self._declare((3, index), Import, name)
            node.kind = kinds.get(index, "")
            file.imports.append(node)
        # Editions 2024 and later, which older releases of protobuf do not know.
        for index, name in enumerate(getattr(theirs, "option_dependency", ())):
            node = self._declare((15, index), Import, name)
            node.kind = "option"
            file.imports.append(node)

    def _message(self, path: Path, theirs: DescriptorProto, scope: str) -> Message:
        message = self._declare(path, Message, theirs.name)
        message.visibility = _VISIBILITIES[getattr(theirs, "visibility", 0)]
        name = f"{scope.rstrip('.')}.{message.name}"
        if theirs.HasField("options"):
            self._set((*path, 7), message.options, theirs.options)
        maps = {}
        for index, nested in enumerate(theirs.nested_type):
            if is_map_entry(nested):
                maps[f"{name}.{words(nested.name)}"] = nested
            else:
                message.messages.append(self._message((*path, 3, index), nested, name))
        self._oneofs((*path, 8), message, theirs)
        for index, field in enumerate(theirs.field):
            node = self._field((*path, 2, index), field)
            node.oneof = oneof_of(theirs, field)
            if node.type in maps:
                make_map(node, maps[node.type])
            message.fields.append(node)
        for index, enum in enumerate(theirs.enum_type):
            message.enums.append(self._enum((*path, 4, index), enum))
        self._extensions_of((*path, 6), message, theirs.extension)
        self._extension_ranges((*path, 5), message, theirs)
        if theirs.reserved_range:
            ranges = [range_of(item.start, item.end - 1) for item in theirs.reserved_range]
            message.reserved.append(self._reservation((*path, 9), ranges))
        if theirs.reserved_name:
            message.reserved.append(self._reservation((*path, 10), (), theirs.reserved_name))
        return message

    def _oneofs(self, path: Path, message: Message, theirs: DescriptorProto) -> None:
        """Those that are written; protoc makes one more for each `optional` of proto3."""
        made = {field.oneof_index for field in theirs.field if field.proto3_optional}
        for index, oneof in enumerate(theirs.oneof_decl):
            if index not in made:
                node = self._declare((*path, index), Oneof, oneof.name)
                if oneof.HasField("options"):
                    self._set((*path, index, 2), node.options, oneof.options)
                message.oneofs.append(node)

    def _field(self, path: Path, theirs: FieldDescriptorProto) -> Field:
        field = self._declare(path, Field, theirs.name)
        field.number = theirs.number
        field.label = label_of(theirs, self._syntax)
        field.group = theirs.type == FieldDescriptorProto.TYPE_GROUP
        field.type = type_of(theirs)
        if theirs.HasField("default_value"):
            self._own(path, 7, field, "default", default_of(theirs))
        if json_name := json_name_of(theirs):
            self._own(path, 10, field, "json_name", Scalar("text", json_name, 0, 0))
        if theirs.HasField("options"):
            self._set((*path, 8), field.options, theirs.options, bracketed=True)
        return field

    def _own(self, path: Path, number: int, field: Field, name: str, value: Scalar) -> None:
        """Add what is written like an option, but is none to protoc."""
        option = Option((NamePart(name),), value, 0, 0)
        field.options.append(option)
        at = (*path, number)
        self.set_options.append(SetOption(at, len(at), option, name, bracketed=True))

    def _enum(self, path: Path, theirs: EnumDescriptorProto) -> Enum:
        enum = self._declare(path, Enum, theirs.name)
        enum.visibility = _VISIBILITIES[getattr(theirs, "visibility", 0)]
        if theirs.HasField("options"):
            self._set((*path, 3), enum.options, theirs.options)
        for index, value in enumerate(theirs.value):
            node = self._declare((*path, 2, index), EnumValue, value.name)
            node.number = value.number
            if value.HasField("options"):
                self._set((*path, 2, index, 3), node.options, value.options, bracketed=True)
            enum.values.append(node)
        if theirs.reserved_range:
            ranges = [range_of(item.start, item.end) for item in theirs.reserved_range]
            enum.reserved.append(self._reservation((*path, 4), ranges))
        if theirs.reserved_name:
            enum.reserved.append(self._reservation((*path, 5), (), theirs.reserved_name))
        return enum

    def _extensions_of(
        self, path: Path, scope: _Scope, theirs: Sequence[FieldDescriptorProto]
    ) -> None:
        """Extensions, in blocks: what extends one message, one after the other, is one."""
        for index, item in enumerate(theirs):
            at, extended = (*path, index), words(item.extendee)
            if not scope.extends or scope.extends[-1].name != extended:
                scope.extends.append(self._declare(at, Extend, extended))
            scope.extends[-1].fields.append(self._field(at, item))

    def _extension_ranges(self, path: Path, message: Message, theirs: DescriptorProto) -> None:
        for index, item in enumerate(theirs.extension_range):
            at = (*path, index)
            node = self._reservation(at, [range_of(item.start, item.end - 1)])
            if item.HasField("options"):
                self._set((*at, 3), node.options, item.options, bracketed=True)
            message.extensions.append(node)

    def _reservation(
        self, path: Path, ranges: Sequence[Range] = (), names: Iterable[str] = ()
    ) -> Reservation:
        node = Reservation(0)
        node.ranges += ranges
        node.names += [(words(name), Span(0, 0)) for name in names]
        self.declared.append((path, node))
        return node

    def _service(self, path: Path, theirs: ServiceDescriptorProto) -> Service:
        service = self._declare(path, Service, theirs.name)
        if theirs.HasField("options"):
            self._set((*path, 3), service.options, theirs.options)
        service.rpcs = [
            self._rpc((*path, 2, index), method) for index, method in enumerate(theirs.method)
        ]
        return service

    def _rpc(self, path: Path, theirs: MethodDescriptorProto) -> Rpc:
        rpc = self._declare(path, Rpc, theirs.name)
        rpc.request, rpc.response = words(theirs.input_type), words(theirs.output_type)
        rpc.client_streams, rpc.server_streams = theirs.client_streaming, theirs.server_streaming
        if theirs.HasField("options"):
            self._set((*path, 4), rpc.options, theirs.options)
        return rpc


def _edition(number: int) -> str:
    """An edition as it is written; one that is newer than this protobuf, by its number."""
    try:
        return Edition.Name(Edition.ValueType(number)).removeprefix("EDITION_")
    except ValueError:
        return str(number)
