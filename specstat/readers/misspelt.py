"""Annotations that nobody would hear: their mark is misspelt, as in `spectstat: set=creation`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.model.directives import MARK, WORDS
from specstat.model.reading import Problem
from specstat.model.source import Span

_SAID = (*(f"{word}=" for word in (*WORDS, "echo-of")), "ignore[")
# A backslash before it: in JSON, `\n` and the mark are one word.
_WORD_BEFORE = re.compile(
    r"(?<![\w\\-])(?P<mark>([A-Za-z][\w-]{5,10})(?:[ \t]{0,2}:)?)[ \t]{0,2}\Z"
)
_FAR = 24
_ALIKE = 0.85


def misspelt_marks(text: str) -> Iterator[Problem]:
    """Words of the grammar behind something that is nearly the mark, anywhere in a text."""
    for match in _words_before(text):
        if match["mark"] != MARK and _is_like_the_mark(match[2]):
            message = f"an annotation begins with {MARK!r}, not with {match['mark']!r}"
            yield Problem("SS004", message, Span(*match.span("mark")))


def _words_before(text: str) -> Iterator[re.Match[str]]:
    """The words in front of those words of the grammar that take a value or codes."""
    for said in _SAID:
        at = text.find(said)
        while at >= 0:
            match = _WORD_BEFORE.search(text, max(at - _FAR, 0), at)
            if match is not None:
                yield match
            at = text.find(said, at + 1)


def _is_like_the_mark(word: str) -> bool:
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a mistake needs it

    letters = re.sub(r"[\W_]", "", word.lower())
    return SequenceMatcher(None, letters, MARK.rstrip(":")).ratio() >= _ALIKE
