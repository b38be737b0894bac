"""One field, one verdict: declared purpose first, then the three tests, in doubt spec."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from specstat.judge import dependents, features, identity, signals, traits, weigh, wording
from specstat.judge.placement_tests import ALL, Heard
from specstat.judge.signals import Model
from specstat.judge.wording import Wording
from specstat.model.evidence import Answer, Evidence, Question, Test, Verdict
from specstat.model.resource import Field, Section

_PURPOSES = {
    "instruction": Section.SPEC,
    "observation": Section.STATUS,
    "identity": Section.METADATA,
}
# Below this sum of weights a test has heard too little to answer.
_ENOUGH = 0.4
# What the evidence must lean by, with and without the bias, not to be even; if it is even, the
# answer is spec (the first document: "when in doubt, choose Spec").
_EVEN = 0.4

_WORDS = {
    Test.INPUT_OUTPUT: {Section.SPEC: "input", Section.STATUS: "output"},
    Test.IMMUTABILITY: {Section.SPEC: "as chosen", Section.STATUS: "changes unasked"},
    Test.PURPOSE: {Section.SPEC: "instruction", Section.STATUS: "observation"},
}
_SILENCE = {
    Test.INPUT_OUTPUT: "neither name nor description says what it does",
    Test.IMMUTABILITY: "no sign that it changes without being asked",
    Test.PURPOSE: "neither name nor description says what it is for",
}


def describe(evidence: Evidence) -> str:
    """A piece of evidence as a phrase: the words that were seen, and what they say."""
    return f'"{evidence.quote}": {evidence.reason}' if evidence.quote else evidence.reason


def _answer(test: Test, evidence: Iterable[Evidence]) -> Answer:
    own = [e for e in evidence if e.test is test]
    lean = weigh.balance(own)
    if not own:
        return Answer(test, "not told", _SILENCE[test], speaks=False)
    if abs(lean) < _ENOUGH:
        return Answer(test, "open", "the signs are weak or even")
    toward = Section.STATUS if lean > 0 else Section.SPEC
    strongest = next(e for e in own if e.toward is toward)  # they come strongest first
    return Answer(test, _WORDS[test][toward], describe(strongest), quote=strongest.quote)


def _declared(field: Field, section: Section, heard: Heard) -> Verdict:
    word = field.declared.purpose
    reason = f"the author declares purpose={word}"
    answer = Answer(Test.PURPOSE, word, reason)
    evidence = Evidence(Test.PURPOSE, Question.PURPOSE, section, weigh.DECISIVE, reason)
    origin = heard.traits.prose.origin
    return Verdict(section, weigh.certain(section), (answer,), (evidence,), origin, declared=True)


def _of_purpose(answers: tuple[Answer, ...], word: str, reason: str) -> tuple[Answer, ...]:
    """The answers with another one to the purpose test."""
    own = Answer(Test.PURPOSE, word, reason)
    return tuple(own if a.test is Test.PURPOSE else a for a in answers)


def judge(  # noqa: PLR0913 - what a field is judged with, each with a default
    field: Field,
    *,
    tests: Collection[Test] = tuple(Test),
    model: Model | None = None,
    weights: Wording | None = None,
    said: tuple[Evidence, ...] = (),
    kind: str = "",
) -> Verdict:
    """Say where a field belongs by its purpose, from its own facts alone.

    `tests` leaves tests out; `model` replaces the shipped signals and weights; `weights` has what
    words weigh beside them; `said` is what a person answered beside the facts; `kind` is the kind
    that the field is part of.
    """
    model = model or signals.shipped()
    seen = traits.of(field)
    found = tuple(signals.match(model, seen))
    bias, heard = model.bias, Heard(seen, found)
    if weights is not None:
        words = weights.of(features.of(field, seen))
        words = wording.beside(words, weights.slope * signals.lean(found))
        bias, heard = weights.bias, Heard(seen, found, words, weights.slope)
    purpose = field.declared.purpose
    if purpose in _PURPOSES:
        return _declared(field, _PURPOSES[purpose], heard)
    evidence = [e for test in ALL if test in tests for e in ALL[test](field, heard)]
    evidence += said
    evidence.sort(key=lambda e: -e.weight)
    lean = weigh.balance(evidence)
    log_odds = bias + lean
    even = abs(lean) < _EVEN or abs(log_odds) < _EVEN
    if even:
        log_odds = -abs(log_odds)
    own = identity.of(seen, kind)
    chances = weigh.probabilities(log_odds, own.probability if own else 0.0)
    section = max(chances, key=chances.__getitem__)
    answers = tuple(_answer(test, evidence) for test in ALL if test in tests)
    if own and section is Section.METADATA:
        answers = _of_purpose(answers, "identity", own.reason)
    if purpose == "allocation":
        answers = _of_purpose(answers, purpose, "declared an allocation, which fits either section")
    return Verdict(
        section,
        chances,
        answers,
        tuple(evidence),
        seen.prose.origin,
        even=even and section is Section.SPEC,
        depends=dependents.of(seen.words),
    )
