"""Packs: a YAML text into rules. Whatever is wrong is told with file, line and column."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from specstat.model.diagnostic import Severity
from specstat.model.reading import UnreadableError
from specstat.model.source import Source
from specstat.readers import yamltree
from specstat.readers.yamltree import Node, Sequence, Tree
from specstat.rules.patterns import match, nodes, pages
from specstat.rules.patterns.expressions import compiled
from specstat.rules.patterns.fieldkeys import Test
from specstat.rules.patterns.rule import (
    Examples,
    PatternRule,
    blanks,
    in_general,
    is_left_open,
    unknown_blank,
)

_KEYS = (
    "code",
    "name",
    "severity",
    "scope",
    "match",
    "when",
    "message",
    "help",
    "page",
    "examples",
)
_CODE = r"[A-Z]{2,12}\d{1,6}"
_NAME = r"[a-z0-9]+(-[a-z0-9]+)*"
_OURS = r"SS\d+"
_UNTRUSTED = (
    "when is code, and this pack is named by the tree itself, so it is not run unasked; "
    "--trust loads it"
)


class PackError(ValueError):
    """A pack that cannot be used; the message tells file, line, column and why."""


class Pack(NamedTuple):
    """The rules of one pack, in its order."""

    source: Source
    rules: tuple[PatternRule, ...]


def read(source: Source, *, trusted: bool = False, shipped: bool = False) -> Pack:
    """Read a pack; PackError where it cannot be used.

    Only a trusted pack may hold CEL expressions. Codes that begin with SS are for shipped ones.
    """
    try:
        tree = yamltree.load(source.text)
        return Pack(source, _rules(source, tree, trusted=trusted, shipped=shipped))
    except UnreadableError as error:
        raise error_at(source, error.message, error.offset) from None


def load(path: str, *, trusted: bool) -> Pack:
    """Read a pack's file; OSError or PackError where it cannot be used."""
    from specstat.readers.decoding import decode  # noqa: PLC0415 - shipped entries need none

    source, problem = decode(path, Path(path).read_bytes())
    if problem is not None:
        raise error_at(source, problem.message, problem.span.start if problem.span else 0)
    return read(source, trusted=trusted)


def error_at(source: Source, message: str, offset: int | None) -> PackError:
    """An error at a place of a pack."""
    place = source.position(offset or 0)
    return PackError(f"{source.path}:{place.line}:{place.column}: {message}")


def _entries(tree: Tree) -> tuple[Node, ...]:
    """The entries of a pack."""
    if len(tree.documents) > 1:
        message = "a second document; a pack is a single one"
        raise nodes.fault(message, tree.documents[1])
    if tree.repeated:
        message = f"{tree.repeated[0].value!r} stands twice; keep one"
        raise nodes.fault(message, tree.repeated[0])
    if not tree.documents:
        message = "the pack is empty; it begins with rules:"
        raise UnreadableError(message, 0)
    found = nodes.table(tree.documents[0], "a pack", ("rules",))
    if "rules" not in found or not isinstance(found["rules"], Sequence):
        message = "a pack holds rules: and below it a list, an entry `- code: ...` each"
        raise nodes.fault(message, found.get("rules", tree.documents[0]))
    return nodes.items(found["rules"])


def _rules(source: Source, tree: Tree, *, trusted: bool, shipped: bool) -> tuple[PatternRule, ...]:
    rules: list[PatternRule] = []
    for node in _entries(tree):
        rule = _rule(source, node, trusted=trusted, shipped=shipped)
        for other in rules:
            if other.code == rule.code or other.name == rule.name:
                same = rule.code if other.code == rule.code else rule.name
                line = source.position(other.start).line
                message = f"{same} stands on line {line} already; give this rule its own"
                raise nodes.fault(message, node)
        rules.append(rule)
    return tuple(rules)


def _rule(source: Source, node: Node, *, trusted: bool, shipped: bool) -> PatternRule:
    rows = nodes.table(node, "a rule", _KEYS)
    for key in ("code", "name", "message"):
        if key not in rows:
            message = f"a rule without {key}; it has code, name and message, and match or when"
            raise nodes.fault(message, node)
    if "when" in rows and not trusted:
        raise nodes.fault(_UNTRUSTED, rows["when"])
    scopes = ("field", "resource")
    of_fields = "scope" not in rows or nodes.word(rows["scope"], "scope", scopes) == "field"
    name, text = _name(rows["name"]), _text(rows["message"], of_fields=of_fields)
    advice = nodes.items(rows["help"]) if "help" in rows else ()
    help_ = tuple(_text(one, of_fields=of_fields) for one in advice)
    return PatternRule(
        code=_code(rows["code"], shipped=shipped),
        name=name,
        severity=_severity(rows.get("severity")),
        of_fields=of_fields,
        message=text,
        source=source,
        start=node.start,
        test=_test(source, node, rows, of_fields=of_fields),
        help=help_,
        page=pages.page(rows.get("page"), name, in_general(text), tuple(map(in_general, help_))),
        examples=_examples(rows.get("examples")),
    )


def _test(source: Source, node: Node, rows: dict[str, Node], *, of_fields: bool) -> Test:
    """What match and when say together; the cheaper one is asked first."""
    tests = []
    if "match" in rows:
        read_match = match.of_field if of_fields else match.of_resource
        tests.append(read_match(rows["match"]))
    if "when" in rows:
        tests.append(compiled(source, rows["when"], of_field=of_fields))
    if not tests:
        message = "a rule without match or when would report everything; write one of them"
        raise nodes.fault(message, node)
    return match.every(tests)


def _code(node: Node, *, shipped: bool) -> str:
    code = nodes.text(node, "code")
    if not re.fullmatch(_CODE, code):
        message = f"{code!r} is no code; write capital letters, then digits, such as ACME001"
        raise nodes.fault(message, node)
    if not shipped and re.fullmatch(_OURS, code):
        message = f"{code}: codes that begin with SS are specstat's own; take other letters"
        raise nodes.fault(message, node)
    return code


def _name(node: Node) -> str:
    name = nodes.text(node, "name")
    if not re.fullmatch(_NAME, name):
        message = f"{name!r} is no name; write small words with - between, such as bare-url"
        raise nodes.fault(message, node)
    return name


def _severity(node: Node | None) -> Severity:
    if node is None:
        return Severity.WARNING
    words = [severity.word for severity in Severity]
    return Severity[nodes.word(node, "severity", words).upper()]


def _text(node: Node, *, of_fields: bool) -> str:
    """A message or a sentence of help, on one line."""
    text = " ".join(nodes.text(node, "message").split())
    unknown = unknown_blank(text, of_fields=of_fields)
    if unknown is not None:
        known = blanks(of_fields=of_fields)
        hint = nodes.nearest(unknown, known)
        message = f"{{{unknown}}} stands for nothing (write {{{{ for a brace itself); {hint}"
        raise nodes.fault(message, node)
    if is_left_open(text):
        message = "a brace stands alone; write {name}, or {{ and }} for the braces themselves"
        raise nodes.fault(message, node)
    return text


def _examples(node: Node | None) -> Examples:
    if node is None:
        return Examples()
    rows = nodes.table(node, "examples", ("bad", "good"))
    bad, good = (nodes.items(rows[key]) if key in rows else () for key in ("bad", "good"))
    return Examples(bad, good)
