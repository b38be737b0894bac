"""The tree of a .proto file: what it declares, with exact offsets. See also protovalues."""

from __future__ import annotations

from specstat.model.reading import Problem
from specstat.model.source import Span
from specstat.readers.protovalues import NO_COMMENTS, Node, Option

LABELS = frozenset({"optional", "repeated", "required"})
SCALARS = frozenset(
    "bool bytes double fixed32 fixed64 float int32 int64 sfixed32 sfixed64 sint32 sint64 string"
    " uint32 uint64".split()
)


class Declaration(Node):
    """What has a name; `end` and comments are known when it has been read to its end."""

    __slots__ = ("comments", "name", "name_end", "name_start", "options")

    def __init__(self, start: int, name: str, name_start: int, name_end: int) -> None:
        self.start = start
        self.end = name_end
        self.name = name
        self.name_start = name_start
        self.name_end = name_end
        self.comments = NO_COMMENTS
        self.options: list[Option] = []

    @property
    def name_span(self) -> Span:
        """The place of the name alone."""
        return Span(self.name_start, self.name_end)


class Field(Declaration):
    """A field, of a message or an extension.

    `label` is empty where none is written. `type` is as written, without blanks: a scalar type, a
    name that is yet to be resolved, or `map<key, value>`. A group is a field whose type is the
    message of its body, declared beside it; its name is in lower case, as protoc has it.
    """

    __slots__ = (
        "group",
        "key_type",
        "label",
        "number",
        "oneof",
        "type",
        "type_end",
        "type_start",
        "value_type",
    )

    def __init__(self, start: int, name: str, name_start: int, name_end: int) -> None:
        self.start = start
        self.end = name_end
        self.name = name
        self.name_start = name_start
        self.name_end = name_end
        self.comments = NO_COMMENTS
        self.options = []
        self.label = ""
        self.type = ""
        self.type_start = start
        self.type_end = start
        self.key_type = ""
        self.value_type = ""
        self.number = 0
        self.oneof = ""
        self.group = False

    @property
    def type_span(self) -> Span:
        """The place of the type alone."""
        return Span(self.type_start, self.type_end)


class Range(Node):
    """Numbers that are reserved or left to extensions; both ends are in, `last` None is `max`."""

    __slots__ = ("first", "last")

    def __init__(self, first: int, last: int | None, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.first = first
        self.last = last


class Reservation(Node):
    """One `reserved` or `extensions` statement: its ranges, its names with their places."""

    __slots__ = ("comments", "names", "options", "ranges")

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.ranges: list[Range] = []
        self.names: list[tuple[str, Span]] = []
        self.options: list[Option] = []
        self.comments = NO_COMMENTS


class Oneof(Declaration):
    """A oneof; its fields stand with the others of the message and bear its name."""

    __slots__ = ()


class EnumValue(Declaration):
    """A value of an enum."""

    __slots__ = ("number",)

    def __init__(self, start: int, name: str, name_start: int, name_end: int) -> None:
        super().__init__(start, name, name_start, name_end)
        self.number = 0


class Enum(Declaration):
    """An enum. `visibility` is `export`, `local` or empty; it stands before `start`."""

    __slots__ = ("reserved", "values", "visibility")

    def __init__(self, start: int, name: str, name_start: int, name_end: int) -> None:
        super().__init__(start, name, name_start, name_end)
        self.visibility = ""
        self.values: list[EnumValue] = []
        self.reserved: list[Reservation] = []


class Extend(Declaration):
    """An `extend` block; its name is the message that it extends, as written."""

    __slots__ = ("fields",)

    def __init__(self, start: int, name: str, name_start: int, name_end: int) -> None:
        super().__init__(start, name, name_start, name_end)
        self.fields: list[Field] = []


class Message(Declaration):
    """A message. `visibility` is `export`, `local` or empty; it stands before `start`."""

    __slots__ = (
        "enums",
        "extends",
        "extensions",
        "fields",
        "messages",
        "oneofs",
        "reserved",
        "visibility",
    )

    def __init__(self, start: int, name: str, name_start: int, name_end: int) -> None:
        super().__init__(start, name, name_start, name_end)
        self.visibility = ""
        self.fields: list[Field] = []
        self.oneofs: list[Oneof] = []
        self.messages: list[Message] = []
        self.enums: list[Enum] = []
        self.extends: list[Extend] = []
        self.extensions: list[Reservation] = []
        self.reserved: list[Reservation] = []


class Rpc(Declaration):
    """A method; both types are as written."""

    __slots__ = ("client_streams", "request", "response", "server_streams")

    def __init__(self, start: int, name: str, name_start: int, name_end: int) -> None:
        super().__init__(start, name, name_start, name_end)
        self.request = ""
        self.response = ""
        self.client_streams = False
        self.server_streams = False


class Service(Declaration):
    """A service."""

    __slots__ = ("rpcs",)

    def __init__(self, start: int, name: str, name_start: int, name_end: int) -> None:
        super().__init__(start, name, name_start, name_end)
        self.rpcs: list[Rpc] = []


class Import(Declaration):
    """An import; its name is the path. `kind` is `public`, `weak`, `option` or empty."""

    __slots__ = ("kind",)

    def __init__(self, start: int, name: str, name_start: int, name_end: int) -> None:
        super().__init__(start, name, name_start, name_end)
        self.kind = ""


class ProtoFile:
    """What a .proto file declares. `syntax` is `proto2`, `proto3` or `editions`."""

    __slots__ = (
        "edition",
        "enums",
        "extends",
        "header",
        "imports",
        "messages",
        "options",
        "package",
        "package_statement",
        "problems",
        "services",
        "syntax",
    )

    def __init__(self) -> None:
        self.syntax = "proto2"  # what protoc takes where none is stated
        self.edition = ""
        self.header: Declaration | None = None  # the statement that states it
        self.package = ""
        self.package_statement: Declaration | None = None
        self.imports: list[Import] = []
        self.options: list[Option] = []
        self.messages: list[Message] = []
        self.enums: list[Enum] = []
        self.services: list[Service] = []
        self.extends: list[Extend] = []
        self.problems: list[Problem] = []
