from __future__ import annotations

from dataclasses import replace

from specstat.immutability.judging.decision import Code, Outcome
from tests.immutability.judging.kinds import KIND, OPEN, accept, codes, of, record_of
from tests.immutability.runs import (
    JSON,
    LATER,
    NOW,
    accepted,
    condition,
    created,
    edited,
    patched,
    policy,
    told,
)


def test_the_patch_keeps_other_conditions_and_moves_transition_times_with_the_status_only() -> None:
    standing = {
        "type": "Ready",
        "status": "False",
        "lastTransitionTime": "2026-01-01T00:00:00Z",
        "reason": "Starting",
        "message": "",
    }
    succeeded = {**standing, "type": "Succeeded", "status": "Unknown"}
    run = told(accepted(), conditions=[standing, *accepted()["status"]["conditions"], succeeded])
    after = edited(run, systemPrompt="x")
    failed = patched(after, policy().decide(after, now=NOW))
    assert [c["type"] for c in failed["status"]["conditions"]] == ["Ready", "Accepted", "Succeeded"]
    assert condition(failed, "Ready")["lastTransitionTime"] == "2026-01-01T00:00:00Z"
    assert condition(failed, "Succeeded")["lastTransitionTime"] == "2026-03-01T12:00:00Z"
    assert condition(failed, "Ready")["observedGeneration"] == 2


def test_only_what_the_schema_has_is_written() -> None:
    text: JSON = {"type": "string"}
    fields: JSON = dict.fromkeys(("type", "status", "reason"), text)
    message = {"type": "string", "maxLength": 40}
    status: JSON = {
        "type": "object",
        "properties": {
            "conditions": {
                "type": "array",
                "items": {"type": "object", "properties": fields | {"message": message}},
            },
            "phase": {"type": "string", "enum": ["Pending", "Running"]},
            "reason": text,
            "message": message,
            "specHash": text,
        },
    }
    chosen = of(KIND, status)
    run = edited(accept(chosen, created()), systemPrompt="x")
    decision = chosen.decide(run, now=NOW)
    failed = patched(run, decision)
    assert set(condition(failed, "Ready")) == {"type", "status", "reason", "message"}
    assert len(failed["status"]["message"]) == 40
    assert failed["status"]["reason"] == "SpecImmutableViolation"
    assert "phase" not in failed["status"]
    assert codes(decision) == [Code.NO_PLACE]
    assert "its enum lacks Failed" in decision.notes[0].text
    again = chosen.decide(failed, now=LATER)
    assert (again.outcome, again.patch, again.event) == (Outcome.FAIL, {}, None)


def test_a_record_without_a_place_is_given_and_told() -> None:
    terms = replace(policy().terms, record=("status", "lost"))
    chosen = replace(policy(), terms=terms)
    decision = chosen.decide(created(), now=NOW, accepting=True)
    assert decision.record is not None
    assert (decision.patch, codes(decision)) == ({}, [Code.NO_PLACE])


def test_a_record_may_be_an_object() -> None:
    whole = {"type": "object", "properties": {"specHash": OPEN}}
    chosen = of(KIND, whole)
    run = patched(created(), chosen.decide(created(), now=NOW, accepting=True))
    assert run["status"]["specHash"]["generation"] == 1
    assert record_of(run).hash == chosen.hash(run)


def test_a_warning_is_taken_back_when_the_change_is_undone() -> None:
    run = edited(accepted(), systemPrompt="x")
    run = patched(run, policy().decide(run, now=NOW, enforced=False))
    run = edited(run, systemPrompt=None)
    run = patched(run, policy().decide(run, now=LATER, enforced=False))
    found = condition(run, "Warning")
    assert (found["status"], found["reason"]) == ("False", "SpecAsAccepted")
    assert found["lastTransitionTime"] == "2026-03-02T12:00:00Z"
    assert policy().decide(run, now=LATER).patch == {}


def test_a_message_that_names_the_fields_is_not_lost_when_the_old_object_is_forgotten() -> None:
    run = accepted()
    after = edited(run, systemPrompt="x")
    warned = patched(after, policy().decide(after, old=run, now=NOW, enforced=False))
    decision = policy().decide(warned, now=LATER, enforced=False)
    assert (decision.outcome, decision.patch, decision.event) == (Outcome.WARN, {}, None)


def test_values_are_in_no_message() -> None:
    run = accepted()
    decision = policy().decide(edited(run, systemPrompt="hunter2"), old=run, now=NOW)
    assert "hunter2" not in repr(decision)
