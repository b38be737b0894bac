"""The words of a .proto text: tokens with their offsets, and what literals mean.

The whole text goes through one regular expression in one call; that is what makes the reader
fast. Comments are no tokens: where they matter, they are looked for between two tokens.
"""

from __future__ import annotations

import re
import string
import sys
from collections.abc import Iterator, Sequence
from itertools import accumulate

from specstat.model.source import Span

BLANKS = " \t\r\n\v\f"  # and no others: protoc knows nothing of Unicode's
Fault = tuple[str, Span]  # a sentence that says what is wrong, and the place
# Empty tokens behind the last one, so that looking ahead needs no care.
LOOK_AHEAD = 8

BLOCK = r"/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/)?"
_QUOTED = r'"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"?'
# Names with their dots are one token; texts and comments that are never closed are tokens too.
# Each takes the blanks behind it along, so that the lengths of all add up to offsets.
_PIECE = re.compile(
    rf"""(?://[^\n]*|{BLOCK}
    |[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*
    |\.?\d[\w.]*(?:(?<=[eE])[+-]\w*)?
    |{_QUOTED}|{_QUOTED.replace('"', "'")}
    |\S)\s*""",
    re.ASCII | re.VERBOSE,
)
_ALONE = frozenset(string.ascii_letters + string.digits + "_\"'-+{}[]()<>;,=:./")

_INTEGER = re.compile(r"0[xX](?P<hex>[0-9a-fA-F]+)|0(?P<octal>[0-7]*)")
_REAL = re.compile(r"(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][+-]?[0-9]+)?")
_LONGEST_INTEGER = 100  # digits; Python refuses to read 4,301 of them, and nobody writes 30
_CLOSED = re.compile(r"""(["'])(?:[^\\]|\\.)*\1""")
_ESCAPE = re.compile(
    rb"((?:\\u[0-9a-fA-F]{4})+)|\\U([0-9a-fA-F]{8})|\\([0-7]{1,3})|\\[xX]([0-9a-fA-F]{1,2})|\\(.)"
)
_LETTERS = dict(zip(b"abfnrtv", b"\a\b\f\n\r\t\v", strict=True))


def split(text: str) -> tuple[list[str], list[int], list[Fault]]:
    """All tokens of a text and where each starts, closed by empty ones at its end."""
    pieces = _PIECE.findall(text)
    begins = accumulate(map(len, pieces), initial=len(text) - len(text.lstrip(BLANKS)))
    tokens: list[str] = []
    starts: list[int] = []
    comment, comment_start = "", 0
    for piece, start in zip(pieces, begins, strict=False):
        if piece[0] == "/" and piece[1:2] in {"/", "*"}:
            comment, comment_start = piece, start
        else:
            tokens.append(piece.rstrip(BLANKS))
            starts.append(start)
    problems = _take_out_foreign(tokens, starts)
    if is_open(comment.rstrip(BLANKS)):  # only the last one can be
        message = "this comment is never closed, so everything behind it is lost"
        problems.append((message, Span(comment_start, comment_start + 2)))
    tokens += [""] * LOOK_AHEAD
    starts += [len(text)] * LOOK_AHEAD
    return tokens, starts, problems


def comments(text: str) -> Iterator[Span]:
    """All comments of a text, each line comment on its own, with their markers."""
    for match in _PIECE.finditer(text):
        if text.startswith(("//", "/*"), match.start()):
            yield Span(match.start(), match.start() + len(match.group().rstrip(BLANKS)))


def is_open(comment: str) -> bool:
    """Whether a comment begins like a block and never ends like one."""
    return comment.startswith("/*") and (comment == "/*/" or not comment.endswith("*/"))


def _take_out_foreign(tokens: list[str], starts: list[int]) -> list[Fault]:
    """Take characters out that mean nothing in a .proto file; each is told where it comes first."""
    foreign = {token for token in set(tokens) if len(token) == 1} - _ALONE
    if not foreign:
        return []
    first: dict[str, int] = {}
    kept: list[tuple[str, int]] = []
    for token, start in zip(tokens, starts, strict=True):
        if token in foreign:
            first.setdefault(token, start)
        else:
            kept.append((token, start))
    tokens[:] = [token for token, _ in kept]
    starts[:] = [start for _, start in kept]
    return [
        (f"{token!r} means nothing in a .proto file; remove it", Span(at, at + 1))
        for token, at in first.items()
    ]


def integer(token: str) -> int | None:
    """A decimal, octal or hexadecimal integer; None for any other token."""
    if len(token) > _LONGEST_INTEGER:
        return None
    if token.isdigit() and token[0] != "0":
        return int(token)
    match = _INTEGER.fullmatch(token)
    if match is None:
        return None
    if match["hex"]:
        return int(match["hex"], 16)
    return int(match["octal"] or "0", 8)


def number(token: str) -> float | None:
    """An integer, or a number with a point or an exponent; None for any other token."""
    return float(token) if _REAL.fullmatch(token) else integer(token)


def is_closed(quoted: str) -> bool:
    """Whether a text ends with the quote that it begins with."""
    if "\\" in quoted:
        return _CLOSED.fullmatch(quoted) is not None
    return len(quoted) > 1 and quoted[0] == quoted[-1]


def text_of(quoted: Sequence[str]) -> str:
    """What adjacent texts between quotes say together, their escapes read."""
    inner = [token[1:-1] for token in quoted]
    if not any("\\" in text for text in inner):
        return "".join(inner)
    # Escapes may give single bytes of a character, or bytes that are none.
    data = [_ESCAPE.sub(_unescape, text.encode("utf-8", "surrogatepass")) for text in inner]
    return b"".join(data).decode("utf-8", "surrogateescape")


def _unescape(match: re.Match[bytes]) -> bytes:
    pairs, point, octal, hexadecimal, letter = match.groups()
    if pairs:
        units = bytes.fromhex(pairs.replace(b"\\u", b"").decode("ascii"))
        return units.decode("utf-16-be", "surrogatepass").encode("utf-8", "surrogatepass")
    if point:
        return chr(min(int(point, 16), sys.maxunicode)).encode("utf-8", "surrogatepass")
    if letter:
        return bytes([_LETTERS.get(letter[0], letter[0])])
    return bytes([int(octal, 8) & 0xFF if octal else int(hexadecimal, 16)])
