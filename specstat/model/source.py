"""Text with places: offsets into it, lines and columns out of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

_NEWLINE = re.compile("\n")


class Span(NamedTuple):
    """Character offsets into a source, half-open: `start` is in, `end` is not."""

    start: int
    end: int


class Position(NamedTuple):
    """A place as editors count it: line and column from 1, the column in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """One text and the path under which people know it, without a byte order mark.

    Lines end at a line feed and nowhere else, so that a line separator inside a string
    (U+0085, U+2028) shifts nothing.
    """

    path: str
    text: str
    # Built at the first question: most files have no finding, hence no need of it.
    _starts: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def _line_starts(self) -> list[int]:
        if not self._starts:
            self._starts.append(0)
            self._starts.extend([match.end() for match in _NEWLINE.finditer(self.text)])
        return self._starts

    def position(self, offset: int) -> Position:
        """The line and column of a character offset; one past the end is allowed."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line end."""
        starts = self._line_starts()
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")
