"""Phrases of the curated signals, heard in the tokens of a description.

The phrases are compiled into a trie in which each token leads on to one node at most: what a
wildcard leads to is merged into what the words beside it lead to. A description is then walked
from each token that begins a phrase, and most begin none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from specstat.judge.memo import Memo
from specstat.judge.prose import Prose
from specstat.judge.traits import is_participle

KINDS = frozenset({"opens", "clause", "says"})
_ANY = "*"
_PAST = "<past>"
# Behind these a clause tells when something is to count, not what happened: "after it is done".
_CONDITIONS = frozenset("when once after until before if unless till whenever".split())
_REACH = 4
# Right before a fact they turn it round: "not blocked during" tells of nothing that was done.
_NEGATIONS = frozenset({"not", "never", "without"})

Place = tuple[int, int]  # the number of a signal and that of its clause


class Phrase(NamedTuple):
    """A phrase, of which kind it is, what it satisfies, and whether it tells a fact."""

    words: tuple[str, ...]
    kind: str
    place: Place
    fact: bool


@dataclass(slots=True)
class _Node:
    """What was heard up to here, and where the next token leads: a word, a past form, any other."""

    heard: tuple[Phrase, ...]
    words: dict[str, _Node | None] = field(default_factory=dict)
    past: _Node | None = None
    other: _Node | None = None


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases compiled for `heard`: by the token that begins them, those of `opens` apart."""

    opening: Memo[_Node | None]
    anywhere: Memo[_Node | None]
    irregular: frozenset[str]


def compile_phrases(phrases: Sequence[Phrase], irregular: frozenset[str]) -> Phrases:
    """Compile phrases; `irregular` are the past forms that do not end in "ed"."""
    opens = _node([p for p in phrases if p.kind == "opens"], 0, irregular)
    others = _node([p for p in phrases if p.kind != "opens"], 0, irregular)
    return Phrases(
        Memo(lambda token: _next(opens, token, irregular)),
        Memo(lambda token: _next(others, token, irregular)),
        irregular,
    )


def _is_past(token: str, irregular: frozenset[str]) -> bool:
    return is_participle(token) or token in irregular


def _node(phrases: Sequence[Phrase], depth: int, irregular: frozenset[str]) -> _Node:
    """The node for phrases whose first `depth` words were heard."""
    ended: list[Phrase] = []
    longer: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        if len(phrase.words) == depth:
            ended.append(phrase)
        else:
            longer.setdefault(phrase.words[depth], []).append(phrase)

    def after(*forms: str) -> _Node | None:
        led = [phrase for form in forms for phrase in longer.get(form, ())]
        return _node(led, depth + 1, irregular) if led else None

    other = after(_ANY)
    node = _Node(tuple(ended), past=after(_PAST, _ANY) if _PAST in longer else other, other=other)
    for word in longer.keys() - {_PAST, _ANY}:
        forms = (word, _PAST, _ANY) if _is_past(word, irregular) else (word, _ANY)
        node.words[word] = after(*forms)
    return node


def _next(node: _Node, token: str, irregular: frozenset[str]) -> _Node | None:
    """Where a token leads to from a node."""
    if token in node.words:
        return node.words[token]
    if node.past is not node.other and _is_past(token, irregular):
        return node.past
    return node.other


def heard(phrases: Phrases, prose: Prose) -> Iterator[tuple[Place, str]]:
    """What the phrases of a description satisfy, each with its words as they stand there."""
    tokens, first_end, irregular = prose.tokens, prose.first_end, phrases.irregular
    count = len(tokens)
    begun = [(at, phrases.opening[tokens[at]]) for at in {0, prose.opening} if at < first_end]
    begun += enumerate(map(phrases.anywhere.__getitem__, tokens))
    for start, node in begun:
        end = start
        while node is not None:
            end += 1
            for phrase in node.heard:
                if _stands(phrase, prose, start, end):
                    yield phrase.place, " ".join(tokens[start:end])
            node = _next(node, tokens[end], irregular) if end < count else None


def _stands(phrase: Phrase, prose: Prose, start: int, end: int) -> bool:
    """Whether a phrase counts where it stands."""
    if phrase.kind == "clause" and end > prose.first_end:
        return False
    return not phrase.fact or not (
        (start > 0 and prose.tokens[start - 1] in _NEGATIONS)
        or not _CONDITIONS.isdisjoint(prose.tokens[max(0, start - _REACH) : start])
    )
