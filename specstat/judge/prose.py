"""Descriptions into what they say of purpose.

What a description says of *who sets* the field is taken out and kept apart: it is told, and it
weighs nothing. So are sentences that argue where the field stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from specstat.model.evidence import Origin

# Enough for any opening and its reservations; a bound, so that no description costs more.
MAX_CHARACTERS = 1_500

_ACTOR = (
    r"(?:(?:an?|the|its|our|your|this|some|whatever|end)\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:system|systems|controllers?|operators?|users?|scheduler|kubelet|api-?server|server|"
    r"webhook|admission|platform|administrators?|admins?|clients?|reconciler|managers?|"
    r"provisioner|autoscaler|author|developer|humans?|people|machine)\b(?!'s)"
)
_HOW = r"(?:automatically|always|usually|typically|internally|only|also|initially|directly)"
_VERB = (
    r"(?:set|generated|auto-?generated|provided|populated|filled(?:\s+in|\s+out)?|written|"
    r"supplied|given|entered|defaulted|injected|stamped|maintained|assigned|added|specified|"
    r"managed|created|updated|produced|chosen)"
)
_ORIGIN = re.compile(
    rf"(?:\b(?:is|are|was|were|be|been|being|gets?|will|can|may|must|should|which|that|{_HOW})\s+)*"
    rf"\b{_VERB}\s+(?:{_HOW}\s+)?by\s+(?P<passive>{_ACTOR})"
    # The bare noun suffices here, and a pattern that may start at any word is slow.
    rf"|\b(?P<active>system|controller|operator|user|scheduler|server|admin)s?\s+(?:{_HOW}\s+)?"
    r"(?:sets?|generates?|populates?|fills?(?:\s+in)?|writes?|assigns?|supplies|makes?)\s+"
    r"(?:it|them|(?:this|the)(?:\s+[\w-]+)?)\b"
    r"|\b(?P<adjective>system|controller|operator|server|auto|user|machine|admin|client)-"
    r"(?:generated|provided|set|managed|supplied|assigned|populated|specified|defined|written|"
    r"owned|controlled)\b"
    rf"|\b(?:defaulted|set|filled in|populated|assigned|generated)\s+{_HOW}"
    r"|\bautomatically\s+(?:set|populated|assigned|filled in|generated)\b",
    re.IGNORECASE,
)
# Sentences about the placement itself; the reader is the one who places.
_PLACEMENT = re.compile(
    r"\b(?:why|hence|thus|therefore|thence|so|belongs?|lives?|kept|stored|placed|goes|sits|because)\b"
    r"[^.]*?\b(?:in|to|into|under)\s+(?:the\s+)?(?:spec|status|metadata)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?;](?=\s|$)|\n\s*\n|\n\s*[-*]\s|(?<=\S):(?=\s*\n)")
_TOKEN = re.compile(r"[a-z][a-z0-9]*(?:['-][a-z0-9]+)*|[0-9]+")
_SKIPPED_AT_START = frozenset({"is", "are", "the", "a", "an", "this", "field", "it", "optional"})


@dataclass(frozen=True, slots=True)
class Prose:
    """A description as tokens in lower case, without what it says of origin or placement.

    The first clause is `tokens[:first_end]`; `opening` is where it begins in earnest, behind the
    field's own name, articles and "is".
    """

    tokens: tuple[str, ...] = ()
    first_end: int = 0
    opening: int = 0
    origin: Origin | None = None


EMPTY = Prose()


def _origin(match: re.Match[str]) -> Origin:
    actor = match["passive"] or match["active"] or match["adjective"] or "the system"
    words = actor.lower().split()
    if words[0] in {"a", "an", "the", "its", "our", "your", "this", "some"}:
        words = words[1:]
    return Origin(" ".join(words), " ".join(match.group().split()))


def read(description: str, name_words: tuple[str, ...]) -> Prose:
    """Read a description; its markup, line breaks and length beyond a bound do not matter."""
    text = description[:MAX_CHARACTERS]
    origin = None
    if match := _ORIGIN.search(text):
        origin = _origin(match)
        text = _ORIGIN.sub(" ", text)
    if "spec" in text or "status" in text or "metadata" in text:
        text = _PLACEMENT.sub(" ", text)
    tokens: list[str] = []
    first_end = 0
    start = 0
    for stop in [*(m.start() for m in _SENTENCE_END.finditer(text)), len(text)]:
        tokens += _TOKEN.findall(text[start:stop].lower())
        start = stop
        if tokens and not first_end:
            first_end = len(tokens)
    if tokens and tokens[0] == "".join(name_words):
        tokens, first_end = tokens[1:], first_end - 1
    opening = 0
    while opening < first_end and tokens[opening] in _SKIPPED_AT_START:
        opening += 1
    return Prose(tuple(tokens), first_end, opening, origin)
