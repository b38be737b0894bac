"""All annotations of one field, in whatever form they were found, as one declaration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from specstat.model.directives import UNDECLARED, Declared, Directive, disagreement, override
from specstat.model.ignoring import Ignore, Ignoring
from specstat.model.reading import Problem
from specstat.model.source import Source, Span


class Said(NamedTuple):
    """One annotation of a field: what it says, its place, and the place in words.

    `where` is for messages that name two places: `line 12`, `specstat.yaml:3`, `the annotation
    specstat.dev/fields`. Problems are told at `span`.
    """

    directive: Directive
    span: Span
    where: str


def settle(path: str, found: Sequence[Said]) -> tuple[Declared, tuple[Problem, ...]]:
    """What all annotations of a field declare together, and what is wrong with them.

    They are laid together in the order given. One that contradicts an earlier one is told (SS006)
    with both places and counts for nothing; what is malformed is told too (SS004), and the rest
    of its words counts.
    """
    declared = UNDECLARED
    telling: list[Said] = []  # those that said a word first, hence a handful
    problems: list[Problem] = []
    for said in found:
        problems += [Problem("SS004", f"{path}: {e}", said.span) for e in said.directive.errors]
        together = override(said.directive.declared, declared)
        if contradiction := _contradiction(telling, said):
            message = f"{path}: two annotations disagree on {contradiction}"
            problems.append(Problem("SS006", message, said.span))
        elif together != declared:
            telling.append(said)
            declared = together
    return declared, tuple(problems)


def _contradiction(telling: Sequence[Said], said: Said) -> str:
    """Which word an annotation contradicts, with both values and places; empty for none."""
    for earlier in telling:
        clash = disagreement(earlier.directive.declared, said.directive.declared)
        if clash is not None:
            return (
                f"{clash.word}: {clash.one} ({earlier.where}) against {clash.other} ({said.where})"
            )
    return ""


def ignores(found: Iterable[Said], source: Source) -> tuple[Ignore, ...]:
    """All that annotations in one text ignore, each with its place."""
    return tuple(_ignores(found, source))


def _ignores(found: Iterable[Said], source: Source) -> Iterator[Ignore]:
    for said in found:
        for ignoring in said.directive.ignores:
            yield Ignore(ignoring, source, _place(source.text, said.span, ignoring))


def _place(text: str, span: Span, ignoring: Ignoring) -> Span:
    """Where an ignore stands within its annotation; the annotation where it is not found."""
    code = re.escape(ignoring.codes[0])
    match = re.compile(rf"ignore\[\s*{code}\b[^\]\n]*\]?").search(text, span.start, span.end)
    return Span(*match.span()) if match else span
