"""Whether a policy allows an update, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from specstat.immutability.canonical import canonical
from specstat.immutability.cells import Cell
from specstat.immutability.changes import Change, Steps, changes, differences
from specstat.immutability.lock import exempt, locked
from specstat.immutability.paths import Each, Path, text_of
from specstat.immutability.prepare import Json, field_of, prepare
from specstat.immutability.projection import project
from specstat.immutability.schema import ABSENT, UNTYPED, Absent, Schema
from specstat.immutability.terms import Mode, Terms, Word


class Judged(NamedTuple):
    """A change, whether the policy forbids it, and why it does or does not, in words."""

    change: Change
    forbidden: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a policy says of an update.

    `locked` and `exempt` say why the stored object is locked or exempt, and are empty where it is
    not. `judged` are all changes, `unjudged` tells what could not be judged.
    """

    mode: Mode
    locked: str
    exempt: str
    judged: tuple[Judged, ...]
    unjudged: tuple[str, ...] = ()

    @property
    def violations(self) -> tuple[Judged, ...]:
        """The changes that the policy forbids."""
        return tuple(one for one in self.judged if one.forbidden)

    @property
    def allowed(self) -> bool:
        """Whether the update may be made: nothing is forbidden, or the policy only warns."""
        return self.mode is Mode.WARN or not self.violations


class _Stored(NamedTuple):
    """Both prepared objects, and why the stored one is locked or exempt, in words."""

    old: Json
    new: Json
    schema: Schema
    locked: str
    exempt: str


def verify(  # noqa: PLR0913, PLR0917 - a policy, its two compilations, two objects and a user
    terms: Terms,
    schema: Schema,
    cells: Sequence[Cell],
    old: Json,
    new: Json,
    user: str | None = None,
) -> Verdict:
    """Judge an update of a stored object; None for a user that is not known."""
    why, free = locked(terms, old), exempt(terms, old)
    found = changes(cells, old, new, schema)
    sides = _Stored(prepare(old, schema), prepare(new, schema), schema, why, free)
    judged = [_judge(change, sides) for change in found]
    every = differences(_with_keys(old), _with_keys(new), schema)
    rest = [change for change in every if _counts(change) and not _told(change, found)]
    owned = _Owned(terms, why, free, user)
    judged += [owned.judge(change) for change in rest]
    return Verdict(terms.mode, why, free, tuple(judged), tuple(owned.unjudged(rest)))


def _with_keys(value: Json) -> Json:
    """An object that has labels and annotations, so that each key of them is told by itself."""
    if not isinstance(value, Mapping):
        return value
    metadata = value.get("metadata")
    known = metadata if isinstance(metadata, Mapping) else {}
    keys = {name: known.get(name) or {} for name in ("labels", "annotations")}
    return {**value, "metadata": {**known, **keys}}


def _counts(change: Change) -> bool:
    """Whether a change is anyone's wish: not the server's bookkeeping, not what is observed."""
    top = change.steps[:1]
    return top not in {("status",), ("apiVersion",), ("kind",), ("metadata",)} or (
        change.steps[:2] in {("metadata", "labels"), ("metadata", "annotations")}
    )


def _told(change: Change, among: Sequence[Change]) -> bool:
    """Whether a change is told already, more or less deep."""
    return any(_covers(c.steps, change.steps) or _covers(change.steps, c.steps) for c in among)


def _covers(outer: Steps, inner: Steps) -> bool:
    return inner[: len(outer)] == outer


def _judge(change: Change, sides: _Stored) -> Judged:
    """What the policy says of a change in a cell."""
    cell = change.cell
    if cell is None or sides.exempt:
        return _allowed(change, f"the object is exempt: {sides.exempt}")
    name = text_of(cell.path)
    if cell.word is Word.NEVER:
        return _forbidden(change, f"{name} must never change")
    if cell.word is Word.UNTIL_ACCEPTED:
        if not sides.locked:
            return _allowed(change, f"{name} may change until the object is locked")
        return _forbidden(change, f"{name} must not change once the object is locked")
    return _grown(change, cell, sides)


def _grown(change: Change, cell: Cell, sides: _Stored) -> Judged:
    """What the policy says of a change in a cell that may be filled, once or bit by bit."""
    name = text_of(cell.path)
    if cell.word is Word.SET_ONCE:
        if isinstance(project(sides.old, cell, sides.schema), Absent):
            return _allowed(change, f"{name} had no value yet and may be set once")
        return _forbidden(change, f"{name} may be set once, and has a value already")
    if grew(sides.old, sides.new, cell, sides.schema):
        return _allowed(change, f"{name} only grew, which it may")
    return _forbidden(change, f"{name} may only grow; what is in it must stay as it is")


def _allowed(change: Change, reason: str) -> Judged:
    return Judged(change, forbidden=False, reason=reason)


def _forbidden(change: Change, reason: str) -> Judged:
    return Judged(change, forbidden=True, reason=reason)


class _Owned(NamedTuple):
    """Who may change which labels and annotations of an object that is locked or not."""

    terms: Terms
    locked: str
    exempt: str
    user: str | None

    def judge(self, change: Change) -> Judged:
        """What the policy says of a change outside the fields that it fixes."""
        prefix = self._prefix(change.steps)
        if not prefix:
            return _allowed(change, "the policy lets it change")
        if self.exempt:
            return _allowed(change, f"the object is exempt: {self.exempt}")
        if not self.locked:
            return _allowed(change, "the controller's keys are free until the object is locked")
        if self.user is None:
            return _allowed(change, "not judged: who made the change is not known")
        if self.user in self.terms.owned.by:
            return _allowed(change, f"{self.user} owns keys that begin with {prefix}")
        owners = ", ".join(self.terms.owned.by) or "nobody"
        return _forbidden(
            change, f"keys that begin with {prefix} belong to {owners}, not to {self.user}"
        )

    def unjudged(self, rest: Sequence[Change]) -> Iterator[str]:
        """What could not be judged, in words."""
        if self.user is None and self.locked and not self.exempt:
            for change in rest:
                if self._prefix(change.steps):
                    yield f"{change.path} is owned; name the user (--user) to have it judged"

    def _prefix(self, steps: Steps) -> str:
        """The owned prefix that a change falls under; a whole map falls under the first."""
        kinds = {"labels": self.terms.owned.labels, "annotations": self.terms.owned.annotations}
        if steps[:1] != ("metadata",) or len(steps) < 2:  # noqa: PLR2004 - as in metadata.labels
            return ""
        prefixes = kinds.get(steps[1], ())
        return next((p for p in prefixes if "".join(steps[2:3]).startswith(p)), "")


def grew(old: Json, new: Json, cell: Cell, schema: Schema) -> bool:
    """Whether what a cell held in one prepared object is in another still, with more or not."""
    return _grew(old, new, cell.path, schema, cell.but)


def _grew(old: Json, new: Json, path: Path, schema: Schema, but: frozenset[str]) -> bool:
    if old is None or isinstance(old, Absent):
        return True
    if not path:
        return _holds(old, new, schema, but)
    step, rest = path[0], path[1:]
    if isinstance(step, Each):
        # What every item holds is compared as one: nothing of it is added below a list.
        cell = Cell(path, Word.NEVER, UNTYPED, but)
        return project(old, cell, schema) == project(new, cell, schema)
    inner = field_of(schema, step) or UNTYPED
    sides = [v.get(step, ABSENT) if isinstance(v, Mapping) else ABSENT for v in (old, new)]
    return _grew(sides[0], sides[1], rest, inner, but)


def _holds(old: Json, new: Json, schema: Schema, but: frozenset[str]) -> bool:
    """Whether a value holds all that an older one held."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return all(
            key in new
            and canonical(v, field_of(schema, key) or UNTYPED)
            == canonical(new[key], field_of(schema, key) or UNTYPED)
            for key, v in old.items()
            if key not in but
        )
    if isinstance(old, list) and isinstance(new, list):
        inner = schema.items or UNTYPED
        before, after = ([canonical(i, inner) for i in side] for side in (old, new))
        if schema.list_type == "atomic":
            return after[: len(before)] == before
        return set(before) <= set(after)
    return not isinstance(new, Absent) and canonical(old, schema) == canonical(new, schema)
