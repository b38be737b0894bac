"""The report for people, in the manner of rustc: what, where, why, how sure, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from specstat.model.diagnostic import Diagnostic, Severity
from specstat.model.reading import UNREADABLE
from specstat.reporters.layout import WIDTH, Line, cells, clip, visible, wrap
from specstat.reporters.notes import notes
from specstat.reporters.places import place
from specstat.reporters.report import Ignored
from specstat.reporters.summary import Counts, sentence

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_GUTTER = "blue"
_LABEL = 14  # the longest label and two blanks
_WORD = 16  # the longest answer and two blanks


def report(
    diagnostics: Sequence[Diagnostic],
    counts: Counts,
    *,
    quiet: bool,
    untold: Sequence[Ignored] = (),
) -> Iterator[Line]:
    """All diagnostics, set apart by blank lines where they are long, and what was looked at.

    `untold` are those that are ignored, a line each.
    """
    open_block = False
    for number, diagnostic in enumerate(diagnostics):
        short = _is_problem(diagnostic)
        if number and not (short and not open_block):
            yield ()
        yield from (_problem(diagnostic) if short else _finding(diagnostic))
        open_block = not short
    if diagnostics and untold:
        yield ()
    yield from map(_ignored, untold)
    if not quiet:
        if diagnostics or untold:
            yield ()
        yield from (((line, ""),) for line in sentence(counts))


def statistics(diagnostics: Iterable[Diagnostic]) -> Iterator[Line]:
    """How often each code was found, the most frequent first."""
    tally = Counter((d.code, d.name, d.severity) for d in diagnostics)
    for (code, name, severity), count in sorted(
        tally.items(), key=lambda item: (-item[1], item[0])
    ):
        yield ((f"{count:>6}  ", ""), (f"{code} {name}", "bold"), (f" ({severity.word})", ""))


def _is_problem(diagnostic: Diagnostic) -> bool:
    """Whether it is about the file itself: one clear line suffices."""
    return diagnostic.resource is None


def _problem(diagnostic: Diagnostic) -> Iterator[Line]:
    word = diagnostic.severity.word
    verb = "cannot read " if diagnostic.code == UNREADABLE else ""
    message = f" {verb}{place(diagnostic.location)}: {visible(diagnostic.message)}"
    code = "" if verb else f"[{diagnostic.code}]"
    yield ((f"{word}{code}:", STYLES[diagnostic.severity]), (message, ""))


def _ignored(ignored: Ignored) -> Line:
    """One line for a finding that is not told: what, why not, and where that is said."""
    diagnostic = ignored.diagnostic
    said = diagnostic.suppressed
    by = f", {place(said.location)}" if said else ""
    why = (visible(ignored.reason) or "no reason is given") + by
    message = f" {place(diagnostic.location)}: {visible(diagnostic.message)} ({why})"
    return ((f"ignored[{diagnostic.code}]:", _GUTTER), (message, ""))


def _finding(diagnostic: Diagnostic) -> Iterator[Line]:
    style = STYLES[diagnostic.severity]
    yield (
        (f"{diagnostic.severity.word}[{diagnostic.code}]", style),
        (f" {diagnostic.name}: {visible(diagnostic.subject)}", "bold"),
    )
    number = str(diagnostic.location.line)
    margin = " " * len(number)
    bar: Line = ((f"{margin} |", _GUTTER),)
    yield ((f"{margin}--> ", _GUTTER), (place(diagnostic.location), ""))
    if diagnostic.location.line:
        yield bar
        yield from _excerpt(diagnostic, number, margin, style)
        yield bar
    else:
        yield from _note(margin, "verdict", "", diagnostic.label)
    for label, word, text in notes(diagnostic):
        yield from _note(margin, label, word, text)
    yield from _note(margin, "more", "", f"specstat explain {diagnostic.code}")


def _excerpt(diagnostic: Diagnostic, number: str, margin: str, style: str) -> Iterator[Line]:
    """The source line with the place underlined; long lines are cut around it."""
    location = diagnostic.location
    start = location.column - 1
    same_line = location.end_line == location.line
    end = location.end_column - 1 if same_line else len(diagnostic.excerpt)
    room = WIDTH - len(margin) - 3
    cut = max(0, start - room // 4) if len(diagnostic.excerpt) > room else 0
    before = visible(diagnostic.excerpt[cut:start])
    marked = visible(diagnostic.excerpt[start:end])
    shown = before + marked + visible(diagnostic.excerpt[end:])
    yield ((f"{number} | ", _GUTTER), (clip(shown, room), ""))
    length = max(1, min(cells(marked), room - cells(before)))
    pad = " " * cells(before)
    label = visible(diagnostic.label)
    if cells(pad) + length + 1 + cells(label) <= room:
        yield ((f"{margin} | ", _GUTTER), (f"{pad}{'^' * length} {label}", style))
        return
    yield ((f"{margin} | ", _GUTTER), (f"{pad}{'^' * length}", style))
    for line in wrap(label, room):
        yield ((f"{margin} | ", _GUTTER), (line, style))


def _note(margin: str, label: str, word: str, text: str) -> Iterator[Line]:
    """A note with its label and answer; the lines that follow stand under the text."""
    hanging = max(_WORD, len(word) + 1) if word else 0
    room = WIDTH - len(margin) - 3 - _LABEL - hanging
    for number, line in enumerate(wrap(text, room)):
        head, answer = ("", "") if number else (label, visible(word))
        yield (
            (f"{margin} = ", _GUTTER),
            (f"{head:<{_LABEL}}", "bold" if head else ""),
            (f"{answer:<{hanging}}{line}", ""),
        )
