"""All annotations of one field, in whatever form they were found, as one declaration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from specstat.model.directives import UNDECLARED, Declared, Directive, disagreement, merge
from specstat.model.reading import Problem
from specstat.model.source import Span


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
    accepted: list[Said] = []
    problems: list[Problem] = []
    for said in found:
        problems += [Problem("SS004", f"{path}: {e}", said.span) for e in said.directive.errors]
        contradiction = _contradiction(accepted, said)
        if contradiction:
            message = f"{path}: two annotations disagree on {contradiction}"
            problems.append(Problem("SS006", message, said.span))
        else:
            accepted.append(said)
            declared, _ = merge(declared, said.directive.declared)
    return declared, tuple(problems)


def _contradiction(accepted: Sequence[Said], said: Said) -> str:
    """Which word an annotation contradicts, with both values and places; empty for none."""
    for earlier in accepted:
        clash = disagreement(earlier.directive.declared, said.directive.declared)
        if clash is not None:
            return (
                f"{clash.word}: {clash.one} ({earlier.where}) against {clash.other} ({said.where})"
            )
    return ""
