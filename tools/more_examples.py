"""Further examples to train on, beside the top-level fields of many projects.

Nested fields, Kubernetes' own types, resources in proto. Each sort counts less than a labelled
field: what stands below the top serves the field above it, and a flat resource only says which of
its fields are output.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from specstat import readers
from specstat.learn.corpus import Example
from specstat.model.resource import Field, Resource, Section
from specstat.model.types import openapi
from specstat.readers import Neighbours
from specstat.rules import surroundings

# What an example of each sort counts beside a labelled field of a project.
WEIGHTS = {"nested": 0.2, "kubernetes": 0.3, "krm-proto": 0.2, "flat-proto": 0.15}
_DEEPEST = 5
# What other APIs define, wherever it is embedded.
_FOREIGN = frozenset(
    "template podTemplate podTemplateSpec volumeClaimTemplates affinity tolerations containers "
    "initContainers volumes conditions".split()
)
_OUTPUT, _IDENTIFIER = "field_behavior=OUTPUT_ONLY", "field_behavior=IDENTIFIER"
_SECTIONS = {"spec": Section.SPEC, "status": Section.STATUS}


def read(corpus: Path, families: Mapping[str, str]) -> list[Example]:
    """All further examples of a corpus folder; `families` gives the family of a group."""
    found: dict[tuple[str, ...], Example] = {}
    every = (
        *of_crds(sorted((corpus / "crds").rglob("*.yaml")), families),
        *of_kubernetes(corpus / "kubernetes-swagger.json.gz"),
        *of_protos(corpus / "protos"),
    )
    for e in every:
        start = e.field.description[:80]
        key = (e.source, e.family, e.field.name, str(e.in_status), start)
        found.setdefault(key, e)
    return list(found.values())


def of_crds(paths: Iterable[Path], families: Mapping[str, str]) -> Iterator[Example]:
    """The fields below the top of the newest version of CRDs."""
    for path in paths:
        for resource in readers.read(str(path), path.read_bytes()).resources:
            family = families.get(resource.group, resource.group)
            if not resource.facts.newest:
                continue
            for section in _SECTIONS.values():
                for top in resource.top(section):
                    for field in _below(top):
                        yield _example("nested", field, section, family)


def _below(top: Field) -> Iterator[Field]:
    stack = [(top, 1)]
    while stack:
        current, depth = stack.pop()
        if depth < _DEEPEST and current.name not in _FOREIGN:
            yield from current.children
            stack += [(child, depth + 1) for child in current.children]


def of_kubernetes(path: Path) -> Iterator[Example]:
    """The fields of Kubernetes' own types that are named as a spec or a status."""
    definitions = json.loads(gzip.decompress(path.read_bytes()))["definitions"]
    for name, definition in definitions.items():
        for ending, section in _SECTIONS.items():
            if name.lower().endswith(ending):
                for own, schema in definition.get("properties", {}).items():
                    yield _example("kubernetes", _of(own, schema, definitions), section, "k8s.io")


def _of(name: str, schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Field:
    items = schema.get("items", schema)
    target = definitions.get(items.get("$ref", "").rpartition("/")[2], {})
    written = schema.get("type") or target.get("type") or "object"
    type_, format_ = openapi(written, schema.get("format") or target.get("format") or "")
    children = tuple(Field(child) for child in target.get("properties", ()))
    told = schema.get("description", "")
    return Field(name, type=type_, format=format_, description=told, children=children)


def of_protos(root: Path) -> Iterator[Example]:
    """The fields of resources in proto, of the trees below a folder."""
    neighbours = Neighbours()
    for path in sorted(root.rglob("*.proto")):
        tree = path.relative_to(root).parts[0]
        for resource in readers.read(str(path), path.read_bytes(), neighbours).resources:
            yield from _of_flat(resource) if resource.facts.flat else _of_krm(resource, tree)


def _of_krm(resource: Resource, tree: str) -> Iterator[Example]:
    for section in _SECTIONS.values():
        for top in resource.top(section):
            fields = top.children if surroundings.is_output(top) else (top,)
            for field in fields:
                yield _example("krm-proto", field, section, tree)


def _of_flat(resource: Resource) -> Iterator[Example]:
    fields = [f for f in resource.fields if _IDENTIFIER not in f.declarations and f.name != "name"]
    if not any(_OUTPUT in f.declarations for f in fields):
        return
    for field in fields:
        section = Section.STATUS if _OUTPUT in field.declarations else Section.SPEC
        yield _example("flat-proto", field, section, resource.group)


def _example(source: str, field: Field, section: Section, family: str) -> Example:
    return Example(field, section is Section.STATUS, family, source, WEIGHTS[source])
