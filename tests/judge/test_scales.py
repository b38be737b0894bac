"""Scales: signals and words by the same weights."""

from __future__ import annotations

import pytest

from specstat.judge import scales, signals, traits
from specstat.judge.signals import compile_model
from specstat.judge.verdict import judge
from specstat.judge.weights import shipped
from specstat.model.evidence import Question
from specstat.model.evidence import Test as PlacementTest
from specstat.model.resource import Field, Section
from tests.judge.weighing import weights

CURATED = {signal.id: signal.weight for signal in signals.shipped().signals.values()}
ONE = next(iter(CURATED))


def test_a_signal_weighs_what_was_learned_and_an_unknown_one_its_own_by_the_slope() -> None:
    found = scales.of(weights(signals={ONE: 0.125}, bias=-0.5, slope=0.5))

    told = {signal.id: signal.weight for signal in found.model.signals.values()}
    assert told == {**{name: weight * 0.5 for name, weight in CURATED.items()}, ONE: 0.125}
    assert found.bias == -0.5


def test_a_signal_that_the_package_does_not_have_is_left_alone() -> None:
    found = scales.of(weights(signals={"no-such-signal": 3.0}))

    assert {signal.id for signal in found.model.signals.values()} == CURATED.keys()


def test_other_weights_change_neither_direction_nor_reason() -> None:
    found = scales.of(weights(slope=0.5)).model
    plain = signals.shipped()

    assert [s._replace(weight=0.0) for s in found.signals.values()] == [
        s._replace(weight=0.0) for s in plain.signals.values()
    ]
    assert (found.by_atom, found.phrases) == (plain.by_atom, plain.phrases)


def test_without_a_file_the_shipped_weights_judge() -> None:
    field = Field("retryCount", type="integer", description="How often it was tried again.")

    assert scales.of() is scales.of(None) is scales.of(shipped())
    one, same = judge(field), judge(field, by=scales.of(shipped()))
    assert one.account() == same.account()
    assert one._replace(account=same.account) == same
    assert judge(field).probabilities != judge(field, by=scales.of(weights())).probabilities


def test_words_are_one_more_thing_that_the_purpose_test_hears() -> None:
    field = Field("glorp")

    by = scales.of(weights({"head:glorp": 20, "single:glorp": 5}, slope=0.0))

    said, *silent = judge(field, by=by).evidence
    assert [evidence.weight for evidence in silent] == [0.0] * len(silent)
    assert (said.signal, said.quote, said.toward) == ("wording", "glorp", Section.STATUS)
    assert (said.test, said.question) == (PlacementTest.PURPOSE, Question.PURPOSE)
    assert said.weight == pytest.approx(2.5)
    others = [test for test in PlacementTest if test is not PlacementTest.PURPOSE]
    assert said not in judge(field, by=by, tests=others).evidence
    assert judge(field, by=by, tests=others).probabilities[Section.STATUS] == pytest.approx(0.5)


def test_words_take_back_no_more_than_a_share_of_clear_signals() -> None:
    row = {"id": "s", "question": "does", "toward": "spec", "weight": 2.0, "reason": "it is said"}
    rows = [row | {"when": [{"word": "glorp"}]}]
    model = compile_model({"groups": {"irregular": ""}, "signals": rows})
    against = scales.of(weights({"head:glorp": 30}))._replace(model=model)

    verdict = judge(Field("glorp"), by=against)

    assert [(e.signal, e.weight) for e in verdict.evidence] == [("s", 2.0), ("wording", 1.0)]
    assert verdict.section is Section.SPEC


def test_without_words_the_signals_alone_weigh() -> None:
    field = Field("glorp", description="Words of all kinds.")
    model = compile_model({"groups": {"irregular": ""}, "signals": []})

    alone = scales.without_words(model, 1.0)

    assert judge(field, by=alone).evidence == ()
    assert alone.wording.log_odds(field, traits.of(field)) == 0.0
    assert judge(field, by=alone).probabilities[Section.STATUS] == pytest.approx(0.731, abs=1e-3)
