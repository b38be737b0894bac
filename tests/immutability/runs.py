"""AgentRuns, what users and controllers do to them, and the packaged policies for them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from specstat.immutability.judging.decision import Decision
from specstat.immutability.policy import Policy

CRD = Path(__file__).parents[2] / "fixtures" / "immutability" / "agentrun-crd.yaml"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, tzinfo=UTC)
ACCEPTED = {"type": "Accepted", "status": "True", "reason": "Ready", "message": "Accepted."}
JSON = dict[str, Any]


@cache
def policy(name: str = "agentrun-strict") -> Policy:
    return Policy.load(name, CRD)


def created(**spec: object) -> JSON:
    """A run as the API server stores a new one."""
    return {
        "apiVersion": "agents.proompteng.ai/v1alpha1",
        "kind": "AgentRun",
        "metadata": {
            "name": "tidy-up",
            "namespace": "agents",
            "uid": "5f0c",
            "generation": 1,
            "resourceVersion": "1",
        },
        "spec": {"agentRef": {"name": "ada"}, "runtime": {"type": "job"}, **spec},
    }


def merge(value: Any, patch: Any) -> Any:  # noqa: ANN401 - any values of JSON
    """A merge patch applied, as RFC 7386 says."""
    if not isinstance(patch, Mapping):
        return deepcopy(patch)
    found = dict(value) if isinstance(value, Mapping) else {}
    for key, inner in patch.items():
        if inner is None:
            found.pop(key, None)
        else:
            found[key] = merge(found.get(key), inner)
    return found


def edited(run: JSON, **spec: object) -> JSON:
    """A run whose user changed its spec: the generation moves on."""
    return stored(merge(run, {"spec": spec}), generation=run["metadata"]["generation"] + 1)


def stored(run: JSON, **metadata: object) -> JSON:
    version = str(int(run["metadata"]["resourceVersion"]) + 1)
    return dict(merge(run, {"metadata": {"resourceVersion": version, **metadata}}))


def told(run: JSON, **status: object) -> JSON:
    """A run of which its controller wrote the status."""
    return stored(merge(run, {"status": status}))


def patched(run: JSON, decision: Decision) -> JSON:
    """A run with what was decided written to its status."""
    if not decision.patch:
        return run
    assert decision.patch["metadata"] == {"resourceVersion": run["metadata"]["resourceVersion"]}
    return stored(merge(run, {"status": decision.status}))


def accepted(run: JSON | None = None, name: str = "agentrun-strict") -> JSON:
    """A run that its controller has just accepted."""
    run = run or created()
    decision = policy(name).decide(run, now=NOW, accepting=True)
    return told(patched(run, decision), conditions=[ACCEPTED])


def condition(run: JSON, name: str) -> JSON:
    found = [c for c in run["status"]["conditions"] if c["type"] == name]
    assert len(found) == 1
    return dict(found[0])
