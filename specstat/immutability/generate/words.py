"""What each word of a policy demands of a cell, as an expression over the new and old object."""

from __future__ import annotations

from specstat.immutability.cells import Cell
from specstat.immutability.generate import tree
from specstat.immutability.generate.dialect import Dialect, field, is_no_null, present
from specstat.immutability.generate.equality import equal, has_equal, variables
from specstat.immutability.generate.projection import is_there, place_of, same
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.generate.tree import Node, both, each, either, index, name, negated
from specstat.immutability.paths import Each, Path, text_of
from specstat.immutability.schema import UNTYPED, Schema
from specstat.immutability.terms import Word


def keeps(dialect: Dialect, new: Node, old: Node, cell: Cell) -> Node:
    """Whether an update keeps a cell as its word demands, were the object locked.

    Raises CannotExpress where that cannot be said exactly.
    """
    place = place_of(cell)
    if cell.word is Word.SET_ONCE:
        unset = negated(is_there(dialect, old, place))
        alike = same(dialect, new, old, place)
        # Where it was there before, the test of the choice says no more than the rest.
        return either(unset, _known_there(alike))
    if cell.word is Word.APPEND_ONLY:
        return _only_grows(dialect, new, old, cell)
    return same(dialect, new, old, place)


def _known_there(alike: Node) -> Node:
    """What is left of "absent in both, or equal" where the old value is there."""
    if alike.op != "choice":
        return alike
    there, yes, _ = alike.of
    return both(there, yes)


def _only_grows(dialect: Dialect, new: Node, old: Node, cell: Cell) -> Node:
    if any(isinstance(step, Each) for step in cell.path):
        raise CannotExpress(
            f"{text_of(cell.path)} is append-only below a list or map, whose items may come and go",
            "To do: name the list or map itself, or give it another word",
        )
    fresh, there = _end(dialect, new, cell.path)
    stored, was = _end(dialect, old, cell.path)
    if is_no_null(dialect, stored) != tree.TRUE:
        raise CannotExpress(
            f"{text_of(cell.path)} is append-only, but may be null, to which nothing is added",
            f"To do: drop nullable from {text_of(cell.path)}, or give it another word",
        )
    grown = _contains(dialect, fresh, stored, cell)
    return either(negated(was), both(there, grown))


def _end(dialect: Dialect, root: Node, path: Path) -> tuple[Node, Node]:
    """The value at the end of a path of names, and whether it is there."""
    there = []
    value = root
    for step in path:
        there += [is_no_null(dialect, value), present(dialect, value, str(step))]
        value = field(dialect, value, str(step))
    return value, both(*there)


def _contains(dialect: Dialect, new: Node, old: Node, cell: Cell) -> Node:
    """Whether all that an old list or map held is in the new one."""
    schema = cell.schema
    one, other, key = variables(new, old)
    if schema.type == "array" and schema.items is not None:
        items = schema.items
        if schema.list_type == "atomic":
            at = name(key)
            below = index(new, at, items)
            alike = equal(dialect, below, name(other, items), items, (*cell.path, Each.ITEM))
            longer = tree.infix("atmost", tree.size(old), tree.size(new))
            return both(longer, each("all", old, f"{key}, {other}", alike))
        was, item = name(other, items), name(one, items)
        found = has_equal(dialect, new, was, item, cell.path)
        return each("all", old, other, found)
    if schema.type == "object" and schema.values is not None:
        return _map_contains(dialect, new, old, cell, schema.values)
    raise CannotExpress(
        f"{text_of(cell.path)} is append-only, but no list or map by its schema",
        "To do: give it the word never, set-once or until-accepted",
    )


def _map_contains(dialect: Dialect, new: Node, old: Node, cell: Cell, values: Schema) -> Node:
    key = variables(new, old)[2]
    one, other = (index(of, name(key), values) for of in (new, old))
    alike = equal(dialect, one, other, values or UNTYPED, (*cell.path, Each.VALUE))
    kept = both(tree.infix("in", name(key), new), alike)
    excepted = tree.listed(tree.text(word) for word in sorted(cell.but))
    idle = tree.infix("in", name(key), excepted) if cell.but else tree.FALSE
    return each("all", old, key, either(idle, kept))
