"""What is known of Kubernetes, so that the program is known to ask it rightly."""

from __future__ import annotations

from typing import Any

from tests.conformance.kubernetes import Kubernetes

FIXED = [{"rule": "self == oldSelf", "message": "must not change"}]
TEXT = {"type": "string"}


def crd(
    spec: dict[str, Any], status: dict[str, Any] | None = None, **root: object
) -> dict[str, Any]:
    properties = {"spec": spec, "status": status or fields(phase=TEXT)}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "trips.example.test"},
        "spec": {
            "group": "example.test",
            "names": {"plural": "trips", "kind": "Trip"},
            "scope": "Namespaced",
            "versions": [
                {
                    "name": "v1",
                    "served": True,
                    "storage": True,
                    "subresources": {"status": {}},
                    "schema": {
                        "openAPIV3Schema": {"type": "object", "properties": properties, **root}
                    },
                }
            ],
        },
    }


def fields(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def test_a_fixed_optional_field_can_be_unset_and_set_again(kubernetes: Kubernetes) -> None:
    trip = crd(fields(start={**TEXT, "x-kubernetes-validations": FIXED}))
    here, there = {"spec": {"start": "here"}}, {"spec": {"start": "there"}}
    assert not kubernetes.crd_errors(trip)
    refused = kubernetes.update(trip, "v1", here, there)
    assert not refused.allowed
    assert refused.errors[0].field == "spec.start"
    assert "must not change" in refused.errors[0].message
    assert kubernetes.update(trip, "v1", here, {"spec": {}}).allowed
    assert kubernetes.update(trip, "v1", {"spec": {}}, there).allowed
