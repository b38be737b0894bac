"""Statements of the .proto language that hold no messages, and what all blocks have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from specstat.model.source import Span
from specstat.readers import protooptions
from specstat.readers.protocursor import BrokenError, Cursor
from specstat.readers.protonodes import (
    Declaration,
    Enum,
    EnumValue,
    Message,
    ProtoFile,
    Range,
    Reservation,
    Rpc,
    Service,
)

Named = TypeVar("Named", bound=Declaration)
_NUMBER = "the value's number, such as '= 1',"


def head(cursor: Cursor, kind: type[Named], wanted: str, *, dotted: bool = False) -> Named:
    """Read a keyword and the name behind it."""
    start = cursor.starts[cursor.at]
    cursor.at += 1
    name_start = cursor.starts[cursor.at]
    name = cursor.dotted(wanted) if dotted else cursor.identifier(wanted)
    return kind(start, name, name_start, cursor.end_of(cursor.at - 1))


def block(cursor: Cursor, node: Named, statement: Callable[[Cursor, Named], None]) -> None:
    """Read `{ ... }`, statement by statement; one that is broken costs the others nothing."""
    cursor.open(node)
    depth, tokens = cursor.depth, cursor.tokens
    while (word := tokens[cursor.at]) not in {"}", ""}:
        if word == ";":
            cursor.pass_empty()
            continue
        start = cursor.at
        try:
            statement(cursor, node)
        except BrokenError as error:
            cursor.depth = depth
            cursor.recover(start, error)
    cursor.close(node)


def option(cursor: Cursor, node: ProtoFile | Declaration) -> None:
    """Read `option name = value;`."""
    protooptions.statement(cursor, node.options)


def reserved(cursor: Cursor, node: Message | Enum) -> None:
    """Read `reserved 1, 5 to 9;` or `reserved "name";`."""
    node.reserved.append(_reservation(cursor))


def extensions(cursor: Cursor, message: Message) -> None:
    """Read `extensions 100 to max;`."""
    message.extensions.append(_reservation(cursor))


def _reservation(cursor: Cursor) -> Reservation:
    node = Reservation(cursor.starts[cursor.at])
    cursor.at += 1
    while True:
        word, start = cursor.tokens[cursor.at], cursor.starts[cursor.at]
        if word[:1] in {'"', "'"}:
            name = cursor.quoted("a name")
            node.names.append((name, Span(start, cursor.end_of(cursor.at - 1))))
        elif word.isidentifier():
            cursor.at += 1
            node.names.append((word, Span(start, start + len(word))))
        else:
            node.ranges.append(_range(cursor))
        if cursor.tokens[cursor.at] != ",":
            break
        cursor.at += 1
    protooptions.bracketed(cursor, node.options)
    cursor.finish(node)
    return node


def _range(cursor: Cursor) -> Range:
    start = cursor.starts[cursor.at]
    first = cursor.integer("a number or a name", signed=True)
    last: int | None = first
    if cursor.tokens[cursor.at] == "to":
        cursor.at += 1
        if cursor.tokens[cursor.at] == "max":
            cursor.at += 1
            last = None
        else:
            last = cursor.integer("a number or 'max'", signed=True)
    return Range(first, last, start, cursor.end_of(cursor.at - 1))


def enum(cursor: Cursor, enums: list[Enum]) -> None:
    """Read `enum Name { ... }`."""
    node = head(cursor, Enum, "the name of an enum")
    block(cursor, node, _in_enum)
    enums.append(node)


def _in_enum(cursor: Cursor, node: Enum) -> None:
    word, following = cursor.tokens[cursor.at : cursor.at + 2]
    if word == "option" and following != "=":
        option(cursor, node)
    elif word == "reserved" and following != "=":
        reserved(cursor, node)
    else:
        start = cursor.starts[cursor.at]
        name = cursor.identifier("the name of a value")
        value = EnumValue(start, name, start, start + len(name))
        cursor.expect("=", _NUMBER)
        value.number = cursor.integer(_NUMBER, signed=True)
        protooptions.bracketed(cursor, value.options)
        cursor.finish(value)
        node.values.append(value)


def service(cursor: Cursor, file: ProtoFile) -> None:
    """Read `service Name { ... }`."""
    node = head(cursor, Service, "the name of a service")
    block(cursor, node, _in_service)
    file.services.append(node)


def _in_service(cursor: Cursor, node: Service) -> None:
    if cursor.tokens[cursor.at] == "option":
        option(cursor, node)
        return
    if cursor.tokens[cursor.at] != "rpc":
        raise cursor.unexpected("'rpc' or 'option'")
    rpc = head(cursor, Rpc, "the name of a method")
    rpc.client_streams, rpc.request = _rpc_type(cursor)
    cursor.expect("returns")
    rpc.server_streams, rpc.response = _rpc_type(cursor)
    if cursor.tokens[cursor.at] == "{":
        block(cursor, rpc, _in_rpc)
    else:
        cursor.finish(rpc)
    node.rpcs.append(rpc)


def _in_rpc(cursor: Cursor, rpc: Rpc) -> None:
    if cursor.tokens[cursor.at] != "option":
        raise cursor.unexpected("'option'")
    option(cursor, rpc)


def _rpc_type(cursor: Cursor) -> tuple[bool, str]:
    """`(foo.Bar)` or `(stream foo.Bar)`."""
    cursor.expect("(")
    word = cursor.tokens[cursor.at]
    streams = word == "stream"
    if word.startswith("stream."):  # one name to us; to protoc the word and `.foo.Bar`
        cursor.at += 1
        streams, name = True, word.removeprefix("stream")
    else:
        cursor.at += streams
        name = cursor.dotted("the name of a message")
    cursor.expect(")")
    return streams, name
