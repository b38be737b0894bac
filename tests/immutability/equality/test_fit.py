"""What of an object does not fit its schema, and what would be dropped."""

from __future__ import annotations

from typing import Any

import pytest

from specstat.immutability.equality.fit import misfits, shown, undeclared
from specstat.immutability.schema import of_crd
from tests.conformance.crds import TEXT, array, crd, fields
from tests.conformance.kubernetes import Kubernetes

SPEC = {
    **fields(
        image=TEXT,
        count={"type": "integer"},
        share={"type": "number"},
        on={"type": "boolean"},
        port={"x-kubernetes-int-or-string": True},
        at={**TEXT, "format": "date-time"},
        day={**TEXT, "format": "date"},
        grace={**TEXT, "format": "duration"},
        token={**TEXT, "format": "byte"},
        mode={**TEXT, "enum": ["a", "b"]},
        maybe={**TEXT, "nullable": True},
        tags=array(TEXT, "set"),
        steps=array({**fields(name=TEXT, image=TEXT), "required": ["name"]}, "map", "name"),
        env={"type": "object", "additionalProperties": TEXT},
        bag={"type": "object", "x-kubernetes-preserve-unknown-fields": True},
        size={"type": "integer", "default": 3},
    ),
    "required": ["image"],
}
DEFINITION = crd(SPEC)
_, SCHEMA = of_crd(DEFINITION)
BAD: tuple[tuple[dict[str, Any], str], ...] = (
    ({"image": 1}, "spec.image is the number 1; by its schema it has to be a text"),
    ({"count": "1"}, "spec.count is a text; by its schema it has to be an integer of 64 bits"),
    ({"count": 1.5}, "spec.count is the number 1.5"),
    ({"count": 2**63}, "spec.count is the number 9223372036854775808"),
    ({"count": True}, "spec.count is true"),
    ({"share": "1"}, "spec.share is a text; by its schema it has to be a number"),
    ({"on": 1}, "spec.on is the number 1; by its schema it has to be true or false"),
    ({"port": 1.5}, "spec.port is the number 1.5; it has to be an integer or a text"),
    ({"at": "now"}, 'spec.at is "now", which is not a moment such as'),
    ({"day": "2023-02-29"}, 'spec.day is "2023-02-29", which is not a date'),
    ({"grace": "soon"}, 'spec.grace is "soon", which is not a duration'),
    ({"token": "?"}, 'spec.token is "?", which is not Base64'),
    ({"mode": "c"}, 'spec.mode is "c"; by its schema it has to be one of "a", "b"'),
    ({"tags": "a"}, "spec.tags is a text; by its schema it has to be a list"),
    ({"tags": ["a", "b", "a"]}, "spec.tags[2] has the same item as spec.tags[0]"),
    ({"steps": [{}]}, "spec.steps[0].name is missing, which the schema requires"),
    (
        {"steps": [{"name": "a"}, {"name": "a"}]},
        "spec.steps[1] has the same key (name) as spec.steps[0]",
    ),
    ({"env": {"a.b": 1}}, 'spec.env["a.b"] is the number 1'),
    ({"env": []}, "spec.env is a list; by its schema it has to be an object"),
    ({"image": None}, "spec.image is missing, which the schema requires"),
)


@pytest.mark.parametrize(("spec", "told"), BAD, ids=lambda v: str(v)[:30])
def test_a_misfit_is_told_where_kubernetes_refuses_the_object(
    kubernetes: Kubernetes, spec: dict[str, Any], told: str
) -> None:
    one = {"spec": {"image": "i", **spec}}
    found = misfits(one, SCHEMA)
    assert [m.message for m in found if m.message.startswith(told)], found
    assert not kubernetes.create(DEFINITION, "v1", one).allowed


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"maybe": None, "count": None, "size": None},
        {"count": -(2**63), "share": 1, "port": "80", "token": "AQ==", "grace": "2 days"},
        {"bag": {"x": [None, {"y": 1}]}, "env": {}, "tags": []},
    ],
)
def test_what_kubernetes_takes_fits(kubernetes: Kubernetes, spec: dict[str, Any]) -> None:
    one = {"spec": {"image": "i", **spec}}
    assert not misfits(one, SCHEMA)
    assert kubernetes.create(DEFINITION, "v1", one).allowed


@pytest.mark.parametrize("metadata", ["x", {"labels": []}, {"annotations": {"a": 1}}])
def test_labels_and_annotations_are_texts(metadata: object) -> None:
    assert misfits({"metadata": metadata, "spec": {"image": "i"}}, SCHEMA)


def test_only_the_first_misfits_are_told() -> None:
    assert len(misfits({"spec": {"image": "i", "tags": [1] * 500}}, SCHEMA)) == 20


def test_long_values_are_cut() -> None:
    (found,) = misfits({"spec": {"image": "i", "at": "x" * 9000}}, SCHEMA)
    assert len(found.message) < 200


def test_fields_that_are_dropped_are_found_and_nulls_are_none(kubernetes: Kubernetes) -> None:
    one = {
        "metadata": {"name": "a", "made-up": 1},
        "spec": {
            "image": "i",
            "colour": "red",
            "gone": None,
            "count": None,
            "steps": [{"name": "a"}, {"name": "b", "args": []}],
            "bag": {"anything": 1},
            "env": {"A": "1"},
        },
        "extra": {},
    }
    assert [shown(where) for where in undeclared(one, SCHEMA)] == [
        "spec.colour",
        "spec.steps[1].args",
        "extra",
    ]
    stored = kubernetes.create(DEFINITION, "v1", one).object
    assert {"colour", "gone"}.isdisjoint(stored["spec"])
    assert "extra" not in stored
