"""One file: read, judged, checked. A pure function of its bytes and the settings."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from specstat import readers
from specstat.engine import suppress
from specstat.engine.config import levels
from specstat.engine.config.nouns import NO_LAYER, NOTHING, Configuration, Layer
from specstat.engine.declare import Use, lay_over, purpose_of_sections
from specstat.engine.index import Nomination
from specstat.engine.inspect import (
    Inspection,
    check_change,
    check_fields,
    check_resource,
    judged,
)
from specstat.engine.once import told_once
from specstat.engine.past.before import NOTHING_BEFORE, Before
from specstat.engine.stamp import stamp_problem
from specstat.judge.weights import Weights
from specstat.model.diagnostic import Diagnostic, Severity
from specstat.model.evidence import Test
from specstat.model.reading import Reading
from specstat.model.resource import Resource
from specstat.readers import Neighbours
from specstat.rules import packs, profiles, registry
from specstat.rules.catalogue import Catalogue
from specstat.rules.sighting import Sighting

if TYPE_CHECKING:
    from specstat.immutability.terms import Terms


def levels_of(
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    profile: str = profiles.DEFAULT,
    catalogue: Catalogue | None = None,
) -> dict[str, Severity]:
    """The codes that are on without a configuration, each with its highest severity.

    Words are codes, names or starts of codes of the catalogue, by default of the shipped rules.
    Without `select` the codes of the profile are on, and those that no profile lists; a selected
    code that is not is as loud as the strict profile has it.
    """
    return levels.on(levels.levels([levels.asked(select, ignore, profile)], catalogue))


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a file: the codes that are on, and the tests that may speak.

    `levels` holds each code that is on with the highest severity that it may have; `options` what
    is set of the options of rules, by code. `weights` are what the judge weighs words with, None
    for the shipped ones; a run puts those in that a file's configuration names. `catalogue` are the
    rules that exist; a run adds those of the packs and plugins that a file's configuration names.
    `asked` is what the caller says of rules, which a run lays over what configurations say.
    `beyond` says whether the run compares fields of this file with those of others, whatever is on
    for it. `known` holds the fingerprints of findings that are not told (a baseline's);
    `require_reason` wants one behind every ignore. `policies` are those of immutability, of all
    kinds.
    """

    levels: Mapping[str, Severity] = field(default_factory=levels_of)
    tests: tuple[Test, ...] = tuple(Test)
    weights: Weights | None = None
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=registry.shipped)
    asked: Layer = NO_LAYER
    beyond: bool = False
    known: Container[str] = frozenset()
    require_reason: bool = False
    policies: tuple[Terms, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """The codes that are on."""
        return frozenset(self.levels)


def settings_for(
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    profile: str = "",
    weights: Weights | None = None,
) -> Settings:
    """The settings that a command line or a caller asks for.

    Words and profile must be known, as `registry` and `profiles` have them.
    """
    asked = levels.asked(select, ignore, profile)
    own = levels.on(levels.levels([asked]))
    beyond = bool(registry.shipped().run_rules(frozenset(own)))
    return Settings(own, weights=weights, asked=asked, beyond=beyond)


class FileReport(NamedTuple):
    """What came of one file; `skipped` says why it was passed over.

    `around` are group and kind of the resources of which the file holds a part only, `uses` the
    entries of the configuration that speak of the file's kinds, `nominations` findings that
    another file may confirm, `sightings` the fields by which this one confirms those of others.
    `ignored` are findings that annotations ignore, `known` those of the settings; `ignores` tells
    what became of each ignore, and `partly` are group and kind of resources that could not be
    looked at as a whole, `lost` those with a section that was not found. `changes` are what the
    rules with two sides find.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    resources: int = 0
    fields: int = 0
    skipped: str = ""
    around: frozenset[tuple[str, str]] = frozenset()
    uses: tuple[Use, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    ignored: tuple[Diagnostic, ...] = ()
    known: tuple[Diagnostic, ...] = ()
    ignores: tuple[suppress.IgnoreUse, ...] = ()
    kinds: frozenset[tuple[str, str]] = frozenset()
    partly: frozenset[tuple[str, str]] = frozenset()
    lost: frozenset[tuple[str, str]] = frozenset()
    changes: tuple[Diagnostic, ...] = ()


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
    return check_reading(readers.read(path, data, neighbours), settings, configuration)


def check_reading(
    reading: Reading,
    settings: Settings,
    configuration: Configuration = NOTHING,
    before: Before = NOTHING_BEFORE,
) -> FileReport:
    """Everything that is wrong with one file that was read; `before` is what it held."""
    path = reading.source.path
    reading, laid_problems, uses = lay_over(reading, configuration)
    inspection = Inspection(
        settings.levels,
        settings.tests,
        settings.weights,
        settings.options,
        settings.catalogue,
        settings.beyond,
        settings.policies,
    )
    inspection.diagnostics += (
        stamp_problem(problem.source or reading.source, problem, settings.levels.get(problem.code))
        for problem in (*reading.problems, *laid_problems, *purpose_of_sections(reading))
        if problem.code in settings.levels or packs.find(problem.code).fatal
    )
    siblings = _by_kind(reading.resources)
    fields = 0
    for resource in reading.resources:
        every = judged(inspection, resource)
        fields += len(every)
        check_fields(inspection, resource, every, every)
        check_resource(inspection, resource, siblings[resource.group, resource.kind], every)
    for resource in reading.around:
        every = judged(inspection, resource)
        own = {p: j for p, j in every.items() if resource.source_of(j.field).path == path}
        fields += len(own)
        check_fields(inspection, resource, every, own)
        check_resource(inspection, resource, (resource,), every, only_in=path)
    ignores = suppress.gather(reading, settings.catalogue)
    marked = [ignores.marked(d) for d in inspection.diagnostics]
    nominations = tuple(
        n._replace(diagnostic=ignores.marked(n.diagnostic)) for n in inspection.nominations
    )
    if settings.require_reason and suppress.NO_REASON in settings.levels:
        marked += ignores.without_reason(settings.levels[suppress.NO_REASON])
    parted = suppress.part(marked, settings.known)
    changes = check_changes(reading, settings, before)
    return FileReport(
        diagnostics=tuple(told_once(parted.told)),
        resources=len({(r.group, r.kind) for r in reading.resources}),
        fields=fields,
        skipped=reading.skipped,
        around=frozenset((r.group, r.kind) for r in reading.around),
        uses=uses,
        nominations=nominations,
        sightings=tuple(inspection.sightings),
        ignored=(*parted.ignored, *changes.ignored),
        known=(*parted.known, *changes.known),
        ignores=_uses(ignores, settings),
        kinds=frozenset((r.group, r.kind) for r in reading.resources),
        partly=_partly(reading),
        lost=_lost(reading),
        changes=changes.told,
    )


def check_changes(reading: Reading, settings: Settings, before: Before) -> suppress.Parted:
    """What the rules with two sides find; of resources around the file, on its own fields."""
    inspection = Inspection(
        settings.levels, settings.tests, options=settings.options, catalogue=settings.catalogue
    )
    path = reading.source.path
    own = len(reading.resources)
    told: list[Diagnostic] = []
    for number, resource in enumerate((*reading.resources, *reading.around)):
        if (old := before.of(resource)) is not None:
            check_change(inspection, old, resource)
            found, inspection.diagnostics = inspection.diagnostics, []
            told += (d for d in found if number < own or d.location.file == path)
    if not told:
        return suppress.part((), settings.known)
    ignores = suppress.gather(reading, settings.catalogue)
    return suppress.part([ignores.marked(d) for d in told], settings.known)


def _uses(ignores: suppress.Ignores, settings: Settings) -> tuple[suppress.IgnoreUse, ...]:
    """What became of the ignores, where that is to be told at all."""
    if suppress.UNUSED not in settings.levels:
        return ()
    return tuple(ignores.uses(settings.codes, settings.levels[suppress.UNUSED]))


def _partly(reading: Reading) -> frozenset[tuple[str, str]]:
    """Resources of which something stands elsewhere."""
    own = (r for r in reading.resources if r.facts.partial)
    return frozenset((r.group, r.kind) for r in (*own, *reading.around))


def _lost(reading: Reading) -> frozenset[tuple[str, str]]:
    """Resources that have a section whose message is in no file at hand."""
    # Halves that nothing contains are known in part as well; they are no fields of a message.
    own = (r for r in reading.resources if r.facts.partial and any(f.number for f in r.fields))
    return frozenset((r.group, r.kind) for r in own)


def _by_kind(
    resources: Iterable[Resource],
) -> Mapping[tuple[str, str], Sequence[Resource]]:
    """The versions of each kind that stand in one file, by group and kind."""
    found: dict[tuple[str, str], list[Resource]] = {}
    for resource in resources:
        found.setdefault((resource.group, resource.kind), []).append(resource)
    return found
