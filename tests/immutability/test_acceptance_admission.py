"""What the design of AgentRun's immutability asks for, of the rules that the API server checks."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from specstat.immutability.generate.cel import rules
from tests.conformance.answers import Written
from tests.conformance.kubernetes import Held, Kubernetes
from tests.immutability.rules_made import with_rules
from tests.immutability.runs import CRD, JSON, created, merge, policy, told
from tests.immutability.test_acceptance import MUTATIONS, NAMES

MARKED: JSON = {
    "type": "Accepted",
    "status": "True",
    "reason": "Ready",
    "message": "Accepted.",
    "lastTransitionTime": "2026-01-01T00:00:00Z",
}
LOCKED: list[JSON] = [{"conditions": [MARKED]}, {"phase": "Running"}]


class Guarded:
    """The kind with the generated rules of a packaged policy in its definition."""

    def __init__(self, kubernetes: Kubernetes, name: str) -> None:
        chosen = policy(name)
        crd: dict[str, Any] = yaml.safe_load(CRD.read_text(encoding="utf-8"))
        made = rules(chosen.terms, chosen.schema, chosen.cells)
        self.kubernetes, self.name = kubernetes, name
        self.held: Held = kubernetes.hold(with_rules(crd, made))

    def patch(self, run: JSON, spec: JSON) -> Written:
        """What the API server says of a user's patch of a run's spec."""
        after = merge(run, {"spec": spec})
        return self.kubernetes.update(self.held, "v1alpha1", run, after)


@pytest.fixture(scope="module", params=NAMES)
def guarded(kubernetes: Kubernetes, request: pytest.FixtureRequest) -> Guarded:
    return Guarded(kubernetes, request.param)


@pytest.mark.parametrize("status", LOCKED, ids=["accepted", "started"])
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: next(iter(m)))
def test_once_accepted_or_started_spec_mutations_are_rejected_with_a_clear_reason(
    guarded: Guarded, mutation: JSON, status: JSON
) -> None:
    written = guarded.patch(told(created(), **status), mutation)
    assert not written.allowed
    assert all("SpecImmutableViolation" in error.message for error in written.errors)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: next(iter(m)))
def test_before_acceptance_allowed_fields_can_still_be_updated_safely(
    guarded: Guarded, mutation: JSON
) -> None:
    assert guarded.patch(told(created(), phase="Pending"), mutation).allowed


def test_the_patch_of_the_validation_section(guarded: Guarded) -> None:
    written = guarded.patch(told(created(), conditions=[MARKED]), {"parameters": {"x": "y"}})
    assert written.allowed == (guarded.name == "agentrun")


def test_how_long_a_finished_run_is_kept_may_change(guarded: Guarded) -> None:
    run = told(created(), phase="Succeeded", conditions=[MARKED])
    assert guarded.patch(run, {"ttlSecondsAfterFinished": 60}).allowed
