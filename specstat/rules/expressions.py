"""Expressions in CEL, the language of validation rules, as trees.

Of the language's syntax only what no rule on Kubernetes objects uses is left out (messages made by
name). What cannot be read has no tree, and nothing is concluded from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Compiled when there is a rule to read: that takes longer than linting a small CRD.
_LEXEME = r"""\s+|//[^\n]*
    |(?P<text>[rRbB]{0,2}(?:\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))
    |(?P<number>(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+)u?)
    |(?P<name>[A-Za-z_]\w*|`[^`\n]+`)
    |(?P<sign>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]{}])"""
# Binary operators, from the loosest to the tightest.
_LEVELS = (
    ("||",),
    ("&&",),
    ("==", "!=", "<", "<=", ">", ">=", "in"),
    ("+", "-"),
    ("*", "/", "%"),
)
_DEEPEST = 40
_LONGEST = 10_000  # characters; Kubernetes' cost limit ends far below
_CONSTANTS = frozenset({"true", "false", "null"})


class Expression(NamedTuple):
    """A node of a tree.

    `kind` is `literal` (`name` its text), `name`, `select` (`name` the field), `maybe` (an optional
    select, `a.?b`), `index`, `list`, `map`, `call` (`name` the function), `method` (the first of
    `parts` its target), `has`, or `operator` (`name` such as `==`, `!`, `?:`).
    """

    kind: str
    name: str = ""
    parts: tuple[Expression, ...] = ()

    def walk(self) -> Iterator[Expression]:
        """The node and all below it."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += node.parts


class Unreadable(Exception):  # noqa: N818 - it never leaves this module
    """The text is no expression that we read."""


@lru_cache(maxsize=256)
def parse(text: str) -> Expression | None:
    """The tree of an expression; None where it cannot be read."""
    try:
        reader = _Reader(_tokens(text))
        tree = reader.expression(0)
    except Unreadable:
        return None
    return tree if reader.at_end else None


def _tokens(text: str) -> list[tuple[str, str]]:
    if len(text) > _LONGEST:
        raise Unreadable
    lexeme = re.compile(_LEXEME, re.VERBOSE | re.DOTALL)
    found, at = [], 0
    while at < len(text):
        match = lexeme.match(text, at)
        if match is None:
            raise Unreadable
        if match.lastgroup:
            found.append((match.lastgroup, match[0]))
        at = match.end()
    return found


class _Reader:
    """Reads tokens from left to right, one level of binding strength a method."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def at_end(self) -> bool:
        return self._at == len(self._tokens)

    def _sign(self) -> str:
        """The next token, if it is a sign or the operator `in`."""
        if self.at_end:
            return ""
        kind, text = self._tokens[self._at]
        return text if kind == "sign" or text == "in" else ""

    def _take(self, *signs: str) -> str:
        sign = self._sign()
        if sign not in signs:
            return ""
        self._at += 1
        return sign

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise Unreadable

    def expression(self, depth: int) -> Expression:
        if depth > _DEEPEST:
            raise Unreadable
        first = self._binary(0, depth)
        if not self._take("?"):
            return first
        then = self._binary(0, depth)
        self._expect(":")
        return Expression("operator", "?:", (first, then, self.expression(depth + 1)))

    def _binary(self, level: int, depth: int) -> Expression:
        if level == len(_LEVELS):
            return self._unary(depth)
        left = self._binary(level + 1, depth)
        while sign := self._take(*_LEVELS[level]):
            left = Expression("operator", sign, (left, self._binary(level + 1, depth)))
        return left

    def _unary(self, depth: int) -> Expression:
        if depth > _DEEPEST:
            raise Unreadable
        if sign := self._take("!", "-"):
            return Expression("operator", sign, (self._unary(depth + 1),))
        node = self._primary(depth)
        while sign := self._take(".", "["):
            if sign == "[":
                optional = bool(self._take("?"))
                node = Expression(
                    "index", "?" if optional else "", (node, self.expression(depth + 1))
                )
                self._expect("]")
                continue
            kind = "maybe" if self._take("?") else "select"
            name = self._name()
            if self._take("("):
                node = Expression("method", name, (node, *self._list(")", depth)))
            else:
                node = Expression(kind, _unescaped(name.strip("`")), (node,))
        return node

    def _name(self) -> str:
        if self.at_end or self._tokens[self._at][0] != "name":
            raise Unreadable
        self._at += 1
        return self._tokens[self._at - 1][1]

    def _primary(self, depth: int) -> Expression:
        if self._take("("):
            inner = self.expression(depth + 1)
            self._expect(")")
            return inner
        if self._take("["):
            return Expression("list", "", self._list("]", depth))
        if self._take("{"):
            return Expression("map", "", self._list("}", depth))
        if self.at_end:
            raise Unreadable
        kind, text = self._tokens[self._at]
        if kind == "sign":
            raise Unreadable
        self._at += 1
        if kind != "name" or text in _CONSTANTS:
            return Expression("literal", text)
        if not self._take("("):
            return Expression("name", text)
        parts = self._list(")", depth)
        return Expression("has", "", parts) if text == "has" else Expression("call", text, parts)

    def _list(self, end: str, depth: int) -> tuple[Expression, ...]:
        """What stands between commas up to an end; the values of a map stand behind their keys."""
        parts: list[Expression] = []
        while not self._take(end):
            if parts and not self._take(",", *(":" if end == "}" else "")):
                raise Unreadable
            if parts and self._take(end):  # a comma may stand behind the last
                break
            parts.append(self.expression(depth + 1))
        return tuple(parts)


def _unescaped(name: str) -> str:
    from specstat.immutability.generate.escape import unescape  # noqa: PLC0415 - few CRDs have rules

    return unescape(name)
