"""Our trees of .proto files beside protoc's descriptors: every fact, every place, every comment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    Edition,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    MethodDescriptorProto,
    ServiceDescriptorProto,
)

from specstat.readers.protonodes import (
    SCALARS,
    Declaration,
    Enum,
    Extend,
    Field,
    Message,
    ProtoFile,
    Range,
    Reservation,
    Rpc,
    Service,
)
from specstat.readers.protovalues import Option
from tests.readers.protobuilder import Builder, Options, default, default_of, serialized
from tests.readers.protoplaces import ANY_OPTION, Path, Places

LAST_FIELD = 2**29 - 1
LAST_ENUM = 2**31 - 1
LAST_OF_SET = 2**31 - 2
LABELS = {1: "optional", 2: "required", 3: "repeated"}
VISIBILITIES = {0: "", 1: "local", 2: "export"}
# protoc keeps these apart from the options of a field.
OF_FIELDS = {"default", "json_name"}


class Named(Protocol):
    """What every descriptor has."""

    name: str


class Comparison:
    """One file beside what protoc makes of it; counts what is compared, collects what differs."""

    def __init__(
        self, mine: ProtoFile, text: str, theirs: FileDescriptorProto, builder: Builder
    ) -> None:
        self.facts = 0
        self.differences: list[str] = []
        self._builder = builder
        self._places = Places(text)
        self._paths = {tuple(location.path) for location in theirs.source_code_info.location}
        self._same("problems", mine.problems, [])
        self._file(mine, theirs)
        facts, differences = self._places.compare(theirs.source_code_info)
        self.facts += facts
        self.differences += differences

    def _same(self, where: str, mine: object, theirs: object) -> None:
        self.facts += 1
        if mine != theirs:
            self.differences.append(f"{where}: {mine!r}; protoc: {theirs!r}")

    def _as_many(self, where: str, mine: Sequence[object], theirs: Sequence[object]) -> bool:
        self._same(f"number of {where}", len(mine), len(theirs))
        return len(mine) == len(theirs)

    def _declared(self, path: Path, mine: Declaration, theirs: Named) -> None:
        self._places.declare(path, mine)
        self._same(f"name at {path}", mine.name, theirs.name)

    def _resolved(self, where: str, mine: str, theirs: str) -> None:
        """A name as written ends the full name that protoc makes of it."""
        full = mine if mine.startswith(".") else f".{mine}"
        self._same(where, full, theirs[-len(full) :])

    def _options(self, path: Path, mine: list[Option], theirs: Options, scope: str) -> None:
        for option in mine:
            self._places.add((*path, ANY_OPTION), option.span, option.comments)
        built = self._builder.options(theirs, mine, scope)
        parsed = self._builder.parsed(theirs)
        self.facts += len(mine)
        self._same(f"options of {scope}", serialized(built), serialized(parsed))

    def _file(self, mine: ProtoFile, theirs: FileDescriptorProto) -> None:
        self._same("syntax", mine.syntax, theirs.syntax or "proto2")
        edition = f"EDITION_{mine.edition or 'UNKNOWN'}"
        self._same("edition", edition, Edition.Name(theirs.edition))
        self._same("package", mine.package, theirs.package)
        for number, node in ((12, mine.header), (2, mine.package_statement)):
            if node:
                self._places.add((number,), node.span, node.comments)
        self._imports(mine, theirs)
        self._options((8,), mine.options, theirs.options, mine.package)
        scope = f"{mine.package}." if mine.package else ""
        if self._as_many("messages", mine.messages, theirs.message_type):
            for index, message in enumerate(mine.messages):
                self._message((4, index), message, theirs.message_type[index], scope)
        self._enums((5,), mine.enums, theirs.enum_type, scope)
        if self._as_many("services", mine.services, theirs.service):
            for index, service in enumerate(mine.services):
                self._service((6, index), service, theirs.service[index], scope)
        self._extends((7,), mine.extends, theirs.extension, scope)

    def _imports(self, mine: ProtoFile, theirs: FileDescriptorProto) -> None:
        linked = [node for node in mine.imports if node.kind != "option"]
        options = [node for node in mine.imports if node.kind == "option"]
        for number, nodes, names in (
            (3, linked, theirs.dependency),
            (15, options, theirs.option_dependency),
        ):
            self._same("imports", [node.name for node in nodes], [*names])
            for index, node in enumerate(nodes):
                self._places.add((number, index), node.span, node.comments)
        for kind, indexes in (
            ("public", theirs.public_dependency),
            ("weak", theirs.weak_dependency),
        ):
            found = [index for index, node in enumerate(linked) if node.kind == kind]
            self._same(f"{kind} imports", found, [*indexes])

    def _message(self, path: Path, mine: Message, theirs: DescriptorProto, scope: str) -> None:
        name = scope + mine.name
        self._declared(path, mine, theirs)
        self._same(f"visibility of {name}", mine.visibility, VISIBILITIES[theirs.visibility])
        self._options((*path, 7), mine.options, theirs.options, name)
        self._oneofs((*path, 8), mine, theirs, name)
        self._fields((*path, 2), mine, theirs, name)
        self._nested((*path, 3), mine, theirs, f"{name}.")
        self._enums((*path, 4), mine.enums, theirs.enum_type, f"{name}.")
        self._extends((*path, 6), mine.extends, theirs.extension, f"{name}.")
        numbers = [(r.start, r.end - 1) for r in theirs.reserved_range]
        reserved = self._reserved((*path, 9), (*path, 10), mine.reserved)
        self._same(f"reserved in {name}", bounds(reserved, LAST_FIELD), numbers)
        names = [text for node in mine.reserved for text, _ in node.names]
        self._same(f"reserved in {name}", names, [*theirs.reserved_name])
        self._extensions((*path, 5), mine, theirs, name)

    def _nested(self, path: Path, mine: Message, theirs: DescriptorProto, scope: str) -> None:
        """Messages in a message; protoc makes one more for each map, which has no place."""
        maps = [field for field in mine.fields if field.key_type]
        nodes: list[Message | Field] = sorted([*mine.messages, *maps], key=lambda n: n.start)
        if self._as_many(f"messages in {scope}", nodes, theirs.nested_type):
            for index, node in enumerate(nodes):
                nested = theirs.nested_type[index]
                if isinstance(node, Message):
                    self._message((*path, index), node, nested, scope)
                else:
                    self._type(f"keys of {scope}{node.name}", node.key_type, nested.field[0])
                    self._type(f"values of {scope}{node.name}", node.value_type, nested.field[1])

    def _oneofs(self, path: Path, mine: Message, theirs: DescriptorProto, name: str) -> None:
        synthetic = {field.oneof_index for field in theirs.field if field.proto3_optional}
        written = [o for index, o in enumerate(theirs.oneof_decl) if index not in synthetic]
        if self._as_many(f"oneofs of {name}", mine.oneofs, written):
            for index, (oneof, other) in enumerate(zip(mine.oneofs, written, strict=True)):
                self._declared((*path, index), oneof, other)
                scope = f"{name}.{oneof.name}"
                self._options((*path, index, 2), oneof.options, other.options, scope)

    def _fields(self, path: Path, mine: Message, theirs: DescriptorProto, name: str) -> None:
        if self._as_many(f"fields of {name}", mine.fields, theirs.field):
            for index, (field, other) in enumerate(zip(mine.fields, theirs.field, strict=True)):
                self._field((*path, index), field, other, f"{name}.{field.name}")
                real = other.HasField("oneof_index") and not other.proto3_optional
                oneof = theirs.oneof_decl[other.oneof_index].name if real else ""
                self._same(f"oneof of {name}.{field.name}", field.oneof, oneof)

    def _field(self, path: Path, mine: Field, theirs: FieldDescriptorProto, name: str) -> None:
        self._declared(path, mine, theirs)
        self._same(f"number of {name}", mine.number, theirs.number)
        label = LABELS[theirs.label] if (*path, 4) in self._paths else ""
        self._same(f"label of {name}", mine.label, label)
        has_name = mine.type not in SCALARS and not mine.group
        self._places.add((*path, 6 if has_name else 5), mine.type_span)
        if mine.group:  # its name is the name of its type too
            self._places.add((*path, 6), mine.name_span)
        if not mine.key_type:
            self._type(f"type of {name}", mine.type, theirs)
        options = [option for option in mine.options if option.key not in OF_FIELDS]
        self._options((*path, 8), options, theirs.options, name)
        for option in mine.options:
            if option.key == "default":
                self._places.add((*path, 7), option.value.span)
                self._same(f"default of {name}", default(option.value), default_of(theirs))
            elif option.key == "json_name":
                self._places.add((*path, 10), option.span)
                self._places.add((*path, 10), option.value.span)
                self._same(f"JSON name of {name}", default(option.value), theirs.json_name)

    def _type(self, where: str, mine: str, theirs: FieldDescriptorProto) -> None:
        if theirs.type_name:
            self._resolved(where, mine, theirs.type_name)
        else:
            kind = FieldDescriptorProto.Type.Name(theirs.type)
            self._same(where, mine, kind.removeprefix("TYPE_").lower())

    def _extends(
        self, path: Path, mine: list[Extend], theirs: Sequence[FieldDescriptorProto], scope: str
    ) -> None:
        for block in mine:
            self._places.add(path, block.span, block.comments)
        pairs = [(block, field) for block in mine for field in block.fields]
        if self._as_many(f"extensions in {scope}", pairs, theirs):
            for index, (block, field) in enumerate(pairs):
                self._field((*path, index), field, theirs[index], scope + field.name)
                self._resolved(f"extended by {field.name}", block.name, theirs[index].extendee)

    def _reserved(self, path: Path, of_names: Path, mine: list[Reservation]) -> list[Range]:
        """The ranges of all statements; their places and those of names are taken down."""
        ranges: list[Range] = []
        names = 0
        for node in mine:
            self._places.add(of_names if node.names else path, node.span, node.comments)
            for item in node.ranges:
                self._places.add((*path, len(ranges)), item.span)
                ranges.append(item)
            for _, span in node.names:
                self._places.add((*of_names, names), span)
                names += 1
        return ranges

    def _extensions(self, path: Path, mine: Message, theirs: DescriptorProto, name: str) -> None:
        ranges = self._reserved(path, path, mine.extensions)
        last = LAST_OF_SET if theirs.options.message_set_wire_format else LAST_FIELD
        numbers = [(r.start, r.end - 1) for r in theirs.extension_range]
        self._same(f"extensions of {name}", bounds(ranges, last), numbers)
        options = [node.options for node in mine.extensions for _ in node.ranges]
        for index, (mine_too, other) in enumerate(
            zip(options, theirs.extension_range, strict=False)
        ):
            self._options((*path, index, 3), mine_too, other.options, name)

    def _enums(
        self, path: Path, mine: list[Enum], theirs: Sequence[EnumDescriptorProto], scope: str
    ) -> None:
        if self._as_many(f"enums in {scope}", mine, theirs):
            for index, (enum, other) in enumerate(zip(mine, theirs, strict=True)):
                self._enum((*path, index), enum, other, scope)

    def _enum(self, path: Path, mine: Enum, theirs: EnumDescriptorProto, scope: str) -> None:
        name = scope + mine.name
        self._declared(path, mine, theirs)
        self._same(f"visibility of {name}", mine.visibility, VISIBILITIES[theirs.visibility])
        self._options((*path, 3), mine.options, theirs.options, name)
        numbers = [(r.start, r.end) for r in theirs.reserved_range]
        reserved = self._reserved((*path, 4), (*path, 5), mine.reserved)
        self._same(f"reserved in {name}", bounds(reserved, LAST_ENUM), numbers)
        names = [text for node in mine.reserved for text, _ in node.names]
        self._same(f"reserved in {name}", names, [*theirs.reserved_name])
        if self._as_many(f"values of {name}", mine.values, theirs.value):
            for index, (value, other) in enumerate(zip(mine.values, theirs.value, strict=True)):
                self._declared((*path, 2, index), value, other)
                self._same(f"number of {name}.{value.name}", value.number, other.number)
                # A value's full name is that of a sibling of its enum.
                full = scope + value.name
                self._options((*path, 2, index, 3), value.options, other.options, full)

    def _service(
        self, path: Path, mine: Service, theirs: ServiceDescriptorProto, scope: str
    ) -> None:
        name = scope + mine.name
        self._declared(path, mine, theirs)
        self._options((*path, 3), mine.options, theirs.options, name)
        if self._as_many(f"methods of {name}", mine.rpcs, theirs.method):
            for index, (rpc, other) in enumerate(zip(mine.rpcs, theirs.method, strict=True)):
                self._rpc((*path, 2, index), rpc, other, f"{name}.{rpc.name}")

    def _rpc(self, path: Path, mine: Rpc, theirs: MethodDescriptorProto, name: str) -> None:
        self._declared(path, mine, theirs)
        streams = (theirs.client_streaming, theirs.server_streaming)
        self._same(f"streams of {name}", (mine.client_streams, mine.server_streams), streams)
        self._resolved(f"request of {name}", mine.request, theirs.input_type)
        self._resolved(f"response of {name}", mine.response, theirs.output_type)
        self._options((*path, 4), mine.options, theirs.options, name)


def bounds(ranges: Iterable[Range], last: int) -> list[tuple[int, int]]:
    """First and last number of each range, with `max` as protoc has it."""
    return [(item.first, last if item.last is None else item.last) for item in ranges]
