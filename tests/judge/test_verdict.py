"""Verdicts: declared purpose first, then evidence that can be read aloud, in doubt spec."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specstat.judge import scales
from specstat.judge.scales import Scales
from specstat.judge.signals import compile_model
from specstat.judge.verdict import judge
from specstat.model import evidence
from specstat.model.directives import UNDECLARED, WORDS, Declared
from specstat.model.evidence import TEST_OF, Evidence, Question, Verdict
from specstat.model.resource import Field, Section, Validation
from tests.judge.examples import everything

EXAMPLES = everything()
TESTS = tuple(evidence.Test)
OBSERVED = Field(
    name="lastRetryTime",
    type="string",
    format="date-time",
    description="When the last attempt was made.",
)
NAMES = st.one_of(
    st.text(min_size=1, max_size=30),
    st.sampled_from([e.field.name for e in EXAMPLES] + ["uid", "labels", "x", "_", "IPs", "ipv4"]),
)
TEXTS = st.one_of(
    st.text(max_size=200), st.sampled_from([e.field.description for e in EXAMPLES] + [".", "`: "])
)
DECLARED = st.builds(
    Declared,
    purpose=st.sampled_from(["", *WORDS["purpose"]]),
    set_when=st.sampled_from(["", *WORDS["set"]]),
    changes=st.sampled_from(["", *WORDS["changes"]]),
    echo_of=st.sampled_from(["", "spec.size"]),
)
FIELDS = st.builds(
    Field,
    name=NAMES,
    type=st.sampled_from(["", "any", "string", "integer", "object", "array", "int-or-string"]),
    format=st.sampled_from(["", "date-time", "byte", "int32"]),
    description=TEXTS,
    enum=st.lists(st.text(max_size=8), max_size=3).map(tuple),
    required=st.booleans(),
    has_default=st.booleans(),
    constraints=st.sampled_from([(), (("minimum", "0"),)]),
    validations=st.sampled_from([(), (Validation("self == oldSelf"),)]),
    children=st.lists(st.builds(Field, name=NAMES), max_size=9).map(tuple),
    declared=st.one_of(st.just(UNDECLARED), DECLARED),
)


def made(*signals: dict[str, Any], bias: float = 0.0) -> Scales:
    """Scales of these signals alone, so that no test hangs on a shipped weight."""
    known = {"question": "does", "reason": "it is said", "when": [{"word": "level"}]}
    rows = [{"id": f"s{number}", **known, **row} for number, row in enumerate(signals)]
    model = compile_model({"groups": {"irregular": ""}, "signals": rows})
    return scales.without_words(model, bias)


@settings(deadline=None, max_examples=300)
@given(FIELDS)
def test_probabilities_add_up_and_every_reason_can_be_read_aloud(field: Field) -> None:
    verdict = judge(field)

    assert set(verdict.probabilities) == {Section.SPEC, Section.STATUS, Section.METADATA}
    assert math.isclose(sum(verdict.probabilities.values()), 1)
    assert all(0 <= chance <= 1 for chance in verdict.probabilities.values())
    best = max(verdict.probabilities.values())
    if verdict.even:
        assert verdict.section is Section.SPEC
        assert best - verdict.confidence < 0.13
    else:
        assert verdict.confidence == best
    weights = [e.weight for e in verdict.evidence]
    assert weights == sorted(weights, reverse=True)
    for piece in verdict.evidence:
        assert piece.weight >= 0
        assert piece.reason.strip()
        assert piece.toward in {Section.SPEC, Section.STATUS} or verdict.declared
        assert TEST_OF[piece.question] is piece.test
    assert all(answer.word and answer.reason for answer in verdict.answers)


@settings(deadline=None)
@given(FIELDS)
def test_a_field_gets_the_same_verdict_each_time(field: Field) -> None:
    one, other = judge(field), judge(field)

    assert one._replace(account=other.account) == other
    assert one.account() == other.account()


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        ("instruction", Section.SPEC),
        ("observation", Section.STATUS),
        ("identity", Section.METADATA),
    ],
)
def test_a_declared_purpose_beats_everything(purpose: str, expected: Section) -> None:
    for example in EXAMPLES:
        for other in (Declared(purpose), Declared(purpose, "completion", "lifecycle", "spec.x")):
            verdict = judge(replace(example.field, declared=other))

            assert (verdict.section, verdict.confidence) == (expected, 1.0)
            assert verdict.declared
            assert purpose in verdict.answers[0].reason


def test_an_allocation_fits_either_section_and_decides_nothing() -> None:
    for example in EXAMPLES:
        declared = replace(example.field, declared=Declared("allocation"))

        told, plain = judge(declared), judge(example.field)

        assert told.probabilities == plain.probabilities
        assert told.evidence == plain.evidence
        assert not told.declared
        assert [a.word for a in told.answers if a.test is evidence.Test.PURPOSE] == ["allocation"]


@pytest.mark.parametrize(
    ("declared", "more"),
    [
        (Declared(changes="lifecycle"), Section.STATUS),
        (Declared(changes="on-request"), Section.SPEC),
        (Declared(changes="until-accepted"), Section.SPEC),
        (Declared(set_when="completion"), Section.STATUS),
        (Declared(set_when="creation"), Section.SPEC),
        (Declared(echo_of="spec.level"), Section.STATUS),
    ],
)
def test_other_declarations_weigh_and_say_so(declared: Declared, more: Section) -> None:
    plain, said = judge(Field("level")), judge(Field("level", declared=declared))
    (new,) = set(said.evidence) - set(plain.evidence)

    assert said.probabilities[more] > plain.probabilities[more]
    assert new.toward is more
    assert new.reason.startswith("declared")
    assert not said.declared


@pytest.mark.parametrize("off", TESTS)
def test_a_test_that_is_switched_off_gives_no_evidence_and_no_answer(off: evidence.Test) -> None:
    asked: dict[str, Any] = {"toward": "status", "weight": 1.0, "when": [{"type": "string"}]}
    by = made(*(asked | {"question": q} for q in ("set", "changes", "does", "purpose")))
    declared = Declared(set_when="completion", changes="lifecycle", echo_of="spec.x")
    field = replace(OBSERVED, declared=declared)
    before = judge(field, by=by)
    after = judge(field, by=by, tests=[test for test in TESTS if test is not off])

    assert {e.test for e in before.evidence} == set(TESTS) == {a.test for a in before.answers}
    assert after.evidence == tuple(e for e in before.evidence if e.test is not off)
    assert after.answers == tuple(a for a in before.answers if a.test is not off)


def test_without_any_test_nothing_is_said() -> None:
    verdict = judge(OBSERVED, tests=())

    assert (verdict.evidence, verdict.answers) == ((), ())


def test_even_evidence_is_spec_and_says_so() -> None:
    by = made({"toward": "spec", "weight": 2.0}, {"toward": "status", "weight": 2.0})
    verdict = judge(Field("level"), by=by)

    assert (verdict.section, verdict.even) == (Section.SPEC, True)
    assert len(verdict.evidence) == 2
    assert [a.word for a in verdict.answers if a.test is evidence.Test.INPUT_OUTPUT] == ["open"]


def test_even_evidence_changes_the_section_and_no_probability() -> None:
    verdict = judge(Field("level"), by=made({"toward": "status", "weight": 0.2}))

    assert (verdict.section, verdict.even) == (Section.SPEC, True)
    assert verdict.probabilities[Section.STATUS] == pytest.approx(1 / (1 + math.exp(-0.2)))
    assert verdict.confidence == verdict.probabilities[Section.SPEC] < 0.5


def test_a_slight_lead_of_status_is_still_even_and_a_clear_one_is_not() -> None:
    def lead(weight: float) -> Verdict:
        return judge(Field("level"), by=made({"toward": "status", "weight": weight}))

    assert (lead(0.1).section, lead(0.1).even) == (Section.SPEC, True)
    assert (lead(2.0).section, lead(2.0).even) == (Section.STATUS, False)


def test_no_sum_of_cues_is_certain() -> None:
    many = [{"toward": "status", "weight": 6.0}] * 20

    assert judge(Field("level"), by=made(*many)).confidence < 1


def test_the_strongest_evidence_of_its_side_gives_the_answer() -> None:
    by = made(
        {"toward": "status", "weight": 1.0, "reason": "weak"},
        {"toward": "status", "weight": 2.0, "reason": "strong"},
        {"toward": "spec", "weight": 2.5, "reason": "against"},
    )
    (answer, *_) = judge(Field("level"), by=by).answers

    assert answer.word == "output"
    assert answer.reason == '"level": strong'


def test_what_a_person_answers_weighs_beside_the_facts() -> None:
    said = Evidence(
        evidence.Test.PURPOSE, Question.PURPOSE, Section.STATUS, 6.0, "you say that it reports"
    )
    verdict = judge(Field("level"), by=made(), said=(said,))

    assert verdict.section is Section.STATUS
    assert verdict.evidence == (said,)


def test_names_whose_section_hangs_on_their_use_say_on_what() -> None:
    for name in ("correlationId", "correlation_id"):
        assert "spec if" in judge(Field(name)).depends
    assert not judge(Field("replicas")).depends
