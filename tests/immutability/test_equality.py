"""Equality and verdicts, held against Kubernetes' own code on random pairs of objects."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specstat.immutability.cells import cells_of
from specstat.immutability.equality.canonical import canonical
from specstat.immutability.equality.fit import misfits
from specstat.immutability.equality.prepare import prepare
from specstat.immutability.generate.cel import rules
from specstat.immutability.judging.verify import verify
from specstat.immutability.schema import of_crd, of_openapi
from specstat.immutability.terms import Terms, Word
from tests.conformance.crds import TEXT, array, crd, fields
from tests.conformance.kubernetes import Kubernetes
from tests.immutability.pairs import pairs
from tests.immutability.rules_made import terms, with_rules

INTEGER = {"type": "integer"}
NUMBER = {"type": "number"}


def formatted(name: str) -> dict[str, Any]:
    return {**TEXT, "format": name}


def bounded(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with the bounds that Kubernetes wants before it takes rules."""
    found = dict(schema)
    if "properties" in found:
        found["properties"] = {name: bounded(s) for name, s in found["properties"].items()}
    for word in ("items", "additionalProperties"):
        if word in found:
            found[word] = bounded(found[word])
    bounds = {"array": "maxItems", "string": "maxLength"}
    if found.get("type") in bounds:
        found[bounds[found["type"]]] = 60 if found["type"] == "string" else 4
    return {**found, "maxProperties": 4} if "additionalProperties" in found else found


def mapping(values: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values}


SCALARS = fields(
    at=formatted("date-time"),
    day=formatted("date"),
    grace=formatted("duration"),
    token=formatted("byte"),
    id=formatted("uuid"),
    port={"x-kubernetes-int-or-string": True},
    count=INTEGER,
    share=NUMBER,
    name=TEXT,
    on={"type": "boolean"},
)
KEYED = {
    **fields(
        name=TEXT,
        zone={**TEXT, "default": "a"},
        tags=array(TEXT, "set"),
        grace=formatted("duration"),
        args=array(TEXT),
    ),
    "required": ["name"],
}
LISTS = fields(
    tags=array(TEXT, "set"),
    ports=array(INTEGER, "set"),
    waits=array(formatted("duration"), "set"),
    steps=array(KEYED, "map", "name"),
    zones=array(KEYED, "map", "name", "zone"),
    rows=array(array(NUMBER)),
    groups=array(fields(tags=array(TEXT, "set"), at=formatted("date-time"))),
)
MAPS = fields(
    env=mapping(TEXT),
    waits=mapping(formatted("duration")),
    sets=mapping(array(INTEGER, "set")),
    empties=mapping({**INTEGER, "nullable": True}),
    deep=mapping(mapping(fields(at=formatted("date-time"), n=NUMBER))),
)
DEFAULTS = fields(
    plain={**TEXT, "default": "a"},
    inner={
        **fields(size={**INTEGER, "default": 0}, label={**TEXT, "default": ""}, note=TEXT),
        "default": {"size": 9007199254740993},
    },
    absent=fields(size={**INTEGER, "default": 0}),
    items=array(fields(size={**INTEGER, "default": 0})),
)
LOOSE = fields(
    bag={"x-kubernetes-preserve-unknown-fields": True},
    bags=mapping({"x-kubernetes-preserve-unknown-fields": True}),
    maybe={**fields(name=TEXT, note={**TEXT, "nullable": True}), "required": ["name"]},
)
SCHEMAS = {
    "scalars": SCALARS,
    "lists": LISTS,
    "maps": MAPS,
    "defaults": DEFAULTS,
    "loose": LOOSE,
}
STATUSES: tuple[dict[str, Any], ...] = (
    {"phase": "Running"},
    {"conditions": [{"type": "Accepted", "status": "True"}]},
    {"phase": "Pending"},
    {},
)
STATUS = fields(
    phase={**TEXT, "maxLength": 20},
    conditions=array(
        fields(type={**TEXT, "maxLength": 20}, status={**TEXT, "maxLength": 9}), maxItems=9
    ),
)
WHOLE = terms(["spec"])
SINGLY = terms(default_fixed=True)
# For each of the policies.
PAIRS = 180
CAREFULLY = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize("name", SCHEMAS)
def test_values_are_equal_where_kubernetes_says_so(kubernetes: Kubernetes, name: str) -> None:
    # CEL's == of whole objects tells null from absent, which rules with has() do not.
    raw = fields(**{k: v for k, v in SCHEMAS[name]["properties"].items() if k != "maybe"})
    schema = of_openapi(raw)
    answers: Counter[bool] = Counter()

    @settings(CAREFULLY, max_examples=300)
    @given(pairs(raw))
    def hold(pair: tuple[Any, Any]) -> None:
        texts = [canonical(prepare(value, schema), schema) for value in pair]
        equal = texts[0] == texts[1]
        answers[equal] += 1
        assert kubernetes.equal(raw, *pair) is equal

    hold()
    assert min(answers[True], answers[False]) > 40, answers


def policies() -> dict[str, Terms]:
    """Policies of all words, over all the schemas."""
    typed = [name for name in SCHEMAS if name != "loose"]
    found = {f"all-{name}": WHOLE for name in typed}
    found |= {f"each-{name}": SINGLY for name in typed}
    # No rule can see values without a type.
    found["typed-loose"] = terms(["spec.maybe"])
    found["words-scalars"] = terms(
        {
            "spec.at": Word.NEVER,
            "spec.grace": Word.SET_ONCE,
            "spec.count": Word.UNTIL_ACCEPTED,
        }
    )
    found["words-lists"] = terms(
        {
            "spec.tags": Word.APPEND_ONLY,
            "spec.rows": Word.APPEND_ONLY,
            "spec.steps": Word.APPEND_ONLY,
            "spec.zones": Word.SET_ONCE,
            "spec.ports": Word.NEVER,
        }
    )
    found["words-maps"] = terms(
        {
            "spec.env": Word.APPEND_ONLY,
            "spec.waits": Word.SET_ONCE,
            "spec.deep{}{}.at": Word.UNTIL_ACCEPTED,
        }
    )
    found["below-lists"] = terms(
        ["spec.steps[].tags", "spec.zones[]", "spec.groups[].at"], ["spec.steps[].args"]
    )
    found["but-lists"] = terms(["spec"], ["spec.steps[].args", "spec.tags"])
    return found


def test_the_policies_below_make_2000_pairs() -> None:
    assert PAIRS * len(policies()) >= 2_000


@pytest.mark.parametrize("name", policies())
def test_2000_random_pairs_of_schema_valid_objects_get_the_same_answer_from_verify_and_kubernetes(
    kubernetes: Kubernetes, name: str
) -> None:
    raw = SCHEMAS[name.rpartition("-")[2]]
    policy = policies()[name]
    definition = crd(bounded(raw), STATUS)
    _, schema = of_crd(definition)
    cells = cells_of(policy, schema)
    held = kubernetes.hold(with_rules(definition, rules(policy, schema, cells)))
    answers: Counter[bool] = Counter()

    @settings(CAREFULLY, max_examples=PAIRS)
    @given(pairs(raw), st.sampled_from(STATUSES))
    def hold(pair: tuple[Any, Any], status: dict[str, Any]) -> None:
        old, new = {"spec": pair[0], "status": status}, {"spec": pair[1]}
        assert not misfits(old, schema)
        assert not misfits(new, schema)
        verdict = verify(policy, schema, cells, old, new)
        written = kubernetes.update(held, "v1", old, new)
        answers[verdict.allowed] += 1
        assert written.allowed is verdict.allowed, (written.errors, verdict.judged)

    hold()
    assert answers.total() >= PAIRS
    assert min(answers[True], answers[False]) > 10, answers
