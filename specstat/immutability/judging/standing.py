"""How an object stands to its record: as accepted, changed, or nobody can say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from specstat.immutability.cells import Cell
from specstat.immutability.equality.canonical import ALGORITHM
from specstat.immutability.equality.digest import digest, names
from specstat.immutability.judging.decision import Code, Note
from specstat.immutability.judging.record import Record, cells_of_record
from specstat.immutability.lock import at
from specstat.immutability.schema import Schema

Digest = Callable[[Any, Sequence[Cell], Schema], str]
# Older algorithms stay here for as long as records of them may be around.
ALGORITHMS: Mapping[str, Digest] = MappingProxyType({ALGORITHM: digest})
_SHOWN = 5


class Standing(NamedTuple):
    """How an object stands to its record.

    `changed`: a fixed field was changed by somebody. `known`: whether anything can be said at all.
    `rewrite`: the record to write instead, None where it stays. `cells` are what it covers.
    `is_met_by` tells of another state of the object whether it is as recorded.
    """

    changed: bool = False
    known: bool = True
    rewrite: Record | None = None
    notes: tuple[Note, ...] = ()
    cells: tuple[Cell, ...] = ()
    is_met_by: Callable[[object], bool] = lambda _: False


def generation_of(obj: object) -> int:
    """The `metadata.generation` of an object; 0 where it has none."""
    found = at(obj, ("metadata", "generation"))
    return found if type(found) is int else 0


def recorded_now(obj: object, cells: Sequence[Cell], schema: Schema) -> Record:
    """The record of an object as it is."""
    return Record(
        ALGORITHM, names(obj, cells, schema), generation_of(obj), digest(obj, cells, schema)
    )


def compare(
    record: Record, obj: object, cells: Sequence[Cell], schema: Schema, where: str
) -> Standing:
    """How an object stands to its record, which is verified by its own algorithm and fields.

    Raises RecordError for a record whose fields are no paths. A change counts only where the
    generation has moved on since; else nobody edited the object, and what differs is a default, a
    conversion or the like.
    """
    algorithm = ALGORITHMS.get(record.algorithm)
    if algorithm is None:
        return Standing(known=False, notes=(_unknown_algorithm(record, where),))
    own, unknown = cells_of_record(record, schema, where)

    def is_met_by(state: object) -> bool:
        return algorithm(state, own, schema) == record.hash

    same = is_met_by(obj)
    now = recorded_now(obj, cells, schema)
    if not same and now.generation > record.generation and not unknown:
        return Standing(changed=True, cells=own, is_met_by=is_met_by)
    notes = tuple(_notes(record, now, same=same, unknown=unknown))
    fresh = now._replace(fields=record.fields) if set(now.fields) == set(record.fields) else now
    return Standing(rewrite=None if fresh == record else now, notes=notes, cells=own)


def _notes(record: Record, now: Record, *, same: bool, unknown: tuple[str, ...]) -> list[Note]:
    """What is said of a record that is written anew."""
    notes: list[Note] = []
    if now.generation < record.generation:
        text = (
            f"The object was restored or made anew: its record is of generation"
            f" {record.generation}, and it is at generation {now.generation}. The record is"
            f" written anew{'' if same else ', though the fixed fields differ from it'}."
        )
        notes.append(Note(Code.RESTORED, text))
    elif not same and unknown:
        text = (
            f"The record covers fields that the schema no longer has ({few(unknown)}), so it"
            " cannot be verified any more. The record is written anew."
        )
        notes.append(Note(Code.REWRITTEN, text))
    elif not same:
        text = (
            f"The fixed fields read otherwise than when they were recorded, though nobody edited"
            f" the object (it is still at generation {now.generation}): a default, a conversion or"
            " the schema has changed. The record is written anew."
        )
        notes.append(Note(Code.REWRITTEN, text))
    if now.algorithm != record.algorithm:
        text = f"The record was of algorithm {record.algorithm} and becomes one of {now.algorithm}."
        notes.append(Note(Code.REWRITTEN, text))
    more = [name for name in now.fields if name not in record.fields]
    fewer = [name for name in record.fields if name not in now.fields]
    if more or fewer:
        parts = [f"without {few(fewer)}"] * bool(fewer) + [f"with {few(more)}"] * bool(more)
        text = f"The record covers other fields from now on: {', '.join(parts)}."
        notes.append(Note(Code.REWRITTEN, text))
    return notes


def _unknown_algorithm(record: Record, where: str) -> Note:
    text = (
        f"The record in {where} is of the algorithm {record.algorithm!r}, which this version does"
        f" not know (it knows {', '.join(ALGORITHMS)}); nothing was verified and nothing written."
        " Upgrade the controller to the version that wrote it."
    )
    return Note(Code.UNKNOWN_ALGORITHM, text)


def few(some: Sequence[str]) -> str:
    """The first few of some names, and how many more there are."""
    rest = len(some) - _SHOWN
    return ", ".join(some[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
