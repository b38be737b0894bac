"""`specstat where`: one field, one answer."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from specstat.cli.errors import UsageError
from specstat.cli.weights import named, of_no_file
from specstat.engine.config.finding import Configurations
from specstat.engine.declare import lay_over
from specstat.engine.stamp import locate
from specstat.judge import precedents, scales
from specstat.judge.verdict import judge
from specstat.judge.weights import Weights
from specstat.model.directives import in_description, without_directives
from specstat.model.evidence import Verdict
from specstat.model.reading import NO_MESSAGE, UNREADABLE, Reading
from specstat.model.resource import Field, Resource
from specstat.model.types import openapi
from specstat.readers import no_roots
from specstat.readers.settings.places import ConfigError
from specstat.reporters.layout import Line, paint, wants_color
from specstat.reporters.verdict_json import verdict_object
from specstat.reporters.verdict_text import report


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: a field by its facts, or by its place in a file."""

    field: str
    type: str = ""
    description: str = ""
    kind: str = ""
    in_file: str = ""
    ask: bool = False
    config: str = ""
    weights: str | None = None
    trust: bool = False


@dataclass(frozen=True, slots=True)
class _Subject:
    """A field to answer for: what to call it, its kind, and where it stands now, if anywhere.

    `weights` are what it is judged with, None for the shipped ones.
    """

    name: str
    field: Field
    kind: str
    weights: Weights | None
    stands: str = ""


def execute(query: Query, *, as_json: bool, compact: bool, no_color: bool) -> int:
    """Answer and return the exit code."""
    subjects = list(_from_file(query) if query.in_file else _from_options(query))
    answers = [(subject, _judge(subject, query)) for subject in subjects]
    if as_json:
        documents = [
            verdict_object(
                subject.name,
                verdict,
                described=bool(subject.field.description),
                precedents=precedents.of(subject.field, verdict, kind=subject.kind),
            )
            for subject, verdict in answers
        ]
        if compact:
            sys.stdout.writelines(json.dumps(document) + "\n" for document in documents)
        else:  # one document: an object, or a list where several kinds have the field
            whole = documents[0] if len(documents) == 1 else documents
            sys.stdout.write(json.dumps(whole, indent=2) + "\n")
        return 0
    lines: list[Line] = []
    for number, (subject, verdict) in enumerate(answers):
        lines += [()] if number else []
        lines += report(
            subject.name,
            verdict,
            described=bool(subject.field.description),
            stands=subject.stands,
            precedents=precedents.of(subject.field, verdict, kind=subject.kind),
        )
    paint(lines, sys.stdout, color=wants_color(sys.stdout, no_color=no_color))
    return 0


def _judge(subject: _Subject, query: Query) -> Verdict:
    if not query.ask:
        return judge(subject.field, by=scales.of(subject.weights), kind=subject.kind)
    from specstat.cli.ask import ask

    return ask(subject.name, subject.field, subject.kind, subject.weights)


def _from_options(query: Query) -> Iterator[_Subject]:
    name = query.field.rpartition(".")[2]
    subject = f"{query.kind}.{query.field}" if query.kind else query.field
    weights = of_no_file(query.weights, query.config)
    yield _Subject(subject, _told(Field(name=name), query), query.kind, weights)


def _told(field: Field, query: Query) -> Field:
    """The field with what the command line says of it, its annotation included."""
    directive = in_description(query.description)
    if directive and directive.errors:
        raise UsageError(directive.errors[0])
    type_, format_ = openapi(query.type) if query.type else (field.type, field.format)
    return replace(
        field,
        type=type_,
        format=format_,
        description=without_directives(query.description) or field.description,
        declared=directive.declared if directive else field.declared,
    )


def _from_file(query: Query) -> Iterator[_Subject]:
    configurations = Configurations(query.config, trust=query.trust)
    reading = read_file(query.in_file, configurations.roots_of)
    weights = named(query.weights)
    try:
        configuration = configurations.of(reading.source.path)
        if weights is None:
            weights = configurations.weights_of(configuration)
    except ConfigError as error:
        raise UsageError(str(error)) from None
    for resource, field in _found(query, lay_over(reading, configuration).reading):
        source = resource.source_of(field)
        line = locate(source, field.name_span).line
        place = f"{source.path}:{line}" if line else source.path
        yield _Subject(
            f"{resource.kind}.{field.path}",
            _told(field, query),
            resource.kind,
            weights,
            f"stands in {field.section}: {place}",
        )


def read_file(path: str, roots: Callable[[str], Sequence[str]] = no_roots) -> Reading:
    """What a file or standard input (`-`) holds; refused only where nothing of it can be read.

    `roots` says at which folders the imports of a folder's .proto files may begin.
    """
    from specstat import readers

    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        message = f"cannot read {path}: {error.strerror}"
        raise UsageError(message) from None
    name = "stdin.yaml" if path == "-" else Path(path).as_posix()
    reading = readers.read(name, data, readers.Neighbours(roots=roots))
    fatal = [p for p in reading.problems if p.code == UNREADABLE]
    if fatal and not reading.resources:
        place = locate(reading.source, fatal[0].span) if fatal[0].span else None
        where = f"{name}:{place.line}:{place.column}" if place else name
        message = f"cannot read {where}: {fatal[0].message}"
        raise UsageError(message)
    return reading


def _found(query: Query, reading: Reading) -> list[tuple[Resource, Field]]:
    newest = [r for r in (*reading.resources, *reading.around) if r.facts.newest]
    if not newest:
        message = f"there is no resource in {query.in_file}: {reading.skipped or NO_MESSAGE}"
        raise UsageError(message)
    resources = [r for r in newest if query.kind in {"", r.kind}]
    if not resources:
        kinds = ", ".join(sorted({r.kind for r in newest}))
        message = f"there is no kind {query.kind} in {query.in_file}, only {kinds}"
        raise UsageError(message)
    found = [(r, f) for r in resources for f in _named(r, query.field)]
    if not found:
        raise UsageError(_not_found(query, resources))
    return found


def _named(resource: Resource, wanted: str) -> list[Field]:
    """The fields of a path, as lint tells it or without the kind; else those of a name.

    Of these, those directly in spec or status, else deeper ones.
    """
    wanted = wanted.removeprefix(f"{resource.kind}.")
    every = [f for top in _tops(resource) for f in top.walk()]
    exact = [f for f in every if f.path == wanted]
    if exact:
        return exact
    named = [f for f in every if f.name == wanted or f.path.endswith(f".{wanted}")]
    shallow = [f for f in named if f.depth <= 1]
    return shallow or named


def _tops(resource: Resource) -> list[Field]:
    """The fields directly in the sections; where there are none, those of the resource itself."""
    if resource.facts.flat:
        return list(resource.fields)
    return [f for root in resource.fields for f in root.children]


def _not_found(query: Query, resources: list[Resource]) -> str:
    known = [f.name for r in resources for f in _tops(r)]
    close = get_close_matches(query.field.rpartition(".")[2], known, 1, 0.6)
    hint = f"; did you mean {close[0]}?" if close else ""
    return f"there is no field {query.field} in {query.in_file}{hint}"
