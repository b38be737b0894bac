"""Comments of a .proto text, bound to declarations as protoc binds them.

protoc looks for comments in one kind of place: behind the `;` or `{` that ends a declaration, and
behind the `}` that ends a block. What stands there is the trailing comment of what ended, detached
comments, and the leading comment of what comes next; comments elsewhere are nobody's.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from specstat.readers.prototokens import BLOCK, is_open
from specstat.readers.protovalues import Comment

_BLANK = r"[ \t\r\v\f]*"
# The rest of a line on which a token ended, with the comment that stands beside the token.
_BESIDE = re.compile(rf"{_BLANK}(?:(?P<lines>//[^\n]*\n?)|(?P<block>{BLOCK})|\n)")
# On the lines below: line comments right below each other, which are one comment (possessive: a
# million of them must not be a million places to go back to), a block comment, or blank lines. No
# alternative begins with blanks, or a long row of them would be tried from each of its places.
_PIECE = re.compile(
    rf"(?P<lines>//[^\n]*(?:\n{_BLANK}//[^\n]*)*+\n?)"
    rf"|(?P<block>{BLOCK}){_BLANK}\n?|(?:\n{_BLANK})++"
)
_MARKER = re.compile(rf"\n{_BLANK}//")
# Behind a line end, blanks and an asterisk are the frame of a block comment and no words of it.
_FRAME = re.compile(rf"\n{_BLANK}\*?")
_CLOSERS = frozenset({"}", "]", ")", ""})


class Bound(NamedTuple):
    """What stands between two tokens."""

    trailing: Comment | None = None
    detached: tuple[Comment, ...] = ()
    leading: Comment | None = None


NOTHING = Bound()


def between(text: str, start: int, end: int, following: str) -> Bound:
    """The comments between two tokens: where the first ends, where the `following` one starts.

    At the beginning of the text there is no token before, at its end `following` is empty.
    """
    trailing = None
    if start and (first_line := _BESIDE.match(text, start, end)):
        trailing = _comment(first_line)
        start = first_line.end()
    comments: list[Comment] = []
    # A blank line before the first comment, and one behind the last.
    blank_before = not start
    blank_behind = False
    for piece in _PIECE.finditer(text, start, end):
        comment = _comment(piece)
        if comment is not None:
            comments.append(comment)
        elif not comments:
            blank_before = True
        blank_behind = comment is None
    leading = None
    if comments and not blank_behind and following not in _CLOSERS:
        leading = comments.pop()
    if trailing is None:
        if comments and not blank_before:
            trailing = comments.pop(0)
    elif following and not comments and not leading and "\n" not in text[trailing.end : end]:
        # Between two declarations on one line, a comment belongs to neither.
        return Bound(None, (trailing,), None)
    return Bound(trailing, tuple(comments), leading)


def _comment(match: re.Match[str]) -> Comment | None:
    """A comment without its markers; a line comment keeps its line end, as protoc has it."""
    kind = match.lastgroup
    if kind is None:
        return None
    written = match[kind]
    start, end = match.span(kind)
    if kind == "lines":
        words = _MARKER.sub("\n", written[2:]) if "//" in written[2:] else written[2:]
        return Comment(words, start, start + len(written.rstrip("\r\n")))
    inner = written[2:] if is_open(written) else written[2:-2]
    return Comment(_FRAME.sub("\n", inner), start, end)
