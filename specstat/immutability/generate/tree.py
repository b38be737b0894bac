"""Expressions of CEL as trees: built with simplification, written out with few parentheses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from specstat.immutability.generate.escape import quote
from specstat.immutability.schema import Schema

_LOOSEST = 0
_TIGHTEST = 9
# How tightly each operator binds, and how it is written.
_INFIX = {
    "or": (2, "||"),
    "and": (3, "&&"),
    "eq": (4, "=="),
    "ne": (4, "!="),
    "less": (4, "<"),
    "atmost": (4, "<="),
    "in": (4, "in"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression.

    `op` is what it does with the parts in `of`; `word` is its name, literal or variables; `schema`
    is that of its value, where that is a value of the object.
    """

    op: str
    of: tuple[Node, ...] = ()
    word: str = ""
    schema: Schema | None = field(default=None, compare=False)


TRUE = Node("literal", word="true")
FALSE = Node("literal", word="false")


def name(word: str, schema: Schema | None = None) -> Node:
    """A variable."""
    return Node("name", word=word, schema=schema)


def text(value: str) -> Node:
    """A literal text."""
    return Node("text", word=value)


def literal(word: str) -> Node:
    """A literal that is written as it is: a number, true, false, null."""
    return Node("literal", word=word)


def listed(items: Iterable[Node]) -> Node:
    """A list of some values."""
    return Node("list", tuple(items))


def get(of: Node, identifier: str, schema: Schema | None) -> Node:
    """A field of an object, by its identifier."""
    return Node("get", (of,), identifier, schema)


def index(of: Node, key: Node, schema: Schema | None) -> Node:
    """A value of a map by its key, or an item of a list by its position."""
    return Node("index", (of, key), schema=schema)


def has(got: Node) -> Node:
    """Whether a field is there."""
    return Node("has", (got,))


def size(of: Node) -> Node:
    """The number of items."""
    return call("size", of)


def untyped(of: Node) -> Node:
    """The value without its type, so that it can be compared with any other."""
    return Node("call", (of,), "dyn", of.schema)


def call(function: str, of: Node) -> Node:
    """A function of one value."""
    return Node("call", (of,), function)


def infix(op: str, left: Node, right: Node) -> Node:
    """A comparison: `eq`, `ne`, `less`, `atmost` or `in`."""
    return Node(op, (left, right))


def eq(left: Node, right: Node) -> Node:
    """Whether two values are equal."""
    return infix("eq", left, right)


def each(macro: str, of: Node, variables: str, body: Node) -> Node:
    """`all`, `exists` or `map` over the items of a list, or the keys of a map."""
    return body if macro == "all" and body == TRUE else Node(macro, (of, body), variables)


def both(*parts: Node) -> Node:
    """Whether all parts hold."""
    return _joined("and", parts, TRUE, FALSE)


def either(*parts: Node) -> Node:
    """Whether any part holds."""
    return _joined("or", parts, FALSE, TRUE)


def _joined(op: str, parts: Iterable[Node], idle: Node, deciding: Node) -> Node:
    flat: dict[Node, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.of if part.op == op else (part,)))
    flat.pop(idle, None)
    if deciding in flat:
        return deciding
    kept = tuple(flat)
    return idle if not kept else kept[0] if len(kept) == 1 else Node(op, kept)


def negated(part: Node) -> Node:
    """Whether a part does not hold."""
    if part.op in {"not", "literal"}:
        return part.of[0] if part.of else {TRUE: FALSE, FALSE: TRUE}[part]
    return Node("ne", part.of) if part.op == "eq" else Node("not", (part,))


def choice(test: Node, yes: Node, no: Node) -> Node:
    """One of two values, by a test."""
    if test in {TRUE, FALSE}:
        return yes if test == TRUE else no
    return Node("choice", (test, yes, no))


def nodes(tree: Node) -> Iterator[Node]:
    """All parts of a tree, itself first."""
    yield tree
    for part in tree.of:
        yield from nodes(part)


def write(tree: Node, around: int = _LOOSEST) -> str:
    """An expression as text; `around` is how tightly what stands around it binds."""
    own, written = _written(tree)
    return f"({written})" if own < around else written


def _written(tree: Node) -> tuple[int, str]:
    """How tightly an expression binds, and its text."""
    if tree.op in _INFIX:
        own, sign = _INFIX[tree.op]
        inner = own if tree.op in {"and", "or"} else own + 1
        return own, f" {sign} ".join(write(part, inner) for part in tree.of)
    if tree.op == "choice":
        test, yes, no = tree.of
        return 1, f"{write(test, 2)} ? {write(yes, 2)} : {write(no, 2)}"
    if tree.op == "not":
        return 8, f"!{write(tree.of[0], 9)}"
    return _TIGHTEST, _tight(tree)


def _tight(tree: Node) -> str:
    """The text of what needs no parentheses."""
    if tree.op in {"name", "literal", "text"}:
        return quote(tree.word) if tree.op == "text" else tree.word
    if tree.op in {"has", "call", "list"}:
        inner = ", ".join(map(write, tree.of))
        return f"[{inner}]" if tree.op == "list" else f"{tree.word or 'has'}({inner})"
    first = write(tree.of[0], _TIGHTEST)
    if tree.op == "get":
        return f"{first}.{tree.word}"
    last = write(tree.of[1])
    return f"{first}[{last}]" if tree.op == "index" else f"{first}.{tree.op}({tree.word}, {last})"
