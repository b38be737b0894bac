"""One file: read, judged, checked. A pure function of its bytes and the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from specstat import readers
from specstat.engine.candidates import candidates
from specstat.engine.index import Nomination
from specstat.engine.stamp import fault, locate, stamp, stamp_problem
from specstat.judge.verdict import judge
from specstat.model.diagnostic import Diagnostic, Finding
from specstat.model.evidence import Test, Verdict
from specstat.model.resource import Field, Resource
from specstat.rules import registry
from specstat.rules.base import FieldContext, ResourceContext
from specstat.rules.registry import Entry
from specstat.rules.sighting import Sighting, can_confirm, sight


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every file of a run: the selected codes and the tests that may speak."""

    codes: frozenset[str] = field(default_factory=lambda: codes_of((), ()))
    tests: tuple[Test, ...] = tuple(Test)


class FileReport(NamedTuple):
    """What came of one file; `skipped` says why it was passed over.

    `nominations` are findings that another file may confirm, `sightings` the fields by which this
    one confirms those of others.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    resources: int = 0
    fields: int = 0
    skipped: str = ""
    nominations: tuple[Nomination, ...] = ()
    sightings: tuple[Sighting, ...] = ()


def codes_of(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The codes that are on; words are codes, names or starts of codes, known to the registry."""
    every = frozenset(entry.code for entry in registry.entries())
    chosen = frozenset().union(*map(registry.matching, select)) or every
    return chosen - frozenset().union(*map(registry.matching, ignore))


_Judged = dict[str, tuple[Field, Verdict]]


class _Found(NamedTuple):
    """What is gathered while a file is checked."""

    diagnostics: list[Diagnostic]
    nominations: list[Nomination]
    sightings: list[Sighting]


def check_file(path: str, data: bytes, settings: Settings) -> FileReport:
    """Everything that is wrong with one file, by its bytes."""
    reading = readers.read(path, data)
    found = _Found([], [], [])
    found.diagnostics.extend(
        diagnostic
        for diagnostic in (stamp_problem(reading.source, p) for p in reading.problems)
        if diagnostic.fatal or diagnostic.code in settings.codes
    )
    beyond = frozenset(registry.run_rules(settings.codes))
    fields = 0
    for resource in reading.resources:
        judged: _Judged = {}
        for f in candidates(resource):
            verdict = judge(f, tests=settings.tests, kind=resource.kind)
            judged[f.path] = f, verdict
            if beyond and can_confirm(resource, f, verdict):
                place = locate(resource.source_of(f), f.name_span)
                found.sightings.append(sight(resource, f, verdict, place))
        fields += len(judged)
        _check_fields(resource, judged, settings, beyond, found)
        siblings = tuple(
            r for r in reading.resources if r.kind == resource.kind and r.group == resource.group
        )
        found.diagnostics.extend(_check_resource(resource, siblings, settings))
    kinds = len({(r.group, r.kind) for r in reading.resources})
    return FileReport(
        tuple(told_once(found.diagnostics)),
        kinds,
        fields,
        reading.skipped,
        tuple(found.nominations),
        tuple(found.sightings),
    )


def _findings(
    entry: Entry,
    check: Callable[[], Iterator[Finding]],
    resource: Resource,
    on: Field | None,
) -> Iterator[tuple[Finding | None, Diagnostic]]:
    """A rule's findings, stamped; its fault becomes a diagnostic and the run goes on."""
    try:
        findings = tuple(check())
    except Exception as error:  # noqa: BLE001 - whatever a rule does, the other findings stand
        yield None, fault(entry, error, resource, on)
        return
    for finding in findings:
        if (diagnostic := stamp(entry, finding, resource, on)) is not None:
            yield finding, diagnostic


def _check_fields(
    resource: Resource,
    judged: _Judged,
    settings: Settings,
    beyond: frozenset[str],
    found: _Found,
) -> None:
    """Ask the rules about each field; what those `beyond` one resource say is kept for the run."""
    verdicts = {path: verdict for path, (_, verdict) in judged.items()}
    rules = tuple(registry.field_rules(settings.codes))
    for on, verdict in judged.values():
        context = FieldContext(resource, on, verdict, verdicts)
        for entry, rule in rules:
            findings = _findings(entry, lambda: rule.check(context), resource, on)  # noqa: B023 - called at once
            for finding, diagnostic in findings:
                if finding is None or finding.alone:
                    found.diagnostics.append(diagnostic)
                if finding is not None and entry.code in beyond:
                    own = sight(resource, on, verdict, diagnostic.location)
                    found.nominations.append(Nomination(diagnostic, own))


def _check_resource(
    resource: Resource, siblings: tuple[Resource, ...], settings: Settings
) -> Iterator[Diagnostic]:
    context = ResourceContext(resource, siblings)
    for entry, rule in registry.resource_rules(settings.codes):
        for _, diagnostic in _findings(entry, lambda: rule.check(context), resource, None):  # noqa: B023 - called at once
            yield diagnostic


def told_once(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """One diagnostic a field and place: the strongest first, the others named in it."""
    by_place: dict[tuple[str, ...], list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        by_place.setdefault(_place(diagnostic), []).append(diagnostic)
    for group in by_place.values():
        first, *others = sorted(group, key=lambda d: (-d.severity, d.code))
        codes = [*first.also, *(code for d in others for code in (d.code, *d.also))]
        also = tuple(code for code in dict.fromkeys(codes) if code != first.code)
        places = tuple(dict.fromkeys(place for d in (first, *others) for place in d.elsewhere))
        yield replace(first, also=also, elsewhere=places)


def _place(diagnostic: Diagnostic) -> tuple[str, ...]:
    """What a diagnostic is about; two resources may share the message that holds a field."""
    # What failed stands for itself and hides no finding.
    field = None if diagnostic.fatal else diagnostic.field
    path = field.path if field else diagnostic.code + diagnostic.message
    group, _, kind = diagnostic.resource or ("", "", "")
    where = diagnostic.location
    return where.file, str(where.line), str(where.column), group, kind, path
