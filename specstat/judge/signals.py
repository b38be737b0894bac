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
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from specstat.judge.phrases import KINDS, Phrase, Phrases, Place, heard
from specstat.judge.traits import Atoms, Traits
from specstat.model.evidence import TEST_OF, Question, Test
from specstat.model.resource import Section

_QUESTIONS = {
    "set": Question.SET_WHEN,
    "changes": Question.CHANGES,
    "does": Question.DOES,
    "purpose": Question.PURPOSE,
}


class Signal(NamedTuple):
    """One curated signal; `clauses` are those that must hold, `unless` the one that must not.

    A `fact` does not speak where its words stand behind "when", "after" and the like.
    """

    id: str
    question: Question
    test: Test
    toward: Section
    weight: float
    reason: str
    clauses: tuple[Place, ...]
    unless: Place
    fact: bool


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Signals compiled for lookup: by their first clause, and from atoms to clauses."""

    signals: Mapping[Place, Signal]
    by_atom: Mapping[str, Sequence[Place]]
    phrases: Phrases


def _written_out(text: str, groups: Mapping[str, str]) -> Iterator[str]:
    """A phrase with its groups written out."""
    start = text.find("{")
    if start < 0:
        yield text
        return
    end = text.index("}", start)
    for word in groups[text[start + 1 : end]].split():
        yield from _written_out(text[:start] + word + text[end + 1 :], groups)


def _atoms(clause: Mapping[str, Any], groups: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Kinds and values in a clause: words are separated by blanks, phrases stand in lists."""
    for kind, value in clause.items():
        entries = value if isinstance(value, list) else value.split()
        for entry in entries:
            for text in _written_out(entry, groups):
                yield kind, text


def _signal(row: Mapping[str, Any], first: Place) -> Signal:
    """A signal whose clauses are numbered from `first` on."""
    question = _QUESTIONS[row["question"]]
    unless = first + len(row["when"])
    return Signal(
        row["id"],
        question,
        TEST_OF[question],
        Section(row["toward"]),
        row["weight"],
        row["reason"],
        tuple(range(first, unless)),
        unless,
        row.get("fact", False),
    )


def compile_model(data: Mapping[str, Any]) -> Model:
    """Compile the signals of a parsed `signals.json`."""
    groups = data["groups"]
    signals: dict[Place, Signal] = {}
    by_atom: dict[str, list[Place]] = {}
    phrases: list[Phrase] = []
    first = 0
    for row in data["signals"]:
        signal = signals[first] = _signal(row, first)
        for place, clause in enumerate([*row["when"], row.get("unless", {})], first):
            for kind, text in _atoms(clause, groups):
                if kind in KINDS:
                    phrases.append(Phrase(tuple(text.split()), kind, place, signal.fact))
                else:
                    by_atom.setdefault(f"{kind}:{text}", []).append(place)
        first = signal.unless + 1
    irregular = frozenset(groups["irregular"].split())
    return Model(signals, by_atom, Phrases(phrases, irregular))


@cache
def shipped() -> Model:
    """The model that comes with the package."""
    text = Path(__file__).with_name("data").joinpath("signals.json").read_text("utf-8")
    return compile_model(json.loads(text))


def weighed(model: Model, weights: Mapping[str, float], slope: float) -> Model:
    """The model with other weights by id; a signal without one counts `slope` times its own.

    One that weighs nothing does not speak.
    """
    every = {
        first: signal._replace(weight=weight)
        for first, signal in model.signals.items()
        if (weight := weights.get(signal.id, signal.weight * slope))
    }
    return replace(model, signals=every)


def _telling(quote: str) -> tuple[int, int]:
    """How much a quote tells: a phrase says more than the name, a longer one more than a short."""
    return quote.count(" "), len(quote)


@lru_cache(maxsize=65_536)
def _satisfied(model: Model, group: Atoms) -> Mapping[Place, str]:
    """What atoms satisfy, each with the words behind the first that does."""
    found: dict[Place, str] = {}
    for atom, quote in group.quotes.items():
        for place in model.by_atom.get(atom, ()):
            found.setdefault(place, quote)
    return found


def match(model: Model, traits: Traits) -> list[tuple[Signal, str]]:
    """The signals that speak for a field, each with the field's words that it heard."""
    held: dict[Place, str] = {}
    for group in reversed(traits.groups):  # what the first ones say counts
        held.update(_satisfied(model, group))
    for place, quote in heard(model.phrases, traits.prose):
        if place not in held or _telling(quote) > _telling(held[place]):
            held[place] = quote
    found = []
    for first in sorted(model.signals.keys() & held.keys()):
        signal = model.signals[first]
        if signal.unless in held:
            continue
        if len(signal.clauses) == 1:
            found.append((signal, held[first]))
        elif all(clause in held for clause in signal.clauses):
            found.append((signal, max((held[clause] for clause in signal.clauses), key=_telling)))
    return found


def lean(found: Iterable[tuple[Signal, str]]) -> float:
    """The sum of what the signals weigh, positive toward status."""
    return sum([s.weight if s.toward is Section.STATUS else -s.weight for s, _ in found])
