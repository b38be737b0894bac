"""What became of an API, as a comment on a pull request: a part to unfold for each resource.

Resources with the loudest findings come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from specstat.model.diagnostic import Diagnostic, Severity
from specstat.reporters.diff_rows import (
    Report,
    ResourceRows,
    Row,
    breaks,
    closing,
    fate,
    tally,
    title,
)
from specstat.reporters.layout import visible
from specstat.reporters.places import place

# GitHub takes 65,536 characters in a comment.
MOST = 65_000
_PART = 15_000  # of one resource's findings, and of its fields
_LONGEST = 300
_SPECIAL = re.compile(r"[\\`*_\[\]<>&|@#~!$]")


def report(told: Report) -> str:
    """The whole report, cut at the end of a resource where it grows too long for a comment."""
    head = f"### API changes from {_code(told.old)} to {_code(told.new)}\n\n"
    head += _plain(closing(told)) + "\n"
    loudest = {d.resource: d.severity for d in sorted(told.diagnostics, key=_loudness)}
    # What breaks stands first, for the end may be cut.
    resources = sorted(told.resources, key=lambda r: loudest.get(r.resource, -1), reverse=True)
    parts = [*_others(told), *(_resource(resource, told) for resource in resources)]
    return head + _fitting(parts, MOST - len(head) - _LONGEST, "parts")


def _loudness(diagnostic: Diagnostic) -> Severity:
    return diagnostic.severity


def _fitting(parts: Sequence[str], budget: int, noun: str) -> str:
    """The parts that fit into so many characters, in their order, and how many are left out."""
    kept = []
    for part in parts:
        if len(part) <= budget:
            kept.append(part)
            budget -= len(part)
    left = len(parts) - len(kept)
    return "".join(kept) + (f"\nToo long for a comment: {left:,} more {noun}.\n" if left else "")


def _others(told: Report) -> Iterator[str]:
    """Findings that belong to no resource of the list, such as files that cannot be read."""
    known = {resource.resource for resource in told.resources}
    found = [d for d in told.diagnostics if d.resource not in known]
    if found:
        yield "\n" + _fitting([_finding(d) for d in found], _PART, "findings")


def _resource(resource: ResourceRows, told: Report) -> str:
    own = [d for d in told.diagnostics if d.resource == resource.resource]
    said = ", ".join(filter(None, (fate(resource), tally(resource.rows), breaks(own))))
    opened = " open" if any(d.severity is Severity.ERROR for d in own) else ""
    summary = f"<b>{_plain(title(resource))}</b>: {_plain(said)}"
    lines = [f"\n<details{opened}><summary>{summary}</summary>\n\n"]
    lines.append(_fitting([_finding(d) for d in own], _PART, "findings"))
    if own and resource.rows:
        lines.append("\n")
    if resource.rows:
        lines.append("| Change | Field | Was | Is |\n| --- | --- | --- | --- |\n")
        lines.append(_fitting([_row(row) for row in resource.rows], _PART, "fields"))
    return "".join([*lines, "\n</details>\n"])


def _row(row: Row) -> str:
    cells = (row.what, *(_code(cell) for cell in (row.path, row.was, row.now)))
    return f"| {' | '.join(cells)} |\n"


def _finding(diagnostic: Diagnostic) -> str:
    told = [f"- **{diagnostic.severity.word} {diagnostic.code}** {_plain(diagnostic.message)}"]
    told.append(f" ({_code(place(diagnostic.location))})")
    told += [f"  \n  {_plain(advice)}" for advice in diagnostic.help]
    return "".join(told) + "\n"


def _short(text: str) -> str:
    line = " ".join(visible(text).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _code(text: str) -> str:
    """Text in a code span that can stand in a table; empty stays empty."""
    bare = _short(text).replace("`", "'").replace("|", "\\|")
    return f"`{bare}`" if bare else ""


def _plain(text: str) -> str:
    """Text in which nothing is markup, a mention or a link."""
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", _short(text))
