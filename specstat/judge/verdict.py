"""One field, one verdict: declared purpose first, then the three tests, in doubt spec."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial

from specstat.judge import dependents, identity, scales, signals, traits, weigh, wording
from specstat.judge.placement_tests import ALL, Heard, declared
from specstat.judge.scales import Scales
from specstat.judge.traits import Traits
from specstat.judge.wording import Wording
from specstat.model.directives import UNDECLARED
from specstat.model.evidence import SURE, Account, Answer, Evidence, Question, Test, Verdict
from specstat.model.resource import Field, Section

_PURPOSES = {
    "instruction": Section.SPEC,
    "observation": Section.STATUS,
    "identity": Section.METADATA,
}
# Below this sum of weights a test has heard too little to answer.
_ENOUGH = 0.4
_ALLOCATION = "declared an allocation, which fits either section"

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


def _declared(field: Field, section: Section, seen: Traits) -> Verdict:
    word = field.declared.purpose
    reason = f"the author declares purpose={word}"
    answer = Answer(Test.PURPOSE, word, reason)
    evidence = Evidence(Test.PURPOSE, Question.PURPOSE, section, weigh.DECISIVE, reason)
    account = Account((answer,), (evidence,))
    origin = seen.prose.origin
    return Verdict(section, weigh.certain(section), lambda: account, origin, declared=True)


def judge(
    field: Field,
    *,
    tests: Collection[Test] = tuple(Test),
    by: Scales | None = None,
    said: tuple[Evidence, ...] = (),
    kind: str = "",
) -> Verdict:
    """Say where a field belongs by its purpose, from its own facts alone.

    `tests` leaves tests out; `by` replaces the shipped scales; `said` is what a person answered
    beside the facts; `kind` is the kind that the field is part of.
    """
    by = by or scales.of()
    seen = traits.of(field)
    purpose = field.declared.purpose
    if purpose in _PURPOSES:
        return _declared(field, _PURPOSES[purpose], seen)
    heard = _hear(field, seen, by, tests)
    lean = heard.lean + heard.wording
    if said or field.declarations or field.declared is not UNDECLARED:
        lean += weigh.balance((*said, *declared(field, tests)))
    own = identity.of(seen, kind)
    section, chances, even = weigh.settle(by.bias + lean, own.probability if own else 0.0)
    account = partial(_account, field, heard, by.wording, tests=tests, said=said)
    if purpose == "allocation":
        account = partial(_with_purpose, account, purpose, _ALLOCATION)
    elif own and section is Section.METADATA:
        account = partial(_with_purpose, account, "identity", own.reason)
    return Verdict(
        section,
        chances,
        account,
        seen.prose.origin,
        even=even,
        depends=dependents.of(seen.words) if chances[section] < SURE else "",
    )


def _hear(field: Field, seen: Traits, by: Scales, tests: Collection[Test]) -> Heard:
    """What speaks for the tests: signals, and the wording beside them."""
    found = signals.match(by.model, seen)
    if len(tests) < len(ALL):
        found = [(signal, quote) for signal, quote in found if signal.test in tests]
    words = by.wording.log_odds(field, seen) if Test.PURPOSE in tests else 0.0
    lean = signals.lean(found)
    return Heard(seen, found, lean, wording.beside(words, lean))


def _account(
    field: Field,
    heard: Heard,
    words: Wording,
    *,
    tests: Collection[Test],
    said: tuple[Evidence, ...],
) -> Account:
    """What a verdict goes by, strongest first."""
    loud = heard._replace(words=words.loudest(field, heard.traits, heard.wording))
    every = [e for test in ALL if test in tests for e in ALL[test](field, loud)]
    evidence = tuple(sorted((*every, *said), key=lambda e: -e.weight))
    return Account(tuple(_answer(test, evidence) for test in ALL if test in tests), evidence)


def _with_purpose(account: Callable[[], Account], word: str, reason: str) -> Account:
    """An account with another answer to the purpose test."""
    answers, evidence = account()
    own = Answer(Test.PURPOSE, word, reason)
    return Account(tuple(own if a.test is Test.PURPOSE else a for a in answers), evidence)
