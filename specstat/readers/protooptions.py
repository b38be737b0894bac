"""Options of a .proto text and their values, as trees."""

from __future__ import annotations

from specstat.readers import prototokens
from specstat.readers.protocursor import Cursor
from specstat.readers.protovalues import (
    Aggregate,
    Entry,
    Listing,
    NamePart,
    Option,
    Scalar,
    Value,
)

_CLOSERS = {"{": "}", "<": ">"}


def statement(cursor: Cursor, options: list[Option]) -> None:
    """Read `option name = value;`."""
    start = cursor.starts[cursor.at]
    cursor.at += 1
    option = _option(cursor)
    option.start = start
    cursor.finish(option)
    options.append(option)


def bracketed(cursor: Cursor, options: list[Option]) -> None:
    """Read `[name = value, ...]`, if it stands here."""
    if cursor.tokens[cursor.at] != "[":
        return
    cursor.at += 1
    while True:
        options.append(_option(cursor))
        if cursor.tokens[cursor.at] != ",":
            break
        cursor.at += 1
    cursor.expect("]", "',' or ']'")


def _option(cursor: Cursor) -> Option:
    first = cursor.at
    name = _name_parts(cursor)
    while cursor.tokens[cursor.at] == ".":
        cursor.at += 1
        name += _name_parts(cursor)
    cursor.expect("=")
    value = _value(cursor)
    return Option(tuple(name), value, cursor.starts[first], value.end)


def _name_parts(cursor: Cursor) -> list[NamePart]:
    """`(foo.bar)`, which is one part, or `foo.bar`, which is two."""
    word = cursor.tokens[cursor.at]
    if word == "(":
        cursor.at += 1
        name = cursor.dotted("the name of an extension")
        cursor.expect(")")
        return [NamePart(name, extension=True)]
    if not word.replace(".", "_").isidentifier():
        raise cursor.unexpected("the name of an option")
    cursor.at += 1
    return [NamePart(part) for part in word.split(".")] if "." in word else [NamePart(word)]


def _value(cursor: Cursor) -> Value:
    word = cursor.tokens[cursor.at]
    if word in _CLOSERS:
        return _aggregate(cursor)
    if word == "[":
        return _listing(cursor)
    return _scalar(cursor)


def _scalar(cursor: Cursor) -> Scalar:
    first = cursor.at
    start = cursor.starts[first]
    if cursor.tokens[first][:1] in {'"', "'"}:
        text = cursor.quoted("a text")
        return Scalar("text", text, start, cursor.end_of(cursor.at - 1))
    sign = "-" if cursor.tokens[first] == "-" else ""
    cursor.at += len(sign)
    word = cursor.tokens[cursor.at]
    end = cursor.end_of(cursor.at)
    if word.isidentifier():
        cursor.at += 1
        return Scalar("word", sign + word, start, end)
    value = prototokens.number(word)
    if value is None:
        raise cursor.unexpected("a value")
    cursor.at += 1
    return Scalar("number", -value if sign else value, start, end)


def _listing(cursor: Cursor) -> Listing:
    start = cursor.starts[cursor.at]
    items: list[Value] = []
    cursor.enter()
    cursor.at += 1
    while cursor.tokens[cursor.at] != "]":
        items.append(_value(cursor))
        if cursor.tokens[cursor.at] != ",":
            break
        cursor.at += 1
    cursor.expect("]", "',' or ']'")
    cursor.depth -= 1
    return Listing(items, start, cursor.end_of(cursor.at - 1))


def _aggregate(cursor: Cursor) -> Aggregate:
    start = cursor.starts[cursor.at]
    closer = _CLOSERS[cursor.tokens[cursor.at]]
    entries: list[Entry] = []
    cursor.enter()
    cursor.at += 1
    while cursor.tokens[cursor.at] != closer:
        first = cursor.at
        name = _entry_name(cursor)
        if cursor.tokens[cursor.at] == ":":
            cursor.at += 1
        elif cursor.tokens[cursor.at] not in {"{", "<", "["}:
            raise cursor.unexpected("':'")
        value = _value(cursor)
        if type(value) is Listing:
            entries += [Entry(name, item, cursor.starts[first], value.end) for item in value.items]
        else:
            entries.append(Entry(name, value, cursor.starts[first], value.end))
        if cursor.tokens[cursor.at] in {",", ";"}:
            cursor.at += 1
    cursor.at += 1
    cursor.depth -= 1
    return Aggregate(entries, start, cursor.end_of(cursor.at - 1))


def _entry_name(cursor: Cursor) -> NamePart:
    """`foo`, `[foo.bar]` or, for what an `Any` holds, `[example.com/foo.Bar]`."""
    if cursor.tokens[cursor.at] != "[":
        return NamePart(cursor.identifier("the name of a field"))
    cursor.at += 1
    name = cursor.dotted("the name of an extension")
    if cursor.tokens[cursor.at] == "/":
        cursor.at += 1
        name += "/" + cursor.dotted("the name of a message")
    cursor.expect("]")
    return NamePart(name, extension=True)
