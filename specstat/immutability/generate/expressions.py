"""Guards: what of a policy must hold at an update, as expressions of CEL.

`guards` serves both dialects, rules of a definition (RULES) and admission policies (ADMISSION).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from specstat.immutability.cells import Cell
from specstat.immutability.generate import tree
from specstat.immutability.generate.dialect import ADMISSION, RULES, Dialect
from specstat.immutability.generate.reach import reachable
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.generate.tree import Node, either, negated
from specstat.immutability.generate.triggers import any_holds
from specstat.immutability.generate.words import keeps
from specstat.immutability.paths import Path, text_of
from specstat.immutability.schema import Schema
from specstat.immutability.terms import Terms, Word

__all__ = ["ADMISSION", "RULES", "CannotExpress", "Dialect", "Guard", "guards"]

# `all` with two variables, of which the first is the position.
_WITH_POSITIONS = (1, 33)
_TRANSITIONS = (1, 25)
# How many characters of an expression CEL reads.
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Guard:
    """What must hold of one cell at an update.

    `exempt` and `locked` ask the stored object, `keeps` compares it with the new one. An update is
    allowed where the object is exempt, or not locked, or keeps the cell.
    """

    cell: Cell
    exempt: Node
    locked: Node
    keeps: Node

    @property
    def condition(self) -> Node:
        """The guard as one expression, which is true where the update is allowed."""
        return either(self.exempt, negated(self.locked), self.keeps)

    @property
    def text(self) -> str:
        """The guard as one expression, written out."""
        return tree.write(self.condition)

    @property
    def since(self) -> tuple[int, int]:
        """The first version of Kubernetes whose CEL has all that the guard uses."""
        return since(self.condition)


def guards(
    terms: Terms, schema: Schema, cells: Sequence[Cell], dialect: Dialect
) -> tuple[Guard, ...]:
    """The guards of a policy's cells, in their order.

    `schema` is that of the whole object. Raises CannotExpress where the dialect cannot say exactly
    what the policy says. Owned keys are not among the guards.
    """
    new = tree.name(dialect.new, schema)
    old = tree.name(dialect.old, schema)
    exempt = any_holds(dialect, old, terms.exempt_when, schema)
    locked = any_holds(dialect, old, terms.locked_when, schema)
    if locked == tree.FALSE and any(cell.word is Word.UNTIL_ACCEPTED for cell in cells):
        raise CannotExpress(
            "the policy fixes fields once the object is locked, but nothing ever locks it",
            "To do: name a trigger under locked-when that can hold",
        )
    held = reachable(cells, schema) if dialect.typed else tuple(cells)
    return tuple(
        Guard(cell, exempt, locked_for(cell, locked), keeps(dialect, new, old, cell))
        for cell in map(_checked, held)
    )


def written(expression: Node, cell: Cell, other: str) -> str:
    """An expression about a cell as text; CannotExpress where it is too long to be read.

    `other` is what else can be done.
    """
    text = tree.write(expression)
    if len(text) > LONGEST:
        path = text_of(cell.path)
        raise CannotExpress(
            f"the expression for {path} has {len(text):,} characters, and CEL reads {LONGEST:,};"
            " what == does not compare as the policy wants it must be spelt out",
            f"To do: name the fields below {path} one by one, or {other}",
        )
    return text


def locked_for(cell: Cell, locked: Node) -> Node:
    """When a cell is fixed: only `until-accepted` asks for the lock."""
    return locked if cell.word is Word.UNTIL_ACCEPTED else tree.TRUE


def since(expression: Node) -> tuple[int, int]:
    """The first version of Kubernetes whose CEL has all that an expression uses."""
    positions = any("," in part.word for part in tree.nodes(expression) if part.op == "all")
    return _WITH_POSITIONS if positions else _TRANSITIONS


def _checked(cell: Cell) -> Cell:
    path: Path = cell.path
    if not path:
        raise CannotExpress(
            "the policy fixes the whole object, its metadata and status too",
            f"To do: name the fields below {text_of(path) or 'the root'}",
        )
    return cell
