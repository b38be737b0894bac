"""What became of an API, for people: a block for each resource, then what that breaks."""

from __future__ import annotations

from collections.abc import Iterator

from specstat.reporters import text
from specstat.reporters.diff_rows import Report, ResourceRows, Row, closing, fate, title
from specstat.reporters.layout import Line, table, visible
from specstat.reporters.places import place
from specstat.reporters.summary import Counts

_STYLES = {"added": "green", "removed": "red", "moved": "yellow"}


def report(told: Report) -> Iterator[Line]:
    """The lines of the report."""
    for resource in told.resources:
        yield from _resource(resource)
        yield ()
    if told.diagnostics:
        yield from text.report(told.diagnostics, Counts(), quiet=True)
        yield ()
    yield ((visible(closing(told)), ""),)


def _resource(resource: ResourceRows) -> Iterator[Line]:
    word = f" ({fate(resource)})" if fate(resource) else ""
    yield (
        (visible(title(resource)), "bold"),
        (visible(word), _STYLES.get(resource.what, "")),
        (f"  {place(resource.location)}", ""),
    )
    cells = [(f"  {row.what}", visible(_subject(row)), _between(row)) for row in resource.rows]
    style = ""
    for line in table(cells) if cells else ():
        word = line.split(" ")[2] if line.startswith("  ") and line[2:3].strip() else ""
        style = _STYLES.get(word, "") if word else style
        yield ((line, style),)


def _subject(row: Row) -> str:
    return row.was if row.what == "moved" else row.path


def _between(row: Row) -> str:
    """What was and what is; a move tells where to."""
    if row.what == "moved":
        return f"-> {row.now}"
    return f"{row.was} -> {row.now}" if row.was and row.now else row.was or row.now
