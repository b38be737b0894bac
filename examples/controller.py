"""A controller that keeps accepted AgentRuns as they were accepted, made with kopf.

Run it with `pip install 'specstat[kopf]'` and `kopf run --all-namespaces examples/controller.py`.
AGENTRUN_CRD names the file of the kind's definition, AGENTRUN_POLICY the policy. Where
JANGAR_AGENTRUN_IMMUTABILITY_ENFORCED is false, violations are only told (a condition, an Event).
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

import kopf

from specstat.immutability.decide import mode_of
from specstat.immutability.decision import Decision
from specstat.immutability.lock import at, conditions
from specstat.immutability.policy import Policy


@kopf.on.startup()
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
    decision = decided(run, memo)
    for note in decision.notes:
        logger.warning(f"{note.code}: {note.text}")
    if decision.event is not None:
        kopf.warn(run, reason=decision.event["reason"], message=decision.reason)
    if decision.patch or is_new(run):
        # kopf sends this with the resourceVersion of what it was made from. Where somebody else was
        # quicker it calls again with the newer run, hence everything is decided anew in it.
        patch.fns.append(lambda fresh: write(fresh, memo))


def write(run: Any, memo: kopf.Memo) -> None:  # noqa: ANN401 - a dictionary that kopf types loosely
    """Write what is decided into a run, and that it is accepted where it is new."""
    accepting = is_new(run)
    decision = decided(run, memo)
    status = run.setdefault("status", {})
    status.update(decision.status)
    if accepting and not decision.violated:
        accepted = {
            "type": "Accepted",
            "status": "True",
            "reason": "RunAccepted",
            "message": "The run will be started as it is.",
            "lastTransitionTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        status["conditions"] = [*(status.get("conditions") or ()), accepted]


def decided(run: object, memo: kopf.Memo) -> Decision:
    """What the policy says of a run; a new one is accepted, so its record is made."""
    found: Decision = memo.policy.decide(
        run, now=datetime.now(UTC), enforced=memo.enforced, accepting=is_new(run)
    )
    return found


def is_new(run: object) -> bool:
    """Whether a run was neither accepted nor started; this controller then accepts it."""
    known = any(condition["type"] == "Accepted" for condition in conditions(run))
    return not known and (at(run, ("status", "phase")) or "Pending") == "Pending"
