"""What the design of AgentRun's immutability asks for, under its own words."""

from __future__ import annotations

import json

import pytest

from specstat.immutability.judging.decide import ToggleError, mode_of
from specstat.immutability.judging.decision import Code, Outcome
from tests.immutability.runs import (
    ACCEPTED,
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

NAMES = ["agentrun", "agentrun-strict"]
TOGGLE = "JANGAR_AGENTRUN_IMMUTABILITY_ENFORCED"
# What the design lists as immutable, each with a change to it.
MUTATIONS: list[JSON] = [
    {"agentRef": {"name": "bob"}},
    {"implementationSpecRef": {"name": "other"}},
    {"implementation": {"inline": {"text": "do something else"}}},
    {"runtime": {"type": "workflow"}},
    {"runtime": {"config": {"queue": "fast"}}},
    {"workflow": {"steps": [{"name": "build"}]}},
    {"secrets": ["token"]},
    {"systemPrompt": "be brief"},
    {"systemPromptRef": {"kind": "Secret", "name": "prompt", "key": "text"}},
    {"vcsRef": {"name": "fork"}},
    {"memoryRef": {"name": "blank"}},
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: next(iter(m)))
def test_once_accepted_or_started_spec_mutations_are_rejected_with_a_clear_condition_and_reason(
    name: str, mutation: JSON
) -> None:
    run = accepted(name=name)
    after = edited(run, **mutation)
    decision = policy(name).decide(after, old=run, now=NOW)
    assert decision.outcome is Outcome.FAIL
    assert decision.fields
    assert all(f.startswith(f"spec.{next(iter(mutation))}") for f in decision.fields)
    failed = patched(after, decision)
    for kind in ("Succeeded", "Ready"):
        found = condition(failed, kind)
        assert (found["status"], found["reason"]) == ("False", "SpecImmutableViolation")
        assert decision.fields[0] in found["message"]
        assert "the condition Accepted is True" in found["message"]
        assert "Create a new AgentRun" in found["message"]
    assert condition(failed, "Accepted") == ACCEPTED
    assert failed["status"]["phase"] == "Failed"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: next(iter(m)))
def test_before_acceptance_allowed_fields_can_still_be_updated_safely(
    name: str, mutation: JSON
) -> None:
    pending = told(created(), phase="Pending")
    after = edited(pending, **mutation)
    assert policy(name).decide(after, old=pending, now=NOW).patch == {}
    run = accepted(after, name)
    assert policy(name).decide(run, now=LATER).outcome is Outcome.ALLOW


def test_a_run_that_is_not_pending_any_more_is_protected_without_a_condition() -> None:
    run = told(patched(created(), policy().decide(created(), now=NOW, accepting=True)), phase="Run")
    decision = policy().decide(edited(run, systemPrompt="be brief"), now=NOW)
    assert decision.outcome is Outcome.FAIL
    assert "status.phase is Run, not Pending" in decision.reason


def test_the_controller_records_a_hash_of_the_immutable_fields_at_accept_time() -> None:
    record = json.loads(accepted()["status"]["specHash"])
    assert record["hash"] == policy().hash(accepted())
    assert record["generation"] == 1
    assert "spec.agentRef" in record["fields"]


def test_a_kubernetes_event_is_emitted() -> None:
    event = policy().decide(edited(accepted(), systemPrompt="x"), now=NOW).event
    assert event is not None
    assert (event["type"], event["reason"]) == ("Warning", "SpecImmutableViolation")
    assert event["regarding"]["name"] == "tidy-up"
    assert event["metadata"]["namespace"] == "agents"


def test_labels_and_annotations_are_mutable_always() -> None:
    run = accepted()
    run["metadata"] |= {"labels": {"team": "a"}, "annotations": {"note": "b"}}
    assert policy().decide(run, now=NOW).patch == {}


@pytest.mark.parametrize("off", ["false", "False", "0", "no", " NO "])
def test_the_environment_variable_reverts_to_warn_only(off: str) -> None:
    enforced = mode_of(policy().terms, {TOGGLE: off})
    after = edited(accepted(), systemPrompt="be brief")
    decision = policy().decide(after, now=NOW, enforced=enforced)
    assert decision.outcome is Outcome.WARN
    warned = patched(after, decision)
    assert "phase" not in warned["status"]
    found = condition(warned, "Warning")
    assert (found["status"], found["reason"]) == ("True", "SpecImmutableViolation")
    assert decision.event is not None
    assert policy().decide(warned, now=LATER, enforced=enforced).patch == {}


def test_the_environment_variable_promotes_and_what_is_not_set_leaves_it_to_the_policy() -> None:
    assert all(mode_of(policy().terms, {TOGGLE: on}) for on in ("true", "TRUE", "1", "yes"))
    assert mode_of(policy().terms, {})
    assert mode_of(policy().terms, {TOGGLE: ""})
    with pytest.raises(ToggleError, match=f"{TOGGLE} is 'maybe'.*set it to true"):
        mode_of(policy().terms, {TOGGLE: "maybe"})


@pytest.mark.parametrize(
    ("name", "outcome"), [("agentrun", Outcome.ALLOW), ("agentrun-strict", Outcome.FAIL)]
)
def test_the_patch_of_the_validation_section(name: str, outcome: Outcome) -> None:
    after = edited(accepted(name=name), parameters={"x": "y"})
    assert policy(name).decide(after, now=NOW).outcome is outcome


def test_the_whole_life_of_a_run() -> None:
    decide = policy().decide
    run = created()
    assert decide(run, now=NOW).patch == {}

    run = edited(told(run, phase="Pending"), systemPrompt="be kind")
    assert decide(run, now=NOW).patch == {}

    run = told(patched(run, decide(run, now=NOW, accepting=True)), conditions=[ACCEPTED])
    assert decide(run, now=NOW).patch == {}

    run = edited(run, ttlSecondsAfterFinished=60)
    kept = decide(run, now=NOW)
    assert kept.outcome is Outcome.ALLOW
    assert kept.record is not None
    assert kept.record.generation == 3
    run = patched(run, kept)
    assert decide(run, now=NOW).patch == {}

    # The controller was away while the policy came to fix less and more.
    other = policy("agentrun").decide(run, now=LATER)
    assert other.outcome is Outcome.ALLOW
    assert [note.code for note in other.notes] == [Code.REWRITTEN]
    run = patched(run, other)
    back = decide(run, now=LATER)
    assert back.outcome is Outcome.ALLOW
    run = patched(run, back)

    run = edited(run, systemPrompt="be cruel")
    failing = decide(run, now=LATER)
    assert failing.outcome is Outcome.FAIL
    assert failing == decide(run, now=LATER)
    run = patched(run, failing)
    assert run["status"]["phase"] == "Failed"

    # Done is done: whatever comes, and whoever looks, nothing is written again.
    for run_after in (run, edited(run, systemPrompt="be cruel again"), edited(run, secrets=["x"])):
        decision = decide(run_after, now=LATER)
        assert (decision.outcome, decision.patch, decision.event) == (Outcome.ALLOW, {}, None)
