"""What the rules on transition rules say, beyond their fixtures and Kubernetes' own code."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from specstat.model.diagnostic import Severity
from specstat.model.resource import Field, Section
from specstat.rules.claims import claim
from tests.rules.schemas import definition, found, status, told, version

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
FROZEN: Schema = {**TEXT, "x-kubernetes-validations": [{"rule": "self == oldSelf"}]}
DONE = status(completionTime={"type": "string", "format": "date-time"})


def spec(*required: str, **fields: Schema) -> Schema:
    return {"type": "object", "required": [*required], "properties": fields}


def made(root: Schema, *, kind: str = "Widget", generated: bool = False) -> bytes:
    return definition(version(root=root), kind=kind, generated=generated)


def test_the_guard_is_named_with_the_object_it_belongs_on() -> None:
    data = made({"spec": spec(size=spec(namespace=FROZEN))})
    (finding,) = found("SS202", data)

    assert (
        "a rule on spec.size: !has(oldSelf.__namespace__) || has(self.__namespace__)"
        in (finding.help[0])
    )


def test_a_generated_definition_gets_a_marker() -> None:
    (finding,) = found("SS202", made({"spec": spec(size=FROZEN)}, generated=True))

    assert "+kubebuilder:validation:XValidation" in finding.help[0]


def test_a_field_that_no_rule_can_reach_gets_no_guard() -> None:
    (finding,) = found("SS202", made({"spec": spec(**{"$size": FROZEN})}))

    assert finding.help == ("require the field, give it a default",)


def test_null_is_a_way_to_be_gone() -> None:
    nullable = {"nullable": True}
    box = {**spec("size", size=FROZEN), **nullable}
    (field,) = found("SS202", made({"spec": spec("size", size={**FROZEN, **nullable})}))
    (parent,) = (
        d for d in found("SS203", made({"spec": spec("box", box=box)})) if "box can" in d.message
    )

    assert "spec.size can be set to null and then set" in field.message
    assert field.help[0].startswith("drop nullable, or guard it")
    assert "spec.box can be set to null and added again with another size" in parent.message


def test_in_status_it_is_an_info() -> None:
    (finding,) = found("SS202", made({"spec": spec(), "status": status(size=FROZEN)}))

    assert finding.severity is Severity.INFO


def test_what_is_frozen_as_a_whole_is_told_once() -> None:
    rules = [{"rule": "self == oldSelf"}]
    data = made({"spec": {**spec(size=FROZEN, shape=TEXT), "x-kubernetes-validations": rules}})

    assert [d.message.partition(" can be")[0] for d in found("SS202", data)] == ["Widget.spec"]
    assert told("SS203", data) == []


def test_an_only_field_that_must_be_there_is_required() -> None:
    size = {"type": "object", "minProperties": 1, "properties": {"height": FROZEN}}

    assert told("SS202", made({"spec": spec("size", size=size)})) == []


def test_an_older_version_is_left_alone() -> None:
    old = version("v1beta1", root={"spec": spec(size=FROZEN)})
    new = version("v1", root={"spec": spec("size", size=FROZEN)})

    assert told("SS202", definition(old, new)) == []


def test_a_rule_that_is_refused_is_told_in_every_version() -> None:
    shelves = {"type": "array", "items": FROZEN}
    versions = (version(name, root={"spec": spec(shelves=shelves)}) for name in ("v1", "v1beta1"))

    assert len(told("SS205", definition(*versions))) == 2


def test_rules_that_are_too_dear_only_together_are_told_of_the_resource() -> None:
    big = {**FROZEN, "maxLength": 1_000_000}
    rules = {"x-kubernetes-validations": [{"rule": "self == oldSelf"}] * 30}
    items = {"type": "object", "required": ["name"], "properties": {"name": TEXT, "a": big | rules}}
    shelves = {
        "type": "array",
        "maxItems": 20,
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name"],
        "items": items,
    }

    (message,) = told("SS206", made({"spec": spec(shelves=shelves)}))
    assert "together cost more" in message


def test_the_bounds_that_are_missing_are_named() -> None:
    item = {"type": "object", "required": ["name"], "properties": {"name": TEXT, "a": FROZEN}}
    shelves = {
        "type": "array",
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name"],
        "items": item,
    }
    (finding,) = found("SS206", made({"spec": spec(shelves=shelves)}))

    assert finding.help == ("add maxItems to spec.shelves, maxLength to spec.shelves[].a",)


@pytest.mark.parametrize(
    "kind", ["WidgetRun", "WidgetExecution", "WidgetJob", "Backup", "Restore", "WidgetSnapshot"]
)
def test_kinds_that_run_once_are_told(kind: str) -> None:
    assert told("SS207", made({"spec": spec(size=TEXT), "status": DONE}, kind=kind))


@pytest.mark.parametrize(
    "kind",
    ["Widget", "Task", "CronJob", "ScheduledBackup", "BackupPolicy", "JobTemplate", "RunConfig"],
)
def test_other_kinds_are_not(kind: str) -> None:
    assert told("SS207", made({"spec": spec(size=TEXT), "status": DONE}, kind=kind)) == []


def test_without_an_end_no_kind_runs_once() -> None:
    open_end = status(phase={"type": "string", "enum": ["Ready", "Lost"]})

    assert told("SS207", made({"spec": spec(size=TEXT), "status": open_end}, kind="Backup")) == []
    assert told("SS207", made({"spec": spec(size=TEXT)}, kind="Backup")) == []


FIELD = Field("imageRef", "spec.imageRef", Section.SPEC)


@pytest.mark.parametrize(
    "text",
    [
        "Immutable.",
        "Which one to run. This field is immutable.",
        "The image ref cannot be changed.",
        "imageRef can't be updated once created",
        "Which one to run (immutable).",
        "Once set, it may not be modified.",
        "Immutable after creation.\nWhich one to run.",
        "Note: this value must not be changed after the run was created.",
        "Which one to run; cannot be updated",
        "This cannot\nbe changed once the run is deployed.",
    ],
)
def test_claims_are_heard(text: str) -> None:
    assert claim(replace(FIELD, description=text))


@pytest.mark.parametrize(
    "text",
    [
        "Which one to run.",
        "It is mutable.",
        "This field is not immutable.",
        "Use immutable images.",
        "It cannot be changed until the run has ended.",
        "The name of the bucket cannot be changed.",
        "Cannot be updated.",
        "This cannot be updated.",
        "It cannot be changed unless the run is suspended.",
        "Whether it can be changed.",
    ],
)
def test_what_is_no_claim_on_the_field_is_not(text: str) -> None:
    assert not claim(replace(FIELD, description=text))


def test_a_definition_without_transition_rules_says_nothing() -> None:
    data = made({"spec": spec(size=TEXT)})

    assert [told(code, data) for code in ("SS202", "SS203", "SS205", "SS206")] == [[]] * 4
    assert json.loads(data)
