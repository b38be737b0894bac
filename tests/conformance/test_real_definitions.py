"""SS202 and SS203 say of real definitions what two updates by Kubernetes' own code do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from specstat import readers
from specstat.model.resource import Resource, Section
from specstat.rules import ss202_immutable_can_be_unset as ss202
from specstat.rules import ss203_immutable_parent_can_be_dropped as ss203
from specstat.rules.base import ResourceContext
from specstat.rules.holes import frozen, named
from specstat.rules.places import Place
from tests.conformance.kubernetes import Held, Kubernetes
from tests.conformance.objects import dropped

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "crds"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PAIRS: dict[str, tuple[Any, Any]] = {
    "string": ("one", "two"),
    "integer": (1, 2),
    "number": (1.5, 2.5),
    "boolean": (True, False),
}
# What keeps made-up values out says nothing of whether they can be changed.
LEFT_OUT = {"pattern", "minLength", "minimum", "minItems", "format"}
Schema = dict[str, Any]


def loose(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    if isinstance(schema, list):
        return [loose(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {k: v for k, v in schema.items() if k not in LEFT_OUT or isinstance(v, dict)}
    return {key: loose(value) for key, value in kept.items()}


def least(schema: Schema, way: Sequence[str] = (), other: int = 0) -> Any:  # noqa: ANN401 - any value
    """A value with what its schema requires and what a way leads to; `other` is a second one."""
    kind = schema.get("type")
    if schema.get("enum"):
        return schema["enum"][other % len(schema["enum"])]
    if kind == "array":
        return [least(schema["items"], way[1:])] if way or other else []
    if kind != "object":
        return PAIRS.get(str(kind), (1, 2))[other]
    below = schema.get("properties", {})
    wanted = {*schema.get("required", ()), *way[:1]} or {*list(below)[:other]}
    return {n: least(below[n], way[1:] if [n] == [*way[:1]] else ()) for n in below if n in wanted}


def definitions() -> Iterator[tuple[Schema, Resource]]:
    for path in sorted(CORPUS.glob("*/*.yaml")):
        data = path.read_bytes()
        if b"oldSelf" in data:
            definition = loose(yaml.load(data, LOADER))  # noqa: S506 - one of the safe ones
            resources = readers.read("a.json", json.dumps(definition).encode()).resources
            yield definition, next(r for r in resources if r.facts.newest)


class Trial:
    """One field of a real definition, before and after it is changed."""

    def __init__(self, kubernetes: Kubernetes, held: Held, resource: Resource) -> None:
        self.kubernetes, self.held, self.version = kubernetes, held, resource.version

    def fits(self, made: Any) -> bool:  # noqa: ANN401 - an object
        return self.kubernetes.create(self.held, self.version, made).allowed

    def allows(self, old: Any, new: Any) -> bool:  # noqa: ANN401 - as above
        return self.kubernetes.update(self.held, self.version, old, new).allowed

    def hole(self, place: Place, old: Any, new: Any) -> str:  # noqa: ANN401 - as above
        """What can be dropped and come back with another value, the nearest; empty for nothing."""
        for above in (place, *place.above):
            if not above.steps or above.is_item:
                return ""
            without = dropped(old, above.steps)
            if self.allows(old, without) and self.allows(without, new):
                return named(above)
        return ""


def replaced(made: Any, steps: Sequence[str], value: Any) -> Any:  # noqa: ANN401 - as above
    copy = json.loads(json.dumps(made))
    holder = copy
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = value
    return copy


def test_what_is_told_of_real_definitions_is_what_two_updates_do(kubernetes: Kubernetes) -> None:
    if not CORPUS.exists():
        pytest.skip(f"no corpus of real schemas in {CORPUS}")
    holes = {"SS202": 0, "SS203": 0, "": 0}
    untold = set()
    for definition, resource in definitions():
        definition["spec"].pop("conversion", None)
        versions = definition["spec"]["versions"]
        (version,) = (v for v in versions if v["name"] == resource.version)
        schema = version["schema"]["openAPIV3Schema"]
        context = ResourceContext(resource, (resource,), {})
        unset = {found.on.path for found in ss202.check(context) if found.on}
        above = {found.on.path for found in ss203.check(context) if found.on}
        trial = Trial(kubernetes, kubernetes.hold(definition), resource)
        for place, field, rule in frozen(resource):
            if field.section is not Section.SPEC or {"[]", "{}"} & {*place.steps}:
                continue
            below = schema
            for step in place.steps:
                below = below["properties"][step]
            root = {**schema, "required": ["spec"]}
            old = least(root, place.steps)
            new = replaced(old, place.steps, least(below, (), 1))
            if old == new or not (trial.fits(old) and trial.fits(new)):
                continue
            assert not trial.allows(old, new), (resource.kind, field.path, rule)
            hole = trial.hole(place, old, new)
            code = "SS202" if field.path in unset else "SS203" if hole in above else ""
            holes[code] += 1

            assert bool(code) <= bool(hole), (resource.kind, field.path, rule)
            assert code != "SS202" or hole == field.path
            if hole and not code:
                untold.add(resource.kind)
    assert holes["SS202"] > 100
    assert holes["SS203"] > 60
    # Rules on its other fields refuse it or not, by their values; in doubt nothing is told.
    assert untold <= {"Redkey"}
