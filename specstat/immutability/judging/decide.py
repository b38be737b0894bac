"""What a controller should do with an object: let it run, record it, warn, or fail it.

Pure: no I/O and no clock; what was given is not changed, and deciding again says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from specstat.immutability.cells import Cell
from specstat.immutability.equality.changes import changes
from specstat.immutability.equality.digest import name_of
from specstat.immutability.judging import patch as patches
from specstat.immutability.judging.decision import Code, Compiled, Decision, Note, Outcome
from specstat.immutability.judging.keeping import (
    Kept,
    accepted,
    kept_of,
    noted,
    unverified,
    verified,
)
from specstat.immutability.judging.record import Record, RecordError
from specstat.immutability.judging.standing import Standing, compare, generation_of
from specstat.immutability.judging.telling import told
from specstat.immutability.judging.verify import verify
from specstat.immutability.lock import at, exempt, is_terminal, locked
from specstat.immutability.terms import FieldTest, Mode, Terms, Trigger, Word

_WORDS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


class ToggleError(ValueError):
    """An environment variable that says neither yes nor no."""


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
            f" no; set it to true (a violation fails the {terms.kind}) or false (it is only told)"
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
) -> Decision:
    """What to do with an object as it is now.

    `recorded` is the record of its acceptance; None has it read from the object. `old` is the
    object as it was before, if that is known. `enforced` is whether a violation fails the object
    (`mode_of`); None leaves it to the policy's mode. `accepting` says that the caller accepts the
    object now, in this very reconcile: only then a record is made where there is none.

    Raises ValueError for a `now` without a time zone, and nothing for any object or record.
    """
    patches.stamp(now)
    kept = kept_of(policy.terms, obj, recorded)
    free = exempt(policy.terms, obj)
    if free and not kept.is_there and (old is None or exempt(policy.terms, old)):
        found = Decision(Outcome.ALLOW, f"The policy does not hold here: {free}.")
        return noted(found, _unrecordable(policy.terms, free) if accepting else ())
    done = is_terminal(policy.terms, obj)
    if done and not (kept.is_there and _users_write(policy.terms.terminal)):
        return Decision(Outcome.ALLOW, f"The {policy.terms.kind} is done: {done}.")
    notes = _beforehand(policy, obj, kept, free, old)
    why = locked(policy.terms, obj)
    if not why and kept.record is not None and _users_may_unlock(policy):
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
        return noted(found, notes)
    if standing is not None:
        found = verified(policy, obj, standing, now)
    elif accepting and not free:
        found = accepted(policy, obj, kept)
    elif why:
        found = unverified(policy, obj, kept, why)
    else:
        found = Decision(Outcome.ALLOW, f"The {policy.terms.kind} is not locked yet.")
    return noted(found, notes)


def _unrecordable(terms: Terms, free: str) -> tuple[Note]:
    text = (
        f"This {terms.kind} is to be accepted, but the policy does not hold for it: {free}. It gets"
        " no record and would never be protected, so do not accept it."
    )
    return (Note(Code.NOT_RECORDED, text),)


def _beforehand(policy: Compiled, obj: object, kept: Kept, free: str, old: object) -> list[Note]:
    """What is to be said whatever is decided."""
    notes: list[Note] = []
    version = str(at(obj, ("apiVersion",)) or "").rpartition("/")[2]
    if version and policy.version and version != policy.version:
        text = (
            f"The object is of version {version}, but the policy was loaded for {policy.version},"
            f" whose schema it is judged by: load it with version={version!r}."
        )
        notes.append(Note(Code.OTHER_VERSION, text))
    if free and kept.is_there:
        text = f"It has a record, so the policy holds, although {free}."
        notes.append(Note(Code.EXEMPTION_IGNORED, text))
    unseen = [name_of(cell) for cell in policy.cells if _is_unrecorded(cell)]
    if unseen and old is None:
        text = f"Without the old object nobody can say whether {', '.join(unseen)} changed."
        notes.append(Note(Code.NOT_SEEN, text))
    return notes


def _users_may_unlock(policy: Compiled) -> bool:
    return not policy.subresource or any(map(_users_write, policy.terms.locked_when))


def _users_write(test: Trigger | None) -> bool:
    """Whether a test looks at a field that users write, who could so evade what it decides."""
    return isinstance(test, FieldTest) and test.path[:1] != ("status",)


def _is_unrecorded(cell: Cell) -> bool:
    """Whether a cell is in no record, so that only the old object tells what changed."""
    return cell.word is Word.APPEND_ONLY or _is_metadata(cell)


def _is_metadata(cell: Cell) -> bool:
    return cell.path[:1] == ("metadata",)


def _standing(policy: Compiled, obj: object, kept: Kept) -> tuple[Standing | None, Kept]:
    if kept.record is None:
        return None, kept
    try:
        return compare(kept.record, obj, policy.cells, policy.schema, kept.where), kept
    except RecordError as error:
        return None, kept._replace(record=None, damage=error)


def _violated(
    policy: Compiled, obj: object, old: object, kept: Kept, standing: Standing | None
) -> tuple[str, ...] | None:
    """The changed fields of a violation, as far as they are known; None where there is none."""
    if standing is not None and standing.changed:
        # What differs from an old object says nothing where that was changed already.
        if old is None or not standing.is_met_by(old):
            return ()
        found = changes(standing.cells, old, obj, policy.schema)
        return tuple(change.path for change in found)
    edits = _edits(policy, obj, old, kept)
    # Where there is a record it alone counts, except for what is in no record.
    counted = [path for path, cell in edits if _is_unrecorded(cell) or not kept.is_there]
    return tuple(counted) or None


def _edits(policy: Compiled, obj: object, old: object, kept: Kept) -> tuple[tuple[str, Cell], ...]:
    """What was changed since the old object against the policy.

    Only where the generation has moved, but for metadata, which moves none and has no defaults.
    """
    if old is None:
        return ()
    before = generation_of(old) or (kept.record.generation if kept.record else 0)
    moved = 0 < before < generation_of(obj)
    if not moved and not any(map(_is_metadata, policy.cells)):
        return ()
    verdict = verify(policy.terms, policy.schema, policy.cells, old, obj)
    found = ((one.change.path, one.change.cell) for one in verdict.violations)
    return tuple((path, cell) for path, cell in found if cell and (moved or _is_metadata(cell)))
