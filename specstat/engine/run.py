"""A whole run: all files, one after the other, and what came of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from specstat import readers
from specstat.engine import index, suppress
from specstat.engine.before import NOTHING_BEFORE, Before
from specstat.engine.check import FileReport, Settings, check_reading, with_catalogue
from specstat.engine.configurations import Configurations
from specstat.engine.declare import Use
from specstat.engine.discover import Found
from specstat.engine.once import merge_copies, told_once
from specstat.engine.stamp import stamp_problem
from specstat.model.diagnostic import Diagnostic, Severity
from specstat.model.reading import NO_RESOURCE, UNREADABLE, Problem, Reading
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
    another on the same field. `changes` are what the rules with two sides found; they are not
    among the other diagnostics.
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
    changes: tuple[Diagnostic, ...] = ()


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
    configurations = configurations or Configurations()
    files = tuple(files)
    neighbours = readers.Neighbours(
        linted=frozenset(found.path for found in files),
        given={found.path: stdin for found in files if found.stdin},
    )

    def report_on(found: Found) -> FileReport:
        reading = opened(found, neighbours)
        if isinstance(reading, FileReport):
            return reading
        return checked(found.path, reading, settings, configurations)

    return gathered(files, report_on, settings, configurations)


def gathered(
    files: Iterable[Found],
    report_on: Callable[[Found], FileReport],
    settings: Settings,
    configurations: Configurations,
) -> Run:
    """A run over files, whose reports are made one after the other and not kept."""
    start = time.perf_counter()
    uses: list[Use] = []
    nominations: list[index.Nomination] = []
    sightings: list[Sighting] = []
    diagnostics: list[Diagnostic] = []
    changes: list[Diagnostic] = []
    skipped: dict[str, int] = {}
    around: set[tuple[str, str]] = set()
    count = resources = fields = 0
    reports: list[FileReport] = []
    paths: list[str] = []
    files = tuple(files)
    for found in files:
        with collector.off():
            report = report_on(found)
        reports.append(report)
        diagnostics += report.diagnostics
        changes += report.changes
        uses += report.uses
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
    if "SS005" in settings.levels:
        diagnostics += _unused(uses, settings.levels["SS005"])
    catalogue = settings.catalogue.plus(configurations.further_rules())
    wanted = frozenset(nomination.diagnostic.code for nomination in nominations)
    diagnostics += index.confirmed(nominations, sightings, catalogue.run_rules(wanted))
    diagnostics += suppress.unused(use for report in reports for use in report.ignores)
    parted = suppress.part(diagnostics, settings.known)
    return Run(
        diagnostics=in_order(parted.told),
        files=count,
        resources=resources + len(around),
        fields=fields,
        seconds=time.perf_counter() - start,
        skipped=skipped,
        paths=tuple(paths),
        catalogue=catalogue,
        ignored=_each_once((*(d for r in reports for d in r.ignored), *parted.ignored)),
        known=_each_once((*(d for r in reports for d in r.known), *parted.known)),
        looked=_looked(zip(files, reports, strict=True)),
        changes=tuple(changes),
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


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Diagnostics as reports have them: each told once, in the order of their places."""
    # Sorted first, so that of several copies always the same one is told.
    return tuple(merge_copies(sorted(told_once(diagnostics), key=lambda d: d.order)))


def opened(found: Found, neighbours: readers.Neighbours) -> Reading | FileReport:
    """What a file holds, or the report on one that cannot be read or is passed over."""
    problem = found.error
    if not problem:
        try:
            data = neighbours.given.get(found.path)
            if data is None:
                data = _read(found.path)
        except OSError as error:
            problem = f"cannot open it: {error.strerror}"
        else:
            if not found.named and not readers.may_hold_resources(found.path, data):
                return FileReport(skipped=NO_RESOURCE)
            return readers.read(found.path, data, neighbours)
    source = Source(found.path, "")
    return FileReport((stamp_problem(source, Problem(UNREADABLE, problem)),))


def checked(
    path: str,
    reading: Reading,
    settings: Settings,
    configurations: Configurations,
    before: Before = NOTHING_BEFORE,
) -> FileReport:
    """The report on a file by the configuration that rules a path; `before` is what it held."""
    ruling = configurations.of(path)
    if settings.weights is None:
        settings = replace(settings, weights=configurations.weights_of(ruling))
    settings = with_catalogue(settings, configurations.catalogue_of(ruling))
    return check_reading(reading, settings, ruling, before)


def _unused(uses: Iterable[Use], level: Severity) -> Iterable[Diagnostic]:
    """Tell the entries of configurations that found no field in any file with their kind.

    It is a finding on the run, and the only one that a further file can take back: another
    version of the kind may have the field.
    """
    by_entry: dict[tuple[str, int], list[Use]] = {}
    for use in uses:
        by_entry.setdefault((use.source.path, use.entry.span.start), []).append(use)
    for group in by_entry.values():
        if all(use.told for use in group):
            source, entry, told = max(group, key=lambda use: len(use.told))  # with a suggestion
            yield stamp_problem(source, Problem("SS005", told, entry.span), level)


def _read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - the cheap way, for thousands of files
        return file.read()
