"""Kubernetes' typed equality of two values that are both there, as an expression.

Where `==` says it, it is used; where it does not, the comparison is spelt out part by part.
"""

from __future__ import annotations

from specstat.immutability.generate import tree
from specstat.immutability.generate.dialect import Dialect, field, is_no_null, present
from specstat.immutability.generate.plain import is_by_value, is_plain, misses_fields
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.generate.sizes import reaches
from specstat.immutability.generate.tree import Node, both, each, either, eq, index, name, negated
from specstat.immutability.paths import Each, Path, text_of
from specstat.immutability.schema import Schema

_WRITTEN_ONE_WAY = {"string", "integer", "boolean"}
_IN_ADMISSION = "leave the field to a ValidatingAdmissionPolicy (--as vap)"


def equal(dialect: Dialect, new: Node, old: Node, schema: Schema, where: Path) -> Node:
    """Whether two values of a schema are equal. `where` names them in refusals.

    Raises CannotExpress where no expression says it exactly.
    """
    if is_plain(schema, dialect):
        return eq(new, old)
    alike = _spelt_out(dialect, new, old, schema, where)
    there, was = is_no_null(dialect, new), is_no_null(dialect, old)
    return tree.choice(there, both(was, alike), negated(was))


def _spelt_out(dialect: Dialect, new: Node, old: Node, schema: Schema, where: Path) -> Node:
    if schema.type == "array" and schema.items is not None:
        return _lists(dialect, new, old, schema, where)
    if schema.type == "object":
        if schema.values is not None and not misses_fields(schema):
            return _maps(dialect, new, old, schema, where)
        return _objects(dialect, new, old, schema, where)
    if is_by_value(schema) and not dialect.typed:
        return _texts(new, old, schema, where)
    return eq(new, old)


def same_field(dialect: Dialect, new: Node, old: Node, step: str, where: Path) -> Node:
    """Whether a field is the same in two objects that are there: absent in both, or equal."""
    there, was = present(dialect, new, step), present(dialect, old, step)
    one, other = (field(dialect, of, step) for of in (new, old))
    alike = equal(dialect, one, other, one.schema or Schema(), (*where, step))
    return tree.choice(there, both(was, alike), negated(was))


def same_keys(dialect: Dialect, new: Node, old: Node, schema: Schema, where: Path) -> Node:
    """Whether two items of a list have the same keys."""
    items = schema.items or Schema()
    parts = []
    for key in schema.list_keys:
        if dialect.typed and not reaches(items, key):
            raise CannotExpress(
                f"the items of {text_of(where)} have the key {key}, which rules cannot reach",
                f"To do: give the key a name that CEL can escape, or {_IN_ADMISSION}",
            )
        if is_by_value(items.below(key) or Schema()):
            raise CannotExpress(
                f"the items of {text_of(where)} have the key {key}, which Kubernetes compares as"
                " it is written, though many texts can mean the same value",
                f"To do: give {key} no format, or name all of {text_of(where)} in the policy",
            )
        parts.append(same_field(dialect, new, old, key, (*where, Each.ITEM)))
    return both(*parts)


def variables(*around: Node) -> tuple[str, str, str]:
    """Names for a new item, an old one and a key or position, unlike those that are in use."""
    used = {part.word for tree_ in around for part in tree.nodes(tree_) if part.op == "name"}
    number = sum(1 for word in used if word[:1] in "nok" and word[1:].isdigit())
    return f"n{number + 1}", f"o{number + 1}", f"k{number + 1}"


def _objects(dialect: Dialect, new: Node, old: Node, schema: Schema, where: Path) -> Node:
    if dialect.typed:
        _refuse_unreachable(schema, where)
    fields = [same_field(dialect, new, old, step, where) for step in schema.properties]
    if dialect.typed or not schema.is_open:
        return both(*fields)
    return both(*fields, _unknown(new, old, schema))


def _unknown(new: Node, old: Node, schema: Schema) -> Node:
    """Whether the fields that a schema does not list are the same, as far as JSON goes."""
    key = variables(new, old)[2]
    known = tree.infix("in", name(key), tree.listed(map(tree.text, schema.properties)))
    is_known = known if schema.properties else tree.FALSE
    kept = both(
        tree.infix("in", name(key), old),
        eq(index(new, name(key), None), index(old, name(key), None)),
    )
    return both(
        each("all", new, key, either(is_known, kept)),
        each("all", old, key, either(is_known, tree.infix("in", name(key), new))),
    )


def _refuse_unreachable(schema: Schema, where: Path) -> None:
    path = text_of(where)
    if misses_fields(schema):
        raise CannotExpress(
            f"{path} keeps unknown fields, and Kubernetes' == overlooks that one of them takes the"
            " place of another",
            f"To do: declare the fields of {path}, or {_IN_ADMISSION}",
        )
    hidden = [step for step in schema.properties if not reaches(schema, step)]
    if hidden:
        raise CannotExpress(
            f"{path}.{hidden[0]} cannot be reached by rules, and Kubernetes' == of the whole"
            f" {path} is not exact",
            f"To do: give {path}.{hidden[0]} a type and a name that CEL can escape, or"
            f" {_IN_ADMISSION}",
        )


def _maps(dialect: Dialect, new: Node, old: Node, schema: Schema, where: Path) -> Node:
    values = schema.values or Schema()
    key = variables(new, old)[2]
    alike = equal(
        dialect,
        index(new, name(key), values),
        index(old, name(key), values),
        values,
        (*where, Each.VALUE),
    )
    return both(
        eq(tree.size(new), tree.size(old)),
        each("all", new, key, both(tree.infix("in", name(key), old), alike)),
    )


def _lists(dialect: Dialect, new: Node, old: Node, schema: Schema, where: Path) -> Node:
    sizes = eq(tree.size(new), tree.size(old))
    below = (*where, Each.ITEM)
    items = schema.items or Schema()
    one, other, at = variables(new, old)
    if schema.list_type == "atomic":
        alike = equal(dialect, name(one, items), index(old, name(at), items), items, below)
        return both(sizes, each("all", new, f"{at}, {one}", alike))
    item, was = name(one, items), name(other, items)
    kept = each("all", old, other, has_equal(dialect, new, was, item, where))
    if schema.list_type == "map" or (items.type in _WRITTEN_ONE_WAY and not is_by_value(items)):
        return both(sizes, kept)
    # Two items may mean the same value, so that the old set may be larger than it looks.
    return both(sizes, kept, each("all", new, one, has_equal(dialect, old, item, was, where)))


def has_equal(dialect: Dialect, among: Node, was: Node, item: Node, where: Path) -> Node:
    """Whether a set or a keyed list has an item that equals another one."""
    schema = among.schema or Schema()
    items = schema.items or Schema()
    if schema.list_type == "set" and is_plain(items, dialect):
        return tree.infix("in", was, among)
    alike = equal(dialect, item, was, items, (*where, Each.ITEM))
    if schema.list_type == "map" and alike.op != "eq":
        alike = both(same_keys(dialect, item, was, schema, where), alike)
    return each("exists", among, item.word, alike)


def _texts(new: Node, old: Node, schema: Schema, where: Path) -> Node:
    """Whether two texts mean the same moment or span; those that differ are read."""
    if schema.format == "byte":
        raise CannotExpress(
            f"{text_of(where)} has the format byte, of which an admission policy sees only the"
            " text, and many texts can mean the same bytes",
            "To do: use rules of the definition (--as cel), which compare the bytes",
        )
    read = "timestamp" if schema.format == "date-time" else "duration"
    return either(eq(new, old), eq(tree.call(read, new), tree.call(read, old)))
