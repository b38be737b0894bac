"""The key `fields`: what is said of single fields that cannot say it themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.engine.config.nouns import Entry
from specstat.model.directives import MARK, parse
from specstat.readers.settings.items import Line, Scalar, Table
from specstat.readers.settings.places import ConfigError
from specstat.readers.settings.values import lines

KEY = r"(?:(?P<group>[^\s/]+)/)?(?P<kind>[A-Za-z_]\w*)(?:\.(?P<path>\S(?:.*\S)?))?"
EXAMPLE = "Widget.spec.size: sensitive"
_SECTIONS = frozenset({"spec", "status", "metadata"})
_KEY = re.compile(KEY)


def entries(line: Line) -> Iterator[Entry]:
    """What is said of each field; ConfigError for what is no field or no annotation."""
    for inner in lines(line.item, f"{line.name} holds a line a field, such as {EXAMPLE}"):
        yield _entry(inner)


def _entry(line: Line) -> Entry:
    named = _KEY.fullmatch(line.name)
    if named is None or named["kind"] in _SECTIONS:
        raise _no_field(line, f"Widget.{line.name}" if named else "Widget.spec.size")
    if named["path"] is None and isinstance(line.item, Table) and line.item.lines:
        whole = f"{line.name}.{line.item.lines[0].name}"
        message = f'{line.name} is no field; write its whole path as one key in quotes: "{whole}"'
        raise line.place.error(message)
    if not isinstance(line.item, Scalar):
        message = f"{line.name} wants the words of an annotation: {line.name}: purpose=instruction"
        raise line.item.place.error(message)
    said = line.item.text if line.item.value is not None else ""
    directive = parse(said.strip().removeprefix(MARK))
    if directive.errors:
        raise line.at.error(f"{line.name}: {directive.errors[0]}")
    if named["path"] is None and (directive.declared or not directive.ignores):
        raise _no_field(line, "Widget.spec.size")
    path = named["path"] or ""
    return Entry(named["group"] or "", named["kind"], path, directive, line.place)


def _no_field(line: Line, example: str) -> ConfigError:
    message = f"{line.name!r} is no kind and field; write [GROUP/]KIND.PATH, such as {example}"
    return line.place.error(message)
