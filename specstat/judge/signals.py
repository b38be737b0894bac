"""Curated signals: which atoms and phrases speak for which section, and why.

A signal is data (`data/signals.json`): a question, a direction, a weight, a reason, and when it
speaks. `when` is a list of clauses that must all hold; a clause holds if one of its atoms does;
no atom of `unless` may. Phrases are matched on tokens: `opens` at the start of the first clause,
`clause` within it, `says` anywhere; `*` stands for any one word, `<past>` for any past form or
participle, `{verb}` for a word of a group.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from specstat.judge.prose import Prose
from specstat.judge.traits import Traits, is_participle
from specstat.model.evidence import Question
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
    toward: Section
    weight: float
    reason: str
    clauses: int
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
                    if atom not in node.setdefault(_LEAF, []):
                        node[_LEAF].append(atom)
    frozen = {atom: tuple(places) for atom, places in by_atom.items()}
    irregular = frozenset(groups["irregular"].split())
    return Model(data["bias"], tuple(signals), frozen, trie, irregular)


@cache
def shipped() -> Model:
    """The model that comes with the package."""
    text = Path(__file__).with_name("data").joinpath("signals.json").read_text("utf-8")
    return compile_model(json.loads(text))


def _said(prose: Prose, model: Model) -> Iterator[tuple[str, str, bool]]:
    """The phrase atoms that hold, the words behind each, and whether they state a condition."""
    tokens = prose.tokens
    # What a token may stand for in a phrase: itself, any word, a past form.
    forms = [
        (t, "*", "<past>") if t in model.irregular or is_participle(t) else (t, "*") for t in tokens
    ]
    for start in range(len(tokens)):
        nodes = [(model.trie, start)]
        conditional = not _CONDITIONS.isdisjoint(tokens[max(0, start - _REACH) : start]) or (
            start > 0 and tokens[start - 1] in _NEGATIONS
        )
        while nodes:
            node, at = nodes.pop()
            for atom in node.get(_LEAF, ()):
                kind = atom[: atom.index(":")]
                if (
                    kind == "says"
                    or (kind == "clause" and at <= prose.first_end)
                    or (kind == "opens" and start in {0, prose.opening} and start < prose.first_end)
                ):
                    yield atom, " ".join(tokens[start:at]), conditional
            if at < len(tokens):
                nodes += [(node[form], at + 1) for form in forms[at] if form in node]


def _telling(quote: str) -> tuple[int, int]:
    """How much a quote tells: a phrase says more than the name, a longer one more than a short."""
    return quote.count(" "), len(quote)


def match(model: Model, traits: Traits) -> list[tuple[Signal, str]]:
    """The signals that speak for a field, each with the field's words that it heard."""
    held: dict[int, dict[int, str]] = {}
    by_atom = model.by_atom
    for atom, quote in traits.atoms.items():
        for number, clause in by_atom.get(atom, ()):
            held.setdefault(number, {}).setdefault(clause, quote)
    for atom, quote, conditional in _said(traits.prose, model):
        for number, clause in by_atom[atom]:
            if conditional and model.signals[number].fact:
                continue
            told = held.setdefault(number, {})
            told[clause] = max(told.get(clause, ""), quote, key=_telling)
    found = []
    for number in sorted(held):
        clauses = held[number]
        signal = model.signals[number]
        if -1 not in clauses and len(clauses) == signal.clauses:
            found.append((signal, max(clauses.values(), key=_telling)))
    return found
