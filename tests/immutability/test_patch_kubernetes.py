"""What is written to a status, held against Kubernetes over statuses of many schemas."""

from __future__ import annotations

import random
from typing import Any

from specstat.immutability.judging.decision import Code, Decision
from specstat.immutability.policy import Policy
from tests.conformance.crds import TEXT, array, crd, fields
from tests.conformance.kubernetes import Kubernetes
from tests.immutability.runs import JSON, LATER, NOW, created, merge

SEEDS = 150
POLICY: JSON = {
    "kind": "example.test/Trip",
    "default": "immutable",
    "locked-when": ["always"],
    "on-violation": {
        "phase": "Failed",
        "phase-field": "status.phase",
        "conditions": {"Ready": "False", "Succeeded": "False"},
    },
}
NUMBER: JSON = {"type": "integer", "format": "int64"}
MOMENT: JSON = {"type": "string", "format": "date-time"}
SHORT: JSON = {"type": "string", "maxLength": 20}
# What a schema may say of each field; the first is what the conventions ask for.
CONDITION: dict[str, list[JSON | None]] = {
    "type": [TEXT, {"type": "string", "enum": ["Ready", "Synced"]}, SHORT],
    "status": [TEXT, {"type": "string", "enum": ["True", "False", "Unknown"]}, {"type": "boolean"}],
    "reason": [TEXT, None, SHORT, {"type": "string", "enum": ["Up", "Down"]}],
    "message": [TEXT, None, SHORT, {"type": "string", "maxLength": 32768}, NUMBER],
    "observedGeneration": [NUMBER, None, {"type": "integer", "minimum": 0}, TEXT],
    "lastTransitionTime": [MOMENT, None, TEXT, NUMBER],
    "lastUpdateTime": [None, MOMENT],
    "severity": [None, TEXT, {"type": "string", "default": "Info"}],
}
STATUS: dict[str, list[JSON | None]] = {
    "phase": [
        TEXT,
        None,
        SHORT,
        NUMBER,
        {"type": "string", "enum": ["Failed", "Done"]},
        {"type": "string", "enum": ["Done"]},
        {"type": "string", "maxLength": 3},
    ],
    "reason": [None, TEXT, SHORT, NUMBER],
    "message": [None, TEXT, SHORT, {"type": "array", "items": TEXT}],
    "specHash": [
        TEXT,
        fields(algorithm=TEXT, fields=array(TEXT), generation=NUMBER, hash=TEXT),
        {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
        fields(algorithm=TEXT, hash=TEXT),
        fields(algorithm=TEXT, fields=TEXT, generation=NUMBER, hash=TEXT),
        {**fields(algorithm=TEXT, fields=array(TEXT), generation=NUMBER, hash=TEXT, by=TEXT)}
        | {"required": ["by"]},
        fields(algorithm=TEXT, fields=array(TEXT), generation=NUMBER, hash=SHORT),
    ],
}


def drawn(rng: random.Random, known: dict[str, list[JSON | None]]) -> JSON:
    """One schema for each field, mostly the usual one."""
    chosen = {n: k[0] if rng.random() < 0.6 else rng.choice(k) for n, k in known.items()}
    return {name: schema for name, schema in chosen.items() if schema is not None}


def definition(rng: random.Random) -> JSON:
    item = fields(**drawn(rng, CONDITION))
    asked = [name for name in item["properties"] if rng.random() < 0.3]
    if rng.random() < 0.5:
        item["required"] = sorted({"type", *asked})
        conditions = array(item, "map", "type")
    else:
        conditions = array(item | ({"required": asked} if asked else {}))
    if rng.random() < 0.2:
        conditions["maxItems"] = rng.randrange(1, 4)
    status = fields(**drawn(rng, STATUS))
    if rng.random() < 0.9:
        status["properties"]["conditions"] = conditions
    return crd(fields(image=TEXT), status)


def loaded(definition: JSON) -> Policy:
    """The policy, with its record where the definition has a place that the policy may name."""
    has = (
        "specHash"
        in definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["status"][
            "properties"
        ]
    )
    return Policy.load(POLICY | ({"record": "status.specHash"} if has else {}), definition)


def trip(generation: int, **spec: object) -> JSON:
    run = created() | {"apiVersion": "example.test/v1", "kind": "Trip", "spec": dict(spec)}
    return dict(merge(run, {"metadata": {"generation": generation}}))


def test_kubernetes_takes_what_is_written_and_drops_none_of_it(kubernetes: Kubernetes) -> None:
    told: set[bool] = set()
    for seed in range(SEEDS):
        rng = random.Random(seed)  # noqa: S311 - no secret
        made = definition(rng)
        assert kubernetes.crd_errors(made) == ()
        chosen = loaded(made)
        first = chosen.decide(trip(1, image="a"), now=NOW, accepting=True)
        run = written(kubernetes, made, trip(1, image="a"), first)
        assert first.record is not None
        edited = merge(run, {"spec": {"image": "b"}, "metadata": {"generation": 2}})
        for enforced in (False, True):
            decision = chosen.decide(edited, first.record, now=NOW, enforced=enforced)
            assert decision.violated
            after = written(kubernetes, made, edited, decision)
            again = chosen.decide(after, first.record, now=LATER, enforced=enforced)
            assert again.patch == {}
            told.add(Code.NO_PLACE in [note.code for note in decision.notes])
    assert told == {False, True}


def holds(there: Any, asked: Any) -> bool:  # noqa: ANN401 - any values of JSON
    """Whether a value has all that was written to it; it may have defaults beside."""
    if isinstance(asked, dict):
        return all(name in there and holds(there[name], value) for name, value in asked.items())
    if isinstance(asked, list):
        return len(there) == len(asked) and all(map(holds, there, asked))
    return bool(there == asked)


def written(kubernetes: Kubernetes, made: JSON, run: JSON, decision: Decision) -> Any:  # noqa: ANN401 - an object
    """The object with a patch of its status, as Kubernetes stores it."""
    new = merge(run, {"status": decision.status}) if decision.patch else run
    answer = kubernetes.update(made, "v1", run, new, "status")
    assert answer.allowed, (decision.patch, answer.errors)
    stored = dict(answer.object)
    assert holds(stored.get("status", {}), decision.status)
    return merge(stored, {"metadata": run["metadata"]})
