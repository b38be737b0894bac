"""One line a finding: `path:line:column: error SS101 Kind.status.field belongs in spec (98 %)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from specstat.model.diagnostic import Diagnostic
from specstat.reporters.layout import Line, visible
from specstat.reporters.places import place
from specstat.reporters.text import STYLES


def report(diagnostics: Iterable[Diagnostic]) -> Iterator[Line]:
    """A line for each diagnostic."""
    for diagnostic in diagnostics:
        yield (
            (f"{place(diagnostic.location)}: ", "bold"),
            (diagnostic.severity.word, STYLES[diagnostic.severity]),
            (f" {diagnostic.code} {visible(diagnostic.message)}{_copies(diagnostic)}", ""),
        )


def _copies(diagnostic: Diagnostic) -> str:
    """The other files that hold the same finding."""
    return f" (also in {', '.join(map(place, diagnostic.copies))})" if diagnostic.copies else ""
