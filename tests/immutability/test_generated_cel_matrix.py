"""Generated rules on Kubernetes' own code: every way to change a fixed field, at every stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from specstat.immutability.cells import cells_of
from specstat.immutability.generate.cel import rules
from specstat.immutability.paths import Path, parse, text_of
from specstat.immutability.schema import of_crd
from specstat.immutability.terms import FieldTest, Terms
from tests.conformance.answers import Written
from tests.conformance.kubernetes import Held, Kubernetes
from tests.immutability.rules_made import (
    ACCEPTED,
    AGENTRUN,
    AGENTRUN_STRICT,
    STARTED,
    load,
    terms,
    with_rules,
)
from tests.immutability.samples import Change, at, changes, located, put, sample

REASON = "SpecImmutableViolation"
IS_TEMPLATE = FieldTest(("spec", "template"), ("true",))
HARD = terms(
    [
        f"spec.{path}"
        for path in (
            "namespace loop dash-ed size ratio at span blob maybe usual tags ratios words moments"
            " doors owners steps[].image steps[].mounts[].path limits pools{}.image anything"
            " hidden outer.middle.leaf two__scores like__this__one"
        ).split()
    ]
    + ['spec["dotted.name"]'],
    exempt_when=[IS_TEMPLATE],
)
HARD_DEEP = terms(
    [
        "spec.doors[].port",
        "spec.doors[].seen",
        "spec.doors[].tags",
        "spec.doors[].deep.inner",
        "spec.owners[].share",
        "spec.steps[].args",
        "spec.steps[].loop",
        "spec.pools{}.zones",
        "spec.outer.middle",
        'spec.limits["c.d/e"]',
    ],
    exempt_when=[IS_TEMPLATE],
)
POLICIES = {
    "letter": ("agentrun-crd.yaml", AGENTRUN),
    "strict": ("agentrun-crd.yaml", AGENTRUN_STRICT),
    "hard": ("hard-crd.yaml", HARD),
    "deep": ("hard-crd.yaml", HARD_DEEP),
}
PENDING: dict[str, Any] = {"phase": "Pending"}
Status = Mapping[str, Any]
LOCKED: dict[str, Status] = {
    "accepted": {"phase": "Pending", "conditions": [{"type": "Accepted", "status": "True"}]},
    "started": {"phase": "Running"},
    "terminal": {"phase": "Failed", "conditions": [{"type": "Accepted", "status": "True"}]},
}
UNLOCKED: dict[str, Status] = {
    "without status": {},
    "pending": PENDING,
    "rejected": {**PENDING, "conditions": [{"type": "Accepted", "status": "False"}]},
    "other condition": {**PENDING, "conditions": [{"type": "Ready", "status": "True"}]},
}


class Case:
    """A policy with its kind's definition, guarded by the generated rules."""

    def __init__(self, kubernetes: Kubernetes, file: str, policy: Terms) -> None:
        crd = load(file)
        self.kubernetes = kubernetes
        self.version, self.schema = of_crd(crd)
        self.cells = cells_of(policy, self.schema)
        self.rules = rules(policy, self.schema, self.cells)
        self.definition: Held = kubernetes.hold(with_rules(crd, self.rules))
        spec = sample(self.schema.properties["spec"])
        spec.pop("systemPromptRef", None)
        spec.pop("manifest", None)
        spec.pop("template", None)
        self.object: dict[str, Any] = {"spec": spec}
        self.fixed = [path for path in map(_path, self.cells) if _is_in(path, self.object)]

    def update(self, change: Change, status: Mapping[str, Any]) -> Written:
        """What Kubernetes says of a change of an object in some status."""
        old, new = ({**each, "status": full(status)} for each in (change.old, change.new))
        return self.kubernetes.update(self.definition, self.version, old, new)

    def changes(self) -> list[tuple[Path, Change]]:
        """All changes of all fixed fields."""
        return [(path, c) for path in self.fixed for c in changes(self.schema, path, self.object)]


def _path(cell: Any) -> Path:  # noqa: ANN401 - a Cell
    path: Path = cell.path
    return path


def _is_in(path: Path, obj: object) -> bool:
    try:
        located(path, obj)
    except (KeyError, StopIteration):
        return False
    return True


def full(status: Mapping[str, Any]) -> dict[str, Any]:
    """A status with what the schema wants of conditions."""
    told = {"lastTransitionTime": "2026-01-01T00:00:00Z", "message": "", "reason": "Told"}
    conditions = [{**told, **c} for c in status.get("conditions", ())]
    return {**status, **({"conditions": conditions} if conditions else {})}


@pytest.fixture(scope="module", params=POLICIES)
def case(kubernetes: Kubernetes, request: pytest.FixtureRequest) -> Case:
    return Case(kubernetes, *POLICIES[request.param])


def is_no_change(case: Case, path: Path, change: Change) -> bool:
    """Whether only the order of a set or keyed list differs, or an item without the field left."""
    inner = case.schema.at(path)
    assert inner is not None
    return change.kind == "reordered" and inner.list_type != "atomic"


@pytest.mark.parametrize("stage", LOCKED)
def test_no_change_of_a_fixed_field_is_allowed_once_the_object_is_locked(
    case: Case, stage: str
) -> None:
    assert len(case.changes()) > 2 * len(case.fixed)
    for path, change in case.changes():
        written = case.update(change, LOCKED[stage])
        if is_no_change(case, path, change):
            assert written.allowed, (text_of(path), change.kind, written.errors)
        else:
            told = [
                e
                for e in written.errors
                if REASON in e.message and e.reason == "FieldValueForbidden"
            ]
            assert told, (text_of(path), change.kind, written.errors)
            assert len(told) == len(written.errors), (change.kind, written.errors)


@pytest.mark.parametrize("stage", UNLOCKED)
def test_every_change_is_allowed_before_the_object_is_locked(case: Case, stage: str) -> None:
    for path, change in case.changes():
        written = case.update(change, UNLOCKED[stage])
        assert written.allowed, (text_of(path), change.kind, written.errors)


@pytest.mark.parametrize("stage", LOCKED)
def test_an_update_of_the_status_is_allowed_when_it_locks_and_afterwards(
    case: Case, stage: str
) -> None:
    for before in (PENDING, {}, LOCKED[stage]):
        old = {**case.object, "status": full(before)}
        new = {**case.object, "status": full(LOCKED[stage])}
        written = case.kubernetes.update(case.definition, case.version, old, new, "status")
        assert written.allowed, written.errors


@pytest.mark.parametrize("stage", LOCKED)
def test_an_update_without_a_change_is_allowed(case: Case, stage: str) -> None:
    for seed in range(3):
        spec = sample(case.schema.properties["spec"], seed)
        spec.pop("systemPromptRef", None)
        same = {"spec": spec}
        written = case.update(Change("none", same, same), LOCKED[stage])
        assert written.allowed, written.errors
    least: dict[str, Any] = {"spec": {}}
    if case.version == "v1alpha1":
        least = {"spec": {"agentRef": {"name": "a"}, "runtime": {"type": "job"}}}
    assert case.update(Change("none", least, least), LOCKED[stage]).allowed


def test_creation_is_allowed(case: Case) -> None:
    written = case.kubernetes.create(case.definition, case.version, case.object)
    assert written.allowed, written.errors


@pytest.mark.parametrize("stage", LOCKED)
def test_a_mutable_field_may_change_once_the_object_is_locked(case: Case, stage: str) -> None:
    spec = case.schema.properties["spec"]
    free = [("spec", name) for name in spec.properties if ("spec", name) in _free(case)]
    assert free
    for path in free:
        for change in changes(case.schema, path, case.object):
            if "dropped" in change.kind:
                continue
            written = case.update(change, LOCKED[stage])
            assert written.allowed, (text_of(path), change.kind, written.errors)


def _free(case: Case) -> set[Path]:
    """The fields of spec of which nothing is fixed."""
    named = {cell.path[:2] for cell in case.cells}
    present = case.object["spec"]
    return {("spec", name) for name in present if ("spec", name) not in named}


@pytest.mark.parametrize("path", ["spec.doors[].deep.note", "spec.steps[].timeout"])
def test_a_neighbour_of_a_fixed_field_may_change(kubernetes: Kubernetes, path: str) -> None:
    case = Case(kubernetes, "hard-crd.yaml", HARD_DEEP)
    for change in changes(case.schema, parse(path), case.object):
        if change.kind in {"changed", "unset", "set"}:
            written = case.update(change, LOCKED["started"])
            assert written.allowed, (change.kind, written.errors)


@pytest.mark.parametrize("stage", LOCKED)
def test_a_template_may_change_at_any_stage(kubernetes: Kubernetes, stage: str) -> None:
    case = Case(kubernetes, "hard-crd.yaml", HARD)
    template = ("spec", "template")
    for path, change in case.changes():
        exempt = Change(change.kind, put(change.old, template, value=True), change.new)
        assert case.update(exempt, LOCKED[stage]).allowed, (text_of(path), change.kind)


def test_nothing_becomes_a_template_to_be_changed(kubernetes: Kubernetes) -> None:
    case = Case(kubernetes, "hard-crd.yaml", HARD)
    _, change = case.changes()[0]
    sly = Change("sly", change.old, put(change.new, ("spec", "template"), value=True))
    assert not case.update(sly, LOCKED["started"]).allowed


def test_a_removed_and_added_item_of_a_keyed_list_is_a_change(kubernetes: Kubernetes) -> None:
    case = Case(kubernetes, "hard-crd.yaml", HARD_DEEP)
    doors = case.object["spec"]["doors"]
    renamed = [{**doors[0], "name": "another"}, doors[1]]
    change = Change("renamed", case.object, put(case.object, ("spec", "doors"), renamed))
    assert not case.update(change, LOCKED["started"]).allowed


def test_the_error_names_the_field(kubernetes: Kubernetes) -> None:
    case = Case(kubernetes, "agentrun-crd.yaml", AGENTRUN)
    where = ("spec", "runtime", "type")
    assert at(case.object, where) == "workflow"
    change = Change("changed", case.object, put(case.object, where, "job"))
    (error,) = case.update(change, LOCKED["accepted"]).errors
    assert error.field == "spec.runtime"
    assert error.message.startswith("Forbidden: spec.runtime must not change once")


def test_triggers_are_read_from_the_stored_object(kubernetes: Kubernetes) -> None:
    crd = load("hard-crd.yaml")
    _, schema = of_crd(crd)
    for trigger, locking, idle in (
        (ACCEPTED, LOCKED["accepted"], UNLOCKED["rejected"]),
        (STARTED, {"phase": "Running"}, {}),
        (FieldTest(("status", "ready"), ("true",)), {"ready": True}, {"ready": False}),
        (FieldTest(("status", "level"), ("2",)), {"level": 2}, {"level": "3"}),
        (FieldTest(("status", "level"), ("2",)), {"level": "2"}, {"level": 3}),
        (FieldTest(("status", "phase"), ("Pending",), negated=True), {}, PENDING),
        (FieldTest(("status", "phase"), ("Done",), absent="Done"), {}, PENDING),
        (FieldTest(("status", "phase"), ("A", "B")), {"phase": "B"}, {"phase": "C"}),
    ):
        policy = terms(["spec.words"], locked_when=[trigger])
        definition = with_rules(crd, rules(policy, schema, cells_of(policy, schema)))
        for status, allowed in ((locking, False), (idle, True)):
            old = {"spec": {"words": ["a"]}, "status": full(status)}
            written = kubernetes.update(definition, "v1", old, {"spec": {"words": ["b"]}})
            assert written.allowed is allowed, (trigger, status, written.errors)
