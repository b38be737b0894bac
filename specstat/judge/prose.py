"""Descriptions into what they say of purpose.

What a description says of *who sets* the field is taken out and kept apart: it is told, and it
weighs nothing. So are sentences that argue where the field stands.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from specstat.judge import origin
from specstat.model.evidence import Origin

# Enough for any opening and its reservations; a bound, so that no description costs more.
MAX_CHARACTERS = 1_500

_SENTENCE_END = re.compile(r"[.!?;](?=\s|$)|\n\s*\n|\n\s*[-*]\s|(?<=\S):(?=\s*\n)")
_TOKEN = re.compile(r"[a-z][a-z0-9]*(?:['-][a-z0-9]+)*|[0-9]+")
_SKIPPED_AT_START = frozenset({"is", "are", "the", "a", "an", "this", "field", "it", "optional"})
# Words by which a sentence argues where the field stands; the reader is the one who places it.
_ARGUING = frozenset(
    "why hence thus therefore so belongs belong lives kept stored placed goes sits because".split()
)
_SECTIONS = frozenset({"spec", "status", "metadata"})
_INTO = frozenset({"in", "to", "into", "under"})


class Prose(NamedTuple):
    """A description as tokens in lower case, without what it says of origin or placement.

    The first clause is `tokens[:first_end]`; `opening` is where it begins in earnest, behind the
    field's own name, articles and "is".
    """

    tokens: tuple[str, ...] = ()
    first_end: int = 0
    opening: int = 0
    origin: Origin | None = None


EMPTY = Prose()


def _argues_placement(sentence: list[str]) -> bool:
    """Whether a sentence gives reasons for a section: "..., hence it is kept in status"."""
    if _SECTIONS.isdisjoint(sentence) or _ARGUING.isdisjoint(sentence):
        return False
    return any(
        word in _SECTIONS and not _INTO.isdisjoint(sentence[max(0, at - 2) : at])
        for at, word in enumerate(sentence)
    )


def read(description: str, name_words: tuple[str, ...]) -> Prose:
    """Read a description; its markup, line breaks and length beyond a bound do not matter."""
    text = description[:MAX_CHARACTERS]
    tokens: list[str] = []
    told: Origin | None = None
    first_end = 0
    start = 0
    for stop in [*(m.start() for m in _SENTENCE_END.finditer(text)), len(text)]:
        sentence, found = origin.take_out(_TOKEN.findall(text[start:stop].lower()))
        start = stop
        told = told or found
        if _argues_placement(sentence):
            continue
        tokens += sentence
        if tokens and not first_end:
            first_end = len(tokens)
    if tokens and tokens[0] == "".join(name_words):
        tokens, first_end = tokens[1:], first_end - 1
    opening = 0
    while opening < first_end and tokens[opening] in _SKIPPED_AT_START:
        opening += 1
    return Prose(tuple(tokens), first_end, opening, told)
