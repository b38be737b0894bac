"""Curated signals: which atoms and phrases speak for which section, and why.

A signal is data (`data/signals.json`): a question, a direction, a weight, a reason, and when it
speaks. `when` is a list of clauses that must all hold; a clause holds if one of its atoms does;
no atom of `unless` may. Phrases are matched on tokens: `opens` at the start of the first clause,
`clause` within it, `says` anywhere; `*` stands for any one word, `<past>` for any past form or
participle, `{verb}` for a word of a group.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from specstat.judge.prose import Prose
from specstat.judge.traits import Traits, is_participle
from specstat.model.evidence import TEST_OF, Question, Test
from specstat.model.resource import Section

_PHRASES = frozenset({"opens", "clause", "says"})
_QUESTIONS = {
    "set": Question.SET_WHEN,
    "changes": Question.CHANGES,
    "does": Question.DOES,
    "purpose": Question.PURPOSE,
}
# Behind these a clause tells when something is to count, not what happened: "after it is done".
_CONDITIONS = frozenset("when once after until before if unless till whenever".split())
_REACH = 4
# Right before a fact they turn it round: "not blocked during" tells of nothing that was done.
_NEGATIONS = frozenset({"not", "never", "without"})
_LEAF = ""  # the key of a trie node under which its atoms stand; no token is empty


class Signal(NamedTuple):
    """One curated signal; `clauses` is the number of its clauses that must hold.

    A `fact` does not speak where its words stand behind "when", "after" and the like.
    """

    id: str
    question: Question
    test: Test
    toward: Section
    weight: float
    reason: str
    clauses: int
    fact: bool


class Heard(NamedTuple):
    """What a phrase satisfies: where it must stand, which clause of which signal, of a fact?"""

    kind: str
    number: int
    clause: int
    fact: bool


class Model(NamedTuple):
    """Signals compiled for lookup: from an atom to the signals' clauses that it satisfies.

    A clause number of -1 means that the atom forbids the signal. `bias` is the log-odds of
    status before anything is known.
    """

    bias: float
    signals: tuple[Signal, ...]
    by_atom: Mapping[str, tuple[tuple[int, int], ...]]
    trie: dict[str, Any]
    irregular: frozenset[str]


def _phrases(text: str, groups: Mapping[str, str]) -> Iterator[str]:
    """A phrase with its groups written out."""
    start = text.find("{")
    if start < 0:
        yield text
        return
    end = text.index("}", start)
    for word in groups[text[start + 1 : end]].split():
        yield from _phrases(text[:start] + word + text[end + 1 :], groups)


def _atoms(clause: Mapping[str, Any], groups: Mapping[str, str]) -> Iterator[str]:
    """The atoms of a clause: words are separated by blanks, phrases and names stand in lists."""
    for kind, value in clause.items():
        entries = value if isinstance(value, list) else value.split()
        for entry in entries:
            for phrase in _phrases(entry, groups):
                yield f"{kind}:{phrase}"


def compile_model(data: Mapping[str, Any]) -> Model:
    """Compile the signals of a parsed `signals.json`."""
    groups = data["groups"]
    signals = []
    by_atom: dict[str, list[tuple[int, int]]] = {}
    trie: dict[str, Any] = {}
    for number, row in enumerate(data["signals"]):
        when = row["when"]
        signals.append(
            Signal(
                row["id"],
                _QUESTIONS[row["question"]],
                TEST_OF[_QUESTIONS[row["question"]]],
                Section(row["toward"]),
                row["weight"],
                row["reason"],
                len(when),
                row.get("fact", False),
            )
        )
        clauses = [*enumerate(when), (-1, row.get("unless", {}))]
        for clause_number, clause in clauses:
            for atom in _atoms(clause, groups):
                by_atom.setdefault(atom, []).append((number, clause_number))
                kind, _, phrase = atom.partition(":")
                if kind in _PHRASES:
                    node = trie
                    for token in phrase.split():
                        node = node.setdefault(token, {})
                    fact = row.get("fact", False)
                    heard = Heard(kind, number, clause_number, fact)
                    if heard not in node.setdefault(_LEAF, []):
                        node[_LEAF].append(heard)
    frozen = {atom: tuple(places) for atom, places in by_atom.items()}
    irregular = frozenset(groups["irregular"].split())
    return Model(data["bias"], tuple(signals), frozen, trie, irregular)


@cache
def shipped() -> Model:
    """The model that comes with the package."""
    text = Path(__file__).with_name("data").joinpath("signals.json").read_text("utf-8")
    return compile_model(json.loads(text))


def weighed(model: Model, weights: Mapping[str, float], slope: float) -> Model:
    """The model with other weights by id; a signal without one counts `slope` times its own."""
    every = tuple(s._replace(weight=weights.get(s.id, s.weight * slope)) for s in model.signals)
    return model._replace(signals=every)


def _telling(quote: str) -> tuple[int, int]:
    """How much a quote tells: a phrase says more than the name, a longer one more than a short."""
    return quote.count(" "), len(quote)


Held = dict[int, dict[int, str]]  # by signal and clause: the words that were heard


def _hear(prose: Prose, model: Model, held: Held) -> None:
    """Add what the phrases of a description satisfy; most words begin none."""
    tokens = prose.tokens
    count = len(tokens)
    trie, irregular = model.trie, model.irregular
    past = [(t[-2:] == "ed" and is_participle(t)) or t in irregular for t in tokens]
    for start, token in enumerate(tokens):
        nodes = [(trie[token], start + 1)] if token in trie else []
        if past[start] and "<past>" in trie:
            nodes.append((trie["<past>"], start + 1))
        while nodes:
            node, at = nodes.pop()
            if _LEAF in node:
                _hold(node[_LEAF], prose, start, at, held)
            if at == count:
                continue
            forms = (tokens[at], "*", "<past>") if past[at] else (tokens[at], "*")
            nodes += [(node[form], at + 1) for form in forms if form in node]


def _hold(leaf: Sequence[Heard], prose: Prose, start: int, end: int, held: Held) -> None:
    """Add what one phrase satisfies where it stands."""
    tokens = prose.tokens
    quote = " ".join(tokens[start:end])
    states = not _CONDITIONS.isdisjoint(tokens[max(0, start - _REACH) : start]) or (
        start > 0 and tokens[start - 1] in _NEGATIONS
    )
    for kind, number, clause, fact in leaf:
        if (
            (fact and states)
            or (kind == "clause" and end > prose.first_end)
            or (kind == "opens" and not (start in {0, prose.opening} and start < prose.first_end))
        ):
            continue
        told = held.setdefault(number, {})
        old = told.get(clause)
        if old is None or _telling(quote) > _telling(old):
            told[clause] = quote


def match(model: Model, traits: Traits) -> list[tuple[Signal, str]]:
    """The signals that speak for a field, each with the field's words that it heard."""
    held: Held = {}
    by_atom = model.by_atom
    for atom, quote in traits.atoms.items():
        for number, clause in by_atom.get(atom, ()):
            held.setdefault(number, {}).setdefault(clause, quote)
    _hear(traits.prose, model, held)
    found = []
    for number in sorted(held):
        clauses = held[number]
        signal = model.signals[number]
        if -1 not in clauses and len(clauses) == signal.clauses:
            quotes = clauses.values()
            found.append(
                (signal, max(quotes, key=_telling) if len(quotes) > 1 else next(iter(quotes)))
            )
    return found


def lean(found: Iterable[tuple[Signal, str]]) -> float:
    """The sum of what the signals weigh, positive toward status."""
    return sum(s.weight if s.toward is Section.STATUS else -s.weight for s, _ in found)
