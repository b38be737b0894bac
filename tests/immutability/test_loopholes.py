"""Ways around a policy in two updates: told where Kubernetes lets them through, and only there."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any, NamedTuple

import pytest

from specstat.immutability.cells import cells_of
from specstat.immutability.generate.loopholes import loopholes
from specstat.immutability.generate.vap import Kind, admission
from specstat.immutability.schema import of_crd
from specstat.immutability.terms import Creation, FieldTest, KeyTest, Owned, Terms, Word
from tests.conformance.kubernetes import Kubernetes
from tests.immutability.rules_made import ACCEPTED, terms

TEXT = {"type": "string", "maxLength": 20}
CRD: dict[str, Any] = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "knots.example.org"},
    "spec": {
        "group": "example.org",
        "scope": "Namespaced",
        "names": {"kind": "Knot", "plural": "knots", "singular": "knot", "listKind": "KnotList"},
        "versions": [
            {
                "name": "v1",
                "served": True,
                "storage": True,
                "subresources": {"status": {}},
                "schema": {
                    "openAPIV3Schema": {
                        "type": "object",
                        "properties": {
                            "spec": {
                                "type": "object",
                                "properties": {"rope": TEXT, "state": TEXT, "other": TEXT},
                            },
                            "status": {"type": "object", "properties": {"phase": TEXT}},
                        },
                    }
                },
            }
        ],
    },
}
KIND = Kind("example.org", "v1", "knots")
LABEL = KeyTest("labels", "example.org/template", ("true",))
IN_LABELS = 'metadata.labels["example.org/template"]'
TIED = FieldTest(("spec", "state"), ("tied",))
NOT_LOOSE = FieldTest(("spec", "state"), ("loose",), negated=True)
FREE = FieldTest(("spec", "state"), ("free",))
RUNNING = FieldTest(("status", "phase"), ("Running",))
AT_CREATION = (Creation(),)


class Way(NamedTuple):
    """A policy, what a first update changes, and what is told of it; nothing where it is denied."""

    policy: Terms
    first: dict[str, Any]
    told: str = ""
    apart: bool = True


def labelled(**changes: Any) -> Terms:  # noqa: ANN401 - as Terms has them
    return replace(
        terms(["spec.rope"], locked_when=AT_CREATION, exempt_when=[LABEL]),
        **changes,
    )


def in_state(word: Word, lock: FieldTest) -> Terms:
    fixed = {"spec.rope": Word.UNTIL_ACCEPTED, "spec.state": word}
    return terms(fixed, locked_when=[lock])


WITH_LABEL = {"metadata": {"labels": {"example.org/template": "true"}}}
UNTIED = {"spec": {"rope": "a"}}
LOOSE = {"spec": {"rope": "a", "state": "loose"}}
WAYS = {
    "a label that anybody may set": Way(labelled(), WITH_LABEL, "the label example.org/template"),
    "a label that is fixed": Way(
        terms(["spec.rope", IN_LABELS], locked_when=AT_CREATION, exempt_when=[LABEL]), WITH_LABEL
    ),
    "a label that is owned": Way(
        labelled(owned=Owned(labels=("example.org/",), by=("bob",))), WITH_LABEL
    ),
    "a field that locks": Way(terms(["spec.rope"], locked_when=[TIED]), UNTIED, "spec.state"),
    "a field that locks and is fixed": Way(terms(["spec"], locked_when=[TIED]), UNTIED),
    "a field that locks and is set once": Way(in_state(Word.SET_ONCE, TIED), UNTIED),
    "a field that is set once, but locks while it is absent": Way(
        in_state(Word.SET_ONCE, NOT_LOOSE), LOOSE, "spec.state"
    ),
    "a field that exempts": Way(
        terms(["spec.rope"], locked_when=AT_CREATION, exempt_when=[FREE]),
        {"spec": {"rope": "a", "state": "free"}},
        "spec.state",
    ),
    "a status that no update of the object writes": Way(
        terms(["spec.rope"], locked_when=[RUNNING]), {"status": {}}
    ),
    "a status that every update writes": Way(
        terms(["spec.rope"], locked_when=[RUNNING]), {"status": {}}, "status.phase", apart=False
    ),
}


def told(policy: Terms, *, apart: bool = True) -> list[str]:
    _, schema = of_crd(CRD)
    return list(loopholes(policy, cells_of(policy, schema), status_apart=apart))


@pytest.mark.parametrize("name", WAYS)
def test_a_way_around_is_told_just_where_kubernetes_allows_it(
    kubernetes: Kubernetes, name: str
) -> None:
    way = WAYS[name]
    crd = copy.deepcopy(CRD)
    if not way.apart:
        del crd["spec"]["versions"][0]["subresources"]
    _, schema = of_crd(crd)
    made = admission(way.policy, schema, cells_of(way.policy, schema), KIND)
    state = {} if "absent" in name or "exempts" in name else {"state": "tied"}
    stored: dict[str, Any] = {
        "metadata": {"name": "a", "namespace": "b"},
        "spec": {"rope": "a", **state},
        "status": {"phase": "Running"},
    }

    def update(old: dict[str, Any], new: dict[str, Any]) -> bool:
        admitted = kubernetes.admit(
            made.policy, made.binding, crd, "v1", "UPDATE", old=old, new=new
        )
        assert not admitted.errors
        return admitted.allowed

    between = copy.deepcopy(stored)
    between["metadata"] |= way.first.get("metadata", {})
    between |= {key: value for key, value in way.first.items() if key != "metadata"}
    changed = {**between, "spec": {**between["spec"], "rope": "b"}}
    if "no update of the object" in name:
        between["status"] = stored["status"]
    assert not update(stored, changed)
    assert (update(stored, between) and update(between, changed)) is bool(way.told)
    lines = told(way.policy, apart=way.apart)
    assert len(lines) == bool(way.told)
    assert way.told in "".join(lines)


WHO = "whoever may update an object can"


def test_it_is_told_what_to_do() -> None:
    label = f"{WHO} exempt it first by the label example.org/template"
    assert told(labelled()) == [f"{label}: fix it under immutable, or own it"]
    field = f"{WHO} unlock it first by spec.state"
    assert told(terms(["spec.rope"], locked_when=[TIED])) == [
        f"{field}: fix spec.state under immutable"
    ]
    condition = f"{WHO} unlock it first by status.conditions"
    assert told(terms(["spec.rope"], locked_when=[ACCEPTED]), apart=False) == [
        f"{condition}: give the CRD's version subresources: {{status: {{}}}}"
    ]


@pytest.mark.parametrize(
    "policy",
    [
        terms({"spec.rope": Word.NEVER}, locked_when=[TIED]),
        terms(["spec.rope"], locked_when=[TIED, Creation()]),
    ],
)
def test_a_lock_that_decides_nothing_is_not_told(policy: Terms) -> None:
    assert told(policy) == []
