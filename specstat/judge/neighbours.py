"""What the fields around a field tell of it, for `lint`; `where` knows no neighbours.

Fields that belong together share words and habits, so a field that was put into the wrong section
looks unlike those around it and like those across. A fact is a number, positive toward status;
its weight is learned (`learn/neighbours.py`), in nats for each unit. Neither the section that a
field stands in nor the number of fields in a section is looked at: the one is what is asked, the
other a thin reason to tell a person.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from specstat.judge import marks, weigh
from specstat.judge.around import Around, Key, count, names, other
from specstat.judge.marks import Marks
from specstat.model.evidence import NEIGHBOURS, Account, Evidence, Question, Test, Verdict
from specstat.model.resource import Field, Section

_MOST = 3.0  # that one fact may count
# Ratios of counts: what is added to each, so that one neighbour more or less is no proof.
_HALF, _ONE = 1.0, 2.0
_FEW = 9  # words; shorter descriptions count as if they had so many
# How the others read is the bar that a field is held to: a reason to tell where there is no other.
_BAR = "company"
_FAINT = 0.05  # nats; what weighs less is not worth a line
_NAMED = 3


class Fact(NamedTuple):
    """One thing that the neighbours tell: a number, positive toward status, and why it is so."""

    name: str
    value: float
    reason: str


class FactWeights(NamedTuple):
    """What each fact weighs, in nats for each unit, and what all may weigh together."""

    cap: float
    of: Mapping[str, float]


def facts(field: Field, of: Around) -> tuple[Fact, ...]:
    """What the neighbours of a field tell; a fact that says nothing has the value 0."""
    own = of.marks.get(field.path) or marks.of(field)
    every = (
        _shared(field, of, "words", [("word", word) for word in own.words]),
        _shared(field, of, "begins", [("begins", word) for word in own.words[:1]]),
        _shared(field, of, "ends", [("ends", word) for word in own.words[-1:]]),
        _prose(field, own, of),
        *_echoes(field, own, of),
        *_requests(field, own, of),
        *(_habit(field, of, name, own.manner.get(name)) for name in _HABITS),
        _company(field, of),
        Fact("mirror", math.log1p(len(of.both)), f"status repeats {_fields(len(of.both))} of spec"),
    )
    return tuple(f._replace(value=max(-_MOST, min(_MOST, f.value))) for f in every)


_TOLD = {
    "words": '"{}" is in the names of {} of {} ({}), and of {} of {}',
    "begins": 'names begin with "{}": {} of {} ({}), and {} of {}',
    "ends": 'names end in "{}": {} of {} ({}), and {} of {}',
}


def _shared(field: Field, of: Around, name: str, keys: list[Key]) -> Fact:
    """Words of the name that more fields of one section have than of the other."""
    if not keys:
        return Fact(name, 0.0, "")
    counts = [(count(of.status, k, field.name), count(of.spec, k, field.name)) for k in keys]
    ratios = [math.log((up + _HALF) / (down + _HALF)) for up, down in counts]
    value = sum(ratios) / math.sqrt(len(ratios))
    best = max(range(len(keys)), key=lambda n: ratios[n] * (1 if value > 0 else -1))
    near, far = (of.status, of.spec) if value > 0 else (of.spec, of.status)
    here, there = counts[best] if value > 0 else reversed(counts[best])
    who = names(near, keys[best], field.name)
    word = keys[best][1]
    reason = _TOLD[name].format(
        word, _fields(here), near.section, who, there or "none", far.section
    )
    return Fact(name, value, reason)


def _fields(count: int) -> str:
    return "1 field" if count == 1 else f"{count} fields"


def _prose(field: Field, own: Marks, of: Around) -> Fact:
    """Whether the description uses the words that those of one section do."""
    sizes = [len(s.log_odds) - (field.name in s.log_odds) + 2 for s in (of.status, of.spec)]
    ratios = {}
    for word in sorted(own.prose):
        up, down = (count(s, ("prose", word), field.name) for s in (of.status, of.spec))
        if up or down:
            ratios[word] = math.log((up + _HALF) / sizes[0] / ((down + _HALF) / sizes[1]))
    value = sum(ratios.values()) / math.sqrt(max(len(own.prose), _FEW))
    sign, section = (1, Section.STATUS) if value > 0 else (-1, Section.SPEC)
    best = sorted(ratios, key=lambda word: (-sign * ratios[word], word))[:_NAMED]
    quoted = ", ".join(f'"{word}"' for word in best)
    return Fact("prose", value, f"its description speaks as those of {section} do ({quoted})")


def _echoes(field: Field, own: Marks, of: Around) -> tuple[Fact, Fact]:
    """A field of spec of which this one tells what became; a field of status that tells of it."""
    same: list[Key] = [("stem", own.stem), ("core", own.core)]
    about = other(field, of.spec, [*same, *(("stem", part) for part in sorted(own.parts))])
    by = other(field, of.status, [*same, ("part", own.stem)])
    return (
        Fact("echoes", float(bool(about)), f"it is named as if it told what became of {about}"),
        Fact("echoed", float(bool(by)), f"{by} is named as if it told what became of it"),
    )


def _requests(field: Field, own: Marks, of: Around) -> tuple[Fact, Fact]:
    """A request in spec that this field acknowledges; a field of status that acknowledges it."""
    about = other(field, of.spec, [("asked", own.done)] if own.done else [])
    by = other(field, of.status, [("done", own.asked)] if own.asked else [])
    return (
        Fact("acknowledges", float(bool(about)), f"it acknowledges {about}"),
        Fact("acknowledged", float(bool(by)), f"{by} acknowledges it"),
    )


_HABITS = {
    "described": "have {}",
    "default": "have {}",
    "required": "are {}",
    "constrained": "have {}",
    "case": "are written in {}",
}


def _habit(field: Field, of: Around, name: str, own: str | None) -> Fact:
    """Whether the field is written down as those of one section are, and not of the other."""
    if own is None:
        return Fact(name, 0.0, "")
    with_it = [count(s, (name, own), field.name) for s in (of.status, of.spec)]
    sizes = [count(s, (name, None), field.name) for s in (of.status, of.spec)]
    usual = (sum(with_it) + _HALF) / (sum(sizes) + _ONE)
    status, spec = ((k + usual) / (size + _ONE) for k, size in zip(with_it, sizes, strict=True))
    (up, reports), (down, wants) = zip(with_it, sizes, strict=True)
    told = f"like it, {up} of {reports} fields of status {_HABITS[name].format(own)}"
    told += f", and {down} of {wants} of spec"
    return Fact(name, math.log(status / spec), told)


def _company(field: Field, of: Around) -> Fact:
    """How far the other fields read as if they stood in status: the bar for this one."""
    means = [
        (s.total - s.log_odds.get(field.name, 0.0))
        / (len(s.log_odds) - (field.name in s.log_odds) + _ONE)
        for s in (of.status, of.spec)
    ]
    what = "reports" if sum(means) > 0 else "inputs"
    return Fact(
        _BAR, sum(means), f"the other fields read like {what}, so that reading so says little"
    )


def weighed(found: Iterable[Fact], weights: FactWeights, own: float) -> Evidence | None:
    """All that the neighbours say as one piece of evidence, which quotes the strongest fact.

    They never say more than the field itself, whose own log-odds are `own`: they may double what
    it says, or take all of it back, and cannot turn it round.
    """
    parts = [(weights.of.get(fact.name, 0.0) * fact.value, fact) for fact in found]
    total = sum(weight for weight, _ in parts)
    weight = min(abs(total), weights.cap, abs(own))
    if weight < _FAINT:
        return None
    toward, sign = (Section.STATUS, 1) if total > 0 else (Section.SPEC, -1)
    backing = [part for part in parts if sign * part[0] > 0]
    told = [part for part in backing if part[1].name != _BAR] or backing
    strongest = max(told, key=lambda part: sign * part[0])[1]
    return Evidence(
        Test.PURPOSE, Question.PURPOSE, toward, weight, strongest.reason, signal=NEIGHBOURS
    )


def beside(verdict: Verdict, field: Field, of: Around, weights: FactWeights) -> Verdict:
    """A verdict with what the neighbours say; what the author declared stands."""
    if verdict.declared:
        return verdict
    said = weighed(facts(field, of), weights, log_odds_of(verdict))
    return verdict if said is None else _moved(verdict, said)


def _moved(verdict: Verdict, by: Evidence) -> Verdict:
    """A verdict with one more piece of evidence."""
    log_odds = log_odds_of(verdict) + weigh.balance((by,))
    section, chances, even = weigh.settle(log_odds, verdict.probabilities[Section.METADATA])
    account = partial(_with, verdict, by)
    return verdict._replace(section=section, probabilities=chances, account=account, even=even)


def _with(verdict: Verdict, said: Evidence) -> Account:
    """An account with one more piece of evidence."""
    answers, evidence = verdict.account()
    return Account(answers, tuple(sorted((*evidence, said), key=lambda e: -e.weight)))


def log_odds_of(verdict: Verdict) -> float:
    """The log-odds of status against spec that a verdict came to, in nats."""
    spec, status = (verdict.probabilities[s] for s in (Section.SPEC, Section.STATUS))
    if min(spec, status) <= 0:
        return weigh.DECISIVE if status > spec else -weigh.DECISIVE
    return math.log(status / spec)


def compile_weights(data: Mapping[str, Any]) -> FactWeights:
    """The weights of a parsed `neighbours.json`."""
    rows = data["facts"]
    return FactWeights(float(data["cap"]), {row["name"]: float(row["weight"]) for row in rows})


@cache
def shipped() -> FactWeights:
    """The weights that come with the package."""
    path = Path(__file__).with_name("data") / "neighbours.json"
    return compile_weights(json.loads(path.read_text("utf-8")))
