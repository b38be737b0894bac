"""What is known of Kubernetes, so that the program is known to ask it rightly."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conformance.crds import FIXED, TEXT, array, crd, fields, ruled
from tests.conformance.kubernetes import ABSENT, HELD_AT_MOST, Kubernetes

KEYED = {**fields(name=TEXT, tags=array(TEXT, "set"), steps=array(TEXT)), "required": ["name"]}
STOPS = array(KEYED, "map", "name")
TIME = {**TEXT, "format": "date-time"}


def spec(**values: object) -> dict[str, Any]:
    return {"spec": values}


def test_a_fixed_optional_field_can_be_unset_and_set_again(kubernetes: Kubernetes) -> None:
    trip = crd(fields(start=ruled(TEXT, FIXED)))
    assert not kubernetes.crd_errors(trip)
    refused = kubernetes.update(trip, "v1", spec(start="here"), spec(start="there"))
    assert not refused.allowed
    assert refused.errors[0].field == "spec.start"
    assert "must not change" in refused.errors[0].message
    assert kubernetes.update(trip, "v1", spec(start="here"), spec()).allowed
    assert kubernetes.update(trip, "v1", spec(), spec(start="there")).allowed


def test_transition_rules_below_atomic_lists_are_refused(kubernetes: Kubernetes) -> None:
    short = ruled({**TEXT, "maxLength": 9}, FIXED)
    (refused,) = kubernetes.crd_errors(crd(fields(stops=array(short, maxItems=9))))
    assert "uncorrelatable" in refused.message
    keyed = {**fields(name=TEXT, note=short), "required": ["name"]}
    assert not kubernetes.crd_errors(crd(fields(stops=array(keyed, "map", "name", maxItems=9))))


@pytest.mark.parametrize(
    ("schema", "a", "b", "equal"),
    [
        (array(TEXT), ["a", "b"], ["b", "a"], False),
        (array(TEXT, "set"), ["a", "b"], ["b", "a"], True),
        (STOPS, [{"name": "a"}, {"name": "b"}], [{"name": "b"}, {"name": "a"}], True),
        (STOPS, [{"name": "a", "tags": ["x", "y"]}], [{"name": "a", "tags": ["y", "x"]}], True),
        (STOPS, [{"name": "a", "steps": ["x", "y"]}], [{"name": "a", "steps": ["y", "x"]}], False),
        (TIME, "2020-01-01T00:00:00Z", "2020-01-01T01:00:00+01:00", True),
        ({**TEXT, "format": "duration"}, "60s", "1m", True),
        ({**TEXT, "format": "uuid"}, "A", "a", False),
        ({"type": "integer"}, 2**53 + 1, 2**53, False),
        ({"type": "number"}, 1, 1.0, True),
        ({"x-kubernetes-int-or-string": True}, 1, "1", False),
        (array(TEXT), [], ABSENT, False),
        ({**TEXT, "default": "a"}, "a", ABSENT, True),
        ({"x-kubernetes-preserve-unknown-fields": True}, {"a": 1}, {"a": 1.0}, False),
    ],
)  # fmt: skip
def test_equality_is_by_the_schema(
    kubernetes: Kubernetes, schema: dict[str, Any], a: object, b: object, *, equal: bool
) -> None:
    assert kubernetes.equal(schema, a, b) is equal
    assert kubernetes.equal(schema, b, a) is equal


def test_an_error_while_comparing_is_not_an_answer(kubernetes: Kubernetes) -> None:
    with pytest.raises(AssertionError, match="expected int"):
        kubernetes.equal({"type": "integer"}, 1.0, 1.0)


def test_a_null_is_not_there(kubernetes: Kubernetes) -> None:
    schema = fields(note={**TEXT, "nullable": True})
    assert kubernetes.evaluate(schema, "!has(self.note)", {"note": None}).holds
    assert (
        "no matching overload" in kubernetes.evaluate(schema, "self.note == null", {}).compile_error
    )


def test_an_unbounded_list_makes_rules_below_it_too_expensive(kubernetes: Kubernetes) -> None:
    stops = ruled({**TEXT, "maxLength": 1000}, {"rule": "self.contains('sea')"})
    unbounded = crd(fields(stops=array(stops)))
    errors = kubernetes.crd_errors(unbounded)
    assert any("exceeds budget" in error.message for error in errors)
    answer = kubernetes.crd(unbounded)
    assert answer.versions["v1"].rules[0].cost > answer.expression_limit == 10_000_000

    bounded = crd(fields(stops=array(stops, maxItems=10)))
    assert not kubernetes.crd_errors(bounded)
    (cost,) = kubernetes.costs(bounded)["v1"].rules
    assert (cost.cardinality, cost.cost) == (10, cost.once * 10)
    assert cost.path == (
        "openAPIV3Schema.properties[spec].properties[stops].items.x-kubernetes-validations[0].rule"
    )


def test_costs_are_those_that_kubernetes_counts(kubernetes: Kubernetes) -> None:
    """One rule is within its limit; so many of them are not within that of the version."""
    rule = {"rule": "self == oldSelf"}
    many = crd(fields(**{f"note{number}": ruled(TEXT, rule) for number in range(330)}))
    answer = kubernetes.crd(many)
    total = answer.versions["v1"].total
    assert total == sum(each.cost for each in answer.versions["v1"].rules) > answer.version_limit
    factor = f"{total / answer.version_limit:f}x"
    assert any(factor in error.message for error in answer.errors)


def test_an_old_definition_excuses_what_it_had_already(kubernetes: Kubernetes) -> None:
    once = crd(fields(start=ruled(TEXT, {"rule": "self == 'home'"})))
    never = crd(fields(start=ruled(TEXT, {"rule": "self =="})))
    assert kubernetes.crd_errors(never)
    assert kubernetes.crd_errors(never, old=once)
    assert not kubernetes.crd_errors(once, old=never)


def test_fields_that_definitions_do_not_have_are_told(kubernetes: Kubernetes) -> None:
    trip = crd(fields(start=TEXT))
    trip["spec"]["colour"] = "green"
    answer = kubernetes.crd(trip)
    assert answer.unknown == ('unknown field "spec.colour"',)
    assert not answer.errors


def test_objects_are_pruned_and_get_their_defaults(kubernetes: Kubernetes) -> None:
    trip = crd(fields(start={**TEXT, "default": "home"}, note=TEXT))
    made = kubernetes.create(
        trip, "v1", {"spec": {"colour": 1, "note": None}, "status": {"phase": "Done"}}
    )
    assert made.allowed
    assert made.object["spec"] == {"start": "home"}
    assert "status" not in made.object


def test_duplicates_in_sets_and_map_lists_are_refused(kubernetes: Kubernetes) -> None:
    trip = crd(fields(tags=array(TEXT, "set"), stops=STOPS))
    for wrong in (spec(tags=["a", "a"]), spec(stops=[{"name": "a"}, {"name": "a"}])):
        refused = kubernetes.create(trip, "v1", wrong)
        assert [error.reason for error in refused.errors] == ["FieldValueDuplicate"]


def test_an_update_keeps_the_stored_status_and_counts_the_generation(
    kubernetes: Kubernetes,
) -> None:
    rule = {"rule": "oldSelf.status.phase != 'Done' || self.spec == oldSelf.spec"}
    trip = crd(fields(start=TEXT), **ruled({}, rule))
    done = {"metadata": {"generation": 4}, "spec": {"start": "here"}, "status": {"phase": "Done"}}
    changed = {"spec": {"start": "there"}, "status": {"phase": "Pending"}}
    assert not kubernetes.update(trip, "v1", done, changed).allowed
    running = {**done, "status": {"phase": "Running"}}
    moved = kubernetes.update(trip, "v1", running, changed)
    assert (moved.allowed, moved.generation) == (True, 5)
    assert moved.object["status"] == {"phase": "Running"}
    labelled = {**running, "metadata": {"labels": {"a": "b"}}}
    assert kubernetes.update(trip, "v1", running, labelled).generation == 4


def test_a_status_update_keeps_the_stored_spec(kubernetes: Kubernetes) -> None:
    trip = crd(fields(start=TEXT))
    new = {"spec": {"start": "there"}, "status": {"phase": "Done"}}
    updated = kubernetes.update(trip, "v1", spec(start="here"), new, "status")
    assert (updated.allowed, updated.generation) == (True, 1)
    assert updated.object["spec"] == {"start": "here"}
    assert updated.object["status"] == {"phase": "Done"}


def test_what_was_wrong_already_may_stay(kubernetes: Kubernetes) -> None:
    trip = crd(fields(start={**TEXT, "maxLength": 4}, note=TEXT))
    old = spec(start="far too long")
    assert kubernetes.update(trip, "v1", old, spec(start="far too long", note="x")).allowed
    assert not kubernetes.update(trip, "v1", old, spec(start="longer still")).allowed


def test_held_definitions_can_be_asked_about_without_sending_them(kubernetes: Kubernetes) -> None:
    first = kubernetes.hold(crd(fields(start=ruled(TEXT, FIXED))))
    assert not kubernetes.update(first, "v1", spec(start="a"), spec(start="b")).allowed
    for number in range(HELD_AT_MOST + 1):
        kubernetes.hold(crd(fields(**{f"start{number}": TEXT})))
    with pytest.raises(AssertionError, match="no definition is held"):
        kubernetes.create(first, "v1", spec())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not a request"),
        ('"crd"', "not a request"),
        ('{"op":"sing"}', 'unknown op "sing"'),
        ('{"op":"crd"}', "crd is missing"),
        ('{"op":"crd","crd":{"kind":"Trip"}}', "crd: "),
        ('{"op":"crd","crd":"nothing"}', "no definition is held"),
        (json.dumps({"op": "create", "crd": crd(fields()), "version": "v2"}), 'no version "v2"'),
        (json.dumps({"op": "create", "crd": crd(fields()), "new": 1}), "not an object"),
        (json.dumps({"op": "create", "crd": crd(fields()), "new": None}), "not an object"),
        (json.dumps({"op": "evaluate", "schema": {"type": 1}, "rule": "true"}), "schema: "),
        (json.dumps({"op": "vap", "crd": crd(fields())}), "policy: is missing"),
    ],
)  # fmt: skip
def test_bad_requests_are_answered_and_the_process_goes_on(
    kubernetes: Kubernetes, line: str, said: str
) -> None:
    assert said in kubernetes.send(line)["error"]
    assert kubernetes.send('{"op":"drop","id":[1]}') == {"id": [1]}
