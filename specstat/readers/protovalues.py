"""The small parts of a .proto file's tree: comments, options and their values.

Nodes are plain slotted classes, not dataclasses, and keep offsets as numbers: a large file has a
hundred thousand of them, and few are ever asked for their spans. Each sets all of its slots
itself: calls of the constructors above would cost a tenth of the reading.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from specstat.model.source import Span


class Comment(NamedTuple):
    """A comment as protoc gives it, without its markers, and where it stands with them."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """From the first marker to the last, without the line end."""
        return Span(self.start, self.end)


class Comments(NamedTuple):
    """The comments of a declaration: before it, behind it, and before it with a blank between."""

    leading: Comment | None = None
    trailing: Comment | None = None
    detached: tuple[Comment, ...] = ()


NO_COMMENTS = Comments()


class Node:
    """Something with a place."""

    __slots__ = ("end", "start")

    start: int
    end: int

    @property
    def span(self) -> Span:
        """From the first character to behind the last."""
        return Span(self.start, self.end)


class Scalar(Node):
    """A value without parts: a word (`true`, an enum's value, `-inf`), a number or a text.

    Bytes of a text that are no UTF-8 stand as Python's surrogate escapes.
    """

    __slots__ = ("kind", "value")

    def __init__(
        self, kind: Literal["word", "number", "text"], value: str | float, start: int, end: int
    ) -> None:
        self.start = start
        self.end = end
        self.kind = kind
        self.value = value


class Listing(Node):
    """A list of values in brackets."""

    __slots__ = ("items",)

    def __init__(self, items: list[Value], start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.items = items


class NamePart(NamedTuple):
    """A part of an option's name; `(foo.bar)`, or `[foo.bar]` in an aggregate, is an extension."""

    text: str
    extension: bool = False


class Entry(Node):
    """A field of an aggregate; a repeated field has one entry for each of its values.

    The name of an extension that holds a slash is the type of an expanded `Any`.
    """

    __slots__ = ("name", "value")

    def __init__(self, name: NamePart, value: Value, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.value = value


class Aggregate(Node):
    """A message written out between braces (or angle brackets), its fields in source order."""

    __slots__ = ("entries",)

    def __init__(self, entries: list[Entry], start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.entries = entries


Value = Scalar | Listing | Aggregate


class Option(Node):
    """An option, of a statement or between brackets: `(foo.bar).baz = 1`.

    `default` and `json_name` of a field, which protoc keeps apart, are options too.
    """

    __slots__ = ("comments", "name", "value")

    def __init__(self, name: tuple[NamePart, ...], value: Value, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.value = value
        self.comments = NO_COMMENTS

    @property
    def key(self) -> str:
        """The name as one text, without blanks: `(foo.bar).baz`."""
        return ".".join(f"({text})" if extension else text for text, extension in self.name)
