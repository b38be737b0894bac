"""A controller that keeps accepted AgentRuns as they were accepted, made with kopf.

Run it with `pip install 'specstat[kopf]'` and `kopf run --all-namespaces examples/controller.py`.
AGENTRUN_CRD names the file of the kind's definition, AGENTRUN_POLICY the policy. Where
JANGAR_AGENTRUN_IMMUTABILITY_ENFORCED is false, violations are only told (a condition, an Event).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import kopf

from specstat.immutability import Decision, Policy, mode_of


@kopf.on.startup(errors=kopf.ErrorsMode.PERMANENT)
def configure(memo: kopf.Memo, **_: object) -> None:
    """Load the policy once; a mistake in it or in the variable stops the controller here."""
    chosen = os.environ.get("AGENTRUN_POLICY", "agentrun-strict")
    memo.policy = Policy.load(chosen, os.environ.get("AGENTRUN_CRD"))
    memo.enforced = mode_of(memo.policy.terms, os.environ)


@kopf.on.event("agents.proompteng.ai", "v1alpha1", "agentruns")
def reconcile(
    type: str | None,  # noqa: A002 - kopf passes it under this name
    body: kopf.Body,
    patch: kopf.Patch,
    memo: kopf.Memo,
    logger: kopf.Logger,
    **_: object,
) -> None:
    """Accept a new run, or see whether an accepted one still is what was accepted."""
    if type == "DELETED":
        return
    run = dict(body)
    new = is_new(run)
    decision: Decision = memo.policy.decide(
        run, now=datetime.now(UTC), enforced=memo.enforced, accepting=new
    )
    for note in decision.notes:
        logger.warning(f"{note.code}: {note.text}")
    if decision.violated:
        logger.warning(decision.reason)
    if decision.event is not None:
        # kopf makes Events of its own; without kopf, create decision.event as it is.
        kopf.warn(body, reason=decision.event["reason"], message=decision.reason)
    status = dict(decision.status)
    if new and decision.record:  # what gets no record, such as a template, is not accepted
        known = (run.get("status") or {}).get("conditions") or ()
        status["conditions"] = [*status.get("conditions", known), accepted_now()]
    if status:
        patch.fns.append(lambda fresh: write(fresh, run, status))


def write(fresh: Any, run: Any, status: Mapping[str, object]) -> None:  # noqa: ANN401 - as kopf has them
    """Write what was decided of a run, unless it has changed; kopf then comes with the newer one.

    kopf sends this with the resourceVersion of `fresh`, and calls again where that is outdated.
    """
    if fresh["metadata"]["resourceVersion"] == run["metadata"]["resourceVersion"]:
        merge(fresh.setdefault("status", {}), status)


def merge(into: dict[str, Any], patch: Mapping[str, object]) -> None:
    """Apply a merge patch to a dictionary; what it does not name stays."""
    for name, value in patch.items():
        if isinstance(value, Mapping) and isinstance(into.get(name), dict):
            merge(into[name], value)
        else:
            into[name] = value


def is_new(run: Any) -> bool:  # noqa: ANN401 - a dictionary that kopf types loosely
    """Whether a run was neither accepted nor started; this controller then accepts it."""
    status = run.get("status") or {}
    known = any(condition["type"] == "Accepted" for condition in status.get("conditions") or ())
    return not known and (status.get("phase") or "Pending") == "Pending"


def accepted_now() -> dict[str, str]:
    """The condition that says that this controller accepts a run."""
    return {
        "type": "Accepted",
        "status": "True",
        "reason": "RunAccepted",
        "message": "The run will be started as it is.",
        "lastTransitionTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
