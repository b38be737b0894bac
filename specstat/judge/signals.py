"""Curated signals: which atoms and phrases speak for which section, and why.

A signal is data (`data/signals.json`): a question, a direction, a weight, a reason, and when it
speaks. `when` is a list of clauses that must all hold; a clause holds if one of its atoms does;
no atom of `unless` may. Phrases are matched on tokens: `opens` at the start of the first clause,
`clause` within it, `says` anywhere; `*` stands for any one word, `<past>` for any past form or
participle, `{verb}` for a word of a group.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from specstat.judge.phrases import KINDS, Phrase, Phrases, Place, compile_phrases, heard
from specstat.judge.traits import Atoms, Traits
from specstat.model.evidence import TEST_OF, Question, Test
from specstat.model.resource import Section

_QUESTIONS = {
    "set": Question.SET_WHEN,
    "changes": Question.CHANGES,
    "does": Question.DOES,
    "purpose": Question.PURPOSE,
}
_UNLESS = -1  # the number of the clause that forbids a signal


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


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Signals compiled for lookup: from an atom to the signals' clauses that it satisfies.

    `bias` is the log-odds of status before anything is known.
    """

    bias: float
    signals: tuple[Signal, ...]
    by_atom: Mapping[str, tuple[Place, ...]]
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


def _signal(row: Mapping[str, Any]) -> Signal:
    question = _QUESTIONS[row["question"]]
    return Signal(
        row["id"],
        question,
        TEST_OF[question],
        Section(row["toward"]),
        row["weight"],
        row["reason"],
        len(row["when"]),
        row.get("fact", False),
    )


def compile_model(data: Mapping[str, Any]) -> Model:
    """Compile the signals of a parsed `signals.json`."""
    groups = data["groups"]
    signals = tuple(map(_signal, data["signals"]))
    by_atom: dict[str, list[Place]] = {}
    phrases: list[Phrase] = []
    for number, row in enumerate(data["signals"]):
        for clause_number, clause in [*enumerate(row["when"]), (_UNLESS, row.get("unless", {}))]:
            place = number, clause_number
            for kind, text in _atoms(clause, groups):
                if kind in KINDS:
                    words = tuple(text.split())
                    phrases.append(Phrase(words, kind, place, signals[number].fact))
                else:
                    by_atom.setdefault(f"{kind}:{text}", []).append(place)
    frozen = {atom: tuple(places) for atom, places in by_atom.items()}
    irregular = frozenset(groups["irregular"].split())
    return Model(data["bias"], signals, frozen, compile_phrases(phrases, irregular))


@cache
def shipped() -> Model:
    """The model that comes with the package."""
    text = Path(__file__).with_name("data").joinpath("signals.json").read_text("utf-8")
    return compile_model(json.loads(text))


def _telling(quote: str) -> tuple[int, int]:
    """How much a quote tells: a phrase says more than the name, a longer one more than a short."""
    return quote.count(" "), len(quote)


@lru_cache(maxsize=65_536)
def _satisfied(model: Model, group: Atoms) -> tuple[tuple[Place, str], ...]:
    """What atoms satisfy, each with the words behind it."""
    by_atom = model.by_atom
    return tuple(
        (place, quote) for atom, quote in group.quotes.items() for place in by_atom.get(atom, ())
    )


def match(model: Model, traits: Traits) -> list[tuple[Signal, str]]:
    """The signals that speak for a field, each with the field's words that it heard."""
    held: dict[Place, str] = {}
    for group in traits.groups:
        for place, quote in _satisfied(model, group):
            held.setdefault(place, quote)
    for place, quote in heard(model.phrases, traits.prose):
        if place not in held or _telling(quote) > _telling(held[place]):
            held[place] = quote
    found = []
    for number in sorted([number for number, clause in held if clause == 0]):
        signal = model.signals[number]
        if (number, _UNLESS) in held:
            continue
        if signal.clauses == 1:
            found.append((signal, held[number, 0]))
            continue
        quotes = [quote for (other, _), quote in held.items() if other == number]
        if len(quotes) == signal.clauses:
            found.append((signal, max(quotes, key=_telling)))
    return found


def lean(found: Iterable[tuple[Signal, str]]) -> float:
    """The sum of what the signals weigh, positive toward status."""
    return sum(s.weight if s.toward is Section.STATUS else -s.weight for s, _ in found)
