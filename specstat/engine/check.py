"""One file: read, judged, checked. A pure function of its bytes and the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from specstat import readers
from specstat.engine.candidates import candidates
from specstat.engine.stamp import fault, stamp, stamp_problem
from specstat.judge.verdict import judge
from specstat.model.diagnostic import Diagnostic, Finding
from specstat.model.evidence import Test, Verdict
from specstat.model.resource import Field, Resource
from specstat.readers import Neighbours
from specstat.rules import registry
from specstat.rules.base import FieldContext, ResourceContext
from specstat.rules.registry import Entry


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every file of a run: the selected codes and the tests that may speak."""

    codes: frozenset[str] = field(default_factory=lambda: codes_of((), ()))
    tests: tuple[Test, ...] = tuple(Test)


class FileReport(NamedTuple):
    """What came of one file; `skipped` says why it was passed over.

    `around` are group and kind of the resources of which the file holds a part only.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    resources: int = 0
    fields: int = 0
    skipped: str = ""
    around: frozenset[tuple[str, str]] = frozenset()


def codes_of(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The codes that are on; words are codes, names or starts of codes, known to the registry."""
    every = frozenset(entry.code for entry in registry.entries())
    chosen = frozenset().union(*map(registry.matching, select)) or every
    return chosen - frozenset().union(*map(registry.matching, ignore))


def check_file(
    path: str, data: bytes, settings: Settings, neighbours: Neighbours | None = None
) -> FileReport:
    """Everything that is wrong with one file, by its bytes and the files that its types are in."""
    reading = readers.read(path, data, neighbours)
    diagnostics = [
        diagnostic
        for diagnostic in (stamp_problem(reading.source, p) for p in reading.problems)
        if diagnostic.fatal or diagnostic.code in settings.codes
    ]
    fields = 0
    for resource in reading.resources:
        verdicts = _judged(resource, settings)
        fields += len(verdicts)
        diagnostics += _check_fields(resource, verdicts, settings, verdicts)
        siblings = tuple(
            r for r in reading.resources if r.kind == resource.kind and r.group == resource.group
        )
        diagnostics += _check_resource(resource, siblings, settings)
    for resource in reading.around:
        verdicts = _judged(resource, settings)
        own = {p: (f, v) for p, (f, v) in verdicts.items() if resource.source_of(f).path == path}
        fields += len(own)
        diagnostics += _check_fields(resource, verdicts, settings, own)
    return FileReport(
        diagnostics=tuple(_told_once(diagnostics)),
        resources=len({(r.group, r.kind) for r in reading.resources}),
        fields=fields,
        skipped=reading.skipped,
        around=frozenset((r.group, r.kind) for r in reading.around),
    )


_Judged = dict[str, tuple[Field, Verdict]]


def _judged(resource: Resource, settings: Settings) -> _Judged:
    return {
        f.path: (f, judge(f, tests=settings.tests, kind=resource.kind))
        for f in candidates(resource)
    }


def _findings(
    entry: Entry,
    check: Callable[[], Iterator[Finding]],
    resource: Resource,
    on: Field | None,
) -> Iterator[Diagnostic]:
    """A rule's findings, stamped; its fault becomes a diagnostic and the run goes on."""
    try:
        findings = tuple(check())
    except Exception as error:  # noqa: BLE001 - whatever a rule does, the other findings stand
        yield fault(entry, error, resource, on)
        return
    for finding in findings:
        if (diagnostic := stamp(entry, finding, resource, on)) is not None:
            yield diagnostic


def _check_fields(
    resource: Resource, judged: _Judged, settings: Settings, checked: _Judged
) -> Iterator[Diagnostic]:
    """What the rules find on some of the judged fields; all of them are their surroundings."""
    verdicts = {path: verdict for path, (_, verdict) in judged.items()}
    rules = tuple(registry.field_rules(settings.codes))
    for on, verdict in checked.values():
        context = FieldContext(resource, on, verdict, verdicts)
        for entry, rule in rules:
            yield from _findings(entry, lambda: rule.check(context), resource, on)  # noqa: B023 - called at once


def _check_resource(
    resource: Resource, siblings: tuple[Resource, ...], settings: Settings
) -> Iterator[Diagnostic]:
    context = ResourceContext(resource, siblings)
    for entry, rule in registry.resource_rules(settings.codes):
        yield from _findings(entry, lambda: rule.check(context), resource, None)  # noqa: B023 - called at once


def _told_once(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """One diagnostic a field and place: the strongest first, the others named in it."""
    by_place: dict[tuple[int, int, str], list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        # What failed stands for itself and hides no finding.
        field = None if diagnostic.fatal else diagnostic.field
        path = field.path if field else diagnostic.code + diagnostic.message
        place = (diagnostic.location.line, diagnostic.location.column, path)
        by_place.setdefault(place, []).append(diagnostic)
    for group in by_place.values():
        first, *others = sorted(group, key=lambda d: (-d.severity, d.code))
        yield replace(first, also=tuple(dict.fromkeys(d.code for d in others)))
