"""The controller in docs/immutability-controller.md, run as it is written there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from specstat.immutability import Code
from tests.immutability.runs import ACCEPTED, CRD, JSON, condition, created, edited, merge, stored

DOCS = Path(__file__).parents[2] / "docs" / "immutability-controller.md"
TOGGLE = "JANGAR_AGENTRUN_IMMUTABILITY_ENFORCED"


class Cluster:
    """One run, and what the controller did."""

    def __init__(self, run: JSON) -> None:
        self.run = run
        self.events: dict[str, JSON] = {}
        self.log: list[tuple[str, ...]] = []
        self.stopped = False
        code = "\n".join(re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL))
        names: dict[str, Any] = {
            "log": lambda *said: self.log.append(said),
            "create": self.create,
            "patch_status": self.patch_status,
            "stop": self.stop,
            "is_new": lambda run: ACCEPTED not in run.get("status", {}).get("conditions", []),
            "accepted_now": lambda: ACCEPTED,
        }
        exec(code.replace("crds/agentruns.yaml", CRD.as_posix()), names)  # noqa: S102 - the documentation's own code
        self.controller = names["reconcile"]

    def reconcile(self) -> None:
        """Let the controller see the run until nothing changes any more."""
        for _ in range(3):
            before = self.run
            self.controller(self.run)
        assert self.run == before

    def create(self, event: JSON) -> None:
        self.events.setdefault(event["metadata"]["name"], event)

    def patch_status(self, run: JSON, patch: JSON) -> None:
        assert patch["metadata"] == {"resourceVersion": run["metadata"]["resourceVersion"]}
        self.run = stored(merge(self.run, {"status": patch["status"]}))

    def stop(self, _: JSON) -> None:
        self.stopped = True


@pytest.fixture(autouse=True)
def _enforced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOGGLE, raising=False)


def test_a_changed_run_is_failed_told_and_stopped() -> None:
    cluster = Cluster(created())
    cluster.reconcile()
    assert condition(cluster.run, "Accepted") == ACCEPTED
    assert "specHash" in cluster.run["status"]
    cluster.run = edited(cluster.run, ttlSecondsAfterFinished=5)
    cluster.reconcile()
    assert (cluster.stopped, cluster.events, cluster.log) == (False, {}, [])
    cluster.run = edited(cluster.run, systemPrompt="be brief")
    cluster.reconcile()
    assert cluster.stopped
    assert cluster.run["status"]["phase"] == "Failed"
    assert [event["reason"] for event in cluster.events.values()] == ["SpecImmutableViolation"]


def test_warn_only_is_a_line_in_the_log_and_a_condition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOGGLE, "false")
    cluster = Cluster(created())
    cluster.reconcile()
    cluster.run = edited(cluster.run, systemPrompt="be brief")
    cluster.reconcile()
    assert not cluster.stopped
    assert "phase" not in cluster.run["status"]
    assert condition(cluster.run, "Warning")["reason"] == "SpecImmutableViolation"
    assert cluster.log[0][0] == "violation"
    assert "Generation 2 changes what must not change" in cluster.log[0][1]
    assert len(cluster.events) == 1


def test_every_code_of_a_note_is_documented() -> None:
    text = DOCS.read_text("utf-8")
    table = text[text.index("## Notes") : text.index("## The record")]
    assert [code for code in Code if f"`{code}`" not in table] == []
