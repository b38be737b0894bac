"""A text of settings, YAML or TOML, as one plain tree with a place for each part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from specstat.model.reading import UnreadableError
from specstat.model.source import Source, Span
from specstat.readers.settings.places import ConfigError, Place

if TYPE_CHECKING:
    from specstat.readers.yamltree import Node

TABLE = ("tool", "specstat")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_WHOLE = re.compile(r"[-+]?(?:0|[1-9]\d*)")
_AT = r"(?s:(.*) \(at (?:line (\d+), column (\d+)|end of document)\))"
# No key needs as many levels; a deeper tree is none of ours, and would be gone down by recursion.
_DEEPEST = 16
_TOO_DEEP = "nested deeper than any key needs"
_LONGEST_NUMBER = 18
_MOST_BITS = 64
_BARE_KEY = r"[A-Za-z0-9_-]+"


class Scalar(NamedTuple):
    """A single value: as it is read, and the text as it was written."""

    value: object
    text: str
    place: Place


class Items(NamedTuple):
    """A list."""

    items: tuple[Item, ...]
    place: Place


class Table(NamedTuple):
    """A mapping: its lines in the order of the text."""

    lines: tuple[Line, ...]
    place: Place


class Line(NamedTuple):
    """A key with its value; the place is that of the key."""

    name: str
    place: Place
    item: Item

    @property
    def at(self) -> Place:
        """Where to point at a wrong value: at itself, or at the key where there is none."""
        empty = isinstance(self.item, Scalar) and self.item.value in {None, ""}
        return self.place if empty else self.item.place


Item = Scalar | Items | Table


def of_yaml(source: Source) -> Item | None:
    """The tree of a YAML text; None for an empty one. ConfigError for what is none."""
    found = documents(source)
    if len(found) > 1:
        raise found[1].place.error("a second document; a configuration is a single one")
    return found[0] if found else None


def documents(source: Source) -> tuple[Item, ...]:
    """The trees of a YAML text of any number of documents. ConfigError for what is none."""
    from specstat.readers import yamltree  # noqa: PLC0415 - most runs have no configuration

    try:
        tree = yamltree.load(source.text)
    except UnreadableError as error:
        raise _place(source, error.offset or 0).error(error.message) from None
    for repeated in tree.repeated:
        message = f"{repeated.value!r} stands twice; keep one"
        raise _place(source, repeated.start).error(message)
    return tuple(_of_node(source, document) for document in tree.documents)


def _place(source: Source, start: int, end: int | None = None) -> Place:
    return Place(source, Span(start, start if end is None else end))


def _of_node(source: Source, node: Node, depth: int = 0) -> Item:
    from specstat.readers import yamltree  # noqa: PLC0415 - as above

    while isinstance(node, yamltree.Alias):
        node = node.target
    place = _place(source, node.start, node.end)
    if depth > _DEEPEST:
        raise place.error(_TOO_DEEP)
    if isinstance(node, yamltree.Mapping):
        lines = [
            Line(name, _place(source, key.start, key.end), _of_node(source, value, depth + 1))
            for name, (key, value) in node.entries.items()
        ]
        return Table(tuple(lines), place)
    if isinstance(node, yamltree.Sequence):
        return Items(tuple(_of_node(source, item, depth + 1) for item in node.items), place)
    return Scalar(_typed(node.value) if node.plain else node.value, node.value, place)


def _typed(text: str) -> object:
    """A plain scalar as most YAML readers understand it."""
    if text in _NULLS:
        return None
    if text.lower() in _BOOLEANS:
        return _BOOLEANS[text.lower()]
    if _WHOLE.fullmatch(text) and len(text) < _LONGEST_NUMBER:
        return int(text)
    return float(text.replace("_", "")) if _NUMBER.fullmatch(text) else text


def of_toml(source: Source) -> Item | None:
    """The tree of `[tool.specstat]`; None where a TOML text has no such table."""
    import tomllib  # noqa: PLC0415 - few runs have one
    from decimal import Decimal  # noqa: PLC0415 - keeps numbers as they were written

    try:
        document: Any = tomllib.loads(source.text, parse_float=Decimal)
    except ValueError as error:  # a TOMLDecodeError, or a number of thousands of digits
        raise _no_toml(source, str(error)) from None
    except RecursionError:
        message = f"{source.path}: not valid TOML: {_TOO_DEEP}"
        raise ConfigError(message) from None
    for name in TABLE:
        if not isinstance(document, dict) or name not in document:
            return None
        document = document[name]
    # Such places have no offsets, and a text that none of them points into need not be kept.
    return of_value(Source(source.path, ""), ".".join(TABLE), document)


def _no_toml(source: Source, told: str) -> ConfigError:
    match = re.fullmatch(_AT, told)
    if match is None:
        return ConfigError(f"{source.path}: not valid TOML: {told}")
    last = source.position(len(source.text))
    line, column = (match[2], match[3]) if match[2] else (last.line, last.column)
    what = match[1][:1].lower() + match[1][1:]
    return ConfigError(f"{source.path}:{line}:{column}: not valid TOML: {what}")


def of_value(source: Source, path: str, value: object, depth: int = 0) -> Item:
    """The tree of plain values, whose places are told by the paths of their keys."""
    place = Place(source, key=path)
    if depth > _DEEPEST:
        raise place.error(_TOO_DEEP)
    if isinstance(value, Mapping):
        return Table(tuple(_lines(source, path, value, depth + 1)), place)
    if isinstance(value, (list, tuple)):
        items = (of_value(source, f"{path}[{n}]", item, depth + 1) for n, item in enumerate(value))
        return Items(tuple(items), place)
    if isinstance(value, str):
        return Scalar(value, value, place)
    if value is None:
        return Scalar(None, "", place)
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise place.error("a number larger than any key needs")
    text = str(value).lower() if isinstance(value, bool) else f"{value}"
    if not isinstance(value, (bool, int)) and _NUMBER.fullmatch(text):
        value = float(text)
    return Scalar(value, text, place)


def _lines(source: Source, path: str, table: Mapping[Any, Any], depth: int) -> Iterator[Line]:
    import json  # noqa: PLC0415 - few runs have TOML

    for name, value in ((str(name), value) for name, value in table.items()):
        written = name if re.fullmatch(_BARE_KEY, name) else json.dumps(name, ensure_ascii=False)
        inner = f"{path}.{written}"
        yield Line(name, Place(source, key=inner), of_value(source, inner, value, depth))
