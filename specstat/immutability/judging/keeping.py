"""What is decided where nothing was violated: a record is made, kept or missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from specstat.immutability.equality.digest import digest
from specstat.immutability.judging import patch as patches
from specstat.immutability.judging.decision import Code, Compiled, Decision, Note, Outcome
from specstat.immutability.judging.record import Record, RecordError, of_value, to_value
from specstat.immutability.judging.standing import Standing, recorded_now
from specstat.immutability.judging.telling import undone
from specstat.immutability.lock import at
from specstat.immutability.paths import text_of
from specstat.immutability.schema import ABSENT
from specstat.immutability.terms import Terms


class Kept(NamedTuple):
    """What is kept of an object's acceptance: a record, or what is wrong with what is there."""

    where: str
    record: Record | None = None
    damage: RecordError | None = None

    @property
    def is_there(self) -> bool:
        """Whether anything stands where a record should be."""
        return self.record is not None or self.damage is not None


def kept_of(terms: Terms, obj: object, recorded: object) -> Kept:
    """The record that was given, else that in the object."""
    where = text_of(terms.record) if terms.record else "what was given"
    own = at(obj, terms.record) if terms.record else ABSENT
    try:
        return Kept(where, of_value(own if recorded in (None, ABSENT) else recorded, where))
    except RecordError as error:
        return Kept(where, damage=error)


def verified(policy: Compiled, obj: object, standing: Standing, now: datetime) -> Decision:
    """That an object is as accepted, or that nobody can say; with the record to write anew."""
    if not standing.known:
        return Decision(Outcome.ALLOW, "Nothing could be verified.", notes=standing.notes)
    reason = f"The {policy.terms.kind} is as accepted."
    if standing.notes:
        reason = "Nothing says that anybody changed it."
    back = undone(policy, obj, now)
    # Where writing it moves the generation, a record that only moves on would never come to rest.
    moves = not policy.subresource and policy.terms.record is not None
    if standing.rewrite is None or (moves and not standing.notes):
        patch = patches.with_version(back, obj)
        return Decision(Outcome.ALLOW, reason, patch=patch, notes=standing.notes)
    return noted(_recorded(policy, obj, standing.rewrite, reason, back), standing.notes)


def accepted(policy: Compiled, obj: object, kept: Kept) -> Decision:
    """That an object is accepted now, with its record."""
    record = recorded_now(obj, policy.cells, policy.schema)
    found = _recorded(policy, obj, record, f"The {policy.terms.kind} is accepted as it is.")
    if not kept.is_there:
        return found
    text = f"What {kept.where} held before is replaced, since the object is accepted anew."
    return noted(found, [Note(Code.REWRITTEN, text)] if kept.record != record else [])


def unverified(policy: Compiled, obj: object, kept: Kept, why: str) -> Decision:
    """That an object is locked and nothing says what was accepted; it is not blessed."""
    kind = policy.terms.kind
    reason = f"The {kind} is locked because {why}, and nobody can say whether it was changed."
    if kept.damage is None:
        text = (
            f"The {kind} is locked because {why}, but it has no record of what was accepted, so"
            " changes cannot be noticed. Accept it deliberately (accepting) if its spec is as it"
            " should be, or create it anew."
        )
        return Decision(Outcome.ALLOW, reason, notes=(Note(Code.UNRECORDED, text),))
    plain = kept.damage.plain
    if plain and plain == digest(obj, policy.cells, policy.schema):
        record = recorded_now(obj, policy.cells, policy.schema)
        text = f"{kept.where} held the plain hash of these very fields; it becomes a record."
        found = _recorded(policy, obj, record, f"The {kind} is as accepted.")
        return noted(found, [Note(Code.REWRITTEN, text)])
    code = Code.PLAIN_HASH if plain else Code.DAMAGED_RECORD
    return Decision(Outcome.ALLOW, reason, notes=(Note(code, f"{kept.damage}."),))


def _recorded(
    policy: Compiled,
    obj: object,
    record: Record,
    reason: str,
    more: Mapping[str, Any] | None = None,
) -> Decision:
    """A decision that writes a record, beside what else is to be written."""
    path, schema = policy.terms.record, policy.schema
    written = patches.Written({})
    if path is not None:
        kept = to_value(record, schema.at(path) or schema)
        written = patches.field(schema, obj, path, kept)
    patch = patches.with_version(patches.merged(dict(more or {}), written.patch), obj)
    return Decision(Outcome.ALLOW, reason, record=record, patch=patch, notes=written.notes)


def noted(decision: Decision, notes: Sequence[Note]) -> Decision:
    """A decision with more notes before its own."""
    return replace(decision, notes=(*notes, *decision.notes)) if notes else decision
