from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from tests.immutability.judging.kinds import KIND, accept, of
from tests.immutability.runs import (
    JSON,
    LATER,
    NOW,
    accepted,
    created,
    edited,
    patched,
    policy,
    stored,
)

# What Kubernetes' validation of events.k8s.io/v1 asks for.
SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
QUALIFIED = re.compile(r"([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?")


def event_of(run: JSON, **known: Any) -> JSON:  # noqa: ANN401 - whatever `decide` takes
    after = edited(run, systemPrompt="x")
    event = policy().decide(after, now=NOW, **known).event
    assert event is not None
    return dict(event)


@pytest.mark.parametrize("name", ["tidy-up", "a.b-c", "x" * 253, f"{'a' * 218}.-{'b' * 20}"])
@pytest.mark.parametrize("namespace", ["agents", None])
def test_an_event_is_one_that_kubernetes_takes(name: str, namespace: str | None) -> None:
    event = event_of(stored(accepted(), name=name, namespace=namespace))
    assert SUBDOMAIN.fullmatch(event["metadata"]["name"])
    assert len(event["metadata"]["name"]) <= 253
    assert event["metadata"]["namespace"] == (namespace or "default")
    assert event["regarding"].get("namespace") == namespace
    assert QUALIFIED.fullmatch(event["reportingController"])
    assert 0 < len(event["reportingInstance"]) <= 128
    assert all(0 < len(event[word]) <= 128 for word in ("reason", "action"))
    assert re.fullmatch(r"[0-9-]{10}T[0-9:]{8}\.[0-9]{6}Z", event["eventTime"])


def test_a_note_is_cut_by_its_bytes_and_between_characters() -> None:
    long = {f"{n}{'ü' * 900}": "a" for n in range(5)}
    run = accepted(created(parameters=long))
    after = edited(run, parameters=dict.fromkeys(long, "b"))
    event = policy().decide(after, old=run, now=NOW).event
    assert event is not None
    assert 1020 < len(event["note"].encode()) <= 1024
    assert re.search(r"\w\.\.\.$", event["note"])


def test_a_reason_is_cut_to_what_an_event_takes() -> None:
    terms = policy().terms
    longer = terms.on_violation._replace(reason="R" * 200)
    chosen = replace(policy(), terms=replace(terms, on_violation=longer))
    event = chosen.decide(edited(accepted(), systemPrompt="x"), now=NOW).event
    assert event is not None
    assert event["reason"] == "R" * 128


def test_an_event_has_one_name_whenever_it_is_decided_and_another_for_each_outcome() -> None:
    after = edited(accepted(), systemPrompt="x")
    first, again = (policy().decide(after, now=moment).event for moment in (NOW, LATER))
    warned = policy().decide(after, now=NOW, enforced=False).event
    later = policy().decide(edited(after), now=NOW).event
    assert first
    assert again
    assert warned
    assert later
    names = [event["metadata"]["name"] for event in (first, again, warned, later)]
    assert names[0] == names[1]
    assert len(set(names)) == 3


def test_an_event_is_given_until_the_phase_alone_tells_the_violation() -> None:
    chosen = of(KIND, **{"on-violation": {"phase": "Failed"}})
    after = edited(accept(chosen, created()), systemPrompt="x")
    decision = chosen.decide(after, now=NOW)
    assert decision.event is not None
    again = chosen.decide(patched(after, decision), now=LATER)
    assert (again.violated, again.patch, again.event) == (True, {}, None)
