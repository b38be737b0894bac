"""What Kubernetes estimates the transition rules of a definition to cost at most.

Expressions are costed as those that are generated, once their fields have schemas. Only what
transition rules are made of most is known here; nothing is estimated of others. A rule below lists
and maps counts as often as there may be items. Imported where there is a rule to estimate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from specstat.immutability.generate import cost, tree
from specstat.immutability.generate.sizes import (
    REQUEST,
    is_declared,
    keyword,
    most_elements,
    smallest,
)
from specstat.immutability.generate.tree import Node
from specstat.immutability.paths import Each
from specstat.immutability.schema import Schema
from specstat.model.resource import Resource, Validation
from specstat.rules.expressions import Expression, parse
from specstat.rules.holes import named
from specstat.rules.outcomes import OLD, SELF
from specstat.rules.places import Place, places
from specstat.rules.schemas import schema_of

LIMIT = cost.RULE
VERSION_LIMIT = cost.DEFINITION
_LARGE = 100_000  # elements or characters: no schema states such a bound
_EACH = {"[]": Each.ITEM, "{}": Each.VALUE}

_OPERATORS = {"==": "eq", "!=": "ne", "&&": "and", "||": "or", "!": "not", "?:": "choice"}
_ON_ONE = frozenset({"hasValue", "size", "value"})
_NAME = {"name": Schema("string", bounds={"maxLength": 253})}
# What rules see of every object, whatever its schema says.
_OF_OBJECTS = {
    "apiVersion": Schema("string"),
    "kind": Schema("string"),
    "metadata": Schema("object", properties=_NAME),
}


class UnknownCostError(Exception):
    """The expression has a part of which no cost is known here."""


class Estimate(NamedTuple):
    """What a transition rule costs, and the bounds that values lack for it, the outermost first."""

    place: Place
    rule: Validation
    cost: int
    lacks: tuple[str, ...]


def estimates(resource: Resource) -> Iterator[Estimate]:
    """The transition rules of a resource of which a cost is known."""
    root = schema_of(resource)
    root = replace(root, properties={**root.properties, **_OF_OBJECTS})
    for place in places(resource):
        transitions = [rule for rule in place.rules if rule.is_transition]
        schema = _at(root, place) if transitions else None
        if schema is None or not is_declared(schema):  # no rule can read it
            continue
        for rule in transitions:
            expression = parse(rule.rule)
            if expression is not None:
                try:
                    node = _typed(expression, schema)
                except UnknownCostError:
                    continue
                lacks = (*_lacking_above(root, place), *_lacking(node, named(place)))
                yield Estimate(place, rule, cost.cost(node) * _repeated(root, place, schema), lacks)


def _at(root: Schema, place: Place) -> Schema | None:
    return root.at(tuple(_EACH.get(step, step) for step in place.steps))


def _lists(root: Schema, place: Place) -> Iterator[tuple[Place, Schema]]:
    """The lists and maps that a place is below of, the outermost first."""
    for above in reversed((place, *place.above)):
        if above.is_item and above.parent and (schema := _at(root, above.parent)):
            yield above.parent, schema


def _repeated(root: Schema, place: Place, schema: Schema) -> int:
    """How often a value may be there."""
    times = 1
    for _, around in _lists(root, place):
        if keyword(around) not in around.bounds:
            return REQUEST // (smallest(schema) + 1)
        times *= most_elements(around)
    return times


def _lacking_above(root: Schema, place: Place) -> Iterator[str]:
    """The bounds that the lists and maps above lack."""
    for around, schema in _lists(root, place):
        if keyword(schema) not in schema.bounds:
            yield f"{keyword(schema)} to {named(around)}"


def _lacking(node: Node, path: str) -> Iterator[str]:
    """The bounds that what a rule compares lacks."""
    lacking = set()
    for part in tree.nodes(node):
        compared = part.of if part.op in {"eq", "ne"} else ()
        for value in compared:
            schema = value.schema
            if schema and keyword(schema) and most_elements(schema) >= _LARGE:
                lacking.add(
                    f"{keyword(schema)} to {'.'.join(filter(None, (path, *_names(value))))}"
                )
    yield from sorted(lacking)


def _names(node: Node) -> tuple[str, ...]:
    """The fields that lead to a value."""
    return (*_names(node.of[0]), *([node.word] if node.op == "get" else [])) if node.of else ()


def _typed(expression: Expression, schema: Schema) -> Node:
    """An expression whose fields have their schemas; `self` is of the schema given.

    Raises UnknownCostError where some part of it is not known here.
    """
    kind, name = expression.kind, expression.name
    if kind == "name" and name in {SELF, OLD}:
        return tree.name(name, schema)
    if kind == "literal":
        return tree.text(name[1:-1]) if name[:1] in {'"', "'"} else tree.literal(name)
    parts = tuple(_typed(part, schema) for part in expression.parts)
    if kind == "select":
        return tree.get(parts[0], name, _below(parts[0], name))
    if kind == "has":
        return tree.has(parts[0])
    if kind == "operator" and name in _OPERATORS:
        return Node(_OPERATORS[name], parts)
    if kind in {"call", "method"} and name in _ON_ONE and len(parts) == 1:
        return Node("call", parts, name, parts[0].schema if name == "value" else None)
    raise UnknownCostError


def _below(of: Node, name: str) -> Schema:
    found = of.schema.properties.get(name) if of.schema else None
    if found is None or not is_declared(found):
        raise UnknownCostError
    return found
