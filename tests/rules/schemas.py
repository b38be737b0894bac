"""Definitions made of schemas, and what single rules say of them."""

from __future__ import annotations

import json
from typing import Any

from specstat.engine.check import Settings, check_file, levels_of
from specstat.model.diagnostic import Diagnostic

Schema = dict[str, Any]
SPEC: Schema = {"type": "object", "properties": {"size": {"type": "integer"}}}
SUBRESOURCE: Schema = {"subresources": {"status": {}}}


def status(**fields: Schema) -> Schema:
    """The schema of a status with these fields."""
    return {"type": "object", "properties": fields}


def version(name: str = "v1", *, root: Schema | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a version may hold
    """A version of a CRD from the properties at its root."""
    schema = {"type": "object", "properties": root or {}}
    return {"name": name, "served": True, "schema": {"openAPIV3Schema": schema}} | more


def definition(
    *versions: Schema,
    kind: str = "Widget",
    api: str = "v1",
    generated: bool = False,
    **beside: Any,  # noqa: ANN401 - whatever a CRD may hold
) -> bytes:
    """A CRD of these versions; `beside` is what stands beside them."""
    annotations = {"controller-gen.kubebuilder.io/version": "v0.17.2"} if generated else {}
    return json.dumps(
        {
            "apiVersion": f"apiextensions.k8s.io/{api}",
            "kind": "CustomResourceDefinition",
            "metadata": {"name": "widgets.example.com", "annotations": annotations},
            "spec": {
                "group": "example.com",
                "names": {"kind": kind},
                "versions": list(versions),
                **beside,
            },
        },
        indent=1,
    ).encode()


def found(
    code: str, data: bytes, path: str = "a.json", profile: str = "strict"
) -> list[Diagnostic]:
    """What one rule says of a definition, as loud as a profile has it."""
    levels = {c: level for c, level in levels_of((), (), profile).items() if c == code}
    diagnostics = check_file(path, data, Settings(levels)).diagnostics
    assert {d.code for d in diagnostics} <= {code}, "a rule failed"
    return list(diagnostics)


def told(code: str, data: bytes, path: str = "a.json") -> list[str]:
    """The messages of one rule."""
    return [d.message for d in found(code, data, path)]


def with_status(schema: Schema, **more: Any) -> bytes:  # noqa: ANN401 - whatever a version may hold
    """A CRD with a spec and this status."""
    return definition(version(root={"spec": SPEC, "status": schema}, **{**SUBRESOURCE, **more}))
