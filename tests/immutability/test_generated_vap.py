"""Generated admission policies on Kubernetes' own code: every change, at every stage, by anyone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml

from specstat.immutability.cells import Cell, cells_of
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.generate.vap import Kind, admission, manifest, name_of
from specstat.immutability.paths import Path, text_of
from specstat.immutability.schema import Schema, of_crd
from specstat.immutability.terms import Creation, KeyTest, Mode, Owned, Terms, Word
from tests.conformance.answers import Admitted
from tests.conformance.kubernetes import Kubernetes
from tests.immutability.rules_made import load, terms
from tests.immutability.samples import Change, at, changes, located, put, sample
from tests.immutability.test_generated_cel_matrix import (
    HARD,
    HARD_DEEP,
    LOCKED,
    POLICIES,
    UNLOCKED,
    full,
)

CONTROLLER = "system:serviceaccount:agents:controller"
OWNED = Owned(("agents.example.org/",), ("agents.example.org/", "run-"), (CONTROLLER,))
TEMPLATE = KeyTest("labels", "example.org/template", ("true",))
# What plain JSON cannot compare exactly; rules of a definition can.
UNSAID = ("spec.blob",)


class Case:
    """A policy with its kind's definition, and the admission policy made of it."""

    def __init__(self, kubernetes: Kubernetes, file: str, policy: Terms) -> None:
        crd = load(file)
        self.kubernetes = kubernetes
        self.version, self.schema = of_crd(crd)
        self.cells = cells_of(policy, self.schema)
        kind = Kind(crd["spec"]["group"], self.version, crd["spec"]["names"]["plural"])
        made = admission(policy, self.schema, self.cells, kind)
        # As it is installed: what was written, read again.
        self.policy, self.binding = yaml.safe_load_all(manifest(policy, made))
        assert (self.policy, self.binding) == (made.policy, made.binding)
        self.definition = kubernetes.hold(crd)
        spec = sample(self.schema.properties["spec"])
        for name in ("systemPromptRef", "manifest", "template"):
            spec.pop(name, None)
        self.object: dict[str, Any] = {"spec": spec}
        self.fixed = [c.path for c in self.cells if is_in(c.path, self.object)]

    def update(
        self,
        change: Change,
        stage: str,
        *,
        operation: str = "UPDATE",
        subresource: str = "",
        username: str = "alice",
    ) -> Admitted:
        """What Kubernetes says of a change of an object at some stage."""
        status = full({**LOCKED, **UNLOCKED}[stage])
        old, new = ({**each, "status": status} for each in (change.old, change.new))
        admitted = self.kubernetes.admit(
            self.policy,
            self.binding,
            self.definition,
            self.version,
            operation,
            old=None if operation == "CREATE" else old,
            new=new,
            subresource=subresource,
            username=username,
        )
        assert not admitted.errors, admitted.errors
        return admitted

    def changes(self) -> list[tuple[Path, Change]]:
        """All changes of all fixed fields."""
        return [(path, c) for path in self.fixed for c in changes(self.schema, path, self.object)]


def is_in(path: Path, obj: object) -> bool:
    try:
        located(path, obj)
    except (KeyError, StopIteration):
        return False
    return True


def without(policy: Terms, *paths: str) -> Terms:
    return replace(policy, fixed=tuple(n for n in policy.fixed if text_of(n.path) not in paths))


CASES = {
    name: (file, without(policy, *UNSAID) if policy is HARD else policy)
    for name, (file, policy) in POLICIES.items()
}


@pytest.fixture(scope="module", params=CASES)
def case(kubernetes: Kubernetes, request: pytest.FixtureRequest) -> Case:
    return Case(kubernetes, *CASES[request.param])


@pytest.mark.parametrize("stage", LOCKED)
def test_no_change_of_a_fixed_field_is_admitted_once_the_object_is_locked(
    case: Case, stage: str
) -> None:
    assert len(case.changes()) > 2 * len(case.fixed)
    for path, change in case.changes():
        admitted = case.update(change, stage)
        inner = case.schema.at(path)
        assert inner is not None
        if change.kind == "reordered" and inner.list_type != "atomic":
            assert admitted.allowed, (text_of(path), admitted.denied)
            continue
        assert not admitted.allowed, (text_of(path), change.kind)
        assert admitted.reason == "Forbidden"
        assert any(
            text_of(path) in told and "SpecImmutableViolation" in told for told in admitted.denied
        )


@pytest.mark.parametrize("stage", UNLOCKED)
def test_every_change_is_admitted_before_the_object_is_locked(case: Case, stage: str) -> None:
    for path, change in case.changes():
        assert case.update(change, stage).allowed, (text_of(path), change.kind)


def test_the_update_that_locks_an_object_and_its_creation_are_admitted(case: Case) -> None:
    for _, change in case.changes():
        assert case.update(change, "accepted", operation="CREATE").allowed
        assert case.update(change, "accepted", subresource="status").allowed


def test_a_mutable_field_may_change(case: Case) -> None:
    spec = case.schema.properties["spec"]
    fixed = {cell.path[:2] for cell in case.cells}
    every: list[Path] = [("spec", name) for name in spec.properties]
    free = [path for path in every if path not in fixed and is_in(path, case.object)]
    for path in free:
        for change in changes(case.schema, path, case.object):
            if "dropped" not in change.kind:
                admitted = case.update(change, "terminal")
                assert admitted.allowed, (text_of(path), change.kind, admitted.denied)


@pytest.mark.parametrize("path", UNSAID)
def test_what_plain_json_cannot_compare_is_refused_or_guarded(path: str) -> None:
    crd = load("hard-crd.yaml")
    version, schema = of_crd(crd)
    policy = terms([path])
    kind = Kind("example.org", version, "knots")
    try:
        admission(policy, schema, cells_of(policy, schema), kind)
    except CannotExpress as refusal:
        assert path in refusal.reason  # noqa: PT017 - a refusal is no error


@pytest.fixture(scope="module")
def keeper(kubernetes: Kubernetes) -> Case:
    policy = replace(
        terms({"spec.size": Word.UNTIL_ACCEPTED, 'metadata.annotations["note"]': Word.NEVER}),
        owned=OWNED,
        exempt_when=(TEMPLATE,),
    )
    return Case(kubernetes, "hard-crd.yaml", policy)


def labelled(
    keeper: Case, old: dict[str, str] | None, new: dict[str, str] | None, kind: str = "labels"
) -> Change:
    """A change of labels or annotations alone."""
    before, after = ({} if each is None else {kind: each} for each in (old, new))
    return Change(
        kind,
        {**keeper.object, "metadata": {"name": "k", **before}},
        {**keeper.object, "metadata": {"name": "k", **after}},
    )


OURS = "agents.example.org/run"
CHANGES_OF_OWNED: list[tuple[dict[str, str] | None, dict[str, str] | None]] = [
    ({OURS: "a"}, {OURS: "b"}),
    ({OURS: "a"}, {}),
    ({OURS: "a"}, None),
    (None, {OURS: "a"}),
    ({"x": "y"}, {"x": "y", OURS: "a"}),
    ({OURS: "a"}, {f"{OURS}2": "a"}),
]


@pytest.mark.parametrize("kind", ["labels", "annotations"])
@pytest.mark.parametrize(("old", "new"), CHANGES_OF_OWNED)
def test_owned_keys_are_changed_by_their_owners_alone_once_the_object_is_locked(
    keeper: Case, kind: str, old: dict[str, str] | None, new: dict[str, str] | None
) -> None:
    change = labelled(keeper, old, new, kind)
    admitted = keeper.update(change, "accepted")
    assert not admitted.allowed
    (told,) = admitted.denied
    assert f"metadata.{kind} agents.example.org/*" in told
    assert keeper.update(change, "accepted", username=CONTROLLER).allowed
    for stage in UNLOCKED:
        assert keeper.update(change, stage).allowed


@pytest.mark.parametrize(
    ("old", "new"), [({"x": "1"}, {"x": "2"}), ({"x": "1"}, None), (None, {"x": "1"}), (None, None)]
)
def test_other_labels_may_change(
    keeper: Case, old: dict[str, str] | None, new: dict[str, str] | None
) -> None:
    assert keeper.update(labelled(keeper, old, new), "accepted").allowed
    assert keeper.update(labelled(keeper, old, new, "annotations"), "accepted").allowed


def test_an_annotation_that_is_never_to_change_does_not_by_anyone(keeper: Case) -> None:
    change = labelled(keeper, {"note": "a"}, {"note": "b"}, "annotations")
    assert not keeper.update(change, "pending", username=CONTROLLER).allowed


def test_a_template_may_change_and_nothing_becomes_one_to_be_changed(keeper: Case) -> None:
    spec = put(keeper.object, ("spec", "size"), 7)
    assert at(keeper.object, ("spec", "size")) != 7
    label = {"labels": {"example.org/template": "true"}}
    template = Change("changed", {**keeper.object, "metadata": label}, {**spec, "metadata": label})
    sly = Change("changed", keeper.object, {**spec, "metadata": label})
    assert keeper.update(template, "accepted").allowed
    assert not keeper.update(sly, "accepted").allowed


def test_a_policy_that_warns_denies_nothing(kubernetes: Kubernetes) -> None:
    case = Case(kubernetes, "hard-crd.yaml", replace(terms(["spec.size"]), mode=Mode.WARN))
    _, change = case.changes()[0]
    admitted = case.update(change, "accepted")
    assert admitted.allowed
    assert any("spec.size must not change" in told for told in admitted.warnings)


def test_metadata_is_left_out_where_that_is_asked_for() -> None:
    crd = load("hard-crd.yaml")
    version, schema = of_crd(crd)
    policy = replace(terms(["spec.size", "metadata.labels"]), owned=OWNED)
    kind = Kind("example.org", version, "knots")
    cells = cells_of(policy, schema)
    made = admission(policy, schema, cells, kind, without_metadata=True)
    assert len(made.policy["spec"]["validations"]) == 1
    assert "metadata" not in made.policy["spec"]["validations"][0]["expression"]
    nothing = replace(terms(), owned=OWNED)
    with pytest.raises(CannotExpress, match="fixes nothing"):
        admission(nothing, schema, (), kind, without_metadata=True)


def test_names_fit_what_kubernetes_allows() -> None:
    kind = Kind("example.org", "v1", "knots")
    assert name_of(replace(terms(), name="Éclair Runs!"), kind) == "clair-runs.knots.example.org"
    assert len(name_of(replace(terms(), name="x" * 900), kind)) == 253


def test_the_manifest_says_what_the_toggle_does_not_reach() -> None:
    crd = load("hard-crd.yaml")
    version, schema = of_crd(crd)
    policy = replace(terms(["spec.size"]), toggle="KNOTS_ENFORCED")
    kind = Kind("example.org", version, "knots")
    text = manifest(policy, admission(policy, schema, cells_of(policy, schema), kind))
    head = text.partition("apiVersion")[0]
    assert "KNOTS_ENFORCED is the controller's switch and does not reach this" in head
    assert "Kubernetes 1.30 or later" in head


def test_deep_cases_hold_lists_in_which_order_counts_for_nothing() -> None:
    _, schema = of_crd(load("hard-crd.yaml"))
    kinds = {c.schema.list_type for p in (HARD, HARD_DEEP) for c in cells_of(p, schema)}
    assert {"set", "map"} <= kinds


def test_an_expression_that_is_too_long_for_cel_is_refused() -> None:
    words = Schema("array", items=Schema("string"), list_type="set")
    many = Schema("object", properties={f"field{n}": words for n in range(600)})
    schema = Schema("object", properties={"spec": many})
    policy = terms(["spec"], locked_when=[Creation()])
    found = [Cell(("spec",), Word.UNTIL_ACCEPTED, many)]
    with pytest.raises(CannotExpress, match="and CEL reads 100,000") as told:
        admission(policy, schema, found, Kind("example.org", "v1", "knots"))
    assert "name the fields below spec one by one" in told.value.remedy
