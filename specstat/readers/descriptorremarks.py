"""Comments of source info, put where there is room for them.

Where a comment stood is not told. A leading one is put right above its declaration, a detached one
above that with a blank line between, a trailing one behind it or on the lines below. One for which
there is no room has its words, and the place of its declaration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from specstat.model.source import Span
from specstat.readers.descriptorindex import Index, Location, place_of
from specstat.readers.descriptoroptions import Path, SetOption
from specstat.readers.descriptorpage import Made, Page, Place
from specstat.readers.descriptorset import words
from specstat.readers.descriptorwords import BLOCKS, name_place
from specstat.readers.protonodes import Declaration, Reservation, Rpc
from specstat.readers.protovalues import Comment, Comments, Option

# Where a declaration stands further right than any real one, its comment does not.
_DEEPEST = 100


@dataclass(slots=True)
class Remarks:
    """The comments of one node, with their places as these are found."""

    node: Declaration | Reservation | Option
    place: Place
    opened: Place | None  # of a block: where its name stands, and behind it the brace
    leading: str
    trailing: str
    detached: list[str]
    above: Place | None = None
    behind: Place | None = None
    apart: dict[int, Place] = field(default_factory=dict)


def find(
    index: Index,
    declared: Sequence[tuple[Path, Declaration | Reservation]],
    told: Sequence[Location | None],
    options: Sequence[SetOption],
) -> list[Remarks]:
    """All comments; `told` is what is told of each declaration."""
    found = []
    for (path, node), location in zip(declared, told, strict=True):
        remarks = _of(node, location)
        if remarks:
            if isinstance(node, Declaration) and (type(node) in BLOCKS or type(node) is Rpc):
                remarks.opened = name_place(index, path, node)
            found.append(remarks)
    for item in options:
        if isinstance(item.node, Option):
            remarks = _of(item.node, index.option(item.path, item.root))
            found += [remarks] if remarks else []
    return found


def _of(node: Declaration | Reservation | Option, location: Location | None) -> Remarks | None:
    place = place_of(location)
    if location is None or place is None:
        return None
    leading, trailing = words(location.leading_comments), words(location.trailing_comments)
    detached = [words(text) for text in location.leading_detached_comments]
    if not (leading or trailing or detached):
        return None
    return Remarks(node, place, None, leading, trailing, detached)


def put(page: Page, found: Sequence[Remarks]) -> None:
    """Put the comments down; the leading ones first, which say most."""
    for remarks in found:
        if remarks.leading:
            remarks.above = _put_above(page, remarks.place.line, remarks.place, remarks.leading)
    for remarks in found:
        top = (remarks.above or remarks.place).line
        for number in reversed(range(len(remarks.detached))):
            at = _put_above(page, top - 1, remarks.place, remarks.detached[number])
            if at is None:
                break
            remarks.apart[number] = at
            top = at.line
        if remarks.trailing:
            remarks.behind = _put_behind(page, remarks)


def _put_above(page: Page, line: int, place: Place, text: str) -> Place | None:
    lines = _lines(text)
    return page.put_lines(line - len(lines), min(place.column, _DEEPEST), lines)


def _put_behind(page: Page, remarks: Remarks) -> Place | None:
    """Behind the end, or behind the brace that opens a block."""
    place, lines = remarks.place, _lines(remarks.trailing)
    line = remarks.opened.line if remarks.opened else place.end_line
    end = page.end(line)
    if len(lines) == 1 and (line < place.end_line or end <= place.end_column):
        page.put(line, end + 1, lines[0])
        return Place(line, end + 1, line, end + 1 + len(lines[0]))
    return page.put_lines(line + 1, min(place.column, _DEEPEST), lines)


def _lines(text: str) -> list[str]:
    return [f"//{line}".rstrip() for line in text.removesuffix("\n").split("\n")]


def bind(made: Made, found: Sequence[Remarks]) -> None:
    """Give the nodes their comments, once it is known where the lines of the text start."""
    for remarks in found:
        remarks.node.comments = Comments(
            _comment(made, remarks.leading, remarks.above, remarks.place),
            _comment(made, remarks.trailing, remarks.behind, remarks.place),
            tuple(
                Comment(text, *_span(made, remarks.apart.get(number), remarks.place))
                for number, text in enumerate(remarks.detached)
            ),
        )


def _comment(made: Made, text: str, place: Place | None, around: Place) -> Comment | None:
    return Comment(text, *_span(made, place, around)) if text else None


def _span(made: Made, place: Place | None, around: Place) -> Span:
    """The place of a comment; without one, an empty one at the declaration."""
    if place:
        return made.span(place)
    start = made.offset(around.line, around.column)
    return Span(start, start)
