"""The key `fields`: what is said of single fields that cannot say it themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.engine.config_values import lines
from specstat.engine.configuration import Entry
from specstat.engine.items import Line, Scalar
from specstat.model.directives import MARK, parse

KEY = r"(?:(?P<group>[^\s/]+)/)?(?P<kind>[A-Za-z_]\w*)\.(?P<path>\S(?:.*\S)?)"
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
        example = f"Widget.{line.name}" if named else "Widget.spec.size"
        message = f"{line.name!r} is no kind and field; write [GROUP/]KIND.PATH, such as {example}"
        raise line.place.error(message)
    if not isinstance(line.item, Scalar):
        message = f"{line.name} wants the words of an annotation: {line.name}: purpose=instruction"
        raise line.item.place.error(message)
    said = line.item.text if line.item.value is not None else ""
    directive = parse(said.strip().removeprefix(MARK))
    if directive.errors:
        raise line.at.error(f"{line.name}: {directive.errors[0]}")
    return Entry(named["group"] or "", named["kind"], named["path"], directive, line.place)
