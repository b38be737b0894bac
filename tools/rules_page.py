"""Write docs/rules.md from the pages of the rules; with --check, say whether it is up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from specstat.model.diagnostic import Severity
from specstat.rules import packs, profiles, registry
from specstat.rules.catalogue import Entry
from specstat.rules.profiles import Profile
from tools import generated, rule_figures, rule_precision
from tools.rule_figures import Rate
from tools.rule_precision import Row

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"

SHIPPED = registry.shipped()
INTRO = """\
# Rules

Each code has a name, and both can be used wherever a code is asked for.
`specstat explain SS101` prints a rule's page, `--select` and `--ignore` switch rules on and off
(`--ignore SS1` stands for all of SS101 to SS199), and a severity follows from how certain a
finding is: error where it is declared or next to certain, warning where it is strong, info below.

`SS0xx` are the tool's own, `SS1xx` placement, `SS2xx` immutability, `SS3xx` status conventions,
`SS4xx` spec and metadata conventions, `SS5xx` between two versions.

The table says of each rule how loud it is at most by default (other profiles in brackets), how
many findings 1,000 resources have (in brackets those that are warnings or errors), and how many of
a sample were right when a person looked at them in their files. What was counted are public APIs:
{crds} CRDs, and {protos} resources in protos of {projects} projects.

<!-- Generated from the rules' docstrings, rules/*.yaml, rule-figures.json and tools/precision by
`make docs`; do not edit here. -->
"""


def table(entries: tuple[Entry, ...]) -> Iterator[str]:
    """The rules at a glance, each linked to its page below."""
    figures, known = rule_figures.load(), profiles.profiles()
    yield "| Code | Name | Level | CRDs | Protos | Right | What it reports |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for entry in entries:
        cells = (
            f"[{entry.code}](#{entry.code.lower()}-{entry.name})",
            f"`{entry.name}`",
            level(entry, known),
            rate(rule_figures.rate(figures, entry.code, rule_figures.CRDS)),
            rate(rule_figures.rate(figures, entry.code, rule_figures.PROTOS)),
            precision(rule_precision.load(entry.code)),
            SHIPPED.summary(entry).replace("|", r"\|"),
        )
        yield f"| {' | '.join(cells)} |"


def level(entry: Entry, known: Mapping[str, Profile]) -> str:
    """How loud a rule is at most by default, and in the profiles that have it otherwise."""
    own = {row.code: row.severity.word for row in packs.own()}
    if entry.code in own:
        return own[entry.code]
    words = {name: _word(profile.levels.get(entry.code)) for name, profile in known.items()}
    default = words.pop(profiles.DEFAULT)
    others = [f"{name}: {word}" for name, word in words.items() if word != default]
    return f"{default} ({', '.join(others)})" if others else default


def _word(severity: Severity | None) -> str:
    return severity.word if severity else "off"


def rate(found: Rate | None) -> str:
    """What a rule finds in 1,000 resources, and how much of it is loud; a dash if not counted."""
    if found is None:
        return "\N{EN DASH}"
    return f"{found.every:.1f} ({found.loud:.1f})" if found.every else "0"


def precision(rows: Sequence[Row]) -> str:
    """How many findings of a sample were right; empty where none was looked at."""
    return f"{sum(row.right for row in rows)} of {len(rows)}" if rows else ""


def lowered(page: str) -> Iterator[str]:
    """The lines of a page with its headings one level lower; code is left alone."""
    fenced = False
    for line in page.splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        is_heading = line.startswith("#") and not fenced
        yield f"#{line}" if is_heading else line.rstrip()


def render() -> str:
    """The whole page."""
    entries = SHIPPED.entries()
    lines = [_intro(), *table(entries)]
    for entry in entries:
        lines += [
            "",
            f"## {entry.code} {entry.name}",
            "",
            *lowered(SHIPPED.page(entry).strip()),
        ]
    return "\n".join(lines) + "\n"


def _intro() -> str:
    counted = rule_figures.load().resources
    crds = counted[rule_figures.CRDS]
    protos = {part: n for part, n in counted.items() if part != rule_figures.CRDS}
    return INTRO.format(crds=crds, protos=sum(protos.values()), projects=len(protos))


def main(arguments: list[str] | None = None) -> int:
    """Write the page, or check it; the result is the exit code."""
    return generated.write(generated.stale({PAGE: render()}), __doc__, arguments)


if __name__ == "__main__":
    sys.exit(main())
