"""Lays what the configuration declares over what a file declares itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from specstat.engine.config.nouns import Configuration, Entry
from specstat.model.directives import CRD_ANNOTATION, MARK, Directive
from specstat.model.ignoring import Ignore
from specstat.model.reading import UNREADABLE, Problem, Reading
from specstat.model.resource import Field, Resource, Section
from specstat.model.source import Source
from specstat.readers.annotated import Said, settle

# So many entries of a file that find no field are told with the nearest one; looking for it takes
# a while.
_HINTS = 20


class Use(NamedTuple):
    """What became of an entry in a file that has its kind; `told` says why it found no field."""

    source: Source
    entry: Entry
    told: str = ""


class Laid(NamedTuple):
    """A reading with the configuration laid over it, the problems that came of it, the uses."""

    reading: Reading
    problems: tuple[Problem, ...] = ()
    uses: tuple[Use, ...] = ()


@dataclass(slots=True)
class _Job:
    """What laying over one resource needs at hand, and what it collects on the way.

    `paths` are those of the entries in order, so that what is below a field stands behind it.
    """

    resource: Resource
    configuration: Configuration
    wanted: Mapping[str, list[Entry]]
    paths: Sequence[str]
    bound: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def lay_over(reading: Reading, configuration: Configuration) -> Laid:
    """The reading with all that a configuration says of its fields, at whatever depth.

    Of resources around a file, only what is wrong with the fields of the file itself is told.
    """
    every = (*reading.resources, *reading.around)
    if not configuration.entries or not every:
        return Laid(reading)
    resources: list[Resource] = []
    problems: list[Problem] = []
    bound: dict[Entry, bool] = {}
    for number, resource in enumerate(every):
        entries = configuration.of_kind(resource.group, resource.kind)
        if not entries:
            resources.append(resource)
            continue
        wanted: dict[str, list[Entry]] = {}
        for entry in entries:
            wanted.setdefault(entry.path, []).append(entry)
        job = _Job(resource, configuration, wanted, sorted(wanted))
        fields = tuple([_laid(job, f) for f in resource.fields])
        whole = _ignores(job, "")
        resources.append(replace(resource, fields=fields, ignores=(*resource.ignores, *whole)))
        is_own = number < len(reading.resources)
        problems += (p for p in job.problems if is_own or p.source == reading.source)
        for entry in entries:
            bound[entry] = bound.get(entry, False) or entry.path in job.bound
    # What was lost or stands elsewhere may hold the field.
    partly = any(r.facts.partial for r in every) or any(
        p.code == UNREADABLE for p in reading.problems
    )
    missed = [] if partly else [entry for entry, found in bound.items() if not found]
    uses = (
        *(Use(entry.place.source, entry) for entry, found in bound.items() if found),
        *(Use(e.place.source, e, _no_field(e, every)) for e in missed[:_HINTS]),
        *(Use(e.place.source, e, _no_field(e, ())) for e in missed[_HINTS:]),
    )
    own = len(reading.resources)
    laid = replace(reading, resources=tuple(resources[:own]), around=tuple(resources[own:]))
    return Laid(laid, tuple(problems), uses)


def _laid(job: _Job, field: Field) -> Field:
    """A field with everything declared of it and below it; one frame a level, as in readers."""
    if _is_below(job, field.path):
        children = tuple([_laid(job, child) for child in field.children])
        field = replace(field, children=children)
    entries = job.wanted.get(field.path)
    if not entries:
        return field
    source = job.resource.source_of(field)
    place = field.name_span
    own = Said(Directive(field.declared), place, place_of_own(source, field))
    others = (Said(e.directive, place, job.configuration.where(e)) for e in entries)
    declared, problems = settle(field.path, (own, *others))
    job.problems += [problem._replace(source=source) for problem in problems]
    return replace(field, declared=declared, ignores=(*field.ignores, *_ignores(job, field.path)))


def _is_below(job: _Job, path: str) -> bool:
    """Whether an entry may speak of something below a field."""
    behind = bisect_right(job.paths, path)
    return behind < len(job.paths) and job.paths[behind].startswith(path)


def _ignores(job: _Job, path: str) -> Iterator[Ignore]:
    """What the configuration ignores on a field; the resource as a whole has no path."""
    entries = job.wanted.get(path, ())
    job.bound.update(path for _ in entries)
    for entry in entries:
        for said in entry.directive.ignores:
            yield Ignore(said, entry.place.source, entry.span)


def purpose_of_sections(reading: Reading) -> Iterator[Problem]:
    """Purposes declared of a whole section: of its fields, which are judged, they say nothing."""
    for resource in reading.resources:
        for root in () if resource.facts.flat else resource.fields:
            if root.section in {Section.SPEC, Section.STATUS} and root.declared.purpose:
                message = (
                    f"purpose= on {root.path} as a whole says nothing of the fields in it; "
                    "annotate these"
                )
                source = resource.source_of(root)
                yield Problem("SS005", message, root.name_span, source)


def place_of_own(source: Source, field: Field) -> str:
    """Where a file's own annotation of a field stands, for people; else where the field does."""
    line = source.position(field.name_span.start).line
    described = field.description_span
    at = source.text.find(MARK, described.start, described.end)
    if at >= 0:
        return f"line {source.position(at).line}"
    for above in range(line, 0, -1):
        text = source.line(above).lstrip()
        if MARK in text:
            return f"line {above}"
        if above < line and not text.startswith(("#", "//", "/*", "*")):
            break
    if CRD_ANNOTATION in source.text:
        return f"the annotation {CRD_ANNOTATION}"
    return f"line {line}"


def _no_field(entry: Entry, resources: Iterable[Resource]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    kinds = [r for r in resources if r.kind == entry.kind and entry.group in {"", r.group}]
    paths = {field.path: None for r in kinds for root in r.fields for field in root.walk()}
    close = get_close_matches(entry.path, paths, 1, 0.6)
    hint = f"; did you mean {close[0]}?" if close else ""
    return f"{entry.key} names no field of {entry.kind}{hint}"
