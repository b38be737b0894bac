"""What changed, with places and kinds that people can use."""

from __future__ import annotations

from typing import Any

import pytest

from specstat.immutability.cells import cells_of
from specstat.immutability.equality.changes import changes, differences
from specstat.immutability.schema import of_openapi
from tests.conformance.crds import TEXT, array, fields
from tests.immutability.rules_made import terms

ITEM = {**fields(name=TEXT, zone={**TEXT, "default": "a"}, args=array(TEXT)), "required": ["name"]}
SCHEMA = of_openapi(
    fields(
        spec=fields(
            image=TEXT,
            note={**TEXT, "nullable": True},
            args=array(TEXT),
            tags=array(TEXT, "set"),
            steps=array(ITEM, "map", "name", "zone"),
            env={"type": "object", "additionalProperties": TEXT},
            rows=array(fields(at={**TEXT, "format": "date-time"})),
            bag={"type": "object", "x-kubernetes-preserve-unknown-fields": True},
        )
    )
)
CASES: tuple[tuple[dict[str, Any], dict[str, Any], list[tuple[str, str]]], ...] = (
    ({"image": "a"}, {"image": "b"}, [("spec.image", "changed")]),
    ({}, {"image": "b"}, [("spec.image", "set")]),
    ({"image": "a"}, {}, [("spec.image", "unset")]),
    ({"note": None}, {}, []),
    ({"note": "a"}, {"note": None}, [("spec.note", "unset")]),
    ({"args": ["a", "b"]}, {"args": ["b", "a"]}, [("spec.args", "reordered")]),
    ({"args": ["a", "b"]}, {"args": ["a", "x", "b"]}, [("spec.args[1]", "added")]),
    ({"args": ["a", "b"]}, {"args": ["b"]}, [("spec.args[0]", "removed")]),
    ({"args": ["a", "b"]}, {"args": ["a", "c"]}, [("spec.args[1]", "changed")]),
    ({"args": []}, {}, [("spec.args", "unset")]),
    ({"tags": ["a", "b"]}, {"tags": ["b", "a"]}, []),
    (
        {"tags": ["a"]},
        {"tags": ["b"]},
        [('spec.tags["a"]', "removed"), ('spec.tags["b"]', "added")],
    ),
    (
        {"steps": [{"name": "x"}, {"name": "y", "args": ["1"]}]},
        {"steps": [{"name": "y", "args": ["2"]}, {"name": "z", "zone": "b"}]},
        [
            ("spec.steps[name=x,zone=a]", "removed"),
            ("spec.steps[name=y,zone=a].args[0]", "changed"),
            ("spec.steps[name=z,zone=b]", "added"),
        ],
    ),
    ({"env": {"a.b": "1"}}, {"env": {}}, [('spec.env["a.b"]', "removed")]),
    (
        {"rows": [{"at": "2026-01-01T00:00:00Z"}]},
        {"rows": [{"at": "2026-01-01T01:00:00+01:00"}]},
        [],
    ),
    (
        {"bag": {"x": [1, {"z": 1}]}},
        {"bag": {"x": [1, {"z": 2}]}},
        [("spec.bag.x[1].z", "changed")],
    ),
)


@pytest.mark.parametrize(("old", "new", "told"), CASES, ids=lambda v: str(v)[:40])
def test_changes_are_told_with_place_and_kind(
    old: dict[str, Any], new: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    sides = {"spec": old}, {"spec": new}
    whole = cells_of(terms(["spec"]), SCHEMA)
    for found in (changes(whole, *sides, SCHEMA), differences(*sides, SCHEMA)):
        assert [(change.path, change.kind.value) for change in found] == told


def test_what_a_cell_leaves_out_is_no_change_of_it() -> None:
    cells = cells_of(terms(["spec.env"], ["spec.env.DEBUG"]), SCHEMA)
    old, new = ({"spec": {"env": {"DEBUG": value, "A": "1"}}} for value in "12")
    assert not changes(cells, old, new, SCHEMA)
    gone: dict[str, Any]
    for gone in ({"env": {}}, {}):
        found = changes(cells, old, {"spec": gone}, SCHEMA)
        assert [(c.path, c.kind.value) for c in found] == [("spec.env.A", "removed")]


def test_a_key_of_a_map_is_added_and_removed_also_where_it_is_named() -> None:
    cells = cells_of(terms(["spec.env.A", "spec.image"]), SCHEMA)
    old: dict[str, Any] = {"spec": {"env": {"A": "1"}, "image": "i"}}
    found = changes(cells, old, {"spec": {"env": {}}}, SCHEMA)
    assert [(c.path, c.kind.value) for c in found] == [
        ("spec.image", "unset"),
        ("spec.env.A", "removed"),
    ]


def test_a_cell_below_a_list_is_told_by_its_item() -> None:
    cells = cells_of(terms(["spec.rows[].at", "spec.steps[].args"]), SCHEMA)
    old = {"spec": {"rows": [{}, {}], "steps": [{"name": "x", "args": ["1"]}]}}
    new = {"spec": {"rows": [{}, {"at": "2026-01-01T00:00:00Z"}], "steps": [{"name": "x"}]}}
    assert [(c.path, c.kind.value) for c in changes(cells, old, new, SCHEMA)] == [
        ("spec.steps[name=x,zone=a].args", "unset"),
        ("spec.rows[1].at", "set"),
    ]


def test_long_lists_are_compared_by_position() -> None:
    old, new = ({"spec": {"args": [f"{at * by % 5003}" for at in range(5003)]}} for by in (1, 7))
    new["spec"]["args"][0] = "another"
    found = differences(old, new, SCHEMA)
    assert len(found) == 5003
    assert found[-1].path == "spec.args[5002]"
