"""The keys of `match:` that look at a field. Of a list, one item must fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from specstat.model.directives import WORDS, Declared
from specstat.model.resource import Field, Resource, Section
from specstat.readers.yamltree import Node, Scalar
from specstat.rules.patterns import nodes

if TYPE_CHECKING:
    from specstat.rules.patterns.automaton import Pattern

Test = Callable[[Resource, Field], bool]
_Words = Callable[[Field], Iterable[str]]
# Those of OpenAPI, and what a schema says in more than one word.
TYPES = ("string", "integer", "number", "boolean", "object", "array", "int-or-string", "any")
_DECLARED = (*WORDS, "echo-of", "sensitive")


def pattern(node: Node, what: str, *, whole: bool) -> Pattern:
    """A pattern in a pack; one that cannot be used is told at its place."""
    from specstat.rules.patterns.automaton import Pattern  # noqa: PLC0415 - many rules have none
    from specstat.rules.patterns.syntax import PatternError  # noqa: PLC0415 - as above

    written = nodes.text(node, what)
    try:
        return Pattern(written, whole=whole)
    except PatternError as error:
        message = f"{what}: {error}"
        raise nodes.fault(message, node) from None


def patterns(node: Node, what: str, *, whole: bool = True) -> tuple[Pattern, ...]:
    """One pattern, or a list of them."""
    return tuple(pattern(item, what, whole=whole) for item in nodes.items(node))


def any_matches(found: Iterable[Pattern], words: Iterable[str]) -> bool:
    """Whether one of the patterns fits one of the words."""
    return any(one.matches(word) for word in words for one in found)


def _by_pattern(of: Callable[[Field], str], what: str, node: Node) -> Test:
    wanted = patterns(node, what, whole=what != "description")
    return lambda _, field: any(one.matches(of(field)) for one in wanted)


def _by_word(of: Callable[[Field], str], what: str, node: Node) -> Test:
    words = frozenset(nodes.texts(node, what))
    return lambda _, field: of(field) in words


def _by_words(of: _Words, what: str, node: Node) -> Test:
    """`true` for any at all, else patterns of which one must be one of the words."""
    if nodes.is_flag(node):
        there = nodes.flag(node, what)
        return lambda _, field: bool(of(field)) is there
    wanted = patterns(node, what)
    return lambda _, field: any_matches(wanted, of(field))


def _by_flag(of: Callable[[Field], bool], what: str, node: Node) -> Test:
    wanted = nodes.flag(node, what)
    return lambda _, field: of(field) is wanted


def _constraints(field: Field) -> list[str]:
    """Each constraint twice: by its keyword, and with its value."""
    return [word for key, value in field.constraints for word in (key, f"{key}={value}")]


def _section(node: Node) -> Test:
    known = tuple(section.value for section in Section)
    wanted = frozenset(Section(nodes.word(one, "section", known)) for one in nodes.items(node))
    return lambda _, field: field.section in wanted


def _type(node: Node) -> Test:
    for one in nodes.items(node):
        nodes.word(one, "type", TYPES)
    return _by_word(lambda f: f.type, "type", node)


def _depth(node: Node) -> Test:
    if isinstance(node, Scalar):
        least = most = nodes.number(node, "depth")
    else:
        bounds = nodes.table(node, "depth", ("min", "max"))
        least, most = (
            nodes.number(bounds[key], f"depth.{key}") if key in bounds else default
            for key, default in (("min", 0), ("max", 1_000))
        )
    if least > most:
        message = f"no depth is at least {least} and at most {most}; swap min and max"
        raise nodes.fault(message, node)
    return lambda _, field: least <= field.depth <= most


def _declared(node: Node) -> Test:
    if nodes.is_flag(node):
        wanted = nodes.flag(node, "declared")
        return lambda _, field: bool(field.declared) is wanted
    rows = nodes.table(node, "declared", _DECLARED)
    tests: list[Callable[[Declared], bool]] = []
    for key, value in rows.items():
        what = f"declared.{key}"
        if key == "sensitive":
            tests.append(partial(_is_sensitive, nodes.flag(value, what)))
        elif key in WORDS:
            for item in nodes.items(value):
                nodes.word(item, what, WORDS[key])
            tests.append(partial(_says, key, frozenset(nodes.texts(value, what))))
        else:
            tests.append(partial(_echoes, patterns(value, what)))
    return lambda _, field: all(test(field.declared) for test in tests)


def _is_sensitive(wanted: bool, declared: Declared) -> bool:  # noqa: FBT001 - bound by partial
    return declared.sensitive is wanted


def _says(key: str, words: frozenset[str], declared: Declared) -> bool:
    said = {"purpose": declared.purpose, "set": declared.set_when, "changes": declared.changes}
    return said[key] in words


def _echoes(wanted: tuple[Pattern, ...], declared: Declared) -> bool:
    return bool(declared.echo_of) and any_matches(wanted, (declared.echo_of,))


# What is cheap to ask or seldom true comes first.
KEYS: Mapping[str, Callable[[Node], Test]] = {
    "section": _section,
    "type": _type,
    "format": partial(_by_word, lambda f: f.format, "format"),
    "required": partial(_by_flag, lambda f: f.required, "required"),
    "has_default": partial(_by_flag, lambda f: f.has_default, "has_default"),
    "depth": _depth,
    "declarations": partial(_by_words, lambda f: f.declarations, "declarations"),
    "declared": _declared,
    "enum": partial(_by_words, lambda f: f.enum, "enum"),
    "constraints": partial(_by_words, _constraints, "constraints"),
    "children": partial(_by_words, lambda f: [c.name for c in f.children], "children"),
    "name": partial(_by_pattern, lambda f: f.name, "name"),
    "path": partial(_by_pattern, lambda f: f.path, "path"),
    "described": partial(_by_flag, lambda f: bool(f.description), "described"),
    "description": partial(_by_pattern, lambda f: f.description, "description"),
}
