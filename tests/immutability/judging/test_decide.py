from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
import yaml

from specstat.immutability.judging.decision import Code, Outcome
from specstat.immutability.judging.record import of_value
from specstat.immutability.policy import Policy
from tests.immutability.judging.kinds import KIND, accept, codes, of, record_of
from tests.immutability.runs import (
    CRD,
    JSON,
    NOW,
    accepted,
    created,
    edited,
    merge,
    patched,
    policy,
    stored,
    told,
)


def test_what_is_not_locked_is_allowed_and_nothing_is_written() -> None:
    decision = policy().decide(created(), now=NOW)
    assert (decision.outcome, decision.patch, decision.notes) == (Outcome.ALLOW, {}, ())


def test_a_locked_object_without_a_record_is_told_and_not_blessed() -> None:
    run = told(created(), phase="Running")
    decision = policy().decide(run, now=NOW)
    assert codes(decision) == [Code.UNRECORDED]
    assert (decision.patch, decision.record) == ({}, None)


def test_accepting_records_what_is_locked_and_has_no_record_but_replaces_no_record() -> None:
    run = told(created(), phase="Running")
    assert policy().decide(run, now=NOW, accepting=True).record is not None
    after = edited(accepted(), systemPrompt="x")
    assert policy().decide(after, now=NOW, accepting=True).outcome is Outcome.FAIL


def test_what_is_accepted_again_gets_a_new_record() -> None:
    run = told(accepted(), conditions=[], phase="Pending")
    after = edited(run, systemPrompt="x")
    assert policy().decide(after, now=NOW).patch == {}
    decision = policy().decide(after, now=NOW, accepting=True)
    assert codes(decision) == [Code.REWRITTEN]
    assert record_of(patched(after, decision)).generation == 2


def test_an_unmoved_generation_never_fails_and_the_record_is_rewritten() -> None:
    run = accepted()
    defaulted = merge(run, {"spec": {"vcsPolicy": {"required": True}}})
    decision = policy().decide(defaulted, now=NOW)
    assert (decision.outcome, codes(decision)) == (Outcome.ALLOW, [Code.REWRITTEN])
    assert "nobody edited the object" in decision.notes[0].text
    assert record_of(patched(defaulted, decision)).hash == policy().hash(defaulted)


def test_the_record_moves_on_with_the_generation_so_that_a_later_default_fails_nothing() -> None:
    run = edited(accepted(), ttlSecondsAfterFinished=5)
    run = patched(run, policy().decide(run, now=NOW))
    assert record_of(run).generation == 2
    defaulted = merge(run, {"spec": {"vcsPolicy": {"required": True}}})
    assert policy().decide(defaulted, now=NOW).outcome is Outcome.ALLOW


def test_without_a_subresource_the_record_does_not_run_after_the_generation() -> None:
    run = edited(accepted(), ttlSecondsAfterFinished=5)
    assert replace(policy(), subresource=False).decide(run, now=NOW).patch == {}


def test_a_record_that_is_kept_elsewhere_moves_on_and_holds_without_a_subresource() -> None:
    chosen = replace(of(KIND, mutable=["spec.systemPrompt"]), subresource=False)
    chosen = replace(chosen, terms=replace(chosen.terms, record=None))
    run = created()
    kept = chosen.decide(run, now=NOW, accepting=True).record
    assert kept is not None
    run = edited(run, systemPrompt="x")
    moved = chosen.decide(run, json.loads(json.dumps(kept._asdict())), now=NOW).record
    assert moved == kept._replace(generation=2)
    changed = edited(run, agentRef={"name": "eve"})
    decision = chosen.decide(changed, moved, now=NOW)
    assert (decision.outcome, codes(decision)) == (Outcome.FAIL, [Code.LOCKED_BY_RECORD])


def test_a_restored_object_is_told_and_not_failed() -> None:
    run = told(accepted(edited(edited(created()))))
    restored = stored(merge(run, {"spec": {"systemPrompt": "x"}}), generation=1)
    decision = policy().decide(restored, now=NOW)
    assert (decision.outcome, codes(decision)) == (Outcome.ALLOW, [Code.RESTORED])


def test_a_record_of_other_fields_is_verified_by_its_own() -> None:
    letter, strict = policy("agentrun"), policy()
    run = accepted(name="agentrun")
    widened = edited(run, parameters={"x": "y"})
    decision = strict.decide(widened, now=NOW)
    assert (decision.outcome, codes(decision)) == (Outcome.ALLOW, [Code.REWRITTEN])
    assert "spec.parameters" in decision.notes[0].text
    assert record_of(patched(widened, decision)).hash == strict.hash(widened)
    assert strict.decide(edited(run, systemPrompt="x"), now=NOW).outcome is Outcome.FAIL
    assert letter.decide(accepted(), now=NOW).outcome is Outcome.ALLOW


def test_a_field_that_the_schema_lost_fails_nothing() -> None:
    fixed = ["spec.agentRef", "spec.gone"]
    before = of(KIND | {"gone": {"type": "string"}}, default="mutable", immutable=fixed)
    after = of(KIND, default="mutable", immutable=fixed[:1])
    run = accept(before, created(gone="x"))
    pruned = edited(merge(run, {"spec": {"gone": None}}))
    decision = after.decide(pruned, now=NOW)
    assert (decision.outcome, codes(decision)) == (Outcome.ALLOW, [Code.REWRITTEN] * 2)
    assert "no longer has (spec.gone)" in decision.notes[0].text


def test_a_newer_algorithm_is_told_and_left_alone() -> None:
    run = accepted()
    newer = json.dumps(record_of(run)._replace(algorithm="v9")._asdict())
    decision = policy().decide(edited(told(run, specHash=newer), systemPrompt="x"), now=NOW)
    assert (decision.outcome, codes(decision)) == (Outcome.ALLOW, [Code.UNKNOWN_ALGORITHM])
    assert decision.patch == {}


def test_an_older_algorithm_is_verified_by_itself_and_rewritten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from specstat.immutability.judging import standing  # noqa: PLC0415 - only this test replaces something

    known = {**standing.ALGORITHMS, "v0": lambda obj, _cells, _schema: str(obj["spec"]["agentRef"])}
    monkeypatch.setattr(standing, "ALGORITHMS", known)
    run = accepted()
    digest = str(run["spec"]["agentRef"])
    older = json.dumps(record_of(run)._replace(algorithm="v0", hash=digest.lower())._asdict())
    run = told(run, specHash=older)
    decision = policy().decide(run, now=NOW)
    assert codes(decision) == [Code.REWRITTEN]
    assert "algorithm v0" in decision.notes[0].text
    assert record_of(patched(run, decision)).algorithm == "v1"
    changed = edited(run, agentRef={"name": "eve"})
    assert policy().decide(changed, now=NOW).outcome is Outcome.FAIL


def test_a_damaged_record_is_told_and_left_alone() -> None:
    run = told(accepted(), specHash=accepted()["status"]["specHash"][:70])
    decision = policy().decide(edited(run, systemPrompt="x"), now=NOW)
    assert (decision.outcome, codes(decision)) == (Outcome.ALLOW, [Code.DAMAGED_RECORD])
    assert "status.specHash holds a record that is cut" in decision.notes[0].text
    assert decision.patch == {}


def test_a_plain_hash_becomes_a_record_only_where_it_is_that_of_the_fields() -> None:
    run = told(accepted(), specHash=policy().hash(accepted()))
    decision = policy().decide(run, now=NOW)
    assert codes(decision) == [Code.REWRITTEN]
    assert record_of(patched(run, decision)) == record_of(accepted())
    other = policy().decide(edited(run, systemPrompt="x"), now=NOW)
    assert (codes(other), other.patch) == ([Code.PLAIN_HASH], {})


def test_a_record_that_is_kept_elsewhere_may_be_given() -> None:
    run = accepted()
    kept = run["status"].pop("specHash")
    after = edited(run, systemPrompt="x")
    for recorded in (kept, json.loads(kept), of_value(kept)):
        assert policy().decide(after, recorded, now=NOW).outcome is Outcome.FAIL


def test_templates_are_exempt_and_what_has_a_record_is_none() -> None:
    marking: JSON = {"exempt-when": [{"label": "template", "in": ["true"]}]}
    chosen = of(KIND, None, **marking)
    marked = stored(created(), labels={"template": "true"})
    locked = told(marked, conditions=[{"type": "Accepted", "status": "True"}])
    decision = chosen.decide(locked, now=NOW)
    assert (decision.outcome, decision.patch, decision.notes) == (Outcome.ALLOW, {}, ())
    decision = chosen.decide(marked, now=NOW, accepting=True)
    assert (decision.outcome, decision.patch, decision.record) == (Outcome.ALLOW, {}, None)
    assert codes(decision) == [Code.NOT_RECORDED]
    run = accept(chosen, created())
    evading = stored(edited(run, systemPrompt="x"), labels={"template": "true"})
    decision = chosen.decide(evading, now=NOW)
    assert (decision.outcome, codes(decision)) == (Outcome.FAIL, [Code.EXEMPTION_IGNORED])


def test_nobody_unlocks_by_a_field_of_spec_what_has_a_record() -> None:
    kind = KIND | {"started": {"type": "boolean"}}
    trigger: JSON = {"locked-when": [{"field": "spec.started", "in": [True]}]}
    chosen = of(kind, None, mutable=["spec.started"], **trigger)
    run = created(started=True)
    run = patched(run, chosen.decide(run, now=NOW, accepting=True))
    decision = chosen.decide(edited(run, started=False, systemPrompt="x"), now=NOW)
    assert (decision.outcome, codes(decision)) == (Outcome.FAIL, [Code.LOCKED_BY_RECORD])


def test_words_that_ask_for_no_lock_are_judged_by_the_old_object() -> None:
    words = {"spec.agentRef": "never", "spec.systemPrompt": "set-once"}
    chosen = of(KIND, default="mutable", immutable=words)
    run = created()
    assert chosen.decide(edited(run, systemPrompt="x"), old=run, now=NOW).outcome is Outcome.ALLOW
    decision = chosen.decide(edited(run, agentRef={"name": "eve"}), old=run, now=NOW)
    assert (decision.outcome, decision.fields) == (Outcome.FAIL, ("spec.agentRef.name",))
    unmoved = merge(run, {"spec": {"agentRef": {"name": "eve"}}})
    assert chosen.decide(unmoved, old=run, now=NOW).outcome is Outcome.ALLOW


def test_what_may_be_set_once_is_in_the_record_from_then_on() -> None:
    chosen = of(KIND, default="mutable", immutable={"spec.systemPrompt": "set-once"})
    run = accept(chosen, created())
    assert record_of(run).fields == ()
    run = edited(run, systemPrompt="x")
    run = patched(run, chosen.decide(run, now=NOW))
    assert record_of(run).fields == ("spec.systemPrompt",)
    assert chosen.decide(edited(run, systemPrompt="y"), now=NOW).outcome is Outcome.FAIL
    assert chosen.decide(edited(run, systemPrompt=None), now=NOW).outcome is Outcome.FAIL


def test_what_only_grows_is_judged_with_the_old_object_and_told_without() -> None:
    kind = KIND | {"steps": {"type": "array", "items": {"type": "string"}}}
    chosen = of(kind, default="mutable", immutable={"spec.steps": "append-only"})
    run = accept(chosen, created(steps=["a"]))
    grown, shrunk = edited(run, steps=["a", "b"]), edited(run, steps=[])
    assert chosen.decide(grown, old=run, now=NOW).outcome is Outcome.ALLOW
    assert chosen.decide(shrunk, old=run, now=NOW).outcome is Outcome.FAIL
    assert codes(chosen.decide(shrunk, now=NOW)) == [Code.NOT_SEEN]


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - this is what is refused
    with pytest.raises(ValueError, match="no time zone"):
        policy().decide(created(), now=naive)


def test_a_change_that_was_undone_is_none_even_where_it_is_seen_to_be_undone() -> None:
    changed = edited(accepted(), systemPrompt="x")
    undone = edited(changed, systemPrompt=None)
    assert policy().decide(undone, old=changed, now=NOW).outcome is Outcome.ALLOW


def test_only_what_truly_differs_from_what_was_accepted_is_named() -> None:
    run = accepted(created(systemPrompt="a"))
    both = edited(run, systemPrompt="b", secrets=["x"])
    assert policy().decide(both, old=run, now=NOW).fields == ("spec.secrets", "spec.systemPrompt")
    half = edited(both, systemPrompt="a")
    decision = policy().decide(half, old=both, now=NOW)
    assert (decision.outcome, decision.fields) == (Outcome.FAIL, ())
    assert "one or more of" in decision.reason


def test_nobody_ends_what_has_a_record_by_a_field_of_spec() -> None:
    kind = KIND | {"cancelled": {"type": "boolean"}}
    terminal = {"field": "spec.cancelled", "in": [True]}
    chosen = of(kind, mutable=["spec.cancelled"], terminal=terminal)
    run = accept(chosen, created())
    assert chosen.decide(edited(run, cancelled=True), now=NOW).outcome is Outcome.ALLOW
    evading = edited(run, cancelled=True, systemPrompt="x")
    assert chosen.decide(evading, now=NOW).outcome is Outcome.FAIL


def test_labels_that_are_fixed_are_judged_with_the_old_object_and_told_without() -> None:
    chosen = of(KIND, immutable=["metadata.labels.team"])
    run = accept(chosen, stored(created(), labels={"team": "a", "tier": "b"}))
    moved = stored(run, labels={"team": "z"})
    decision = chosen.decide(moved, old=run, now=NOW)
    assert (decision.outcome, decision.fields) == (Outcome.FAIL, ("metadata.labels.team",))
    assert codes(chosen.decide(moved, now=NOW)) == [Code.NOT_SEEN]
    other = stored(run, labels={"tier": "z"})
    assert chosen.decide(other, old=run, now=NOW).outcome is Outcome.ALLOW


def test_the_policy_knows_whether_writing_status_moves_the_generation() -> None:
    assert policy().subresource
    assert of(KIND).subresource
    bare = yaml.safe_load(CRD.read_text())
    for version in bare["spec"]["versions"]:
        version.pop("subresources", None)
    assert not Policy.load("agentrun-strict", bare).subresource


def test_an_object_of_another_version_than_the_policy_was_loaded_for_is_told() -> None:
    run = {**accepted(), "apiVersion": "agents.proompteng.ai/v1beta1"}
    decision = policy().decide(run, now=NOW)
    assert codes(decision) == [Code.OTHER_VERSION]
    assert "load it with version='v1beta1'" in decision.notes[0].text
