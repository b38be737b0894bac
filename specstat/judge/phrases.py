"""Phrases of the curated signals, heard in the tokens of a description.

The phrases are a trie, and a description is read by an automaton: its state is the set of the
trie's nodes that the last tokens led to, so that each token is looked at once. States are worked
out when they are first met; there are few, for of a token only its form counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from specstat.judge.memo import Memo
from specstat.judge.prose import Prose
from specstat.judge.traits import is_participle

KINDS = frozenset({"opens", "clause", "says"})
# Forms of tokens, beside the words of the phrases themselves.
_ANY = "*"
_PAST = "<past>"
_ENDED = ""  # the key of a node under which the phrases stand that end there; no token is empty
_Node = dict[str, Any]  # of a trie: the nodes behind it by form, and the phrases that end there
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


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """What ends with a token, and the state behind the next one by its form.

    What ends is told as the number of words, kind, place and fact of each phrase.
    """

    ended: tuple[tuple[int, str, Place, bool], ...]
    after: Memo[str, _State]


class Phrases:
    """Phrases compiled for `heard`: how a description begins, and what form a token has.

    `irregular` are the past forms that do not end in "ed".
    """

    __slots__ = ("_irregular", "_root", "_states", "_words", "forms", "start")

    def __init__(self, phrases: Iterable[Phrase], irregular: frozenset[str]) -> None:
        self._irregular = irregular
        self._root: _Node = {}
        self._words: set[str] = set()
        self._states: dict[tuple[int, ...], _State] = {}
        for phrase in phrases:
            node = self._root
            for word in phrase.words:
                node = node.setdefault(word, {})
            ended = len(phrase.words), phrase.kind, phrase.place, phrase.fact
            node.setdefault(_ENDED, []).append(ended)
            self._words.update(phrase.words)
        self.start = self._state([])
        self.forms = Memo(self._form)

    def _is_past(self, token: str) -> bool:
        return token == _PAST or is_participle(token) or token in self._irregular

    def _form(self, token: str) -> str:
        """What counts of a token: itself where a phrase has it, else whether it is a past form."""
        if token in self._words:
            return token
        return _PAST if self._is_past(token) else _ANY

    def _step(self, nodes: Sequence[_Node], form: str) -> _State:
        """The state that a token of a form leads to from some nodes, or begins."""
        forms = dict.fromkeys((form, _PAST, _ANY) if self._is_past(form) else (form, _ANY))
        return self._state([node[f] for node in (*nodes, self._root) for f in forms if f in node])

    def _state(self, nodes: Sequence[_Node]) -> _State:
        key = tuple(map(id, nodes))
        if key not in self._states:
            ended = tuple(phrase for node in nodes for phrase in node.get(_ENDED, ()))
            self._states[key] = _State(ended, Memo(partial(self._step, nodes)))
        return self._states[key]


def heard(phrases: Phrases, prose: Prose) -> list[tuple[Place, str]]:
    """What the phrases of a description satisfy, each with its words as they stand there."""
    tokens, first_end, begins = prose.tokens, prose.first_end, (0, prose.opening)
    found = []
    state = phrases.start
    for end, form in enumerate(map(phrases.forms.__getitem__, tokens), 1):
        state = state.after[form]
        for words, kind, place, fact in state.ended:
            start = end - words
            if not (
                (kind == "clause" and end > first_end)
                or (kind == "opens" and (start not in begins or start >= first_end))
                or (fact and _is_condition(tokens, start))
            ):
                found.append((place, " ".join(tokens[start:end])))
    return found


def _is_condition(tokens: Sequence[str], at: int) -> bool:
    """Whether what begins at a token tells of no fact, by what stands before it."""
    return (at > 0 and tokens[at - 1] in _NEGATIONS) or not _CONDITIONS.isdisjoint(
        tokens[max(0, at - _REACH) : at]
    )
