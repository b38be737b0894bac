"""Why a finding is thought so and what to do: the notes that stand with it in every report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from specstat.model.diagnostic import Clue, Diagnostic
from specstat.model.evidence import NEIGHBOURS
from specstat.model.reading import UNREADABLE
from specstat.reporters.layout import visible
from specstat.reporters.places import elsewhere, place


class Note(NamedTuple):
    """One note: what it is about, a test's answer (or nothing), and its text."""

    label: str
    word: str
    text: str


def notes(diagnostic: Diagnostic) -> Iterator[Note]:
    """All notes of a diagnostic, as they are: what they quote may hold any character."""
    for answer in (a for a in diagnostic.answers if a.speaks):
        line = _line_of(diagnostic.clues, answer.quote)
        yield Note(answer.test.value, answer.word, answer.reason + line)
    expected = diagnostic.field.expected if diagnostic.field else None
    for evidence in (clue.evidence for clue in diagnostic.clues):
        if evidence.signal == NEIGHBOURS and evidence.toward is expected:
            yield Note(NEIGHBOURS, "", evidence.reason)
    if diagnostic.origin is not None:
        quote = f'"{diagnostic.origin.quote}" tells who sets it; that never decides'
        yield Note("origin", diagnostic.origin.actor, quote)
    if diagnostic.elsewhere:
        yield Note("elsewhere", "", elsewhere(diagnostic))
    for copy in diagnostic.copies:
        yield Note("also in", "", place(copy))
    if diagnostic.also:
        yield Note("also", "", ", ".join(diagnostic.also))
    for advice in diagnostic.help:
        yield Note("help", "", advice)


def headline(diagnostic: Diagnostic) -> str:
    """What is wrong, in one line that is safe to show."""
    verb = "cannot read it: " if diagnostic.code == UNREADABLE else ""
    return visible(verb + diagnostic.message)


def reasons(diagnostic: Diagnostic) -> list[str]:
    """The notes, a line each that is safe to show: `label: answer; text`."""
    return [
        visible(f"{label}: {word}; {text}" if word else f"{label}: {text}")
        for label, word, text in notes(diagnostic)
    ]


def _line_of(clues: Iterable[Clue], quote: str) -> str:
    """Where the words of an answer stand, in brackets."""
    for clue in clues:
        if clue.line and clue.evidence.quote == quote:
            return f" (line {clue.line})"
    return ""
