"""Triggers and exemptions of a policy as expressions over the stored object.

Every step is guarded, since an error while a rule is evaluated would deny the update.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from specstat.immutability.generate import tree
from specstat.immutability.generate.dialect import Dialect, field, is_no_null, present
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.generate.sizes import reaches
from specstat.immutability.generate.tree import Node, both, each, either, eq, name, negated
from specstat.immutability.paths import Each, Path, text_of
from specstat.immutability.schema import UNTYPED, Schema
from specstat.immutability.terms import (
    ConditionTest,
    Exemption,
    FieldTest,
    KeyTest,
    Trigger,
)

_CONDITIONS: Path = ("status", "conditions")
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,18}", re.ASCII)
_INT64 = 2**63


def any_holds(
    dialect: Dialect, old: Node, tests: Iterable[Trigger | Exemption], schema: Schema
) -> Node:
    """Whether any of some tests holds for the stored object.

    Raises CannotExpress for a test that the schema, or the dialect, does not know.
    """
    return either(*(_holds(dialect, old, test, schema) for test in tests))


def _holds(dialect: Dialect, old: Node, test: Trigger | Exemption, schema: Schema) -> Node:
    if isinstance(test, ConditionTest):
        return _condition(dialect, old, test, schema)
    if isinstance(test, FieldTest):
        return _field(dialect, old, test, schema)
    if isinstance(test, KeyTest):
        return _key(dialect, old, test)
    # There is an old object, so it is stored.
    return tree.TRUE


def _condition(dialect: Dialect, old: Node, test: ConditionTest, schema: Schema) -> Node:
    there, found = _walk(dialect, old, _CONDITIONS, schema, f"the condition {test.type}")
    items = (found.schema or UNTYPED).items or UNTYPED
    condition = name("c", items)
    parts = []
    for step, value in (("type", test.type), ("status", test.status)):
        inner = items.properties.get(step)
        if dialect.typed and (inner is None or inner.type != "string" or inner.format):
            raise CannotExpress(
                f"the policy asks for the condition {test.type}, but by the schema the items of"
                f" status.conditions have no text {step}",
                "To do: declare status.conditions as a list of conditions with type and status",
            )
        own = field(dialect, condition, step)
        parts += [present(dialect, condition, step), eq(own, tree.text(value))]
    return both(there, each("exists", found, "c", both(*parts)))


def _field(dialect: Dialect, old: Node, test: FieldTest, schema: Schema) -> Node:
    there, value = _walk(dialect, old, test.path, schema, text_of(test.path))
    among = _among(value, test)
    absent = test.absent is not None and test.absent in test.values
    if test.negated:
        gone = tree.FALSE if absent else tree.TRUE
        found = negated(among)
    else:
        gone = tree.TRUE if absent else tree.FALSE
        found = among
    return both(there, found) if gone == tree.FALSE else either(negated(there), found)


def _among(value: Node, test: FieldTest) -> Node:
    """Whether a scalar is among the values of a test, which are texts."""
    schema = value.schema or UNTYPED
    texts = dict.fromkeys(test.values)
    words = [t for t in texts if t in {"true", "false"}]
    numbers = [t for t in texts if _INTEGER.fullmatch(t) and -_INT64 <= int(t) < _INT64]
    if schema.int_or_string or schema == UNTYPED:
        # A word such as true is a text or a boolean where the schema does not say which.
        other = [] if schema.int_or_string else words
        found = [*map(tree.text, texts), *map(tree.literal, [*numbers, *other])]
        return either(*(eq(value, each_) for each_ in found))
    if schema.type == "boolean":
        literals = list(map(tree.literal, words))
    elif schema.type == "integer":
        literals = list(map(tree.literal, numbers))
    elif schema.type == "string" and schema.format not in {"byte", "date", "date-time", "duration"}:
        literals = list(map(tree.text, texts))
    else:
        what = schema.format or schema.type or "untyped"
        raise CannotExpress(
            f"the policy tests {text_of(test.path)} against texts, but by its schema it is {what}",
            "To do: test a field that is a text, an integer or a boolean",
        )
    if len(literals) == 1:
        return eq(value, literals[0])
    return tree.infix("in", value, tree.listed(literals)) if literals else tree.FALSE


def _key(dialect: Dialect, old: Node, test: KeyTest) -> Node:
    if dialect.typed:
        raise CannotExpress(
            f"the policy exempts objects by {test.kind[:-1]} {test.key}, but rules of a definition"
            " see no labels and annotations",
            "To do: exempt by a field or condition, or generate a ValidatingAdmissionPolicy"
            " (--as vap)",
        )
    there = both(
        tree.has(tree.get(old, "metadata", None)),
        tree.has(tree.get(tree.get(old, "metadata", None), test.kind, None)),
    )
    keys = tree.get(tree.get(old, "metadata", None), test.kind, None)
    found = tree.infix("in", tree.text(test.key), keys)
    if not test.values:
        return both(there, found)
    value = tree.index(keys, tree.text(test.key), None)
    among = tree.infix("in", value, tree.listed(map(tree.text, test.values)))
    return both(there, found, among)


def _walk(dialect: Dialect, root: Node, path: Path, schema: Schema, what: str) -> tuple[Node, Node]:
    """Whether something is at a path of names, and the value there."""
    value, here = root, schema
    there = []
    for count, step in enumerate(path):
        known = here.below(step)
        unknown = known is None or (dialect.typed and not reaches(here, step))
        if unknown or isinstance(step, Each):
            raise CannotExpress(
                f"the policy asks for {what}, but rules cannot know"
                f" {text_of(path[: count + 1])} by the schema",
                f"To do: declare {text_of(path)} in the schema with a type",
            )
        there += [is_no_null(dialect, value), present(dialect, value, step)]
        value = field(dialect, value, step)
        here = known or UNTYPED
    return both(*there), value
