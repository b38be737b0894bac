"""The .proto language into a tree: proto2, proto3 and editions, as they occur in practice.

Nothing is resolved and hardly anything is checked; that is protoc's business. A statement that
cannot be read is told and left out, and reading goes on behind it: no text whatever raises.
"""

from __future__ import annotations

from collections.abc import Callable

from specstat.readers import collector, protooptions
from specstat.readers.protocursor import BrokenError, Cursor, shortened
from specstat.readers.protonodes import (
    LABELS,
    Declaration,
    Extend,
    Field,
    Import,
    Message,
    Oneof,
    ProtoFile,
)
from specstat.readers.protostatements import (
    block,
    enum,
    extensions,
    head,
    option,
    reserved,
    service,
)

_Scope = ProtoFile | Message
_IMPORT_KINDS = frozenset({"public", "weak", "option"})
_NUMBER = "the field's number, such as '= 1',"


def read(text: str) -> ProtoFile:
    """Read a text, whatever it is; what is wrong with it stands in the tree's problems."""
    with collector.off():
        file = ProtoFile()
        cursor = Cursor(text)
        while word := cursor.tokens[cursor.at]:
            if word in {";", "}"}:
                if word == "}":
                    cursor.tell("this '}' closes nothing", cursor.span_of(cursor.at))
                cursor.pass_empty()
                continue
            start = cursor.at
            try:
                _in_file(cursor, file)
            except BrokenError as error:
                cursor.depth = 0
                cursor.recover(start, error)
        file.problems = cursor.problems
        return file


def _in_file(cursor: Cursor, file: ProtoFile) -> None:
    statement = _FILE_STATEMENTS.get(cursor.tokens[cursor.at])
    if statement is None:
        raise cursor.unexpected("a statement such as 'message'")
    statement(cursor, file)


def _syntax(cursor: Cursor, file: ProtoFile) -> None:
    start, keyword = cursor.starts[cursor.at], cursor.tokens[cursor.at]
    cursor.at += 1
    cursor.expect("=")
    value_start = cursor.starts[cursor.at]
    value = cursor.quoted(f"the {keyword} in quotes")
    header = Declaration(start, value, value_start, cursor.end_of(cursor.at - 1))
    cursor.finish(header)
    file.header = header
    file.syntax = value if keyword == "syntax" else "editions"
    file.edition = value if keyword == "edition" else ""


def _package(cursor: Cursor, file: ProtoFile) -> None:
    package = head(cursor, Declaration, "the name of the package", dotted=True)
    cursor.finish(package)
    file.package = package.name
    file.package_statement = package


def _import(cursor: Cursor, file: ProtoFile) -> None:
    start = cursor.starts[cursor.at]
    cursor.at += 1
    kind = cursor.tokens[cursor.at] if cursor.tokens[cursor.at] in _IMPORT_KINDS else ""
    cursor.at += bool(kind)
    name_start = cursor.starts[cursor.at]
    name = cursor.quoted("the path of a file in quotes")
    node = Import(start, name, name_start, cursor.end_of(cursor.at - 1))
    node.kind = kind
    cursor.finish(node)
    file.imports.append(node)


# What stands in files and in messages


def _message(cursor: Cursor, scope: _Scope) -> None:
    message = head(cursor, Message, "the name of a message")
    _body(cursor, message)
    scope.messages.append(message)


def _enum(cursor: Cursor, scope: _Scope) -> None:
    enum(cursor, scope.enums)


def _with_visibility(cursor: Cursor, scope: _Scope) -> None:
    visibility, kind, name = cursor.tokens[cursor.at : cursor.at + 3]
    if kind == "message" and name.isidentifier():
        cursor.at += 1
        _message(cursor, scope)
        scope.messages[-1].visibility = visibility
    elif kind == "enum" and name.isidentifier():
        cursor.at += 1
        enum(cursor, scope.enums)
        scope.enums[-1].visibility = visibility
    elif isinstance(scope, Message):  # the type of a field: neither word is reserved
        _field(cursor, scope.fields, scope.messages)
    else:
        raise cursor.unexpected("a statement such as 'message'")


def _extend(cursor: Cursor, scope: _Scope) -> None:
    def inside(cursor: Cursor, extend: Extend) -> None:
        _field(cursor, extend.fields, scope.messages)

    extend = head(cursor, Extend, "the name of a message", dotted=True)
    block(cursor, extend, inside)
    scope.extends.append(extend)


# What stands in messages


def _body(cursor: Cursor, message: Message) -> None:
    block(cursor, message, _in_message)
    first: dict[int, Field] = {}
    for field in message.fields:
        other = first.setdefault(field.number, field)
        if other is not field:
            names = f"{shortened(field.name)!r} and {shortened(other.name)!r}"
            words = f"{names} have the same number, {field.number}; it can belong to one only"
            cursor.tell(words, field.name_span)


def _in_message(cursor: Cursor, message: Message) -> None:
    statement = _MESSAGE_STATEMENTS.get(cursor.tokens[cursor.at])
    if statement is None:
        _field(cursor, message.fields, message.messages)
    else:
        statement(cursor, message)


def _oneof(cursor: Cursor, message: Message) -> None:
    def inside(cursor: Cursor, oneof: Oneof) -> None:
        if cursor.tokens[cursor.at] == "option":
            option(cursor, oneof)
        else:
            _field(cursor, message.fields, message.messages, oneof.name)

    oneof = head(cursor, Oneof, "the name of a oneof")
    block(cursor, oneof, inside)
    message.oneofs.append(oneof)


def _field(cursor: Cursor, fields: list[Field], messages: list[Message], oneof: str = "") -> None:
    tokens, starts = cursor.tokens, cursor.starts
    first = cursor.at
    label = tokens[first] if tokens[first] in LABELS else ""
    cursor.at += bool(label)
    type_start = starts[cursor.at]
    key = value = ""
    if tokens[cursor.at] == "map" and tokens[cursor.at + 1] == "<":
        key, value = _map_types(cursor)
        written = f"map<{key}, {value}>"
    else:
        written = cursor.dotted("a field's type")
    at = cursor.at
    name, name_start = cursor.identifier("a field's name"), starts[at]
    field = Field(starts[first], name, name_start, name_start + len(name))
    field.type_start, field.type_end = type_start, starts[at - 1] + len(tokens[at - 1])
    field.label, field.oneof = label, oneof
    field.type, field.key_type, field.value_type = written, key, value
    cursor.expect("=", _NUMBER)
    field.number = cursor.integer(_NUMBER)
    protooptions.bracketed(cursor, field.options)
    if written == "group":
        _group(cursor, field, messages)
    else:
        cursor.finish(field)
    fields.append(field)


def _map_types(cursor: Cursor) -> tuple[str, str]:
    cursor.at += 2
    key = cursor.dotted("the type of the map's keys")
    cursor.expect(",")
    value = cursor.dotted("the type of the map's values")
    cursor.expect(">")
    return key, value


def _group(cursor: Cursor, field: Field, messages: list[Message]) -> None:
    """Read the body of a group: a message, and to it belong the comments."""
    body = Message(field.start, field.name, field.name_start, field.name_end)
    _body(cursor, body)
    messages.append(body)
    field.group = True
    field.type, field.name = field.name, field.name.lower()
    field.end = body.end


_SCOPE_STATEMENTS: dict[str, Callable[[Cursor, _Scope], None]] = {
    "enum": _enum,
    "export": _with_visibility,
    "extend": _extend,
    "local": _with_visibility,
    "message": _message,
}
_FILE_STATEMENTS: dict[str, Callable[[Cursor, ProtoFile], None]] = {
    "edition": _syntax,
    "import": _import,
    "option": option,
    "package": _package,
    "service": service,
    "syntax": _syntax,
    **_SCOPE_STATEMENTS,
}
_MESSAGE_STATEMENTS: dict[str, Callable[[Cursor, Message], None]] = {
    "extensions": extensions,
    "oneof": _oneof,
    "option": option,
    "reserved": reserved,
    **_SCOPE_STATEMENTS,
}
