"""Cells that rules of a definition cannot reach, lifted to the nearest parent that they can.

Rules see no field without a type, and none whose name CEL cannot escape; they see the object around
it, whose equality covers it. That is exact only where the policy fixes all of that object alike.
"""

from __future__ import annotations

from collections.abc import Iterable

from specstat.immutability.cells import Cell
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.generate.sizes import reaches
from specstat.immutability.paths import Path, covers, text_of
from specstat.immutability.schema import ABSENT, Schema

_NAME_IT = "give the field a type and a name that CEL can escape"
_ADMISSION = "leave the policy to a ValidatingAdmissionPolicy (--as vap)"


def reachable(cells: Iterable[Cell], schema: Schema) -> tuple[Cell, ...]:
    """The cells of a policy, in order, with those lifted that rules cannot reach.

    Raises CannotExpress where lifting would forbid more than the policy, or less.
    """
    own = tuple(cells)
    lifted: dict[Path, Cell] = {}
    for cell in own:
        hidden = _hidden(cell.path, schema)
        found = cell if hidden is None else _lifted(cell, hidden, own, schema)
        if not any(covers(path, found.path) for path in lifted):
            lifted[found.path] = found
    parents = [c.path for c in lifted.values() if c not in own]
    return tuple(
        c for c in lifted.values() if not any(p != c.path and covers(p, c.path) for p in parents)
    )


def _hidden(path: Path, schema: Schema) -> int | None:
    """How many steps of a path rules can take; None where they can take all of them."""
    here = schema
    for count, step in enumerate(path):
        if not reaches(here, step):
            return count
        here = here.below(step) or here
    return None


def _lifted(cell: Cell, taken: int, cells: tuple[Cell, ...], schema: Schema) -> Cell:
    """The cell of the object that holds what cannot be reached."""
    path = cell.path[:taken]
    shown, parent = text_of(cell.path), text_of(path) or "the whole object"
    around = schema.at(path)
    if around is None or not path or around.type != "object" or around.values is not None:
        raise CannotExpress(
            f"{shown} cannot be reached by rules of a definition, since it is untyped or its name"
            f" cannot be escaped, and {parent} is more than the policy fixes",
            f"To do: {_NAME_IT}, or {_ADMISSION}",
        )
    fixed = {c.path: c.word for c in cells if not c.but}
    free = [s for s in around.properties if fixed.get((*path, s)) is not cell.word]
    if free:
        raise CannotExpress(
            f"{shown} cannot be reached by rules of a definition, and {parent}, which they can"
            f" reach, holds {free[0]} too, of which the policy does not say the same",
            f"To do: fix all of {parent} alike, {_NAME_IT}, or {_ADMISSION}",
        )
    kept = around.required | {s for s, p in around.properties.items() if p.default is not ABSENT}
    if not kept & set(around.properties):
        raise CannotExpress(
            f"{shown} cannot be reached by rules of a definition, and a rule on {parent} would"
            f" forbid to add or remove an empty {parent} too, which the policy allows",
            f"To do: name {parent} in the policy, {_NAME_IT}, or {_ADMISSION}",
        )
    return Cell(path, cell.word, around)
