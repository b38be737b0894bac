"""Guards in the dialect of admission policies, over the hard definition, on random objects."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from specstat.immutability.cells import cells_of
from specstat.immutability.generate.expressions import ADMISSION, Guard, guards
from specstat.immutability.generate.refusal import CannotExpress
from tests.conformance.kubernetes import Kubernetes
from tests.immutability.test_generated_cel_random import (
    CRD,
    POLICIES,
    SCHEMA,
    VERSION,
    is_kept,
    pairs,
    policy,
)

BINDING = {
    "apiVersion": "admissionregistration.k8s.io/v1",
    "kind": "ValidatingAdmissionPolicyBinding",
    "metadata": {"name": "knots"},
    "spec": {"policyName": "knots", "validationActions": ["Deny"]},
}


def admission_policy(found: tuple[Guard, ...]) -> dict[str, Any]:
    """An admission policy that holds the guards as they are."""
    matched = {
        "apiGroups": ["example.org"],
        "apiVersions": ["*"],
        "operations": ["UPDATE"],
        "resources": ["knots"],
    }
    return {
        "apiVersion": "admissionregistration.k8s.io/v1",
        "kind": "ValidatingAdmissionPolicy",
        "metadata": {"name": "knots"},
        "spec": {
            "failurePolicy": "Fail",
            "matchConstraints": {"resourceRules": [matched]},
            "validations": [{"expression": guard.text, "message": "no"} for guard in found],
        },
    }


@pytest.mark.parametrize("part", range(4))
def test_guards_allow_what_the_policy_allows_and_nothing_else(
    kubernetes: Kubernetes, part: int
) -> None:
    held = kubernetes.hold(CRD)
    answers: Counter[bool] = Counter()
    for seed in range(part, POLICIES, 4):
        found = policy(seed)
        try:
            made = guards(found, SCHEMA, cells_of(found, SCHEMA), ADMISSION)
        except CannotExpress as refusal:
            assert "append-only" in refusal.reason or "byte" in refusal.reason, refusal  # noqa: PT017 - a refusal is no error
            continue
        if not made:
            continue
        for old, new, status in pairs(seed):
            expected = is_kept(found, old, new, status)
            admitted = kubernetes.admit(
                admission_policy(made),
                BINDING,
                held,
                VERSION,
                "UPDATE",
                old={**old, "status": status},
                new={**new, "status": status},
            )
            told = (seed, admitted, old, new, [guard.text for guard in made])
            assert not admitted.errors, told
            assert admitted.allowed is expected, told
            answers[expected] += 1
    assert min(answers[True], answers[False]) > sum(answers.values()) / 6, answers
