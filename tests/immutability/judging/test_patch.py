from __future__ import annotations

import pytest

from specstat.immutability.judging.decision import Code, Outcome
from tests.immutability.judging.kinds import KIND, accept, codes, of
from tests.immutability.runs import JSON, NOW, condition, created, edited, patched

TEXT: JSON = {"type": "string"}


@pytest.mark.parametrize(
    ("more", "required", "why"),
    [
        ({"lastUpdateTime": {"type": "string"}}, ["lastUpdateTime"], "lastUpdateTime is missing"),
        ({"reason": {"type": "string", "enum": ["Up"]}}, [], "reason: its enum lacks"),
        ({"reason": {"type": "string", "maxLength": 9}}, [], "reason: it takes 9 characters"),
        ({"observedGeneration": {"type": "string"}}, [], "observedGeneration is the number 2"),
    ],
)
def test_a_condition_that_the_schema_refuses_spoils_not_what_is_sent_with_it(
    more: JSON, required: list[str], why: str
) -> None:
    fields = dict.fromkeys(("type", "status", "reason", "message"), TEXT) | more
    items = {"type": "object", "properties": fields, "required": required}
    listed = {"conditions": {"type": "array", "items": items}, "phase": TEXT, "specHash": TEXT}
    chosen = of(KIND, {"type": "object", "properties": listed})
    decision = chosen.decide(edited(accept(chosen, created()), systemPrompt="x"), now=NOW)
    assert (decision.outcome, decision.status) == (Outcome.FAIL, {"phase": "Failed"})
    assert codes(decision) == [Code.NO_PLACE]
    assert why in decision.notes[0].text


def test_a_message_is_no_longer_than_that_of_a_condition() -> None:
    long = {f"{n}{'k' * 9000}": "a" for n in range(5)}
    chosen = of(KIND)
    run = accept(chosen, created(runtime=long))
    after = edited(run, runtime=dict.fromkeys(long, "b"))
    failed = patched(after, chosen.decide(after, old=run, now=NOW))
    assert len(condition(failed, "Ready")["message"]) == 32768
    assert chosen.decide(failed, old=run, now=NOW).patch == {}
