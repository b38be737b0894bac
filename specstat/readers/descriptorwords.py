"""The words of a .proto text, put at the places that source info tells for them.

This is for excerpts: names stand exactly where they stood, the rest looks as most people write it.
"""

from __future__ import annotations

from specstat.readers.descriptorindex import Index
from specstat.readers.descriptoroptions import Path
from specstat.readers.descriptoroptionwords import quoted
from specstat.readers.descriptorpage import COMMA, KEYWORD, NAME, Page, Place
from specstat.readers.protonodes import (
    Declaration,
    Enum,
    EnumValue,
    Extend,
    Field,
    Import,
    Message,
    Oneof,
    Range,
    Reservation,
    Rpc,
    Service,
)

_KEYWORDS: dict[type, str] = {
    Enum: "enum",
    Extend: "extend",
    Message: "message",
    Oneof: "oneof",
    Rpc: "rpc",
    Service: "service",
}
BLOCKS = frozenset({Enum, Extend, Message, Oneof, Service})
_HEADS: dict[Path, tuple[str, str]] = {(2,): ("package ", ""), (12,): ("syntax = ", '"')}


def put(page: Page, index: Index, path: Path, node: Declaration, place: Place) -> None:
    """Put down a declaration; what is in it is put down by itself."""
    kind = type(node)
    if kind is Declaration or isinstance(node, Import):
        before, quote = head(path, node)
        page.put(place.line, place.column, before)
        page.put(place.line, place.column + len(before), f"{quote}{node.name}{quote};", NAME)
        return
    name = name_place(index, path, node) or place
    shown = node.type.rpartition(".")[2] if isinstance(node, Field) and node.group else node.name
    page.put(name.line, name.column, _fitted(shown, name) if kind is Extend else shown, NAME)
    page.put(place.line, place.column, _KEYWORDS.get(kind, ""), KEYWORD)
    if kind in BLOCKS:
        page.put(name.line, name.end_column + 1, "{", KEYWORD)
        page.put(place.end_line, place.end_column - 1, "}", KEYWORD)
    else:
        many = place.line < place.end_line and (kind is Rpc or shown != node.name)
        page.put(place.end_line, place.end_column - 1, "}" if many else ";", KEYWORD)
    if isinstance(node, Field):
        _put_field(page, index, path, node)
    elif isinstance(node, EnumValue):
        _put_number(page, index.place((*path, 2)), node.number)
        _put_brackets(page, index.place((*path, 3)))
    elif isinstance(node, Rpc):
        stream = ("", "stream ")
        _put_type(page, index.place((*path, 2)), f"({stream[node.client_streams]}", node.request)
        before = f"returns ({stream[node.server_streams]}"
        _put_type(page, index.place((*path, 3)), before, node.response)


def head(path: Path, node: Declaration) -> tuple[str, str]:
    """What is before the name of a statement that has no braces, and the quotes around the name."""
    if isinstance(node, Import):
        return f"import {node.kind} " if node.kind else "import ", '"'
    before, quote = _HEADS[path]
    return ("edition = " if node.name[:1].isdigit() else before), quote


def name_place(index: Index, path: Path, node: Declaration) -> Place | None:
    """Where a name stands; of an `extend`, in its first field."""
    return index.place((*path, 2 if isinstance(node, Extend) else 1))


def type_place(index: Index, path: Path) -> Place | None:
    """Where the type of a field stands: the word `group`, a name or a scalar type."""
    return index.place((*path, 5)) or index.place((*path, 6))


def _put_field(page: Page, index: Index, path: Path, field: Field) -> None:
    if label := index.place((*path, 4)):
        page.put(label.line, label.column, field.label)
    if written := type_place(index, path):
        page.put(written.line, written.column, _type(field, written))
    _put_number(page, index.place((*path, 3)), field.number)
    _put_brackets(page, index.place((*path, 8)))


def _type(field: Field, place: Place) -> str:
    """The type, of names as much as was written."""
    if field.group:
        return "group"
    if not field.key_type:
        return _fitted(field.type, place)
    before = f"map<{field.key_type}, "
    end = place.end_column - 1
    return f"{before}{_fitted(field.value_type, Place(0, place.column + len(before), 0, end))}>"


def _fitted(name: str, place: Place) -> str:
    """The end of a full name that fits a place."""
    width = place.end_column - place.column
    return name[-width:] if 0 < width < len(name) else name


def _put_number(page: Page, place: Place | None, number: int) -> None:
    if place:
        page.put(place.line, place.column - 2, "=", KEYWORD)
        page.put(place.line, place.column, str(number))


def _put_brackets(page: Page, place: Place | None) -> None:
    if place:
        page.put(place.line, place.column, "[", KEYWORD)
        page.put(place.end_line, place.end_column - 1, "]", KEYWORD)


def _put_type(page: Page, place: Place | None, before: str, name: str) -> None:
    """The type of what a method takes or returns, in its parentheses."""
    if place:
        page.put(place.line, place.column - len(before), before, KEYWORD)
        page.put(place.line, place.column, _fitted(name, place))
        page.put(place.end_line, place.end_column, ")", KEYWORD)


def put_reserved(page: Page, index: Index, path: Path, node: Reservation, place: Place) -> None:
    """Put down numbers and names, one after the other."""
    if len(path) % 2 == 0:  # of extensions, where each range has options of its own
        page.put(place.line, place.column, "extensions", KEYWORD)
        page.put(place.end_line, place.end_column - 1, ";", KEYWORD)
        if at := index.place(path):
            page.put(at.line, at.column, ", ".join(map(_range, node.ranges)))
            page.put(at.end_line, at.end_column, ",", COMMA)
        return
    page.put(place.line, place.column, "reserved", KEYWORD)
    page.put(place.end_line, place.end_column - 1, ";", KEYWORD)
    names = [name for name, _ in node.names]
    for number, text in enumerate([*map(_range, node.ranges), *names]):
        if at := index.place((*path, number)):
            in_quotes = node.names and at.end_column - at.column != len(
                text
            )  # editions have no quotes
            page.put(at.line, at.column, quoted(text) if in_quotes else text)
            page.put(at.end_line, at.end_column, ",", COMMA)


def _range(node: Range) -> str:
    if node.first == node.last:
        return str(node.first)
    return f"{node.first} to {'max' if node.last is None else node.last}"
