"""How a violation is told: on the object's status and as an Event, failing it or only warning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from specstat.immutability.judging import patch as patches
from specstat.immutability.judging.decision import Compiled, Decision, Note, Outcome
from specstat.immutability.judging.event import event_of
from specstat.immutability.judging.patch import Wanted, Written
from specstat.immutability.judging.standing import few, generation_of
from specstat.immutability.lock import at, conditions

WARNING = "Warning"  # the type of the condition where a violation is only told
AS_ACCEPTED = "SpecAsAccepted"  # its reason once the change was undone


def told(  # noqa: PLR0913 - a violation with all that is known of it
    policy: Compiled,
    obj: object,
    fields: Sequence[str],
    among: Sequence[str],
    why: str,
    *,
    enforced: bool,
    now: datetime,
) -> Decision:
    """The decision on a violation: `fields` were changed, or, if none is known, some of `among`.

    `why` says why the object is locked.
    """
    outcome = Outcome.FAIL if enforced else Outcome.WARN
    head = _head(obj)
    message = f"{head}: {_which(fields, among)}. {_after(policy, why, outcome)}"
    written = _failed(policy, obj, message, now) if enforced else _warned(policy, obj, message, now)
    wanted_event = policy.terms.on_violation.event and (
        written.patch or not _is_told(policy, obj, outcome)
    )
    return Decision(
        outcome,
        message,
        fields=tuple(fields),
        patch=patches.with_version(written.patch, obj),
        event=event_of(policy.terms, obj, outcome, message, now) if wanted_event else None,
        notes=written.notes,
    )


def undone(policy: Compiled, obj: object, now: datetime) -> dict[str, Any]:
    """The patch that takes a warning back whose change was undone; empty where there is none."""
    reason = policy.terms.on_violation.reason
    standing = [
        c
        for c in conditions(obj)
        if c["type"] == WARNING
        and c.get("status") == "True"
        and c.get("reason") == reason
        and not str(c.get("message") or "").startswith(_head(obj))
    ]
    if not standing:
        return {}
    message = "The fields that must not change are as accepted."
    back = Wanted(WARNING, "False", AS_ACCEPTED, message, message)
    return patches.conditions(policy.schema, obj, [back], generation_of(obj), now).patch


def _failed(policy: Compiled, obj: object, message: str, now: datetime) -> Written:
    terms, schema = policy.terms, policy.schema
    asked = terms.on_violation
    wanted = [
        Wanted(name, status, asked.reason, message, _head(obj)) for name, status in asked.conditions
    ]
    parts = [patches.conditions(schema, obj, wanted, generation_of(obj), now)]
    if asked.phase:
        parts.append(patches.field(schema, obj, asked.phase_field, asked.phase))
    parts += _summary(policy, obj, message)
    return _together(parts)


def _summary(policy: Compiled, obj: object, message: str) -> list[Written]:
    """Reason and message of the status itself, where the schema lists such fields."""
    schema = policy.schema
    reason, text = ("status", "reason"), ("status", "message")
    parts: list[Written] = []
    if patches.declares(schema, reason):
        parts.append(patches.field(schema, obj, reason, policy.terms.on_violation.reason))
    if patches.declares(schema, text) and not _begins(obj, _head(obj)):
        inner = schema.at(text)
        longest = None if inner is None else inner.bounds.get("maxLength")
        parts.append(patches.field(schema, obj, text, patches.cut(message, longest)))
    return parts


def _warned(policy: Compiled, obj: object, message: str, now: datetime) -> Written:
    wanted = Wanted(WARNING, "True", policy.terms.on_violation.reason, message, _head(obj))
    return patches.conditions(policy.schema, obj, [wanted], generation_of(obj), now)


def _together(parts: Sequence[Written]) -> Written:
    patch: dict[str, Any] = {}
    notes: list[Note] = []
    for part in parts:
        patch = patches.merged(patch, part.patch)
        notes += part.notes
    return Written(patch, tuple(notes))


def _is_told(policy: Compiled, obj: object, outcome: Outcome) -> bool:
    """Whether the object's status shows a violation already."""
    asked = policy.terms.on_violation
    failed = outcome is Outcome.FAIL and bool(asked.phase)
    return (failed and at(obj, asked.phase_field) == asked.phase) or any(
        c.get("reason") == asked.reason for c in conditions(obj)
    )


def _begins(obj: object, head: str) -> bool:
    found = at(obj, ("status", "message"))
    return isinstance(found, str) and found.startswith(head)


def _head(obj: object) -> str:
    """How all messages of one violation begin, whatever is known of it."""
    return f"Generation {generation_of(obj)} changes what must not change"


def _which(fields: Sequence[str], among: Sequence[str]) -> str:
    """The fields; never their values, which may be secrets."""
    if fields:
        return few(list(dict.fromkeys(fields)))
    return f"one or more of {few(among)}" if among else "a field that the policy fixes"


def _after(policy: Compiled, why: str, outcome: Outcome) -> str:
    kind = policy.terms.kind
    locked = f"This {kind} is locked because {why}. " if why else ""
    if outcome is Outcome.FAIL:
        return f"{locked}Create a new {kind} with the spec that you want; this one keeps its own."
    return f"{locked}This is a warning only; undo the change, or create a new {kind}."
