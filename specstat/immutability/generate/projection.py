"""Whether a cell is the same in the new and the old object, as an expression.

Everything is compared from the root: what stands below lists is hoisted, since rules below atomic
lists see no old value, and in keyed lists an item can be removed and added anew.
"""

from __future__ import annotations

from typing import NamedTuple

from specstat.immutability.cells import Cell
from specstat.immutability.generate import tree
from specstat.immutability.generate.dialect import (
    Dialect,
    below,
    field,
    is_no_null,
    present,
    schema_of,
)
from specstat.immutability.generate.equality import equal, same_keys, variables
from specstat.immutability.generate.plain import is_plain
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.generate.sizes import has_typed_values
from specstat.immutability.generate.tree import Node, both, each, either, eq, index, name, negated
from specstat.immutability.paths import Each, Path, text_of
from specstat.immutability.schema import UNTYPED, Schema

_ITEMS: Path = (Each.ITEM,)
_VALUES: Path = (Each.VALUE,)


class Place(NamedTuple):
    """What remains of a cell's path below a value, and where that value is.

    `but` are the names that do not count at the end of the path.
    """

    done: Path
    steps: Path
    but: frozenset[str] = frozenset()

    def down(self, count: int = 1) -> Place:
        """The place some steps further down."""
        return Place((*self.done, *self.steps[:count]), self.steps[count:], self.but)


class _Walk(NamedTuple):
    """Where the names at the beginning of a place lead: whether something is there, and what."""

    there: Node
    value: Node


def place_of(cell: Cell) -> Place:
    """A cell's place, seen from the root."""
    return Place((), cell.path, cell.but)


def is_there(dialect: Dialect, root: Node, place: Place) -> Node:
    """Whether an object has anything at a place."""
    walk, rest = _walk(dialect, root, place)
    value, schema = walk.value, walk.value.schema or UNTYPED
    if not rest.steps:
        if not rest.but:
            return walk.there
        key = variables(value)[2]
        return both(walk.there, each("exists", value, key, negated(_excepted(key, rest.but))))
    one, _, key = variables(value)
    if rest.steps[0] is Each.VALUE:
        inner = index(value, name(key), schema.values or UNTYPED)
        found = is_there(dialect, inner, rest.down())
        return both(walk.there, _any(value, key, found))
    inner = name(one, schema.items or UNTYPED)
    return both(walk.there, _any(value, one, is_there(dialect, inner, rest.down())))


def same(dialect: Dialect, new: Node, old: Node, place: Place) -> Node:
    """Whether two objects have the same at a place; CannotExpress where it cannot be said."""
    fresh, rest = _walk(dialect, new, place)
    stored, _ = _walk(dialect, old, place)
    schema = fresh.value.schema or UNTYPED
    if not rest.steps and not rest.but:
        alike = equal(dialect, fresh.value, stored.value, schema, rest.done)
        return tree.choice(fresh.there, both(stored.there, alike), negated(stored.there))
    if rest.steps in {_ITEMS, _VALUES} and not rest.but:
        alike = equal(dialect, fresh.value, stored.value, schema, rest.done)
        return _same_if_any(fresh, stored, alike)
    if not rest.steps or rest.steps[0] is Each.VALUE:
        return _same_maps(dialect, fresh, stored, rest)
    if schema.list_type == "atomic":
        return _same_sequences(dialect, fresh, stored, rest)
    return _same_items(dialect, fresh, stored, rest)


def _same_if_any(fresh: _Walk, stored: _Walk, alike: Node) -> Node:
    """Whether two lists or maps are alike, of which empty ones count as absent."""
    some = [both(w.there, _any(w.value, "", tree.TRUE)) for w in (fresh, stored)]
    return tree.choice(some[0], both(some[1], alike), negated(some[1]))


def _walk(dialect: Dialect, root: Node, place: Place) -> tuple[_Walk, Place]:
    """The walk along the names at the beginning of a place, and the place that remains."""
    there: list[Node] = []
    value = root
    names = 0
    for step in place.steps:
        # An item of a list, or a value of a map, may be null where a field would be absent.
        there.append(is_no_null(dialect, value))
        if isinstance(step, Each):
            break
        there.append(present(dialect, value, step))
        value = field(dialect, value, step)
        names += 1
    rest = place.down(names)
    if rest.but and not rest.steps and is_no_null(dialect, value) != tree.TRUE:
        raise CannotExpress(
            f"{text_of(rest.done)} may be null, which is not the same as a map with only the keys"
            " that are excepted",
            f"To do: drop nullable from {text_of(rest.done)}, or except no keys of it",
        )
    if rest.but and not rest.steps and dialect.typed and not has_typed_values(schema_of(value)):
        raise CannotExpress(
            f"{text_of(rest.done)} keeps unknown fields, which rules of a definition cannot list,"
            f" so it cannot be fixed but for {', '.join(sorted(rest.but))}",
            f"To do: name the fields below {text_of(rest.done)} one by one and make it mutable"
            " itself, or leave the policy to a ValidatingAdmissionPolicy (--as vap)",
        )
    return _Walk(both(*there), value), rest


def _any(of: Node, variable: str, found: Node) -> Node:
    """Whether anything is found among items or entries."""
    if found == tree.TRUE:
        return tree.infix("less", tree.literal("0"), tree.size(of))
    return each("exists", of, variable, found)


def _excepted(key: str, but: frozenset[str]) -> Node:
    return tree.infix("in", name(key), tree.listed(tree.text(word) for word in sorted(but)))


def _same_maps(dialect: Dialect, fresh: _Walk, stored: _Walk, rest: Place) -> Node:
    """Whether two maps have the same under all keys that count."""
    ends = not rest.steps
    values = below(fresh.value, "") if ends else (fresh.value.schema or UNTYPED).values
    key = variables(fresh.value, stored.value)[2]
    new = index(fresh.value, name(key), values or UNTYPED)
    old = index(stored.value, name(key), values or UNTYPED)
    deeper = Place((*rest.done, Each.VALUE), ()) if ends else rest.down()
    idle = _excepted(key, rest.but) if ends else tree.FALSE
    has_new, has_old = (is_there(dialect, inner, deeper) for inner in (new, old))
    kept = both(
        stored.there,
        tree.infix("in", name(key), stored.value),
        same(dialect, new, old, deeper),
    )
    there = both(fresh.there, tree.infix("in", name(key), fresh.value), has_new)
    return both(
        either(
            negated(fresh.there),
            each("all", fresh.value, key, either(idle, negated(has_new), kept)),
        ),
        either(
            negated(stored.there),
            each("all", stored.value, key, either(idle, negated(has_old), there)),
        ),
    )


def _same_items(dialect: Dialect, fresh: _Walk, stored: _Walk, rest: Place) -> Node:
    """Whether two keyed lists have the same in all items that count, in any order."""
    schema = fresh.value.schema or UNTYPED
    items = schema.items or UNTYPED
    one, other, _ = variables(fresh.value, stored.value)
    new, old = name(one, items), name(other, items)
    deeper = rest.down()
    has_new, has_old = (is_there(dialect, item, deeper) for item in (new, old))
    keys = same_keys(dialect, new, old, schema, rest.done)
    kept = each("exists", stored.value, other, both(keys, same(dialect, new, old, deeper)))
    there = each("exists", fresh.value, one, both(keys, has_new))
    return both(
        either(
            negated(fresh.there),
            each("all", fresh.value, one, either(negated(has_new), both(stored.there, kept))),
        ),
        either(
            negated(stored.there),
            each("all", stored.value, other, either(negated(has_old), both(fresh.there, there))),
        ),
    )


def _same_sequences(dialect: Dialect, fresh: _Walk, stored: _Walk, rest: Place) -> Node:
    """Whether two atomic lists have the same at the same positions, if they have anything."""
    schema = fresh.value.schema or UNTYPED
    items = schema.items or UNTYPED
    deeper = rest.down()
    found = [
        both(walk.there, _any(walk.value, one, is_there(dialect, name(one, items), deeper)))
        for walk in (fresh, stored)
        for one in [variables(walk.value)[0]]
    ]
    if _is_simple(dialect, items, deeper):
        shown = [_shown(dialect, walk.value, items, deeper) for walk in (fresh, stored)]
        alike = eq(*shown)
    else:
        one, _, at = variables(fresh.value, stored.value)
        old = index(stored.value, name(at), items)
        each_same = same(dialect, name(one, items), old, deeper)
        sizes = eq(tree.size(fresh.value), tree.size(stored.value))
        alike = both(sizes, each("all", fresh.value, f"{at}, {one}", each_same))
    return tree.choice(found[0], both(found[1], alike), negated(found[1]))


def _is_simple(dialect: Dialect, items: Schema, place: Place) -> bool:
    """Whether a place below an item is names alone, with a value that `==` compares exactly."""
    inner = items.at(place.steps)
    names = not any(isinstance(step, Each) for step in place.steps)
    return names and not place.but and inner is not None and is_plain(inner, dialect)


def _shown(dialect: Dialect, of: Node, items: Schema, place: Place) -> Node:
    """What the items of a list have at a place, each as a list of one value or none."""
    one = variables(of)[0]
    walk, _ = _walk(dialect, name(one, items), place)
    shown = tree.choice(walk.there, tree.listed([walk.value]), tree.listed([]))
    return each("map", of, one, shown)
