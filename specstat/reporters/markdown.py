"""Markdown for a comment or a job summary: what was found, a folded table for each resource."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from specstat.model.diagnostic import Diagnostic, Severity
from specstat.reporters.layout import visible
from specstat.reporters.notes import headline
from specstat.reporters.places import place
from specstat.reporters.report import Report
from specstat.reporters.summary import plural, sentence

# A comment on GitHub holds 65,536 characters. Counted in bytes, which are never fewer.
LIMIT = 64_000

_HEAD = "| Severity | Rule | Place | Finding | What to do |\n| --- | --- | --- | --- | --- |\n"
# What would be markup within a line; a bare address would become a link by its colon.
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~$]|:(?=//))")
_MENTION = re.compile(r"([@#])(?=\w)")
_CELL = 600
_ZERO_WIDTH = "\u200b"


def report(told: Report) -> str:
    """The summary, then as many findings as fit, the loudest resources first."""
    text = f"**specstat**: {' '.join(_plain(line.strip()) for line in sentence(told.counts))}\n"
    room = LIMIT - len(text.encode())
    left = len(told.shown)
    for group in _groups(told.shown):
        block, count = _block(group, room)
        if not count:
            break
        text += block
        room -= len(block.encode())
        left -= count
    if left:
        text += f"\n{plural(left, 'finding')} more did not fit in here.\n"
    return text


def _groups(diagnostics: Iterable[Diagnostic]) -> list[list[Diagnostic]]:
    """Diagnostics by resource, else by file; the loudest first, else in their order."""
    found: dict[tuple[str, str], list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        found.setdefault(_title(diagnostic), []).append(diagnostic)
    return sorted(found.values(), key=lambda group: -max(d.severity for d in group))


def _title(diagnostic: Diagnostic) -> tuple[str, str]:
    """Of whom a diagnostic speaks: a kind and its group, or a file."""
    if diagnostic.resource is None:
        return (diagnostic.location.file, "")
    return (diagnostic.resource.kind, diagnostic.resource.group)


def _block(group: Sequence[Diagnostic], room: int) -> tuple[str, int]:
    """A folded table with as many rows as there is room for, and how many those are."""
    name, api = _title(group[0])
    about = f"<code>{_code(name)}</code>" + (f" in <code>{_code(api)}</code>" if api else "")
    start = f"\n<details><summary>{about}: {_tally(group)}</summary>\n\n{_HEAD}"
    end = "\n</details>\n"
    room -= len((start + end).encode())
    rows: list[str] = []
    for row in map(_row, group):
        room -= len(row.encode())
        if room < 0:
            break
        rows.append(row)
    return start + "".join(rows) + end, len(rows)


def _tally(group: Sequence[Diagnostic]) -> str:
    counts = ((s, sum(d.severity is s for d in group)) for s in sorted(Severity, reverse=True))
    return ", ".join(
        plural(count, severity.word) if severity > Severity.INFO else f"{count:,} info"
        for severity, count in counts
        if count
    )


def _row(diagnostic: Diagnostic) -> str:
    cells = (
        diagnostic.severity.word,
        f"{diagnostic.code} {_plain(diagnostic.name)}",
        f"<code>{_code(place(diagnostic.location))}</code>",
        _plain(headline(diagnostic)),
        _plain(visible("; ".join(diagnostic.help))),
    )
    return f"| {' | '.join(cells)} |\n"


def _cut(text: str) -> str:
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def _plain(text: str) -> str:
    """Text that stays text: no markup, no links, no mention of anybody."""
    kept = _MENTION.sub(rf"\1{_ZERO_WIDTH}", _cut(text))
    return _SPECIAL.sub(r"\\\1", escape(kept, quote=False))


def _code(text: str) -> str:
    """Text within <code>, where Markdown still sees its own characters."""
    entities = (c if c.isalnum() or c in " /.-" else f"&#{ord(c)};" for c in _cut(visible(text)))
    return "".join(entities)
