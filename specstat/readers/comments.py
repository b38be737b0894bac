"""Comments of a YAML text, and the keys they stand with.

libyaml drops comments; they are found again in the gaps between scalars.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from specstat.model.source import Span
from specstat.readers.yamltree import Tree

_TO_LINE_END = re.compile(r"[^\r\n]*")
_BEFORE_FIRST_KEY = " \t-?{[,"


class Comment(NamedTuple):
    """One comment: its text from the `#` on, and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Comments:
    """All comments of a text, in order, and what they bind to.

    `above` maps the offset of the first thing below a block of whole-line comments to the block;
    a blank line between detaches it. `behind` maps the offset of the first thing on a line to the
    comment at the line's end: of several keys on a line, it speaks of the first.
    """

    all: tuple[Comment, ...] = ()
    above: dict[int, tuple[Comment, ...]] = field(default_factory=dict)
    behind: dict[int, Comment] = field(default_factory=dict)

    def of_key(self, offset: int) -> tuple[Comment, ...]:
        """The comments above and behind the key that starts at an offset."""
        found = self.above.get(offset, ())
        behind = self.behind.get(offset)
        return (*found, behind) if behind else found


def _find(text: str, tree: Tree) -> list[Comment]:
    """Every `#` behind blank or at a line's start that lies in no scalar."""
    starts, ends = tree.scalar_starts, tree.scalar_ends
    found = []
    at = text.find("#")
    while at >= 0:
        before = bisect_right(starts, at) - 1
        resume = at + 1
        if before >= 0 and at < ends[before]:
            resume = ends[before]
        elif at == 0 or text[at - 1] in " \t\n\r":
            match = _TO_LINE_END.match(text, at)
            resume = match.end() if match else len(text)
            found.append(Comment(text[at:resume].rstrip(), Span(at, resume)))
        at = text.find("#", resume)
    return found


def read(text: str, tree: Tree) -> Comments:
    """The comments of a text that has been parsed into a tree."""
    found = _find(text, tree)
    if not found:
        return Comments()
    above: dict[int, tuple[Comment, ...]] = {}
    behind: dict[int, Comment] = {}
    block: list[Comment] = []
    for number, comment in enumerate(found):
        line_start = text.rfind("\n", 0, comment.span.start) + 1
        before = text[line_start : comment.span.start]
        if before.strip():
            behind[comment.span.start - len(before.lstrip(_BEFORE_FIRST_KEY))] = comment
            continue
        block.append(comment)
        gap_end = found[number + 1].span.start if number + 1 < len(found) else len(text)
        gap = text[comment.span.end : gap_end]
        content = gap.lstrip()
        blank = gap[: len(gap) - len(content)]
        if blank.count("\n") > 1:
            block = []
        elif content:
            above[comment.span.end + len(blank)] = tuple(block)
            block = []
    return Comments(tuple(found), above, behind)
