"""A whole run: all files, one after the other, and what came of them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from specstat import readers
from specstat.engine import index, suppress
from specstat.engine.check import FileReport, Settings, check_file
from specstat.engine.configurations import Configurations
from specstat.engine.declare import Use
from specstat.engine.discover import Found
from specstat.engine.once import merge_copies, told_once
from specstat.engine.ruling import Ruling, excluded_by
from specstat.engine.stamp import stamp_problem
from specstat.model.diagnostic import Diagnostic, Severity
from specstat.model.reading import EXCLUDED, NO_RESOURCE, UNREADABLE, Problem
from specstat.model.source import Source
from specstat.readers import collector
from specstat.rules import registry
from specstat.rules.catalogue import Catalogue
from specstat.rules.sighting import Sighting


@dataclass(frozen=True, slots=True)
class Looked:
    """What a run looked at: files that it read, kinds in them, and kinds that it saw in part.

    Files are given by their paths, kinds by group and kind.
    """

    files: frozenset[str] = frozenset()
    kinds: frozenset[tuple[str, str]] = frozenset()
    partly: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """What a run looked at and what it found, in the order of every report.

    `skipped` counts files by the reason for which they were passed over; `paths` are those that
    were not. `catalogue` are the rules that existed for any file. `ignored` are findings that
    annotations ignore, `known` those that the settings know: each by itself, not told within
    another on the same field.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    files: int = 0
    resources: int = 0
    fields: int = 0
    seconds: float = 0.0
    skipped: dict[str, int] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    catalogue: Catalogue = field(default_factory=registry.shipped)
    ignored: tuple[Diagnostic, ...] = ()
    known: tuple[Diagnostic, ...] = ()
    looked: Looked = field(default_factory=Looked)


def lint(
    files: Iterable[Found],
    settings: Settings,
    stdin: bytes = b"",
    configurations: Configurations | None = None,
) -> Run:
    """Check files; `-` stands for standard input.

    Nothing of a file is kept but its findings and what confirms those of others. Each file is
    ruled by the configuration nearest to it, unless others are given; ConfigError where that
    cannot be used. A file is judged with the weights of the settings, else with those that its
    configuration names, else with the shipped ones.
    """
    start = time.perf_counter()
    ruling = Ruling(configurations or Configurations(), settings)
    uses: list[tuple[Use, Severity | None]] = []
    nominations: list[index.Nomination] = []
    sightings: list[Sighting] = []
    diagnostics: list[Diagnostic] = []
    skipped: dict[str, int] = {}
    around: set[tuple[str, str]] = set()
    count = resources = fields = 0
    reports: list[FileReport] = []
    paths: list[str] = []
    files = tuple(files)
    neighbours = readers.Neighbours(
        linted=frozenset(found.path for found in files),
        given={found.path: stdin for found in files if found.stdin},
        roots=ruling.configurations.roots_of,
    )
    for found in files:
        with collector.off():
            report = _one(found, stdin, ruling, neighbours)
        reports.append(report)
        diagnostics += report.diagnostics
        uses += ((use, ruling.of(found.path).settings.levels.get("SS005")) for use in report.uses)
        nominations += report.nominations
        sightings += report.sightings
        resources += report.resources
        fields += report.fields
        around |= report.around
        if report.skipped:
            skipped[report.skipped] = skipped.get(report.skipped, 0) + 1
        elif not found.error:
            count += 1
            paths.append(found.path)
    diagnostics += _unused(uses)
    catalogue = settings.catalogue.plus(ruling.configurations.further_rules())
    wanted = frozenset(nomination.diagnostic.code for nomination in nominations)
    diagnostics += index.confirmed(nominations, sightings, catalogue.run_rules(wanted))
    diagnostics += suppress.unused(use for report in reports for use in report.ignores)
    parted = suppress.part(diagnostics, settings.known)
    # Sorted first, so that of several copies always the same one is told.
    told = merge_copies(sorted(told_once(parted.told), key=lambda d: d.order))
    resources += len(around)
    return Run(
        diagnostics=tuple(told),
        files=count,
        resources=resources,
        fields=fields,
        seconds=time.perf_counter() - start,
        skipped=skipped,
        paths=tuple(paths),
        catalogue=catalogue,
        ignored=_each_once((*(d for r in reports for d in r.ignored), *parted.ignored)),
        known=_each_once((*(d for r in reports for d in r.known), *parted.known)),
        looked=_looked(zip(files, reports, strict=True)),
    )


def _each_once(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings without repetitions, in order: a rule may report one alone and confirmed, too."""
    found = {(d.fingerprint, d.location): d for d in diagnostics}
    return tuple(sorted(found.values(), key=lambda d: d.order))


def _looked(pairs: Iterable[tuple[Found, FileReport]]) -> Looked:
    files: set[str] = set()
    kinds: set[tuple[str, str]] = set()
    partly: set[tuple[str, str]] = set()
    for found, report in pairs:
        kinds |= report.kinds
        partly |= report.partly
        if not any(d.fatal for d in report.diagnostics) and report.skipped in {"", NO_RESOURCE}:
            files.add(found.path)
    return Looked(frozenset(files), frozenset(kinds - partly), frozenset(partly))


def _one(found: Found, stdin: bytes, ruling: Ruling, neighbours: readers.Neighbours) -> FileReport:
    problem = found.error
    data = b""
    if not problem:
        try:
            data = stdin if found.stdin else _read(found.path)
        except OSError as error:
            problem = f"cannot open it: {error.strerror}"
    if not (found.named or problem or readers.may_hold_resources(found.path, data)):
        return FileReport(skipped=NO_RESOURCE)
    if not found.named and excluded_by(ruling.configurations.of(found.path), found.path):
        return FileReport(skipped=EXCLUDED)
    if problem:
        source = Source(found.path, "")
        return FileReport((stamp_problem(source, Problem(UNREADABLE, problem)),))
    configuration, settings = ruling.of(found.path)
    return check_file(found.path, data, settings, configuration, neighbours)


def _unused(uses: Iterable[tuple[Use, Severity | None]]) -> Iterator[Diagnostic]:
    """Tell the entries of configurations that found no field in any file with their kind.

    It is a finding on the run, and the only one that a further file can take back: another
    version of the kind may have the field. It is as loud as the loudest of those files has it.
    """
    by_entry: dict[tuple[str, str], list[tuple[Use, Severity | None]]] = {}
    for use, level in uses:
        by_entry.setdefault((use.source.path, use.entry.key), []).append((use, level))
    for group in by_entry.values():
        loud = [level for _, level in group if level is not None]
        if loud and all(use.told for use, _ in group):
            source, entry, told = max((u for u, _ in group), key=lambda use: len(use.told))
            yield stamp_problem(source, Problem("SS005", told, entry.span), max(loud))


def _read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - the cheap way, for thousands of files
        return file.read()
