"""Phrases of the curated signals, heard in the tokens of a description.

The phrases are compiled into a trie in which each token leads on to one node at most: what a
wildcard leads to is merged into what the words beside it lead to. A description is then walked
from each token that begins a phrase, and most begin none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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

Place = int  # the number of a clause, counted through all signals


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
    words: Mapping[str, _Node | None]
    past: _Node | None
    other: _Node | None


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases compiled for `heard`: by the token that begins them.

    `opening` holds all of them, `anywhere` those that need not open a description.
    """

    opening: Memo[_Node | None]
    anywhere: Memo[_Node | None]
    irregular: frozenset[str]


def compile_phrases(phrases: Sequence[Phrase], irregular: frozenset[str]) -> Phrases:
    """Compile phrases; `irregular` are the past forms that do not end in "ed"."""
    others = [phrase for phrase in phrases if phrase.kind != "opens"]
    return Phrases(_first(phrases, irregular), _first(others, irregular), irregular)


def _first(phrases: Sequence[Phrase], irregular: frozenset[str]) -> Memo[_Node | None]:
    """What tokens begin; a node is made when its token is first met, for many never are."""
    begun = _by_word(phrases, 0)

    def node(token: str) -> _Node | None:
        return _after(begun, _forms(token, irregular), 1, irregular)

    return Memo(node)


def _is_past(token: str, irregular: frozenset[str]) -> bool:
    return is_participle(token) or token in irregular


def _forms(token: str, irregular: frozenset[str]) -> tuple[str, ...]:
    """What a token counts as in phrases."""
    if token == _ANY:
        return (_ANY,)
    return (token, _PAST, _ANY) if _is_past(token, irregular) else (token, _ANY)


def _by_word(phrases: Iterable[Phrase], depth: int) -> dict[str, list[Phrase]]:
    """Phrases by the word behind their first `depth` words, those that end there left out."""
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        if len(phrase.words) > depth:
            found.setdefault(phrase.words[depth], []).append(phrase)
    return found


def _after(
    longer: Mapping[str, Sequence[Phrase]],
    forms: Iterable[str],
    depth: int,
    irregular: frozenset[str],
) -> _Node | None:
    """The node for the phrases that some forms lead to, where there are any."""
    led = [phrase for form in forms for phrase in longer.get(form, ())]
    if not led:
        return None
    longer = _by_word(led, depth)
    words = {
        word: _after(longer, _forms(word, irregular), depth + 1, irregular)
        for word in longer
    }
    other = words.pop(_ANY, None)
    past = words.pop(_PAST, other)
    return _Node(tuple(p for p in led if len(p.words) == depth), words, past, other)


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
    begun = list(map(phrases.anywhere.__getitem__, tokens))
    for at in {0, prose.opening}:
        if at < first_end:
            begun[at] = phrases.opening[tokens[at]]
    for start, node in enumerate(begun):
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
