"""What is known of ValidatingAdmissionPolicies, asked of the code that the API server runs."""

from __future__ import annotations

from typing import Any

from tests.conformance.answers import Admitted
from tests.conformance.crds import TEXT, crd, fields
from tests.conformance.kubernetes import Kubernetes

TRIP = crd(fields(start=TEXT, note=TEXT))
HERE = {"spec": {"start": "here"}}
THERE = {"spec": {"start": "there"}}
SAME_START = {
    "expression": "object.spec.?start == oldObject.spec.?start",
    "message": "start must not change",
    "reason": "Forbidden",
}


def policy(*validations: dict[str, Any], **spec: object) -> dict[str, Any]:
    rule = {
        "apiGroups": ["example.test"],
        "apiVersions": ["v1"],
        "operations": ["UPDATE"],
        "resources": ["trips"],
    }
    return {
        "apiVersion": "admissionregistration.k8s.io/v1",
        "kind": "ValidatingAdmissionPolicy",
        "metadata": {"name": "trips.example.test"},
        "spec": {
            "matchConstraints": {"resourceRules": [rule]},
            "validations": list(validations),
            **spec,
        },
    }


def binding(*actions: str) -> dict[str, Any]:
    return {
        "apiVersion": "admissionregistration.k8s.io/v1",
        "kind": "ValidatingAdmissionPolicyBinding",
        "metadata": {"name": "trips"},
        "spec": {"policyName": "trips.example.test", "validationActions": list(actions)},
    }


def moved(kubernetes: Kubernetes, policy: dict[str, Any], *actions: str) -> Admitted:
    bound = binding(*actions or ("Deny",))
    return kubernetes.admit(policy, bound, TRIP, "v1", "UPDATE", old=HERE, new=THERE)


def test_a_policy_denies(kubernetes: Kubernetes) -> None:
    said = moved(kubernetes, policy(SAME_START), "Deny")
    assert said == Admitted(
        allowed=False,
        denied=("start must not change",),
        warnings=(),
        errors=(),
        types=(),
        reason="Forbidden",
    )


def test_a_policy_warns(kubernetes: Kubernetes) -> None:
    said = moved(kubernetes, policy(SAME_START), "Warn")
    assert (said.allowed, said.denied, said.errors) == (True, (), ())
    assert len(said.warnings) == 1
    assert said.warnings[0].endswith("start must not change")


def test_only_the_named_operations_and_resources_are_looked_at(kubernetes: Kubernetes) -> None:
    never = policy({"expression": "false"})
    bound = binding("Deny")
    assert not kubernetes.admit(never, bound, TRIP, "v1", "UPDATE", old=HERE, new=HERE).allowed
    assert kubernetes.admit(never, bound, TRIP, "v1", "CREATE", new=HERE).allowed
    assert kubernetes.admit(never, bound, TRIP, "v1", "DELETE", old=HERE).allowed
    status = {"status": {"phase": "Done"}}
    assert kubernetes.admit(
        never, bound, TRIP, "v1", "UPDATE", old=HERE, new=status, subresource="status"
    ).allowed


def test_conditions_variables_and_messages_are_evaluated(kubernetes: Kubernetes) -> None:
    condition = {"name": "people", "expression": "request.userInfo.username != 'robot'"}
    variable = {"name": "before", "expression": "oldObject.spec.start"}
    validation = {
        "expression": "object.spec.start == variables.before",
        "messageExpression": "'it was ' + variables.before",
    }
    made = policy(validation, variables=[variable], matchConditions=[condition])
    assert moved(kubernetes, made).denied == ("it was here",)
    bound = binding("Deny")
    assert kubernetes.admit(
        made, bound, TRIP, "v1", "UPDATE", old=HERE, new=THERE, username="robot"
    ).allowed


def test_an_error_denies_unless_the_policy_says_otherwise(kubernetes: Kubernetes) -> None:
    careless = {"expression": "object.spec.note == 'x'"}
    failed = moved(kubernetes, policy(careless))
    assert not failed.allowed
    assert "no such key: note" in failed.errors[0]
    ignored = moved(kubernetes, policy(careless, failurePolicy="Ignore"))
    assert ignored.allowed
    assert ignored.errors == failed.errors


def test_the_status_of_an_update_is_the_stored_one(kubernetes: Kubernetes) -> None:
    done = policy({"expression": "object.status.phase == 'Done'"})
    old, new = {**HERE, "status": {"phase": "Done"}}, {**HERE, "status": {"phase": "Pending"}}
    assert kubernetes.admit(done, binding("Deny"), TRIP, "v1", "UPDATE", old=old, new=new).allowed


def test_what_is_wrong_with_a_policy_is_told(kubernetes: Kubernetes) -> None:
    both = moved(kubernetes, policy(SAME_START), "Deny", "Warn")
    assert any("both Deny and Warn" in error for error in both.errors)
    cut = moved(kubernetes, policy({"expression": "object.spec."}))
    assert any("Syntax error" in error for error in cut.errors)
    reason = moved(kubernetes, policy({**SAME_START, "reason": "Immutable"}))
    assert any("spec.validations[0].reason" in error for error in reason.errors)
    mistyped = moved(kubernetes, policy({"expression": "object.spec.strat == 'x'"}))
    assert "undefined field 'strat'" in mistyped.types[0]


def test_an_invalid_object_does_not_get_as_far_as_the_policy(kubernetes: Kubernetes) -> None:
    new = {"spec": {"start": 1}}
    said = kubernetes.admit(
        policy(SAME_START), binding("Deny"), TRIP, "v1", "UPDATE", old=HERE, new=new
    )
    assert (said.allowed, said.denied) == (False, ())
    assert "the request is invalid" in said.errors[0]
