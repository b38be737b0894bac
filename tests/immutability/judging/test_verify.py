"""What a policy says of an update: owned keys, warnings, words, and Kubernetes' known holes."""

from __future__ import annotations

from typing import Any

import pytest

from specstat.immutability.judging.verify import Verdict
from specstat.immutability.policy import Policy
from tests.conformance.crds import TEXT, array, crd, fields
from tests.conformance.kubernetes import Kubernetes

DEFINITION = crd(fields(image=TEXT, env={"type": "object", "additionalProperties": TEXT}))
SAYS: dict[str, Any] = {
    "kind": "example.test/Trip",
    "immutable": ["spec.image"],
    "locked-when": [{"field": "status.phase", "in": ["Running"]}],
    "owned": {"labels": ["own/"], "annotations": ["own/"], "by": ["ctrl"]},
}


def state(phase: str = "Running", **metadata: Any) -> dict[str, Any]:  # noqa: ANN401 - as metadata has it
    return {"metadata": metadata, "spec": {"image": "a"}, "status": {"phase": phase}}


def judged(verdict: Verdict) -> dict[str, bool]:
    return {one.change.path: one.forbidden for one in verdict.judged}


@pytest.mark.parametrize("kind", ["labels", "annotations"])
@pytest.mark.parametrize("new", [{"own/a": "2"}, {}, {"own/a": "1", "own/b": "1"}])
def test_only_their_owner_changes_owned_keys_of_a_locked_object(
    kind: str, new: dict[str, str]
) -> None:
    policy = Policy.load(SAYS, DEFINITION)
    metadata: tuple[dict[str, Any], ...] = ({kind: {"own/a": "1", "free": "1"}}, {kind: new})
    sides = state(**metadata[0]), state(**metadata[1])
    by_bob = policy.verify(*sides, user="bob")
    assert not by_bob.allowed
    assert judged(by_bob)[f"metadata.{kind}.free"] is False
    assert "belong to ctrl, not to bob" in by_bob.violations[0].reason
    assert policy.verify(*sides, user="ctrl").allowed
    unknown = policy.verify(*sides)
    assert unknown.allowed
    assert "name the user (--user)" in unknown.unjudged[0]


def test_owned_keys_are_free_until_the_lock() -> None:
    policy = Policy.load(SAYS, DEFINITION)
    old = state("Pending", labels={"own/a": "1"})
    assert policy.verify(old, state("Pending"), user="bob").allowed


def test_an_owned_key_that_may_be_set_once_is_set_by_its_owner_only() -> None:
    says = {**SAYS, "immutable": {'metadata.labels["own/a"]': "set-once"}}
    policy = Policy.load(says, DEFINITION)
    sides = state(labels={"free": "1"}), state(labels={"free": "1", "own/a": "1"})
    assert not policy.verify(*sides, user="bob").allowed
    assert policy.verify(*sides, user="ctrl").allowed
    assert "own/a" in policy.verify(*sides).unjudged[0]


def test_empty_labels_are_no_labels_as_the_api_server_keeps_none() -> None:
    policy = Policy.load({**SAYS, "immutable": ["metadata.labels"]}, DEFINITION)
    assert policy.verify(state(), state(labels={})).allowed
    assert not policy.verify(state(), state(labels={"a": "1"})).allowed


def test_the_lock_is_read_from_the_stored_object() -> None:
    policy = Policy.load(SAYS, DEFINITION)
    unlocks = {**state("Pending"), "spec": {"image": "b"}}
    assert not policy.verify(state(), unlocks).allowed
    assert policy.verify(state("Pending"), {**state(), "spec": {"image": "b"}}).allowed


def test_a_policy_that_warns_allows_and_still_tells() -> None:
    policy = Policy.load({**SAYS, "mode": "warn"}, DEFINITION)
    verdict = policy.verify(state(), {**state(), "spec": {}})
    assert verdict.allowed
    assert [one.change.path for one in verdict.violations] == ["spec.image"]


def test_an_exempt_object_may_change_in_everything() -> None:
    says = {**SAYS, "immutable": {"spec.image": "never"}, "exempt-when": [{"label": "template"}]}
    policy = Policy.load(says, DEFINITION)
    verdict = policy.verify(state(labels={"template": "yes"}), {**state(), "spec": {}}, "bob")
    assert verdict.exempt
    assert not verdict.violations


def test_what_is_told_once_is_not_told_again_as_a_change_of_the_rest() -> None:
    says = {**SAYS, "immutable": ["spec.env.A", "metadata.labels.team"]}
    policy = Policy.load(says, DEFINITION)
    old = {**state(labels={"team": "a"}), "spec": {"env": {"A": "1", "B": "1"}}}
    new = {**state(labels={"team": "b"}), "spec": {"env": {"A": "2", "B": "2"}}}
    assert judged(policy.verify(old, new)) == {
        "spec.env.A": True,
        "metadata.labels.team": True,
        "spec.env.B": False,
    }


def test_tens_of_thousands_of_changes_are_judged() -> None:
    policy = Policy.load({**SAYS, "immutable": ["spec.env"]}, DEFINITION)
    old, new = (
        {**state(), "spec": {"env": dict.fromkeys(map(str, range(30_000)), v)}} for v in "ab"
    )
    assert len(policy.verify(old, new).violations) == 30_000


def test_an_append_only_list_keeps_what_it_holds() -> None:
    schema = crd(fields(log=array(TEXT), tags=array(TEXT, "set")))
    says = {"kind": "Trip", "immutable": dict.fromkeys(("spec.log", "spec.tags"), "append-only")}
    policy = Policy.load(says, schema)

    def allows(old: Any, new: Any) -> bool:  # noqa: ANN401 - any value of JSON
        return policy.verify({"spec": old}, {"spec": new}).allowed

    assert allows({"log": ["a"]}, {"log": ["a", "b"]})
    assert allows({}, {"log": ["a"]})
    assert allows({"tags": ["a", "b"]}, {"tags": ["c", "b", "a"]})
    assert not allows({"log": ["a"]}, {"log": ["b", "a"]})
    assert not allows({"log": ["a"]}, {})
    assert not allows({"tags": ["a", "b"]}, {"tags": ["a"]})


OPEN = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
MAYBE = fields(x={**TEXT, "nullable": True})
SPACES = array({**fields(namespace=TEXT), "required": ["namespace"]}, "map", "namespace")
TWO = [{"namespace": "a"}, {"namespace": "b"}]
TIMES = array({**TEXT, "format": "date-time"}, "set")


@pytest.mark.parametrize(
    ("schema", "old", "new", "equal_to_kubernetes", "equal"),
    [
        # An unknown key is not missed where the number of keys is the same.
        pytest.param(OPEN, {"z": 1}, {"y": 2}, True, False, id="renamed unknown key"),
        pytest.param(OPEN, {"z": 1}, {"z": 2}, False, False, id="changed unknown key"),
        # Elements of sets are compared as Go's structs, which know their time zone.
        pytest.param(
            TIMES,
            ["2026-03-01T10:00:00Z"],
            ["2026-03-01T11:00:00+01:00"],
            False,
            True,
            id="moments of a set in other zones",
        ),
        pytest.param(
            TIMES, ["2026-03-01T10:00:00Z"], ["2026-03-01T10:00:00.0Z"], True, True, id="same zone"
        ),
        pytest.param(
            TIMES,
            ["2026-03-01T10:00:00+05:30"],
            ["2026-03-01T10:00:00+05:30"],
            False,
            True,
            id="half an hour is not equal to itself",
        ),
        # A null counts in the number of fields of its object.
        pytest.param(MAYBE, {"x": None}, {}, False, True, id="stored null"),
        # Items are looked up by the escaped name of their key, under which there is nothing.
        pytest.param(SPACES, TWO, TWO, False, True, id="key with a reserved name"),
        # A name that looks like an escaped one is taken for the unescaped.
        pytest.param(
            fields(a__dot__b=TEXT), {"a__dot__b": "1"}, {"a__dot__b": "2"}, True, False, id="escape"
        ),
    ],
)
def test_where_verify_knows_better_than_kubernetes(  # noqa: PLR0913 - both answers for both sides
    kubernetes: Kubernetes,
    schema: dict[str, Any],
    old: object,
    new: object,
    *,
    equal_to_kubernetes: bool,
    equal: bool,
) -> None:
    spec = fields(v=schema)
    assert kubernetes.equal(spec, {"v": old}, {"v": new}) is equal_to_kubernetes
    policy = Policy.load(
        {"kind": "Trip", "immutable": ["spec"], "locked-when": ["always"]}, crd(spec)
    )
    assert policy.verify({"spec": {"v": old}}, {"spec": {"v": new}}).allowed is equal


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({**TEXT, "format": "byte", "maxLength": 60}, "+/8="),
        ({**TEXT, "format": "date-time"}, "2026-03-01t10:00:00z"),
        ({"type": "integer"}, 1.0),
    ],
)
def test_kubernetes_refuses_some_updates_that_change_nothing_and_verify_does_not(
    kubernetes: Kubernetes, schema: dict[str, Any], value: object
) -> None:
    rule = {"rule": "self.spec.v == oldSelf.spec.v", "message": "v is fixed"}
    definition = crd(fields(v=schema), None, **{"x-kubernetes-validations": [rule]})
    one = {"spec": {"v": value}}
    assert not kubernetes.update(definition, "v1", one, one).allowed
    policy = Policy.load({"kind": "Trip", "immutable": ["spec.v"]}, definition)
    assert not policy.verify(one, one).judged
