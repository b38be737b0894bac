"""Count what each rule finds in real schemas, as facts for docs/rules.md.

    python tools/rule_figures.py CORPUS [CODE ...]

CORPUS is a folder with `crds` and `protos`; each folder below `protos` is a project. Every rule is
on, as loud as the recommended profile has it (one that is off there as in the strict one), and
counted for itself, also where its finding is told within another one. With codes, only their rows
are made anew. Rules that compare two sides find nothing in one and have no row. The same schemas
and rules give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from specstat import readers
from specstat.engine import index
from specstat.engine.check import levels_of
from specstat.engine.discover import discover
from specstat.engine.inspect import Inspection, check_fields, check_resource, judged
from specstat.engine.stamp import stamp_problem
from specstat.model.diagnostic import Diagnostic, ResourceRef, Severity
from specstat.model.evidence import Test
from specstat.model.reading import Reading
from specstat.rules import registry
from specstat.rules.catalogue import Entry

FIGURES = Path(__file__).resolve().parent.parent / "docs" / "rule-figures.json"
CRDS = "crds"
PROTOS = "protos"


class Figures(NamedTuple):
    """How many resources each part of the corpus holds, and what each rule finds in it.

    `rules` holds counts by code, part and severity; what is nothing is left out.
    """

    resources: Mapping[str, int]
    rules: Mapping[str, Mapping[str, Mapping[str, int]]]


class Part(NamedTuple):
    """A part of the corpus: its resources, and what each rule finds, by code and severity."""

    resources: int
    rules: Mapping[str, Mapping[str, int]]


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


def count(folder: Path, codes: Iterable[str]) -> Part:
    """What the rules of these codes find in a folder, each for itself."""
    levels = levels_of(codes := tuple(codes))
    inspection = Inspection({code: levels[code] for code in codes}, tuple(Test))
    paths = [found.path for found in discover([str(folder)])]
    neighbours = readers.Neighbours(linted=frozenset(paths))
    resources = 0
    around: set[tuple[str, str]] = set()
    for path in paths:
        data = Path(path).read_bytes()
        if readers.may_hold_resources(path, data):
            reading = readers.read(path, data, neighbours)
            _inspect(inspection, path, reading)
            resources += len({(r.group, r.kind) for r in reading.resources})
            around |= {(r.group, r.kind) for r in reading.around}
    beyond = registry.shipped().run_rules(inspection.codes)
    confirmed = index.confirmed(inspection.nominations, inspection.sightings, beyond)
    return Part(resources + len(around), _counted([*inspection.diagnostics, *confirmed], codes))


def _inspect(inspection: Inspection, path: str, reading: Reading) -> None:
    """Gather all findings of a file, as a run does before it tells those on one field once."""
    inspection.diagnostics += (
        stamp_problem(problem.source or reading.source, problem) for problem in reading.problems
    )
    for resource in reading.resources:
        every = judged(inspection, resource)
        kind = (resource.group, resource.kind)
        siblings = [r for r in reading.resources if (r.group, r.kind) == kind]
        check_fields(inspection, resource, every, every)
        check_resource(inspection, resource, siblings, every)
    for resource in reading.around:
        every = judged(inspection, resource)
        own = {p: j for p, j in every.items() if resource.source_of(j.field).path == path}
        check_fields(inspection, resource, every, own)
        check_resource(inspection, resource, (resource,), every, only_in=path)


def _counted(
    diagnostics: Iterable[Diagnostic], codes: tuple[str, ...]
) -> dict[str, dict[str, int]]:
    """How many findings of each severity each code has; copies of a finding count once."""
    loudest: dict[tuple[str, str, ResourceRef | None], Severity] = {}
    for d in diagnostics:
        key = (d.code, d.fingerprint, d.resource)
        loudest[key] = max(d.severity, loudest.get(key, d.severity))
    counted = Counter((code, severity) for (code, _, _), severity in loudest.items())
    return {
        code: {s.word: counted[code, s] for s in reversed(Severity) if counted[code, s]}
        for code in codes
    }


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


def main(arguments: list[str] | None = None) -> int:
    """Count, and write the figures; the result is the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, help="a folder with crds and protos")
    parser.add_argument("codes", nargs="*", metavar="CODE", help="rules to count; all without")
    options = parser.parse_args(arguments)
    if not all((options.corpus / name).is_dir() for name in (CRDS, PROTOS)):
        parser.error(f"{options.corpus} holds no folders {CRDS} and {PROTOS}")
    if complaint := registry.shipped().complaint(options.codes):
        parser.error(complaint)
    every = [entry.code for entry in registry.shipped().entries() if is_counted(entry)]
    wanted = frozenset().union(*map(registry.shipped().matching, options.codes)) or frozenset(every)
    codes = [code for code in every if code in wanted]
    found = {name: count(folder, codes) for name, folder in parts(options.corpus).items()}
    resources = {name: part.resources for name, part in found.items() if part.resources}
    old = load(FIGURES).rules if options.codes and FIGURES.exists() else {}
    new = {
        code: {name: part.rules[code] for name, part in found.items() if part.rules[code]}
        for code in codes
    }
    rules = {code: row for code, row in {**old, **new}.items() if code in every}
    FIGURES.write_text(text_of(Figures(resources, rules)), encoding="utf-8")
    print(f"counted {len(codes)} rules in {sum(resources.values())} resources")
    return 0


if __name__ == "__main__":
    sys.exit(main())
