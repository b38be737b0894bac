"""What Kubernetes will estimate that a rule costs at most, before it is asked.

The estimate is that of CEL's static cost of an expression (Kubernetes 1.25 on), over the sizes
that a schema allows. A definition is refused where a rule costs more than RULE, or all of its rules
together more than DEFINITION.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil
from typing import NamedTuple

from specstat.immutability.generate.sizes import keyword, most_elements
from specstat.immutability.generate.tree import Node, nodes
from specstat.immutability.paths import Each, Path
from specstat.immutability.schema import Schema

RULE = 10_000_000
DEFINITION = 100_000_000
_PER_CHARACTER = 0.1
# What operators cost whatever their parts are.
_FIXED = {"name": 1, "text": 0, "literal": 0, "and": 0, "or": 0, "list": 10}
# What one round of each macro costs beside its body, and what the macro costs once.
_ROUNDS = {"all": (3, 1), "exists": (4, 1), "map": (12, 11)}

# How many values are tried for a bound that suffices alone.
_TRIED = 20

# Sizes to assume of some schemas, by their identity, instead of those that the schemas allow.
_Assumed = Mapping[int, int]
_NONE: _Assumed = {}


class Bound(NamedTuple):
    """A bound to add to a schema: the largest value of a keyword with which a rule is accepted."""

    path: Path
    keyword: str
    most: int


def cost(expression: Node, assumed: _Assumed = _NONE) -> int:
    """The most that an expression costs, in CEL's units."""

    def of(node: Node) -> int:
        return cost(node, assumed)

    parts = expression.of
    if expression.op == "has":
        return of(parts[0].of[0])
    if expression.op == "choice":
        return of(parts[0]) + max(of(parts[1]), of(parts[2]))
    if expression.op in _ROUNDS:
        each, once = _ROUNDS[expression.op]
        return of(parts[0]) + once + _elements(parts[0], assumed) * (each + of(parts[1]))
    return sum(map(of, parts)) + _own(expression, assumed)


def _own(expression: Node, assumed: _Assumed) -> int:
    """What an operator costs beside its parts."""
    if expression.op in _FIXED:
        return _FIXED[expression.op]
    if expression.op == "get":
        return int((expression.of[0].schema or Schema()).type == "object")
    if expression.op in {"eq", "ne"}:
        smaller = min(_elements(part, assumed) for part in expression.of)
        return ceil(smaller * _PER_CHARACTER)
    if expression.op == "in" and _is_list(expression.of[1]):
        return _elements(expression.of[1], assumed)
    return 1


def _is_list(node: Node) -> bool:
    return node.op == "list" or (node.schema or Schema()).type == "array"


def _elements(node: Node, assumed: _Assumed) -> int:
    """The most elements of a value."""
    if node.op == "text":
        return len(node.word)
    if node.op == "list":
        return len(node.of)
    if node.op == "map":
        return _elements(node.of[0], assumed)
    if node.schema is None:
        return 1
    return assumed.get(id(node.schema), most_elements(node.schema))


def bounds_to_add(expression: Node, root: Schema, limit: int = RULE) -> tuple[Bound, ...]:
    """The bounds with which an expression costs no more than a limit; none where none suffice.

    One bound where one suffices, that of what costs most; else the same bound on several values.
    """
    open_ = [schema for schema in _sized(expression) if keyword(schema)]
    paths = _paths(root)
    # What is walked costs more than what is compared, so this finds the dearest among many.
    dear = sorted(open_, key=lambda s: (keyword(s) == "maxLength", -most_elements(s)))[:_TRIED]
    left = {id(schema): cost(expression, {id(schema): 0}) for schema in dear}
    for schema in sorted(dear, key=lambda s: left[id(s)]):
        if left[id(schema)] > limit:
            break
        most = _largest(lambda n, s=schema: cost(expression, {id(s): n}) <= limit)  # type: ignore[misc]  # bound now
        if most > 0:
            return _bounds([(schema, most)], paths)
    most = _largest(lambda n: cost(expression, {id(s): n for s in open_}) <= limit)
    return _bounds([(schema, most) for schema in open_], paths) if most > 0 else ()


def _bounds(found: list[tuple[Schema, int]], paths: Mapping[int, Path]) -> tuple[Bound, ...]:
    bounds = []
    for schema, most in found:
        word = keyword(schema)
        # A character may take four bytes, and bytes are what is counted of texts.
        counted = most // 4 if word == "maxLength" and schema.format != "byte" else most
        if id(schema) in paths and most < most_elements(schema):
            bounds.append(Bound(paths[id(schema)], word, counted))
    return tuple(bounds)


def _sized(expression: Node) -> list[Schema]:
    """The schemas of values whose size an expression depends on, each once."""
    found: dict[int, Schema] = {}
    for node in nodes(expression):
        measured = node.of if node.op in {"eq", "ne", "in", "all", "exists", "map"} else ()
        for part in measured:
            if part.schema is not None:
                found[id(part.schema)] = part.schema
    return list(found.values())


def _largest(fits: Callable[[int], bool]) -> int:
    """The largest number below the size of a request that fits; 0 where not even 1 does."""
    low, high = 0, 1 << 22
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _paths(root: Schema, path: Path = ()) -> dict[int, Path]:
    """Where each schema stands, by its identity."""
    found = {id(root): path}
    for step, inner in root.properties.items():
        found.update(_paths(inner, (*path, step)))
    for each, below in ((Each.ITEM, root.items), (Each.VALUE, root.values)):
        if below is not None:
            found.update(_paths(below, (*path, each)))
    return found
