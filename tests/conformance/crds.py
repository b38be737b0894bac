"""The smallest definitions that Kubernetes takes, to try a schema or a rule in."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FIXED = {"rule": "self == oldSelf", "message": "must not change"}


def crd(spec: Schema, status: Schema | None = None, **root: object) -> dict[str, Any]:
    """A kind with a status subresource; `root` goes to the top of its schema."""
    properties = {"spec": spec, "status": status or fields(phase=TEXT)}
    schema = {"type": "object", "properties": properties, **root}
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
                    "schema": {"openAPIV3Schema": schema},
                }
            ],
        },
    }


def fields(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


def array(items: Schema, kind: str = "atomic", *keys: str, **more: object) -> Schema:
    named = {"x-kubernetes-list-map-keys": list(keys)} if keys else {}
    return {"type": "array", "items": items, "x-kubernetes-list-type": kind, **named, **more}


def ruled(schema: Schema, *rules: dict[str, Any]) -> Schema:
    return {**schema, "x-kubernetes-validations": list(rules)}
