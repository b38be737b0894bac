"""One file: read, judged, checked. A pure function of its bytes and the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from specstat import readers
from specstat.engine.config import NOTHING, Configuration
from specstat.engine.declare import Use, lay_over, purpose_of_sections
from specstat.engine.index import Nomination
from specstat.engine.inspect import Inspection, check_fields, check_resource, judged
from specstat.engine.once import told_once
from specstat.engine.stamp import stamp_problem
from specstat.judge.weights import Weights
from specstat.model.diagnostic import Diagnostic
from specstat.model.evidence import Test
from specstat.model.resource import Resource
from specstat.readers import Neighbours
from specstat.rules import registry
from specstat.rules.sighting import Sighting


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every file of a run: the selected codes and the tests that may speak.

    `weights` are what the judge weighs words with, None for the shipped ones; a run puts those in
    that a file's configuration names.
    """

    codes: frozenset[str] = field(default_factory=lambda: codes_of((), ()))
    tests: tuple[Test, ...] = tuple(Test)
    weights: Weights | None = None


class FileReport(NamedTuple):
    """What came of one file; `skipped` says why it was passed over.

    `around` are group and kind of the resources of which the file holds a part only, `uses` the
    entries of the configuration that speak of the file's kinds, `nominations` findings that
    another file may confirm, `sightings` the fields by which this one confirms those of others.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    resources: int = 0
    fields: int = 0
    skipped: str = ""
    around: frozenset[tuple[str, str]] = frozenset()
    uses: tuple[Use, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    sightings: tuple[Sighting, ...] = ()


def codes_of(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The codes that are on; words are codes, names or starts of codes, known to the registry."""
    every = frozenset(entry.code for entry in registry.entries())
    chosen = frozenset().union(*map(registry.matching, select)) or every
    return chosen - frozenset().union(*map(registry.matching, ignore))


def check_file(
    path: str,
    data: bytes,
    settings: Settings,
    configuration: Configuration = NOTHING,
    neighbours: Neighbours | None = None,
) -> FileReport:
    """Everything that is wrong with one file, by its bytes and what rules it.

    `neighbours` are the files that the types of a proto are in.
    """
    reading, laid_problems, uses = lay_over(readers.read(path, data, neighbours), configuration)
    inspection = Inspection(settings.codes, settings.tests, settings.weights)
    inspection.diagnostics += (
        diagnostic
        for diagnostic in (
            stamp_problem(problem.source or reading.source, problem)
            for problem in (*reading.problems, *laid_problems, *purpose_of_sections(reading))
        )
        if diagnostic.fatal or diagnostic.code in settings.codes
    )
    siblings = _by_kind(reading.resources)
    fields = 0
    for resource in reading.resources:
        every = judged(inspection, resource)
        fields += len(every)
        check_fields(inspection, resource, every, every)
        check_resource(inspection, resource, siblings[resource.group, resource.kind])
    for resource in reading.around:
        every = judged(inspection, resource)
        own = {p: j for p, j in every.items() if resource.source_of(j.field).path == path}
        fields += len(own)
        check_fields(inspection, resource, every, own)
    return FileReport(
        diagnostics=tuple(told_once(inspection.diagnostics)),
        resources=len({(r.group, r.kind) for r in reading.resources}),
        fields=fields,
        skipped=reading.skipped,
        around=frozenset((r.group, r.kind) for r in reading.around),
        uses=uses,
        nominations=tuple(inspection.nominations),
        sightings=tuple(inspection.sightings),
    )


def _by_kind(
    resources: Iterable[Resource],
) -> Mapping[tuple[str, str], Sequence[Resource]]:
    """The versions of each kind that stand in one file, by group and kind."""
    found: dict[tuple[str, str], list[Resource]] = {}
    for resource in resources:
        found.setdefault((resource.group, resource.kind), []).append(resource)
    return found
