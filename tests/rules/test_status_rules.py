"""The rules on status: its conditions, its phase, its observed generation, its defaults."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.schemas import (
    SPEC,
    SUBRESOURCE,
    Schema,
    definition,
    found,
    status,
    told,
    version,
    with_status,
)

STATES = ["True", "False", "Unknown"]
ITEM = {
    "type": "object",
    "properties": {"type": {"type": "string"}, "status": {"type": "string", "enum": STATES}},
}
CONDITIONS: Schema = {
    "type": "array",
    "items": ITEM,
    "x-kubernetes-list-type": "map",
    "x-kubernetes-list-map-keys": ["type"],
}
GENERATION: Schema = {"type": "integer", "format": "int64"}
NUMBER: Schema = {"type": "integer"}
OBJECT_META = "k8s.io.apimachinery.pkg.apis.meta.v1.ObjectMeta"
REPORTED = ["SS307", "SS308", "SS309"]


def items(**fields: Any) -> Schema:  # noqa: ANN401 - whatever a schema may hold
    """Conditions whose items have these fields."""
    return {"type": "array", "items": {"type": "object", "properties": fields}}


@pytest.mark.parametrize(
    ("schema", "wrong"),
    [
        ({"type": "object", "additionalProperties": ITEM}, "is a map, not a list of conditions"),
        ({"type": "object"}, "is an object, not a list of conditions"),
        ({"type": "string"}, "is a string, not a list of conditions"),
        (
            {"type": "array", "items": {"type": "string"}},
            "is a list whose items are each a string, not a condition",
        ),
        (items(type={"type": "string"}), "has items without status, which each condition has"),
        (items(message={}), "has items without type and status, which each condition has"),
        (items(Type={}, Status={}), "has items without type and status, which each condition has"),
    ],
)
def test_conditions_of_another_shape_are_told(schema: Schema, wrong: str) -> None:
    messages = told("SS305", with_status(status(conditions=schema)))

    assert messages == [f"Widget.status.conditions {wrong}"]


@pytest.mark.parametrize(
    ("schema", "wrong", "severity"),
    [
        ({"type": "boolean"}, "is a boolean, not one of True, False and Unknown", "warning"),
        (
            {"type": "string", "enum": ["Good", "True"]},
            "cannot be False or Unknown and may be Good, while a condition is True",
            "warning",
        ),
        (
            {"type": "string", "enum": ["True", "False"]},
            "cannot be Unknown, while a condition is True, False or Unknown",
            "info",
        ),
        (
            {"type": "string", "enum": [*STATES, "Degraded"]},
            "may be Degraded, while a condition is True, False or Unknown",
            "info",
        ),
    ],
)
def test_a_condition_with_another_status_is_told(schema: Schema, wrong: str, severity: str) -> None:
    (only,) = found("SS305", with_status(status(conditions=items(type={}, status=schema))))

    assert only.message.startswith(f"Widget.status.conditions[].status {wrong}")
    assert only.severity.word == severity


@pytest.mark.parametrize(
    "schema",
    [
        CONDITIONS,
        {},
        {"type": "array"},
        {"type": "array", "items": {}},
        {"type": "array", "items": {"x-kubernetes-preserve-unknown-fields": True}},
        {"type": "array", "items": {"type": "object"}},
        {"x-kubernetes-preserve-unknown-fields": True},
        items(type={}, status={}),
        items(type={"type": "string"}, status={"type": "string"}, extra={"type": "boolean"}),
    ],
)
def test_conditions_of_the_known_shape_or_of_none_are_left_alone(schema: Schema) -> None:
    assert told("SS305", with_status(status(conditions=schema))) == []


def test_conditions_of_spec_and_of_what_status_lists_are_others() -> None:
    words = {"type": "array", "items": {"type": "string"}}
    spec = {"type": "object", "properties": {"conditions": words}}
    parts = {"type": "array", "items": {"type": "object", "properties": {"conditions": words}}}
    data = definition(version(root={"spec": spec, "status": status(parts=parts)}))

    assert told("SS305", data) == []
    assert told("SS306", data) == []


@pytest.mark.parametrize(
    ("more", "how"),
    [
        ({}, "as one value"),
        ({"x-kubernetes-list-type": "atomic"}, "as one value"),
        ({"x-kubernetes-list-type": "set"}, "as a set"),
        ({"x-kubernetes-list-type": "map"}, "by nothing"),
        (
            {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["type", "reason"]},
            "by type and reason",
        ),
    ],
)
def test_conditions_that_are_not_keyed_by_type_are_told(more: Schema, how: str) -> None:
    conditions = {"type": "array", "items": ITEM, **more}

    assert told("SS306", with_status(status(conditions=conditions))) == [
        f"Widget.status.conditions is merged {how}, not by the type of each condition"
    ]


def test_conditions_of_another_shape_are_not_asked_for_keys() -> None:
    for schema in ({"type": "object", "additionalProperties": ITEM}, items(type={}), {}):
        assert told("SS306", with_status(status(conditions=schema))) == []
    assert told("SS306", with_status(status(conditions=CONDITIONS))) == []


def codes(schema: Schema, **more: Any) -> list[str]:  # noqa: ANN401 - whatever a version may hold
    """Which of the rules on what a status lacks speak."""
    return [code for code in REPORTED if told(code, with_status(schema, **more))]


def test_what_a_status_lacks_is_told_once_for_each_lack() -> None:
    phase = {"type": "string"}
    full = {"conditions": CONDITIONS, "observedGeneration": GENERATION}

    assert codes(status(ready=NUMBER)) == ["SS307", "SS309"]
    assert codes(status(phase=phase)) == ["SS308", "SS309"]
    assert codes(status(state=phase)) == ["SS308", "SS309"]
    assert codes(status(state=NUMBER)) == ["SS307", "SS309"]
    assert codes(status(phase=phase, conditions=CONDITIONS)) == ["SS309"]
    assert codes(status(phase=phase, observedGeneration=GENERATION)) == ["SS308"]
    assert codes(status(phase=phase, **full)) == []
    assert codes(status(conditions=items(type={}, status={}, observedGeneration={}))) == []
    assert codes(status(conditions={"type": "array", "items": {}})) == []


def test_conditions_of_each_part_are_enough_where_nothing_sums_them_up() -> None:
    known = items(type={}, status={}, observedGeneration=GENERATION)
    phase = {"type": "string"}

    assert codes(status(parents=items(name={}, conditions=known))) == []
    assert codes(status(parents=items(name={}, conditions=items(type={})))) == ["SS309"]
    assert codes(status(parents=items(conditions={"type": "array", "items": {}}))) == []
    assert codes(status(parents=items(conditions={"type": "integer"}))) == ["SS307", "SS309"]
    assert codes(status(phase=phase, parents=items(conditions=known))) == ["SS308"]


@pytest.mark.parametrize(
    "root",
    [
        {"status": status(ready=NUMBER)},
        {"spec": {"type": "object"}, "status": status(ready=NUMBER)},
        {"spec": SPEC, "status": {"type": "object"}},
        {
            "spec": SPEC,
            "status": status(ready=NUMBER) | {"x-kubernetes-preserve-unknown-fields": True},
        },
        {"spec": SPEC},
    ],
)
def test_nothing_is_missed_where_there_is_nothing_to_report_on_or_all_is_open(
    root: Schema,
) -> None:
    data = definition(version(root=root, **SUBRESOURCE))

    assert [code for code in REPORTED if told(code, data)] == []


def test_reviews_and_older_versions_are_asked_for_nothing() -> None:
    bare = {"spec": SPEC, "status": status(phase={"type": "string", "default": "Running"})}
    good = {"spec": SPEC, "status": status(conditions=CONDITIONS, observedGeneration=GENERATION)}
    review = definition(version(root=bare), kind="WidgetReview")
    older = definition(
        version(root=good, **SUBRESOURCE), version("v1beta1", root=bare, **SUBRESOURCE)
    )

    for code in (*REPORTED, "SS301", "SS305", "SS310", "SS311"):
        assert told(code, review) == []
        assert told(code, older) == []


def test_the_state_of_a_mirrored_api_is_no_phase_of_ours() -> None:
    mirror = status(atProvider={"type": "object"}, state={"type": "string"})

    assert told("SS308", with_status(mirror)) == []


def message(metadata: str) -> bytes:
    """A resource as a proto, with this type of metadata."""
    return f"""\
syntax = "proto3";
package api.v1;
message Widget {{ {metadata} metadata = 1; WidgetSpec spec = 2; WidgetStatus status = 3; }}
message WidgetSpec {{ int32 size = 1; }}
message WidgetStatus {{ string phase = 1; }}
message Counted {{ int64 generation = 1; }}
message Plain {{ string name = 1; }}
""".encode()


def test_messages_are_asked_only_where_their_metadata_counts_generations() -> None:
    for metadata, expected in {"Plain": [], "Counted": [1], OBJECT_META: [1]}.items():
        for code in ("SS308", "SS309"):
            said = told(code, message(metadata), "a.proto")
            assert [1 for _ in said] == expected, (metadata, code)


@pytest.mark.parametrize(
    ("schema", "wrong"),
    [
        ({"type": "string"}, "is of type string"),
        ({"type": "number"}, "is of type number"),
        ({"type": "integer", "format": "int32"}, "has 32 bits"),
        (GENERATION, ""),
        ({"type": "integer", "format": "int64", "default": -1}, ""),
        ({"type": "integer"}, ""),
        ({"x-kubernetes-int-or-string": True}, ""),
        ({}, ""),
    ],
)
def test_a_generation_has_64_bits(schema: Schema, wrong: str) -> None:
    end = ", while metadata.generation is an integer of 64 bits"
    told_of = f"{wrong}{end}" if wrong else ""
    direct = told("SS310", with_status(status(observedGeneration=schema)))
    conditions = items(type={}, status={}, observedGeneration=schema)
    nested = told("SS310", with_status(status(conditions=conditions)))

    assert direct == [f"Widget.status.observedGeneration {told_of}"] * bool(wrong)
    assert nested == [f"Widget.status.conditions[].observedGeneration {told_of}"] * bool(wrong)


def test_an_observed_generation_of_spec_is_another_matter() -> None:
    spec = {"type": "object", "properties": {"observedGeneration": {"type": "string"}}}
    data = definition(version(root={"spec": spec, "status": status(ready=NUMBER)}))

    assert told("SS310", data) == []


@pytest.mark.parametrize(
    ("default", "severity"),
    [
        ("Active", "warning"),
        ("Running", "warning"),
        (3, "warning"),
        (True, "warning"),
        (["a"], "warning"),
        ({"a": {"b": "Ready"}}, "warning"),
        ("Pending", "info"),
        ("Unknown", "info"),
        ("NotReady", "info"),
        ("", "info"),
        (" ", "info"),
        (0, "info"),
        (False, "info"),
        ([], "info"),
        ({}, "info"),
        (None, "info"),
    ],
)
def test_a_default_is_louder_where_it_claims_something(default: object, severity: str) -> None:
    field = {"type": "string", "default": default}
    (only,) = found("SS311", with_status(status(level=field)))

    assert only.subject == "Widget.status.level"
    assert only.severity.word == severity


UNSEEN = {"type": "Ready", "status": "Unknown", "lastTransitionTime": "1970-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("whole", "told_of"),
    [
        ({"conditions": [UNSEEN]}, 0),
        ({"parents": []}, 0),
        ({}, 0),
        ({"observedGeneration": -1}, 0),
        ({"conditions": [UNSEEN | {"status": "True"}]}, 1),
        ({"ready": True}, 1),
    ],
)
def test_a_whole_status_may_say_that_nobody_came_by(whole: Schema, told_of: int) -> None:
    assert len(told("SS311", with_status(status(ready=NUMBER) | {"default": whole}))) == told_of


def test_the_idioms_of_single_fields_are_left_alone() -> None:
    conditions = CONDITIONS | {"default": [UNSEEN, UNSEEN | {"type": "Accepted"}]}
    generation = GENERATION | {"default": -1}

    assert told("SS311", with_status(status(conditions=conditions))) == []
    assert told("SS311", with_status(status(observedGeneration=generation))) == []
    assert told("SS311", with_status(status(observedGeneration=GENERATION | {"default": 1})))


def test_defaults_of_types_that_are_shared_are_left_alone() -> None:
    lid = {"type": "string", "default": "round"}
    below = {"type": "object", "properties": {"name": {"type": "string", "default": "x"}}}
    spec = {"type": "object", "properties": {"lid": lid}}
    data = definition(version(root={"spec": spec, "status": status(lid=lid, keeper=below)}))
    other = definition(version(root={"spec": SPEC, "status": status(lid=lid)}))

    assert told("SS311", data) == []
    assert len(told("SS311", other)) == 1


def test_what_status_requires_is_told_unless_it_mirrors_or_stands_in_a_list() -> None:
    part = {"type": "object", "properties": {"name": {}}, "required": ["name"]}
    own = status(ready=NUMBER, parts={"type": "array", "items": part})

    def subjects(schema: Schema) -> list[str]:
        return [d.subject for d in found("SS315", with_status(schema))]

    assert subjects(own) == []
    assert subjects(own | {"required": ["ready"]}) == ["Widget.status.ready"]
    mirror = status(ready=NUMBER, atProvider={"type": "object"})
    assert subjects(mirror | {"required": ["ready"]}) == []
