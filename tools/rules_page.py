"""Write docs/rules.md from the pages of the rules; with --check, say whether it is up to date."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from specstat.rules import registry
from specstat.rules.catalogue import Entry

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

<!-- Generated from the rules' docstrings and rules/own.yaml by `make docs`; do not edit here. -->
"""


def table(entries: tuple[Entry, ...]) -> Iterator[str]:
    """The rules at a glance, each linked to its page below."""
    yield "| Code | Name | What it reports |"
    yield "| --- | --- | --- |"
    for entry in entries:
        summary = SHIPPED.summary(entry).replace("|", r"\|")
        anchor = f"{entry.code.lower()}-{entry.name}"
        yield f"| [{entry.code}](#{anchor}) | `{entry.name}` | {summary} |"


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
    lines = [INTRO, *table(entries)]
    for entry in entries:
        lines += [
            "",
            f"## {entry.code} {entry.name}",
            "",
            *lowered(SHIPPED.page(entry).strip()),
        ]
    return "\n".join(lines) + "\n"


def is_stale(text: str) -> bool:
    """Whether the page on disk is another one than this."""
    return not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text


def main(arguments: list[str] | None = None) -> int:
    """Write the page, or check it; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if stale")
    options = parser.parse_args(arguments)
    text = render()
    if not is_stale(text):
        return 0
    if options.check:
        print("docs/rules.md is stale; run `make docs`", file=sys.stderr)
        return 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    print(f"wrote docs/rules.md ({len(SHIPPED.entries())} rules)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
