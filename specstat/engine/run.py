"""A whole run: all files, one after the other, and what came of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from specstat import readers
from specstat.engine import index, suppress
from specstat.engine.check import FileReport, Settings, check_reading
from specstat.engine.config.finding import Configurations
from specstat.engine.config.ruling import Ruling, excluded_by
from specstat.engine.declare import Use
from specstat.engine.discover import Found
from specstat.engine.once import merge_copies, told_once
from specstat.engine.past.before import NOTHING_BEFORE, Before
from specstat.engine.stamp import stamp_problem
from specstat.model.diagnostic import Diagnostic, Severity
from specstat.model.reading import EXCLUDED, NO_RESOURCE, UNREADABLE, Problem, Reading
from specstat.model.source import Source
from specstat.readers import collector
from specstat.rules import registry
from specstat.rules.catalogue import Catalogue
from specstat.rules.sighting import Sighting


@dataclass(frozen=True, slots=True)
class Looked:
    """What a run looked at: files that it read, kinds in them, and kinds that it saw in part.

    Files are given by their paths, with the codes that were on for each; kinds by group and kind.
    `lost` are kinds of which a section stands in a message that no file at hand has.
    """

    files: Mapping[str, Collection[str]] = field(default_factory=dict)
    kinds: frozenset[tuple[str, str]] = frozenset()
    partly: frozenset[tuple[str, str]] = frozenset()
    lost: frozenset[tuple[str, str]] = frozenset()


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
    ruling = Ruling(configurations or Configurations(), settings)
    files = tuple(files)
    neighbours = readers.Neighbours(
        linted=frozenset(found.path for found in files),
        given={found.path: stdin for found in files if found.stdin},
        roots=ruling.configurations.roots_of,
    )

    def report_on(found: Found) -> FileReport:
        reading = opened(found, neighbours, ruling.configurations)
        if isinstance(reading, FileReport):
            return reading
        return checked(found.path, reading, ruling)

    return gathered(files, report_on, ruling)


def gathered(
    files: Iterable[Found], report_on: Callable[[Found], FileReport], ruling: Ruling
) -> Run:
    """A run over files, whose reports are made one after the other and not kept."""
    start = time.perf_counter()
    uses: list[tuple[Use, Severity | None]] = []
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
    catalogue = ruling.base.catalogue.plus(ruling.configurations.further_rules())
    wanted = frozenset(nomination.diagnostic.code for nomination in nominations)
    diagnostics += index.confirmed(nominations, sightings, catalogue.run_rules(wanted))
    diagnostics += suppress.unused(use for report in reports for use in report.ignores)
    parted = suppress.part(diagnostics, ruling.base.known)
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
        looked=_looked(zip(files, reports, strict=True), ruling),
        changes=tuple(changes),
    )


def _each_once(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings without repetitions, in order: a rule may report one alone and confirmed, too."""
    found = {(d.fingerprint, d.location): d for d in diagnostics}
    return tuple(sorted(found.values(), key=lambda d: d.order))


def _looked(pairs: Iterable[tuple[Found, FileReport]], ruling: Ruling) -> Looked:
    files: dict[str, Collection[str]] = {}
    kinds: set[tuple[str, str]] = set()
    partly: set[tuple[str, str]] = set()
    lost: set[tuple[str, str]] = set()
    for found, report in pairs:
        lost |= report.lost
        kinds |= report.kinds
        partly |= report.partly
        if not any(d.fatal for d in report.diagnostics) and report.skipped in {"", NO_RESOURCE}:
            files[found.path] = ruling.of(found.path).settings.levels
    return Looked(files, frozenset(kinds - partly), frozenset(partly), frozenset(lost))


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Diagnostics as reports have them: each told once, in the order of their places."""
    # Sorted first, so that of several copies always the same one is told.
    return tuple(merge_copies(sorted(told_once(diagnostics), key=lambda d: d.order)))


def opened(
    found: Found, neighbours: readers.Neighbours, configurations: Configurations
) -> Reading | FileReport:
    """What a file holds, or the report on one that cannot be read or is passed over."""
    problem = found.error
    data = b""
    if not problem:
        try:
            given = neighbours.given.get(found.path)
            data = _read(found.path) if given is None else given
        except OSError as error:
            problem = f"cannot open it: {error.strerror}"
    if not (found.named or problem or readers.may_hold_resources(found.path, data)):
        return FileReport(skipped=NO_RESOURCE)
    if not found.named and excluded_by(configurations.of(found.path), found.path):
        return FileReport(skipped=EXCLUDED)
    if problem:
        source = Source(found.path, "")
        return FileReport((stamp_problem(source, Problem(UNREADABLE, problem)),))
    return readers.read(found.path, data, neighbours)


def checked(
    path: str, reading: Reading, ruling: Ruling, before: Before = NOTHING_BEFORE
) -> FileReport:
    """The report on a file by the configuration that rules a path; `before` is what it held."""
    configuration, settings = ruling.of(path)
    return check_reading(reading, settings, configuration, before)


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
