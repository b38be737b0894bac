"""What SS202, SS203, SS205 and SS206 say of a definition is what Kubernetes makes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from specstat import readers
from specstat.model.resource import Resource
from specstat.rules import ss202_immutable_can_be_unset as ss202
from specstat.rules import ss203_immutable_parent_can_be_dropped as ss203
from specstat.rules import ss205_uncorrelatable_transition_rule as ss205
from specstat.rules import ss206_unbounded_transition_rule as ss206
from specstat.rules.base import ResourceContext
from specstat.rules.holes import frozen, named
from tests.conformance.kubernetes import Kubernetes
from tests.conformance.objects import changed, dropped, whole
from tests.sides import POLICIES, is_old

FIXTURES = Path(__file__).parents[2] / "fixtures"
Definition = dict[str, Any]
RULES = {"SS202": ss202, "SS203": ss203, "SS205": ss205, "SS206": ss206}


def fixtures(*codes: str) -> list[Path]:
    """The definitions in the folders of these rules, but not the old sides."""
    found = (path for code in codes for path in FIXTURES.glob(f"{code}-*/*.yaml"))
    return sorted(path for path in found if not is_old(path) and path.name != POLICIES)


def name_of(path: Path) -> str:
    return path.relative_to(FIXTURES).as_posix()


def resource_of(definition: Definition) -> Resource:
    (resource,) = readers.read("a.json", json.dumps(definition).encode()).resources
    return resource


def told(code: str, resource: Resource) -> set[str]:
    """The paths of the fields on which a rule reports."""
    found = RULES[code].check(ResourceContext(resource, (resource,), {}))
    return {finding.on.path if finding.on else "" for finding in found}


def schema_of(definition: Definition) -> Definition:
    schema: Definition = definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    properties = {"spec": schema["properties"]["spec"]}
    return {"type": "object", "properties": properties}


class Trial:
    """One definition, asked what becomes of an object with all fields set."""

    def __init__(self, kubernetes: Kubernetes, definition: Definition) -> None:
        self.kubernetes, self.definition = kubernetes, kubernetes.hold(definition)
        self.schema = schema_of(definition)
        self.full = whole(self.schema)

    def allows(self, old: Any, new: Any) -> bool:  # noqa: ANN401 - objects are JSON
        return self.kubernetes.update(self.definition, "v1", old, new).allowed

    def is_frozen(self, steps: tuple[str, ...]) -> bool:
        return not self.allows(self.full, changed(self.full, self.schema, steps))

    def is_hole(self, gone: tuple[str, ...], field: tuple[str, ...]) -> bool:
        """Whether two updates change a field: the one drops something, the other brings it back."""
        without = dropped(self.full, gone)
        other = changed(self.full, self.schema, field)
        return self.allows(self.full, without) and self.allows(without, other)


@pytest.mark.parametrize("path", fixtures("SS202", "SS203"), ids=name_of)
def test_what_is_told_of_immutable_fields_is_what_two_updates_do(
    kubernetes: Kubernetes, path: Path
) -> None:
    definition = yaml.safe_load(path.read_text("utf-8"))
    resource = resource_of(definition)
    trial = Trial(kubernetes, definition)
    unset, above = set(), set()
    for place, *_ in frozen(resource):
        assert trial.is_frozen(place.steps), place.steps
        if trial.is_hole(place.steps, place.steps):
            unset.add(named(place))
            continue
        for parent in place.above:
            if parent.is_item or not parent.steps:
                break
            if trial.is_hole(parent.steps, place.steps):
                above.add(named(parent))
                break

    assert kubernetes.crd_errors(definition) == ()
    assert unset == told("SS202", resource)
    assert above == told("SS203", resource)


def guarded(rule: str, *, optional: bool = False) -> Definition:
    """A definition with a rule on spec, in which `wood` is frozen and `height` is not."""
    text: Definition = {"type": "string", "maxLength": 9}
    more = {"optionalOldSelf": True} if optional else {}
    spec = {
        "type": "object",
        "x-kubernetes-validations": [{"rule": rule, **more}],
        "properties": {
            "height": {"type": "integer"},
            "wood": {**text, "x-kubernetes-validations": [{"rule": "self == oldSelf"}]},
        },
    }
    schema = {"type": "object", "required": ["spec"], "properties": {"spec": spec}}
    version = {"name": "v1", "served": True, "storage": True}
    names = {"kind": "Shelf", "plural": "shelfs"}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "shelfs.shop.example.com"},
        "spec": {
            "group": "shop.example.com",
            "names": names,
            "scope": "Namespaced",
            "versions": [{**version, "schema": {"openAPIV3Schema": schema}}],
        },
    }


GUARDS = [
    ("has(self.wood)", False),
    ("has(oldSelf.wood) == has(self.wood)", False),
    ("has(self.wood) || !has(oldSelf.wood)", False),
    ("!(has(oldSelf.wood) && !has(self.wood))", False),
    ("has(oldSelf.wood) ? has(self.wood) && self.wood == oldSelf.wood : true", False),
    ("!has(oldSelf.wood) ? true : self.wood == oldSelf.wood", False),
    ("(has(self.wood) && has(oldSelf.wood)) || (!has(self.wood) && !has(oldSelf.wood))", False),
    ("has(self.wood) != !has(oldSelf.wood)", False),
    ("self.wood == oldSelf.wood", False),
    ("self == oldSelf", False),
    ("oldSelf.wood == '' || has(self.wood)", False),
    ("size(oldSelf.wood) == 0 || has(self.wood)", False),
    ("has(oldSelf.wood) || !has(self.wood)", False),
    ("!has(self.wood) || !has(oldSelf.wood) || self.wood == oldSelf.wood", True),
    ("has(self.height) == has(oldSelf.height)", True),
    ("self.height == oldSelf.height", True),
    ("has(self.height) ? self.height == oldSelf.height : true", True),
    ("self.height >= oldSelf.height || has(self.wood) || true", True),
    ("has(self.wood) || !has(self.wood)", True),
    ("!has(self.wood) || self.wood.size() > 2", True),
    ("has(oldSelf.wood) || has(self.wood)", True),
]
OPTIONAL_GUARDS = [
    ("!oldSelf.hasValue() || !has(oldSelf.value().wood) || has(self.wood)", False),
    ("oldSelf.hasValue() ? has(oldSelf.value().wood) == has(self.wood) : true", False),
    ("oldSelf.hasValue() || !has(self.wood)", True),
    ("!has(self.height) || (oldSelf.hasValue() && has(oldSelf.value().height))", True),
]


@pytest.mark.parametrize(
    ("rule", "hole", "optional"),
    [
        *((rule, hole, False) for rule, hole in GUARDS),
        *((rule, hole, True) for rule, hole in OPTIONAL_GUARDS),
    ],
)
def test_a_guard_is_what_keeps_kubernetes_from_taking_both_updates(
    kubernetes: Kubernetes,
    rule: str,
    *,
    hole: bool,
    optional: bool,
) -> None:
    definition = guarded(rule, optional=optional)
    steps = ("spec", "wood")

    assert Trial(kubernetes, definition).is_hole(steps, steps) is hole
    assert told("SS202", resource_of(definition)) == ({"spec.wood"} if hole else set())


NULLS = [
    ({"required": ["wood"]}, "true", True),
    ({"required": ["wood"], "default": "one"}, "true", True),
    ({}, "true", True),
    ({"required": ["wood"]}, "has(self.wood)", False),
    ({"required": ["wood"]}, "!has(oldSelf.wood) || has(self.wood)", False),
    ({"required": ["wood"]}, "self.wood == oldSelf.wood", False),
]


@pytest.mark.parametrize(("more", "rule", "hole"), NULLS)
def test_a_field_that_may_be_null_can_be_changed_by_way_of_it(
    kubernetes: Kubernetes,
    more: Definition,
    rule: str,
    *,
    hole: bool,
) -> None:
    definition = guarded(rule)
    version = definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    spec = version["properties"]["spec"]
    spec["required"] = more.get("required", [])
    wood = spec["properties"]["wood"] = {**spec["properties"]["wood"], "nullable": True}
    if "default" in more:
        wood["default"] = more["default"]
    trial = Trial(kubernetes, definition)
    old, null, new = ({"spec": {"wood": wood}} for wood in ("one", None, "two"))

    assert kubernetes.crd_errors(definition) == ()
    assert (trial.allows(old, null) and trial.allows(null, new)) is hole
    assert told("SS202", resource_of(definition)) == ({"spec.wood"} if hole else set())


@pytest.mark.parametrize(
    "rule",
    [
        "self.height > 0 || !has(oldSelf.wood) || has(self.wood)",
        "[1, 2].exists(n, n == self.height) || has(self.wood)",
        "has(self.height) || has(self.wood)",
    ],
)
def test_in_doubt_nothing_is_told(rule: str) -> None:
    assert told("SS202", resource_of(guarded(rule))) == set()


ATOMS = st.sampled_from(
    [
        *("has(self.wood)", "has(oldSelf.wood)", "true", "false", "self == oldSelf"),
        *("self.wood == oldSelf.wood", "oldSelf.wood == self.wood", "self.wood != oldSelf.wood"),
        *("oldSelf.wood == ''", "size(oldSelf.wood) == 0", "self.height == oldSelf.height"),
        *("has(self.height) == has(oldSelf.height)", "self.wood == 'two'", "self.wood.size() > 2"),
    ]
)
RANDOM_RULES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} || {})".format, inner, inner),
        st.builds("({} && {})".format, inner, inner),
        st.builds("!({})".format, inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
        st.builds("(({}) == ({}))".format, inner, inner),
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(rule=RANDOM_RULES)
def test_what_is_told_of_any_rule_is_a_hole(kubernetes: Kubernetes, rule: str) -> None:
    definition = guarded(rule)

    if "spec.wood" in told("SS202", resource_of(definition)):
        trial = Trial(kubernetes, definition)
        # A rule may forbid a single value, which is no guard: some values can be exchanged.
        objects = [
            {"spec": {"height": 1, "wood": wood}} for wood in ("one", "two", "three", "no", "")
        ]
        without = {"spec": {"height": 1}}
        assert any(trial.allows(old, without) for old in objects)
        assert any(trial.allows(without, new) for new in objects)


@pytest.mark.parametrize("code", ["SS205", "SS206"])
@pytest.mark.parametrize("kind", ["bad", "good"])
def test_what_is_told_is_what_the_api_server_refuses(
    kubernetes: Kubernetes, code: str, kind: str
) -> None:
    words = {
        "SS205": "oldSelf cannot be used on the uncorrelatable",
        "SS206": "estimated rule cost exceeds budget",
    }
    seen = 0
    for path in (path for path in fixtures(code) if path.name.startswith(kind)):
        definition = yaml.safe_load(path.read_text("utf-8"))
        faults = kubernetes.crd_errors(definition)
        # What is too dear by itself may be too dear in total as well, which is told besides.
        refused = [fault for fault in faults if words[code] in fault.message]
        found = told(code, resource_of(definition))
        seen += 1

        assert len(found) == len(refused), faults
        assert bool(found) is bool(faults) is (kind == "bad")
    assert seen


@pytest.mark.parametrize("path", fixtures("SS204", "SS207", "SS208", "SS503"), ids=name_of)
def test_kubernetes_takes_the_definitions_of_the_other_fixtures(
    kubernetes: Kubernetes, path: Path
) -> None:
    assert kubernetes.crd_errors(yaml.safe_load(path.read_text("utf-8"))) == ()
