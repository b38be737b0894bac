"""A text that is built of words whose places are known, with blanks in between."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from specstat.model.source import Span

# Who yields where two words claim one place: names never do.
NAME, WORD, KEYWORD, COMMA = range(4)


class Place(NamedTuple):
    """Lines and columns from 0, half-open."""

    line: int
    column: int
    end_line: int
    end_column: int


class Page:
    """Lines that fill as words are put on them."""

    def __init__(self) -> None:
        self._rows: dict[int, list[tuple[int, int, str]]] = {}
        self._ends: dict[int, int] = {}
        self._last = 0

    def put(self, line: int, column: int, text: str, rank: int = WORD) -> None:
        """Put words at a place; where others claim it, `rank` decides when the text is made."""
        if column < 0 or not text:
            return
        text = text.replace("\n", " ")
        self._rows.setdefault(line, []).append((column, rank, text))
        self._ends[line] = max(self._ends.get(line, 0), column + len(text))

    def reach(self, line: int) -> None:
        """Make the text at least so many lines long."""
        self._last = max(self._last, line)

    def end(self, line: int) -> int:
        """The column behind the last word on a line."""
        return self._ends.get(line, 0)

    def put_lines(self, line: int, column: int, lines: list[str]) -> Place | None:
        """Put words on lines of their own, if these are free; where, or None if they are not."""
        behind = line + len(lines)
        if line < 0 or any(number in self._rows for number in range(line, behind)):
            return None
        for number, text in enumerate(lines, line):
            self.put(number, column, text)
        return Place(line, column, behind - 1, column + len(lines[-1]))

    def size(self) -> int:
        """About how many characters the text will have, without making it."""
        return max(self._last, *self._rows, 0) + sum(self._ends.values())

    def made(self) -> Made:
        """The text."""
        count = max(self._last, *self._rows, 0) + 1
        empty: list[tuple[int, int, str]] = []
        lines = [_joined(sorted(self._rows.get(number, empty))) for number in range(count)]
        starts, at = [], 0
        for line in lines:
            starts.append(at)
            at += len(line) + 1
        return Made("\n".join([*lines, ""]), tuple(starts))


class Made(NamedTuple):
    """A text and where its lines start."""

    text: str
    starts: tuple[int, ...]

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; what lies behind a line's end lies at its end."""
        if line >= len(self.starts):
            return len(self.text)
        end = self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text) - 1
        return min(self.starts[line] + column, end)

    def span(self, place: Place) -> Span:
        """The offsets of a place."""
        start = self.offset(place.line, place.column)
        return Span(start, max(start, self.offset(place.end_line, place.end_column)))


def _joined(words: Iterable[tuple[int, int, str]]) -> str:
    """One line; words that begin within others are left out, but names cut what is before them."""
    parts: list[str] = []
    end, last = 0, NAME
    for column, rank, text in words:
        if column < end:
            if rank != NAME or last == NAME:
                continue
            parts[-1] = parts[-1][: column - end]
            end = column
        parts += [" " * (column - end), text]
        end, last = column + len(text), rank
    return "".join(parts)
