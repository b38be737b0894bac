"""What a controller should do with an object: let it run, record it, warn, or fail it.

Pure: no I/O and no clock; what was given is not changed, and deciding again says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from specstat.immutability import patch as patches
from specstat.immutability.changes import changes
from specstat.immutability.decision import Code, Compiled, Decision, Note, Outcome
from specstat.immutability.digest import digest, name_of
from specstat.immutability.lock import at, exempt, is_terminal, locked
from specstat.immutability.paths import text_of
from specstat.immutability.record import Record, RecordError, of_value, to_value
from specstat.immutability.schema import ABSENT
from specstat.immutability.standing import Standing, compare, generation_of, recorded_now
from specstat.immutability.telling import told, undone
from specstat.immutability.terms import FieldTest, Mode, Terms, Word
from specstat.immutability.verify import verify

_WORDS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


class ToggleError(ValueError):
    """An environment variable that says neither yes nor no."""


class _Kept(NamedTuple):
    """What is kept of an object's acceptance: a record, or what is wrong with what is there."""

    where: str
    record: Record | None = None
    damage: RecordError | None = None

    @property
    def is_there(self) -> bool:
        return self.record is not None or self.damage is not None


def mode_of(terms: Terms, environ: Mapping[str, str]) -> bool:
    """Whether violations fail the object: what the policy's variable says, else its mode.

    Raises ToggleError for a value that is neither yes nor no. An empty one counts as not set.
    """
    said = environ.get(terms.toggle, "").strip() if terms.toggle else ""
    if not said:
        return terms.mode is Mode.ENFORCE
    if said.lower() not in _WORDS:
        message = (
            f"the environment variable {terms.toggle} is {said[:40]!r}, which says neither yes nor"
            f" no; set it to true (violations fail a {terms.kind}) or false (they are only told)"
        )
        raise ToggleError(message)
    return _WORDS[said.lower()]


def decide(  # noqa: PLR0913 - an object, and all that may be known beside it
    policy: Compiled,
    obj: object,
    recorded: Record | Mapping[str, Any] | str | None = None,
    *,
    now: datetime,
    old: object = None,
    enforced: bool | None = None,
    accepting: bool = False,
    subresource: bool = True,
) -> Decision:
    """What to do with an object as it is now.

    `recorded` is the record of its acceptance; None has it read from the object. `old` is the
    object as it was before, if that is known. `enforced` is whether a violation fails the object
    (`mode_of`); None leaves it to the policy's mode. `accepting` says that the caller accepts the
    object now, in this very reconcile: only then a record is made where there is none. Without a
    subresource for status (`subresource`), writing a record would move the generation on and on.

    Raises ValueError for a `now` without a time zone, and nothing for any object or record.
    """
    patches.stamp(now)
    kept = _kept(policy.terms, obj, recorded)
    free = exempt(policy.terms, obj)
    if free and not kept.is_there and (old is None or exempt(policy.terms, old)):
        return Decision(Outcome.ALLOW, f"The policy does not hold here: {free}.")
    if done := is_terminal(policy.terms, obj):
        return Decision(Outcome.ALLOW, f"The {policy.terms.kind} is done: {done}.")
    notes = _beforehand(policy, kept, free, old)
    why = locked(policy.terms, obj)
    if not why and kept.record is not None and _users_may_unlock(policy.terms):
        why = "it was accepted and has a record"
        text = "Its fields say that it is not locked, which users may write; its record counts."
        notes.append(Note(Code.LOCKED_BY_RECORD, text))
    standing, kept = _standing(policy, obj, kept) if why else (None, kept)
    fields = _violated(policy, obj, old, kept, standing)
    if fields is not None:
        covered = policy.cells if standing is None else standing.cells
        names = [name_of(cell) for cell in covered]
        strict = policy.terms.mode is Mode.ENFORCE if enforced is None else enforced
        found = told(policy, obj, fields, names, why, enforced=strict, now=now)
        return _noted(found, notes)
    if standing is not None:
        found = _verified(policy, obj, standing, now, subresource=subresource)
    elif accepting and not free:
        found = _accepted(policy, obj, kept)
    elif why:
        found = _unverified(policy, obj, kept, why)
    else:
        found = Decision(Outcome.ALLOW, f"The {policy.terms.kind} is not locked yet.")
    return _noted(found, notes)


def _kept(terms: Terms, obj: object, recorded: object) -> _Kept:
    where = text_of(terms.record) if terms.record else "what was given"
    own = at(obj, terms.record) if terms.record else ABSENT
    try:
        return _Kept(where, of_value(own if recorded in (None, ABSENT) else recorded, where))
    except RecordError as error:
        return _Kept(where, damage=error)


def _beforehand(policy: Compiled, kept: _Kept, free: str, old: object) -> list[Note]:
    """What is to be said whatever is decided."""
    notes: list[Note] = []
    if free and kept.is_there:
        text = f"It has a record, so the policy holds, although {free}."
        notes.append(Note(Code.EXEMPTION_IGNORED, text))
    growing = [name_of(cell) for cell in policy.cells if cell.word is Word.APPEND_ONLY]
    if growing and old is None:
        text = f"Without the old object nobody can say whether {', '.join(growing)} only grew."
        notes.append(Note(Code.NOT_SEEN, text))
    return notes


def _users_may_unlock(terms: Terms) -> bool:
    tests = (test for test in terms.locked_when if isinstance(test, FieldTest))
    return any(test.path[:1] != ("status",) for test in tests)


def _standing(policy: Compiled, obj: object, kept: _Kept) -> tuple[Standing | None, _Kept]:
    if kept.record is None:
        return None, kept
    try:
        return compare(kept.record, obj, policy.cells, policy.schema, kept.where), kept
    except RecordError as error:
        return None, kept._replace(record=None, damage=error)


def _violated(
    policy: Compiled, obj: object, old: object, kept: _Kept, standing: Standing | None
) -> tuple[str, ...] | None:
    """The changed fields of a violation, as far as they are known; None where there is none."""
    if standing is not None and standing.changed:
        if old is None:
            return ()
        found = changes(standing.cells, old, obj, policy.schema)
        return tuple(change.path for change in found)
    edits = _edits(policy, obj, old, kept)
    # Where there is a record it alone counts, except for what is in no record.
    counted = [path for path, word in edits if word is Word.APPEND_ONLY or not kept.is_there]
    return tuple(counted) or None


def _edits(policy: Compiled, obj: object, old: object, kept: _Kept) -> tuple[tuple[str, Word], ...]:
    """What was changed since the old object against the policy, where the generation has moved."""
    if old is None:
        return ()
    before = generation_of(old) or (kept.record.generation if kept.record else 0)
    if not 0 < before < generation_of(obj):
        return ()
    verdict = verify(policy.terms, policy.schema, policy.cells, old, obj)
    found = (one.change for one in verdict.violations)
    return tuple((c.path, c.cell.word) for c in found if c.cell is not None)


def _verified(
    policy: Compiled, obj: object, standing: Standing, now: datetime, *, subresource: bool
) -> Decision:
    """That an object is as accepted, or that nobody can say; with the record to write anew."""
    if not standing.known:
        return Decision(Outcome.ALLOW, "Nothing could be verified.", notes=standing.notes)
    kind = policy.terms.kind
    reason = f"The {kind} is as accepted." if not standing.notes else "Nobody changed the spec."
    back = undone(policy, obj, now)
    # A record that only moves on with the generation says nothing new.
    if standing.rewrite is None or not (subresource or standing.notes):
        patch = patches.with_version(back, obj)
        return Decision(Outcome.ALLOW, reason, patch=patch, notes=standing.notes)
    return _noted(_recorded(policy, obj, standing.rewrite, reason, back), standing.notes)


def _accepted(policy: Compiled, obj: object, kept: _Kept) -> Decision:
    """That an object is accepted now, with its record."""
    record = recorded_now(obj, policy.cells, policy.schema)
    found = _recorded(policy, obj, record, f"The {policy.terms.kind} is accepted as it is.")
    if not kept.is_there:
        return found
    text = f"What {kept.where} held before is replaced, since the object is accepted anew."
    return _noted(found, [Note(Code.REWRITTEN, text)] if kept.record != record else [])


def _unverified(policy: Compiled, obj: object, kept: _Kept, why: str) -> Decision:
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
        return _noted(found, [Note(Code.REWRITTEN, text)])
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


def _noted(decision: Decision, notes: Sequence[Note]) -> Decision:
    return replace(decision, notes=(*notes, *decision.notes)) if notes else decision
