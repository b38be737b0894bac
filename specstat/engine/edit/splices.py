"""Small edits of texts, by offsets: a line above a place, words into an annotation.

Everything that is not edited stays as it is, to the last blank and line end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from specstat.model.ignoring import BEGIN
from specstat.model.source import Span

# The mark with a word of the grammar behind it, as the readers of comments find it.
_MARKED = re.compile(r"(?:^|(?<=[\s/#*]))specstat:[ \t]*(?=[a-z-]+=|sensitive\b)", re.MULTILINE)
_WORD = re.compile(r"[^\s*]+")
_PUNCTUATION = ".,;"


class Edit(NamedTuple):
    """A text in place of what stands between two offsets."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; they do not overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def place(edits: Iterable[Edit]) -> int:
    """The offset, in the edited text, of the last thing that the first edit wrote."""
    first = min(edits)
    return first.start + max(len(first.text.rstrip()) - 1, 0)


def line_end(text: str, offset: int) -> str:
    """How lines end around an offset: what ends its own line, else the line above."""
    at = text.find("\n", offset)
    if at < 0:
        at = text.rfind("\n", 0, offset)
    return "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"


def line_above(text: str, offset: int, line: str) -> Iterator[Edit]:
    """A line of its own above the one that begins at an offset; nothing where none does."""
    start = text.rfind("\n", 0, offset) + 1
    indent = text[start:offset]
    if not indent.strip(" \t"):
        yield Edit(start, start, f"{indent}{line}{line_end(text, offset)}")


def into_annotations(
    text: str, spans: Iterable[Span], words: Sequence[str]
) -> tuple[Edit, ...] | None:
    """The words into the annotations that stand in some spans; None where none does.

    A word given takes the place of what an annotation says under the same key; what none says yet
    goes behind the words of the first.
    """
    given = {key_of(word): word for word in words}
    edits: list[Edit] = []
    annotations = [found for span in spans for found in _annotations(text, span)]
    if not annotations:
        return None
    for found in (word for annotation in annotations for word in annotation):
        written = found.group().rstrip(_PUNCTUATION)
        new = given.pop(key_of(written), written)
        if new != written:
            edits.append(Edit(found.start(), found.start() + len(written), new))
    if given:
        behind = annotations[0][-1].end()
        edits.append(Edit(behind, behind, " " + " ".join(given.values())))
    return tuple(edits)


def _annotations(text: str, span: Span) -> Iterator[list[re.Match[str]]]:
    """The words of each annotation in a span, without the prose behind them."""
    for mark in _MARKED.finditer(text[span.start : span.end]):
        start = span.start + mark.end()
        stop = text.find("\n", start, span.end)
        found = _WORD.finditer(text, start, span.end if stop < 0 else stop)
        yield list(takewhile(_is_of_annotation, found))


def key_of(word: str) -> str:
    """What a word of an annotation speaks of: `purpose` of `purpose=instruction`."""
    return word.partition("=")[0]


def _is_of_annotation(word: re.Match[str]) -> bool:
    first = word.group()[0]
    return not first.isupper() and first not in "#/" and not BEGIN.match(word.group())
