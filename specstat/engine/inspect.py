"""One resource: judged, checked by the rules, and remembered for those that look beyond it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from specstat.engine.candidates import candidates
from specstat.engine.index import Nomination
from specstat.engine.stamp import fault, locate, stamp, stamp_problem
from specstat.judge import neighbours, scales
from specstat.judge.around import Neighbour, around
from specstat.judge.verdict import judge
from specstat.judge.weights import Weights
from specstat.judge.words import plain
from specstat.model.diagnostic import Diagnostic, Finding, Severity
from specstat.model.evidence import Test, Verdict
from specstat.model.reading import Problem
from specstat.model.resource import Field, Resource, Section
from specstat.rules import changes, registry
from specstat.rules.base import NO_OPTIONS, ChangeContext, FieldContext, ResourceContext
from specstat.rules.catalogue import Catalogue, Entry
from specstat.rules.sighting import Sighting, can_confirm, sight

if TYPE_CHECKING:
    from specstat.immutability.terms import Terms


class JudgedField(NamedTuple):
    """A field with the verdict beside its neighbours, and the one by its own facts `alone`."""

    field: Field
    verdict: Verdict
    alone: Verdict


Judged = Mapping[str, JudgedField]
_PLAIN = 0.5  # from here on a field stands where it belongs


@dataclass(slots=True)
class Inspection:
    """What is gathered while the resources of a file are checked.

    With `beyond` the fields are remembered that may confirm findings in other files.
    """

    levels: Mapping[str, Severity]
    tests: tuple[Test, ...]
    weights: Weights | None = None
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=registry.shipped)
    beyond: bool = False
    policies: tuple[Terms, ...] = ()
    diagnostics: list[Diagnostic] = field(default_factory=list)
    nominations: list[Nomination] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)

    @property
    def codes(self) -> frozenset[str]:
        """The codes that are on."""
        return frozenset(self.levels)


def judged(inspection: Inspection, resource: Resource) -> Judged:
    """The fields of a resource that are judged at all, by path, with their verdicts.

    Fields directly in spec and status are judged beside their neighbours.
    """
    tests, by = inspection.tests, scales.of(inspection.weights)
    alone = [(f, judge(f, tests=tests, by=by, kind=resource.kind)) for f in candidates(resource)]
    beside = beside_neighbours(alone) if Test.PURPOSE in tests else {}
    return {f.path: JudgedField(f, beside.get(f.path, v), v) for f, v in alone}


def beside_neighbours(alone: Iterable[tuple[Field, Verdict]]) -> Mapping[str, Verdict]:
    """Verdicts on fields directly in spec and status with what their neighbours add, by path.

    What stands in both sections is settled by that, and what is below a field serves that field.
    Neighbours turn no verdict, so a field that stands where it belongs need not ask them.
    """
    top = [(f, v) for f, v in alone if f.depth == 1]
    doubted = [(f, v) for f, v in top if v.probabilities[f.section] < _PLAIN]
    if not doubted:
        return {}
    of = around(
        *(
            [Neighbour(f, neighbours.log_odds_of(v)) for f, v in top if f.section is section]
            for section in (Section.SPEC, Section.STATUS)
        )
    )
    if of is None:
        return {}
    weights = neighbours.shipped()
    return {
        f.path: neighbours.beside(v, f, of, weights)
        for f, v in doubted
        if plain(f.name) not in of.both
    }


def check_fields(
    inspection: Inspection, resource: Resource, every: Judged, checked: Judged
) -> None:
    """Ask the rules about some of the judged fields; all of them are their surroundings.

    What rules say that look beyond one resource is kept until the end of the run.
    """
    verdicts = {path: judged.verdict for path, judged in every.items()}
    rules = [
        (entry, rule, _options(inspection, entry, rule))
        for entry, rule in inspection.catalogue.field_rules(inspection.codes)
    ]
    beyond = frozenset(inspection.catalogue.run_rules(inspection.codes))
    for on, verdict, alone in checked.values():
        if (beyond or inspection.beyond) and can_confirm(resource, on, alone):
            place = locate(resource.source_of(on), on.name_span)
            inspection.sightings.append(sight(resource, on, alone, place))
        if on.declared.echo_of and "SS005" in inspection.codes:
            inspection.diagnostics += _echo_of_nothing(resource, on)
        for entry, rule, options in rules:
            context = FieldContext(resource, on, verdict, verdicts, alone, options)
            level = inspection.levels[entry.code]
            findings = _findings(entry, lambda: rule.check(context), resource, on, level)  # noqa: B023 - called at once
            for finding, diagnostic in findings:
                if finding is None or finding.alone:
                    inspection.diagnostics.append(diagnostic)
                if finding is not None and entry.code in beyond:
                    own = sight(resource, on, alone, diagnostic.location)
                    inspection.nominations.append(Nomination(diagnostic, own, level))


def _echo_of_nothing(resource: Resource, on: Field) -> Iterator[Diagnostic]:
    """Tell a field that is declared to echo one that the resource does not have."""
    wanted = on.declared.echo_of
    paths = dict.fromkeys(f.path for root in resource.fields for f in root.walk())
    if wanted in paths or resource.facts.partial:
        return
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    close = get_close_matches(wanted, paths, 1, 0.6)
    hint = f"; did you mean {close[0]}?" if close else ""
    message = f"{on.path}: echo-of={wanted} names no field of {resource.kind}{hint}"
    yield stamp_problem(resource.source_of(on), Problem("SS005", message, on.name_span))


def check_resource(
    inspection: Inspection,
    resource: Resource,
    siblings: Sequence[Resource],
    every: Judged,
    *,
    only_in: str = "",
) -> None:
    """Ask the rules about a resource as a whole; `siblings` are its versions, itself included.

    Of a resource that stands in another file than `only_in`, what is said of its fields in that
    file is told; the rest belongs to the other.
    """
    verdicts = {path: judged.verdict for path, judged in every.items()}
    kind, group = resource.kind, resource.group
    policies = [t for t in inspection.policies if t.kind == kind and t.group in {"", group}]
    for entry, rule in inspection.catalogue.resource_rules(inspection.codes):
        options = _options(inspection, entry, rule)
        context = ResourceContext(resource, siblings, verdicts, options, policies)
        level = inspection.levels[entry.code]
        found = _findings(entry, lambda: rule.check(context), resource, None, level)  # noqa: B023 - called at once
        inspection.diagnostics += (
            diagnostic
            for finding, diagnostic in found
            if not only_in or (finding and finding.on and diagnostic.location.file == only_in)
        )


def check_change(inspection: Inspection, old: Resource, new: Resource) -> None:
    """Ask the rules about what became of one version of a kind."""
    outline = changes.outline(old, new)
    for entry, rule in inspection.catalogue.change_rules(inspection.codes):
        context = ChangeContext(old, new, outline, _options(inspection, entry, rule))
        level = inspection.levels[entry.code]
        found = _findings(entry, lambda: rule.check(context), new, None, level)  # noqa: B023 - called at once
        inspection.diagnostics += (diagnostic for _, diagnostic in found)


def _options(inspection: Inspection, entry: Entry, rule: object) -> Mapping[str, Any]:
    """The options of a rule: its defaults, and what is set of them."""
    defaults: Mapping[str, Any] = getattr(rule, "OPTIONS", NO_OPTIONS)
    given = inspection.options.get(entry.code)
    return {**defaults, **given} if given else defaults


def _findings(
    entry: Entry,
    check: Callable[[], Iterator[Finding]],
    resource: Resource,
    on: Field | None,
    level: Severity,
) -> Iterator[tuple[Finding | None, Diagnostic]]:
    """A rule's findings, stamped; its fault becomes a diagnostic and the run goes on."""
    try:
        stamped = [(f, stamp(entry, f, resource, on, level)) for f in check()]
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a rule does, the other findings stand
        yield None, fault(entry, error, resource, on)
        return
    yield from ((finding, told) for finding, told in stamped if told is not None)
