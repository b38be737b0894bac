from __future__ import annotations

from typing import Any

import pytest

from specstat.rules import costs
from tests.conformance.kubernetes import Kubernetes
from tests.conformance.test_transition_rules import Definition, guarded, resource_of

TEXT: Definition = {"type": "string"}
EQUAL = "self == oldSelf"


def ruled(schema: Definition, *rules: str) -> Definition:
    return {**schema, "x-kubernetes-validations": [{"rule": rule} for rule in rules]}


def listed(schema: Definition, **more: Any) -> Definition:  # noqa: ANN401 - keywords of a schema
    """A map list of objects that hold this in `value`."""
    properties = {"name": TEXT, "value": schema}
    items = {"type": "object", "required": ["name"], "properties": properties}
    keys = {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]}
    return {"type": "array", "items": items, **keys, **more}


SHAPES: dict[str, Definition] = {
    "text": ruled(TEXT, EQUAL),
    "short text": ruled({**TEXT, "maxLength": 10}, EQUAL, "oldSelf == '' || self == oldSelf"),
    "enum": ruled({**TEXT, "enum": ["ab", "abc"]}, EQUAL),
    "bytes": ruled({**TEXT, "format": "byte", "maxLength": 70}, EQUAL),
    "time": ruled({**TEXT, "format": "date-time"}, EQUAL),
    "day": ruled({**TEXT, "format": "date"}, EQUAL),
    "duration": ruled({**TEXT, "format": "duration"}, EQUAL),
    "number": ruled({"type": "number"}, EQUAL),
    "integer": ruled({"type": "integer"}, EQUAL, "oldSelf == 0 || self == oldSelf"),
    "either": ruled({"x-kubernetes-int-or-string": True}, EQUAL),
    "list": ruled({"type": "array", "items": TEXT}, EQUAL, "size(oldSelf) == 0 || self == oldSelf"),
    "short list": ruled({"type": "array", "items": TEXT, "maxItems": 7}, EQUAL),
    "map": ruled({"type": "object", "additionalProperties": {"type": "integer"}}, EQUAL),
    "object": ruled(
        {"type": "object", "properties": {"a": TEXT, "b": {"type": "integer"}}},
        EQUAL,
        "has(self.a) == has(oldSelf.a)",
        "self.a == oldSelf.a",
        "has(oldSelf.a) ? has(self.a) && self.a == oldSelf.a : true",
        "oldSelf.a.size() == 0 || !(self.a != oldSelf.a)",
    ),
    "in items": listed(ruled(TEXT, EQUAL)),
    "in few items": listed(ruled({**TEXT, "maxLength": 99}, EQUAL), maxItems=50),
    "numbers in items": listed(ruled({"type": "integer"}, EQUAL)),
    "in values in items": listed(
        {"type": "object", "additionalProperties": ruled({**TEXT, "maxLength": 3}, EQUAL)}
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_rule_is_estimated_to_cost_what_kubernetes_estimates(
    kubernetes: Kubernetes, shape: str
) -> None:
    definition = guarded("true")
    version = definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    version["properties"]["spec"] = {"type": "object", "properties": {"value": SHAPES[shape]}}
    rules = ["self.spec == oldSelf.spec", "self.metadata.name == oldSelf.metadata.name"]
    version["x-kubernetes-validations"] = [{"rule": rule} for rule in rules]
    resource = resource_of(definition)
    mine = [(each.rule.rule, each.cost) for each in costs.estimates(resource)]

    (real,) = kubernetes.costs(definition).values()
    assert sorted(mine) == sorted((rule.rule, rule.cost) for rule in real.rules)
    assert kubernetes.crd(definition).expression_limit == costs.LIMIT
    assert kubernetes.crd(definition).version_limit == costs.VERSION_LIMIT
