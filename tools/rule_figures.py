"""Count what each rule finds in real schemas, as facts for docs/rules.md.

    python tools/rule_figures.py CORPUS [CODE ...]

CORPUS is a folder with `crds` and `protos`; each folder below `protos` is a project. Every rule is
on alone, as loud as the recommended profile has it (one that is off there as in the strict one),
so that nothing is told within another finding. With codes, only their rows are made anew. Rules
that compare two sides find nothing in one and have no row. The same schemas and rules give the
same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from specstat.engine.check import Settings, levels_of
from specstat.engine.discover import discover
from specstat.engine.run import Run, lint
from specstat.model.diagnostic import Severity
from specstat.rules import registry
from specstat.rules.registry import Entry

FIGURES = Path(__file__).resolve().parent.parent / "docs" / "rule-figures.json"
CRDS = "crds"
PROTOS = "protos"


class Figures(NamedTuple):
    """How many resources each part of the corpus holds, and what each rule finds in it.

    `rules` holds counts by code, part and severity; what is nothing is left out.
    """

    resources: Mapping[str, int]
    rules: Mapping[str, Mapping[str, Mapping[str, int]]]


class Rate(NamedTuple):
    """Findings per 1,000 resources: all, and those at warning and above."""

    every: float
    loud: float


def is_counted(entry: Entry) -> bool:
    """Whether a rule can find anything where there is one side only."""
    return not entry.module or import_module(entry.module).SCOPE.name != "CHANGE"


def parts(corpus: Path) -> dict[str, Path]:
    """The parts of a corpus by name: the CRDs, and the protos of each project."""
    found = {CRDS: corpus / CRDS}
    found |= {f"{PROTOS}/{p.name}": p for p in sorted((corpus / PROTOS).iterdir()) if p.is_dir()}
    return found


def run(folder: Path, codes: Iterable[str]) -> Run:
    """What the rules of these codes find in a folder."""
    levels = levels_of(codes := tuple(codes))
    return lint(discover([str(folder)]), Settings({c: levels[c] for c in codes}))


def count(folder: Path, code: str) -> dict[str, int]:
    """How many findings of each severity a rule has in a folder, by the severity's word."""
    diagnostics = run(folder, [code]).diagnostics
    counted = Counter(d.severity for d in diagnostics if d.code == code)
    return {severity.word: counted[severity] for severity in sorted(counted, reverse=True)}


def load(path: Path = FIGURES) -> Figures:
    """The figures as they are committed."""
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Figures(facts["resources"], facts["rules"])


def rate(figures: Figures, code: str, kind: str) -> Rate | None:
    """What a rule finds in 1,000 resources of a kind, CRDs or protos; None if not counted."""
    row = figures.rules.get(code)
    if row is None:
        return None
    resources = sum(n for part, n in figures.resources.items() if part.startswith(kind))
    found: Counter[str] = Counter()
    for part, counted in row.items():
        if part.startswith(kind):
            found.update(counted)
    total = found.total()
    return Rate(1000 * total / resources, 1000 * (total - found[Severity.INFO.word]) / resources)


def text_of(figures: Figures) -> str:
    """The figures as JSON, a rule a line."""
    rows = [
        f"  {json.dumps(code)}: {json.dumps(figures.rules[code])}" for code in sorted(figures.rules)
    ]
    rules = ",\n".join(rows)
    return f'{{\n "resources": {json.dumps(figures.resources)},\n "rules": {{\n{rules}\n }}\n}}\n'


def _row(corpus: Path, code: str) -> dict[str, dict[str, int]]:
    counted = {name: count(folder, code) for name, folder in parts(corpus).items()}
    return {name: found for name, found in counted.items() if found}


def _rows(corpus: Path, codes: list[str]) -> Iterator[tuple[str, dict[str, dict[str, int]]]]:
    with ProcessPoolExecutor() as pool:
        yield from zip(codes, pool.map(_row, [corpus] * len(codes), codes), strict=True)


def main(arguments: list[str] | None = None) -> int:
    """Count, and write the figures; the result is the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, help="a folder with crds and protos")
    parser.add_argument("codes", nargs="*", metavar="CODE", help="rules to count; all without")
    options = parser.parse_args(arguments)
    if not all((options.corpus / name).is_dir() for name in (CRDS, PROTOS)):
        parser.error(f"{options.corpus} holds no folders {CRDS} and {PROTOS}")
    if complaint := registry.complaint(options.codes):
        parser.error(complaint)
    every = [entry.code for entry in registry.entries() if is_counted(entry)]
    wanted = frozenset().union(*map(registry.matching, options.codes)) or frozenset(every)
    old = load(FIGURES).rules if options.codes and FIGURES.exists() else {}
    new = dict(_rows(options.corpus, [code for code in every if code in wanted]))
    counted = {name: run(folder, ()).resources for name, folder in parts(options.corpus).items()}
    resources = {name: number for name, number in counted.items() if number}
    rules = {code: row for code, row in {**old, **new}.items() if code in every}
    FIGURES.write_text(text_of(Figures(resources, rules)), encoding="utf-8")
    print(f"counted {len(new)} rules in {sum(resources.values())} resources")
    return 0


if __name__ == "__main__":
    sys.exit(main())
