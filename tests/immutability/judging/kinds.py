"""Policies for small kinds, and runs that were accepted by them."""

from __future__ import annotations

from specstat.immutability.judging.decision import Code, Decision
from specstat.immutability.judging.record import Record, of_value
from specstat.immutability.policy import Policy
from tests.immutability.runs import (
    JSON,
    NOW,
    patched,
    told,
)

OPEN = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}


def codes(decision: Decision) -> list[Code]:
    return [note.code for note in decision.notes]


def of(kind: JSON, status: JSON | None = None, **more: object) -> Policy:
    """A policy for a kind whose spec and status have some fields."""
    crd = {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "agentruns.agents.proompteng.ai"},
        "spec": {
            "group": "agents.proompteng.ai",
            "names": {"kind": "AgentRun", "plural": "agentruns"},
            "scope": "Namespaced",
            "versions": [
                {
                    "name": "v1alpha1",
                    "served": True,
                    "storage": True,
                    "subresources": {"status": {}},
                    "schema": {
                        "openAPIV3Schema": {
                            "type": "object",
                            "properties": {
                                "spec": {"type": "object", "properties": kind},
                                "status": status or OPEN,
                            },
                        }
                    },
                }
            ],
        },
    }
    terms = {
        "kind": "agents.proompteng.ai/AgentRun",
        "default": "immutable",
        "locked-when": [{"condition": "Accepted"}],
        "record": "status.specHash",
        "on-violation": {"phase": "Failed", "conditions": {"Ready": "False"}},
        **more,
    }
    return Policy.load(terms, crd)


KIND: JSON = {"agentRef": OPEN, "runtime": OPEN, "systemPrompt": {"type": "string"}}


def accept(chosen: Policy, run: JSON) -> JSON:
    condition = [{"type": "Accepted", "status": "True"}]
    return told(patched(run, chosen.decide(run, now=NOW, accepting=True)), conditions=condition)


def record_of(run: JSON) -> Record:
    record = of_value(run["status"]["specHash"])
    assert record is not None
    return record
