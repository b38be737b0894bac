"""The words of options, put at the places that source info tells for them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from specstat.readers.descriptorindex import Index
from specstat.readers.descriptoroptions import Path, SetOption
from specstat.readers.descriptorpage import COMMA, KEYWORD, Page, Place
from specstat.readers.protovalues import Aggregate, Listing, Scalar, Value

_DEFAULT = "default"
_OF_DESCRIPTOR = frozenset({_DEFAULT, "json_name"})
_OPTIONS_OF_FIELD = 8


def put(page: Page, index: Index, options: Sequence[SetOption]) -> None:
    """Put down options, and those parts of their values that are set by themselves."""
    placed = [(item, at) for item in options if (at := index.place(item.path))]
    last: dict[Path, Place] = {}
    for item, at in placed:
        brackets = _brackets(item)
        last[brackets] = max(at, last.get(brackets, at))
    for item, at in placed:
        _put(page, item, at)
        if item.bracketed and at < last[_brackets(item)]:
            page.put(at.end_line, at.end_column, ",", COMMA)


def _brackets(item: SetOption) -> Path:
    """The path of the options that stand together."""
    path = item.path[: item.root]
    if item.bracketed and item.name in _OF_DESCRIPTOR:
        return (*path[:-1], _OPTIONS_OF_FIELD)
    return path[:-1] if len(path) % 2 == 0 else path[:-2]  # which has an index where repeated


def _put(page: Page, item: SetOption, place: Place) -> None:
    before = "" if item.bracketed else "option "
    column = place.column
    if item.name == _DEFAULT and item.bracketed:  # its place is that of the value
        column -= len("default = ")
    if place.line == place.end_line:
        width = place.end_column - column - len(before) - (not item.bracketed)
        page.put(place.line, column, before + _assignment(item, width))
    elif isinstance(item.node.value, Aggregate):
        page.put(place.line, column, f"{before}{item.name} = {{")
        page.put(place.end_line, place.end_column - (1 if item.bracketed else 2), "}", KEYWORD)
    else:
        page.put(place.line, column, f"{before}{item.name} = {_written(item.node.value)}")
    if not item.bracketed:
        page.put(place.end_line, place.end_column - 1, ";", KEYWORD)


def _assignment(item: SetOption, width: int) -> str:
    """`name = value`, of the extension's full name as much as there is room for."""
    name, value = item.name, _written(item.node.value)
    excess = len(name) + len(value) + len(" = ") - width
    end = name.find(")")
    if excess > 0 and end > 0:
        # As much of the name as fits, else its last part, is most likely what was written.
        dot = name.find(".", excess, end)
        dot = name.rfind(".", 0, end) if dot < 0 else dot
        name = f"({name[dot + 1 :]}" if dot > 0 else name
    return f"{name} = {value}"[: max(0, width)]


def _written(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, Scalar):
        return quoted(str(value.value)) if value.kind == "text" else str(value.value)
    if isinstance(value, Listing):
        return f"[{', '.join(map(_written, value.items))}]"
    entries = [
        f"[{entry.name.text}]: {_written(entry.value)}"
        if entry.name.extension
        else f"{entry.name.text}: {_written(entry.value)}"
        for entry in value.entries
    ]
    return "{" + ", ".join(entries) + "}"


def quoted(text: str) -> str:
    """A text in quotes; bytes that are no UTF-8 must not be in a text of ours."""
    return json.dumps(text, ensure_ascii=False).encode(errors="backslashreplace").decode()
