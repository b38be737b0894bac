"""Text for people: styled lines that fit the terminal, safe to print."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from typing import TextIO

# A piece of text and its style ("" is plain); a line is pieces in a row.
Piece = tuple[str, str]
Line = tuple[Piece, ...]

WIDTH = 80
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """Text with control and direction characters escaped, so that it cannot act on a terminal."""
    if text.isprintable():
        return text
    return "".join(_escape(c) for c in text)


def _escape(char: str) -> str:
    if char == "\t":
        return "    "
    if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} or char in _BIDI:
        return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"  # noqa: PLR2004 - Latin-1 ends there
    return char


def cells(text: str) -> int:
    """How many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in {"W", "F"} for c in text)
    combining = sum(unicodedata.combining(c) != 0 for c in text)
    return len(text) + wide - combining


def wrap(text: str, width: int) -> list[str]:
    """Text in lines of at most a width in columns; a longer word is kept whole."""
    room = max(width, 20)
    lines = [""]
    for word in visible(text).split():
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and cells(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def clip(text: str, width: int) -> str:
    """A text cut to a width in columns, with an ellipsis where something is left out."""
    if cells(text) <= width:
        return text
    kept = next(n for n in range(min(len(text), width), -1, -1) if cells(text[:n]) < width)
    return text[:kept] + "…"


def table(rows: Iterable[tuple[str, ...]], gap: str = "  ") -> list[str]:
    """Rows as aligned columns; the last column is wrapped to what is left of the width."""
    rows = list(rows)
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    room = WIDTH - sum(widths[:-1]) - len(gap) * (len(widths) - 1)
    blank = ("",) * (len(widths) - 1)
    rows = [
        (*(blank if number else row[:-1]), line)
        for row in rows
        for number, line in enumerate(wrap(row[-1], room))
    ]
    return [
        gap.join(
            [c + " " * (w - cells(c)) for c, w in zip(row[:-1], widths[:-1], strict=True)]
            + [row[-1]]
        ).rstrip()
        for row in rows
    ]


def wants_color(stream: TextIO, *, no_color: bool) -> bool:
    """Whether to colour: on a terminal only, and never against NO_COLOR."""
    if no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def paint(lines: Iterable[Line], stream: TextIO, *, color: bool) -> None:
    """Write lines, coloured by rich where colour is wanted."""
    if not color:
        stream.writelines("".join(text for text, _ in line) + "\n" for line in lines)
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.text import Text  # noqa: PLC0415 - as above

    console = Console(file=stream, force_terminal=True, highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*line), markup=False)
