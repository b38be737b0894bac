"""Whether a value only grew: what was there is still there, equal."""

from __future__ import annotations

from collections.abc import Mapping

from specstat.immutability.cells import Cell
from specstat.immutability.equality.canonical import canonical
from specstat.immutability.equality.prepare import Json, field_of
from specstat.immutability.equality.projection import project
from specstat.immutability.paths import Each, Path
from specstat.immutability.schema import ABSENT, UNTYPED, Absent, Schema
from specstat.immutability.terms import Word


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
