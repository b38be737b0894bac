"""CustomResourceDefinitions, in YAML or JSON, into resources."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from specstat.model.directives import CRD_ANNOTATION, MARK, in_comment, parse
from specstat.model.reading import NO_RESOURCE, UNREADABLE, Problem, Reading, UnreadableError
from specstat.model.resource import Facts, PrinterColumn, Resource, Scale
from specstat.model.source import Source, Span
from specstat.readers import comments as comment_reader
from specstat.readers import crdignores, template
from specstat.readers.annotated import Said
from specstat.readers.misspelt import misspelt_marks
from specstat.readers.nodes import (
    VALIDATIONS,
    is_true,
    mapping_or_refuse,
    text_of,
    validations,
)
from specstat.readers.schema import PRESERVES, Job, fields_of
from specstat.readers.yamltree import Mapping, Node, Sequence, Tree, dig, follow

KIND = "CustomResourceDefinition"
_API = "apiextensions.k8s.io/"
_GENERATOR = "controller-gen.kubebuilder.io/version"
# v1 before v1beta2 before v1beta1 before v1alpha1; all others behind, as kubectl orders them.
_VERSION = re.compile(r"v([0-9]{1,9})(?:(alpha|beta)([0-9]{1,9}))?")
_OURS = CRD_ANNOTATION.partition("/")[0] + "/"
_ALONE = (
    "this annotation stands with no field; put it behind a field's key, or right above it with no "
    "blank line between"
)
_OR_FIRST = "; for the whole resource put it right above the first key of the CRD"
_STAGES = {"alpha": 0, "beta": 1, None: 2}


def read(source: Source) -> Reading:
    """All versions of all CRDs in a text; what cannot be read becomes a problem with its place."""
    try:
        tree, templated = template.load(source.text)
    except UnreadableError as error:
        if template.looks_templated(source.text):
            told = f"passed over, a template that is no YAML before it is rendered: {error.message}"
            problem = _problem(UnreadableError(told, error.offset), "SS007")
            return Reading(source, problems=(problem,), skipped="a template that is no YAML yet")
        return Reading(source, problems=(_problem(error),))
    found = [crd for document in tree.documents for crd in definitions(document)]
    if not found:
        return Reading(source, skipped=NO_RESOURCE)
    comments = comment_reader.read(source.text, tree)
    resources: list[Resource] = []
    problems = [] if templated else _repeated(tree)
    bound: set[str | int] = set()
    broken: list[range] = []
    for crd in found:
        job = Job(source, comments)
        try:
            resources += _resources(job, crd)
        except UnreadableError as error:
            job.problems.append(_problem(error))
        if any(problem.code == UNREADABLE for problem in job.problems):
            line_end = source.text.find("\n", crd.end)
            broken.append(range(crd.start, line_end if line_end >= 0 else len(source.text)))
        problems += job.problems
        bound |= job.bound
    for comment in comments.all:
        if any(comment.span.start in block for block in broken):
            continue  # its field may be among those that were lost
        directive = None if comment.span.start in bound else in_comment(comment.text)
        if directive is not None:
            message = _ALONE + (_OR_FIRST if directive.ignores else "")
            problems.append(Problem("SS005", message, comment.span))
    problems += misspelt_marks(source.text)
    return Reading(source, tuple(resources), tuple(dict.fromkeys(problems)))


def _problem(error: UnreadableError, code: str = UNREADABLE) -> Problem:
    span = None if error.offset is None else Span(error.offset, error.offset + 1)
    return Problem(code, error.message, span)


def _repeated(tree: Tree) -> list[Problem]:
    return [
        Problem(
            "SS003",
            f"the key {key.value!r} stands twice in one mapping; the last one wins",
            Span(key.start, key.end),
        )
        for key in tree.repeated
        if key.value
    ]


def definitions(document: Node) -> Iterator[Mapping]:
    """The CRDs of a document: itself, or the items of a list."""
    document = follow(document)
    if type(document) is not Mapping:
        return
    kind = text_of(document.get("kind"))
    items = document.get("items")
    if kind == KIND:
        yield document
    elif kind in {"List", KIND + "List"} and type(items) is Sequence:
        for item in items.items:
            yield from definitions(item)


def _recency(version: str) -> tuple[int, int, int, int]:
    """A key that is larger for newer versions."""
    match = _VERSION.fullmatch(version)
    if match is None:
        return (0, 0, 0, 0)
    return (1, _STAGES[match[2]], int(match[1]), int(match[3] or 0))


def _resources(job: Job, crd: Mapping) -> list[Resource]:
    api = text_of(crd.get("apiVersion"))
    if api not in {_API + "v1", _API + "v1beta1"}:
        stated = f"has apiVersion {api}" if api else "has no apiVersion"
        message = f"this CRD {stated}; {_API}v1 and v1beta1 are read"
        raise UnreadableError(message, crd.start)
    spec = mapping_or_refuse(crd.get("spec"), "spec of the CRD", crd.start)
    kind = text_of(dig(spec, "names", "kind")) or text_of(dig(crd, "metadata", "name")) or "?"
    generator = text_of(dig(crd, "metadata", "annotations", _GENERATOR))
    if (annotation := dig(crd, "metadata", "annotations", CRD_ANNOTATION)) is not None:
        _read_annotation(job, annotation)
    job.problems += _misspelt_annotations(dig(crd, "metadata", "annotations"))
    resources = []
    problems: list[Problem] = []
    ignored = crdignores.of_definition(job, crd)
    for node, key in _versions(spec, api):
        try:
            own = mapping_or_refuse(follow(node), "a version of the CRD", node.start)
            version = text_of(own.get(key))
            schema = _schema(spec, f"{kind} {version}", own, api)
            # What stands beside the versions holds for all of them in v1beta1, and nothing in v1.
            facts = _facts(spec if api.endswith("v1beta1") else own, own, generator)
            facts = replace(facts, open=schema is None or is_true(schema.get(PRESERVES)))
            job.scale = facts.scale.words if facts.scale else {}
            resources.append(
                Resource(
                    group=text_of(spec.get("group")),
                    version=version,
                    kind=kind,
                    source=job.source,
                    fields=fields_of(job, schema) if schema else (),
                    facts=facts,
                    span=_span_of_name(own, crd),
                    ignores=(*ignored, *crdignores.of_version(job, own)),
                    validations=validations(schema.get(VALIDATIONS)) if schema else (),
                )
            )
        except UnreadableError as error:
            problems.append(_problem(error))
    job.problems += problems
    for path, said in job.annotated.items():
        if path not in job.bound and not problems:
            job.problems.append(
                Problem(
                    "SS005",
                    f"the annotation {CRD_ANNOTATION} names {path}, which is no field",
                    said.span,
                )
            )
    return _mark_newest(resources)


def _span_of_name(version: Mapping, crd: Mapping) -> Span:
    node = version.get("name")
    if node is None:
        return Span(crd.start, crd.start + 1)
    return Span(node.start, node.end)


def _mark_newest(resources: list[Resource]) -> list[Resource]:
    served = [r for r in resources if r.facts.served] or resources
    newest = max(served, key=lambda r: _recency(r.version), default=None)
    return [
        r if r is newest else replace(r, facts=replace(r.facts, newest=False)) for r in resources
    ]


def _versions(spec: Mapping, api: str) -> list[tuple[Node, str]]:
    """Each version and the key of its name; v1beta1 may name a single one beside the schema."""
    versions = spec.get("versions")
    if type(versions) is Sequence and versions.items:
        return [(item, "name") for item in versions.items]
    if api.endswith("v1beta1") and "version" in spec.entries:
        return [(spec, "version")]
    if versions is None:
        raise UnreadableError("versions of the CRD are missing", spec.start)
    raise UnreadableError("versions of the CRD are no list of versions", versions.start)


def _schema(spec: Mapping, whose: str, own: Mapping, api: str) -> Mapping | None:
    """The version's own schema, or the one shared by all (v1beta1); v1 must have one."""
    what = f"the schema of {whose}"
    holder = own.get("schema")
    if holder is None and api.endswith("v1beta1"):
        holder = spec.get("validation")
        if holder is None:
            return None
    holder = mapping_or_refuse(holder, what, own.start)
    return mapping_or_refuse(
        holder.get("openAPIV3Schema"), f"openAPIV3Schema in {what}", holder.start
    )


def _facts(shared: Mapping, own: Mapping, generator: str) -> Facts:
    """Facts of a version; what is shared by all versions is taken where it has none itself."""
    subresources = own.get("subresources") or shared.get("subresources")
    columns = own.get("additionalPrinterColumns") or shared.get("additionalPrinterColumns")
    status, scale = dig(subresources, "status"), dig(subresources, "scale")
    return Facts(
        served=is_true(own.get("served")) or "served" not in own.entries,
        storage=is_true(own.get("storage")),
        deprecated=is_true(own.get("deprecated")),
        status_subresource=type(status) is Mapping,  # the API server sees none in `status:`
        scale=_scale(scale) if type(scale) is Mapping else None,
        printer_columns=tuple(_columns(columns)),
        generator=generator,
    )


def _scale(node: Mapping) -> Scale:
    spec, status, selector = (
        text_of(node.get(key)).lstrip(".")
        for key in ("specReplicasPath", "statusReplicasPath", "labelSelectorPath")
    )
    return Scale(spec, status, selector)


def _columns(node: Node | None) -> Iterator[PrinterColumn]:
    if type(node) is Sequence:
        for column in map(follow, node.items):
            if type(column) is Mapping:
                path = column.get("jsonPath") or column.get("JSONPath")
                yield PrinterColumn(text_of(column.get("name")), text_of(path).lstrip("."))


def _misspelt_annotations(annotations: Node | None) -> Iterator[Problem]:
    """Annotations of the CRD that are named as if they were ours."""
    if type(annotations) is Mapping:
        for name, (key, _) in annotations.entries.items():
            if name.startswith(_OURS) and name != CRD_ANNOTATION:
                message = f"unknown annotation {name}; did you mean {CRD_ANNOTATION}?"
                yield Problem("SS004", message, Span(key.start, key.end))


def _read_annotation(job: Job, node: Node) -> None:
    """The CRD annotation: a JSON object of field paths and annotation words."""
    span = Span(node.start, node.end)
    example = '\'{"spec.size": "purpose=instruction"}\''
    try:
        pairs = json.loads(text_of(node))
    except (ValueError, RecursionError):
        pairs = None
    if not isinstance(pairs, dict):
        message = f"the annotation {CRD_ANNOTATION} is no JSON object such as {example}"
        job.problems.append(Problem("SS004", message, span))
        return
    for path, words in pairs.items():
        if isinstance(words, str):
            directive = parse(words.removeprefix(MARK))
            place = _place_of_entry(job.source.text, path, span)
            job.annotated[path] = Said(directive, place, f"the annotation {CRD_ANNOTATION}")
        else:
            message = f"{path}: the annotation {CRD_ANNOTATION} wants words in a string: {example}"
            job.problems.append(Problem("SS004", message, span))


def _place_of_entry(text: str, path: str, span: Span) -> Span:
    """Where the entry of a path begins in the JSON of an annotation; the whole if it is escaped."""
    match = re.compile(rf'{re.escape(path)}\\?"').search(text, span.start, span.end)
    return Span(match.start(), span.end) if match else span
