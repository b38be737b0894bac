"""Whether a policy allows an update, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from specstat.immutability.cells import Cell
from specstat.immutability.equality.changes import Change, Steps, changes, differences
from specstat.immutability.equality.prepare import Json, prepare
from specstat.immutability.equality.projection import project
from specstat.immutability.judging.growth import grew
from specstat.immutability.judging.judged import Judged, allowed, forbidden
from specstat.immutability.judging.owned import Ownership
from specstat.immutability.lock import exempt, locked
from specstat.immutability.paths import text_of
from specstat.immutability.schema import Absent, Schema
from specstat.immutability.terms import Mode, Terms, Word


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
    found = changes(cells, _without_empty_keys(old), _without_empty_keys(new), schema)
    sides = _Stored(prepare(old, schema), prepare(new, schema), schema, why, free)
    every = differences(_with_keys(old), _with_keys(new), schema)
    told = _Told({change.steps for change in found})
    rest = [change for change in every if _counts(change) and change.steps not in told]
    owned = Ownership(terms, why, free, user)
    judged = [owned.hold(_judge(change, sides)) for change in found]
    judged += [owned.judge(change) for change in rest]
    unsure = owned.unjudged([one.change for one in judged if not one.forbidden])
    return Verdict(terms.mode, why, free, tuple(judged), tuple(unsure))


def _without_empty_keys(value: Json) -> Json:
    """An object without empty labels and annotations, which the API server never keeps."""
    metadata = value.get("metadata") if isinstance(value, Mapping) else None
    if not isinstance(metadata, Mapping):
        return value
    kept = {k: v for k, v in metadata.items() if v or k not in {"labels", "annotations"}}
    return {**value, "metadata": kept}


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


class _Told:
    """Places of which changes are told; also what is around and inside counts as told."""

    def __init__(self, places: set[Steps]) -> None:
        self._inner = places
        self._outer = {steps[:end] for steps in places for end in range(len(steps))}

    def __contains__(self, steps: Steps) -> bool:
        above = (steps[:end] for end in range(len(steps) + 1))
        return steps in self._outer or any(place in self._inner for place in above)


def _judge(change: Change, sides: _Stored) -> Judged:
    """What the policy says of a change in a cell."""
    cell = change.cell
    if cell is None or sides.exempt:
        return allowed(change, f"the object is exempt: {sides.exempt}")
    name = text_of(cell.path)
    if cell.word is Word.NEVER:
        return forbidden(change, f"{name} must never change")
    if cell.word is Word.UNTIL_ACCEPTED:
        if not sides.locked:
            return allowed(change, f"{name} may change until the object is locked")
        return forbidden(change, f"{name} must not change once the object is locked")
    return _grown(change, cell, sides)


def _grown(change: Change, cell: Cell, sides: _Stored) -> Judged:
    """What the policy says of a change in a cell that may be filled, once or bit by bit."""
    name = text_of(cell.path)
    if cell.word is Word.SET_ONCE:
        if isinstance(project(sides.old, cell, sides.schema), Absent):
            return allowed(change, f"{name} had no value yet and may be set once")
        return forbidden(change, f"{name} may be set once, and has a value already")
    if grew(sides.old, sides.new, cell, sides.schema):
        return allowed(change, f"{name} only grew, which it may")
    return forbidden(change, f"{name} may only grow; what is in it must stay as it is")
