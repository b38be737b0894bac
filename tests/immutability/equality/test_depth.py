from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from specstat.immutability import Outcome, Policy
from specstat.immutability.equality.canonical import canonical

NOW = datetime(2026, 1, 2, tzinfo=UTC)
# As deep as an API server takes JSON, and deeper than the interpreter's stack.
DEPTH = 10_000


def nested(depth: int) -> object:
    value: object = 1
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


def run(config: object) -> dict[str, Any]:
    return {
        "apiVersion": "agents.proompteng.ai/v1alpha1",
        "kind": "AgentRun",
        "metadata": {"name": "run", "namespace": "lab", "uid": "u", "generation": 1},
        "spec": {"agentRef": {"name": "a"}, "runtime": {"config": config}},
    }


def test_an_unknown_value_of_any_depth_has_a_text() -> None:
    assert canonical(nested(3)) == '{"a":[{"a":1}]}'
    assert len(canonical(nested(DEPTH))) > DEPTH


@pytest.mark.parametrize("knows_old", [True, False])
def test_nobody_escapes_a_controller_by_depth(knows_old: bool) -> None:  # noqa: FBT001 - of the test alone
    policy = Policy.load("agentrun")
    accepted = run(nested(DEPTH))
    status = policy.decide(accepted, now=NOW, accepting=True).status
    accepted["status"] = {**status, "conditions": [{"type": "Accepted", "status": "True"}]}
    changed = run(nested(DEPTH + 2))
    changed["status"] = deepcopy(accepted["status"])
    changed["metadata"]["generation"] = 2

    decision = policy.decide(changed, old=accepted if knows_old else None, now=NOW)

    assert decision.outcome is Outcome.FAIL
