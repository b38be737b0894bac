"""What rules of a definition cannot say exactly: it is refused, with the reason and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from specstat.immutability.cells import cells_of
from specstat.immutability.generate.cel import rules
from specstat.immutability.generate.expressions import ADMISSION, guards
from specstat.immutability.generate.reach import reachable
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.paths import text_of
from specstat.immutability.schema import Schema, of_crd, of_openapi
from specstat.immutability.terms import (
    Always,
    ConditionTest,
    Creation,
    FieldTest,
    KeyTest,
    Mode,
    Owned,
    Terms,
    Word,
)
from tests.conformance.kubernetes import Kubernetes
from tests.immutability.rules_made import load, terms, with_rules

HARD = load("hard-crd.yaml")
_, SCHEMA = of_crd(HARD)
TEMPLATE = KeyTest("labels", "example.org/template", ("true",))
UNKNOWN = {"x-kubernetes-preserve-unknown-fields": True}

REFUSED: dict[str, tuple[Terms, str, str]] = {
    "a policy that only warns": (
        terms(["spec.words"], mode=Mode.WARN),
        r"only warns \(mode: warn\), but a rule of a definition always denies",
        "--as vap",
    ),
    "labels": (
        terms(["spec.words", 'metadata.labels["example.org/team"]']),
        "see no labels and annotations",
        "--without-metadata",
    ),
    "owned keys": (
        replace(terms(["spec.words"]), owned=Owned(labels=("example.org/",))),
        "owned keys such as example.org/",
        "--as vap",
    ),
    "an exemption by label": (
        terms(["spec.words"], exempt_when=[TEMPLATE]),
        "exempts objects by label example.org/template",
        "exempt by a field or condition",
    ),
    "a trigger that the schema does not know": (
        terms(["spec.words"], locked_when=[FieldTest(("status", "stage"), ("A",))]),
        "cannot know status.stage by the schema",
        "declare status.stage",
    ),
    "a trigger that is no scalar": (
        terms(["spec.words"], locked_when=[FieldTest(("spec", "doors"), ("A",))]),
        "tests spec.doors against texts, but by its schema it is array",
        "a text, an integer or a boolean",
    ),
    "a trigger that is a moment": (
        terms(["spec.words"], locked_when=[FieldTest(("spec", "at"), ("A",))]),
        "by its schema it is date-time",
        "a text, an integer or a boolean",
    ),
    "a field of which a neighbour is mutable": (
        terms(["spec.anything.raw"]),
        "spec.anything, which they can reach, holds mode too",
        "fix all of spec.anything alike",
    ),
    "an object that keeps unknown fields, but for one": (
        terms(["spec.bag"], ["spec.bag.note"]),
        "cannot list, so it cannot be fixed but for note",
        "name the fields below spec.bag one by one",
    ),
    "a field whose name cannot be escaped": (
        terms(["spec.hidden.$ref"]),
        "untyped or its name cannot be escaped|holds plain too",
        "fix all of spec.hidden alike",
    ),
    "an object that may be empty": (
        terms(["spec.grab.raw", "spec.grab.mode"]),
        "would forbid to add or remove an empty spec.grab",
        "name spec.grab in the policy",
    ),
    "an object that keeps unknown fields": (
        terms(["spec.bag"]),
        "spec.bag keeps unknown fields",
        "declare the fields of spec.bag",
    ),
    "a field of an object that keeps unknown fields": (
        terms(["spec.bag.depth"]),
        "spec.bag.depth cannot be reached",
        "--as vap",
    ),
    "an embedded object": (
        terms(["spec.manifest"]),
        "spec.manifest keeps unknown fields",
        "--as vap",
    ),
    "append-only below a list": (
        terms({"spec.steps[].args": Word.APPEND_ONLY}),
        "append-only below a list or map",
        "name the list or map itself",
    ),
    "append-only on a scalar": (
        terms({"spec.level": Word.APPEND_ONLY}),
        "append-only, but no list or map",
        "never, set-once or until-accepted",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_said_exactly_is_refused(case: str) -> None:
    policy, reason, remedy = REFUSED[case]
    with pytest.raises(CannotExpress, match=reason) as told:
        rules(policy, SCHEMA, cells_of(policy, SCHEMA))
    assert remedy in told.value.remedy
    assert str(told.value) == f"{told.value.reason}. {told.value.remedy}."


def test_a_policy_of_nothing_but_labels_is_refused_where_they_are_left_out() -> None:
    policy = terms(['metadata.labels["example.org/team"]'])
    with pytest.raises(CannotExpress, match="fixes nothing that rules of a definition could"):
        rules(policy, SCHEMA, cells_of(policy, SCHEMA), without_metadata=True)


def test_conditions_that_are_not_in_the_schema_are_refused() -> None:
    bare = of_openapi({"type": "object", "properties": {"spec": {"type": "object"}}})
    policy = terms(["spec"])
    with pytest.raises(CannotExpress, match="the condition Accepted, but rules cannot know status"):
        rules(policy, bare, cells_of(policy, bare))
    untyped = {"type": "array", "items": {"type": "object", **UNKNOWN}}
    status = {"type": "object", "properties": {"conditions": untyped}}
    odd = of_openapi(
        {"type": "object", "properties": {"spec": {"type": "object"}, "status": status}}
    )
    with pytest.raises(CannotExpress, match="have no text type"):
        rules(policy, odd, cells_of(policy, odd))


def test_metadata_is_left_to_another_target_where_that_is_asked() -> None:
    policy = replace(
        terms(["spec.words", "metadata.labels"]), owned=Owned(annotations=("example.org/",))
    )
    cells = cells_of(policy, SCHEMA)
    found = rules(policy, SCHEMA, cells, without_metadata=True)
    assert [text_of(rule.cells[0].path) for rule in found] == ["spec.words"]


@pytest.mark.parametrize("unknown", [{"one": 1}, {"one": {"x": [1]}}])
def test_kubernetes_overlooks_what_is_refused_of_unknown_fields(
    kubernetes: Kubernetes, unknown: dict[str, Any]
) -> None:
    """Were this mended in Kubernetes, the refusal could go."""
    schema = {"type": "object", **UNKNOWN}
    other = {"another": next(iter(unknown.values()))}
    assert kubernetes.equal(schema, unknown, other)


def test_a_field_without_a_type_is_compared_with_its_parent(kubernetes: Kubernetes) -> None:
    policy = terms(["spec.anything.raw", "spec.anything.mode", "spec.anything.pocket"])
    (rule,) = rules(policy, SCHEMA, cells_of(policy, SCHEMA))
    assert "self.spec.anything == oldSelf.spec.anything" in rule.rule
    assert rule.field_path == ".spec.anything"
    crd = with_rules(HARD, [rule])
    old = {"spec": {"anything": {"mode": "m", "raw": [1, {"a": 1}], "pocket": {"a": 1}}}}
    locked = {**old, "status": {"phase": "Running"}}
    assert kubernetes.update(crd, "v1", locked, old).allowed
    for changed in (
        {"mode": "m", "raw": [1, {"a": 2}], "pocket": {"a": 1}},
        {"mode": "m", "raw": [1, {"a": 1}], "pocket": {"b": 1}},
        {"mode": "m", "pocket": {"a": 1}},
    ):
        assert not kubernetes.update(crd, "v1", locked, {"spec": {"anything": changed}}).allowed


def test_cells_below_a_lifted_parent_are_compared_with_it_once() -> None:
    policy = terms(["spec.hidden.$ref", "spec.hidden.plain", "spec.words"])
    paths = [text_of(c.path) for c in reachable(cells_of(policy, SCHEMA), SCHEMA)]
    assert paths == ["spec.words", "spec.hidden"]


@pytest.mark.parametrize("locked_when", [[], [Creation()], [Always()], [Creation(), Always()]])
def test_a_policy_that_locks_at_creation_asks_no_status(locked_when: Sequence[Any]) -> None:
    policy = terms(["spec.words"], locked_when=locked_when or [Creation()])
    (rule,) = rules(policy, SCHEMA, cells_of(policy, SCHEMA))
    assert "status" not in rule.rule
    assert "once the Knot is created" in rule.message


def test_any_of_several_triggers_locks() -> None:
    policy = terms(["spec.words"], locked_when=[ConditionTest("A"), ConditionTest("B", "False")])
    (rule,) = rules(policy, SCHEMA, cells_of(policy, SCHEMA))
    assert "c.type == 'A' && has(c.status) && c.status == 'True'" in rule.rule
    assert "c.type == 'B' && has(c.status) && c.status == 'False'" in rule.rule
    assert "once the condition A is True or the condition B is False" in rule.message


def test_an_admission_policy_says_what_rules_cannot() -> None:
    policy = terms(["spec.bag", "spec.manifest", "spec.hidden.$ref", "spec.anything.raw"])
    found = guards(policy, SCHEMA, cells_of(policy, SCHEMA), ADMISSION)
    assert len(found) == 4
    assert "'$ref' in object.spec.hidden" in found[3].text


def test_an_admission_policy_tests_fields_of_any_type() -> None:
    test = FieldTest(("spec", "bag", "done"), ("true", "5", "A"))
    policy = terms(["spec.words"], locked_when=[test])
    (guard,) = guards(policy, SCHEMA, cells_of(policy, SCHEMA), ADMISSION)
    for literal in ("'true'", "'5'", "'A'", "5", "true"):
        assert f"oldObject.spec.bag.done == {literal}" in guard.text


def test_numbers_that_no_integer_can_be_are_never_met() -> None:
    largest = 2**63 - 1
    for value, met in ((str(largest), True), (str(largest + 1), False), ("01", False)):
        policy = terms(["spec.words"], locked_when=[FieldTest(("spec", "level"), (value, "7"))])
        (rule,) = rules(policy, SCHEMA, cells_of(policy, SCHEMA))
        assert (value in rule.rule) is met


def test_an_admission_policy_compares_no_bytes() -> None:
    policy = terms(["spec.blob"])
    with pytest.raises(CannotExpress, match="format byte") as told:
        guards(policy, SCHEMA, cells_of(policy, SCHEMA), ADMISSION)
    assert "--as cel" in told.value.remedy


def test_nothing_fixes_the_whole_object() -> None:
    with pytest.raises(CannotExpress, match="the whole object"):
        guards(
            terms(["spec"]),
            SCHEMA,
            [replace(cells_of(terms(["spec"]), SCHEMA)[0], path=())],
            ADMISSION,
        )


def test_keyed_lists_are_not_searched_by_keys_that_are_moments() -> None:
    items = {
        "type": "object",
        "required": ["at"],
        "properties": {
            "at": {"type": "string", "format": "date-time"},
            "image": {"type": "string", "maxLength": 9},
            "note": {"type": "string"},
        },
    }
    steps = {
        "type": "array",
        "maxItems": 5,
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["at"],
        "items": items,
    }
    schema = with_spec(steps=steps)
    policy = terms(["spec.steps[].image"])
    with pytest.raises(CannotExpress, match="as it is written"):
        rules(policy, schema, cells_of(policy, schema))
    whole = terms(["spec.steps"])
    assert rules(whole, schema, cells_of(whole, schema))


def with_spec(**fields: Any) -> Schema:  # noqa: ANN401 - schemas of fields
    """The hard kind's schema with another spec."""
    spec = of_openapi({"type": "object", "properties": fields})
    return replace(SCHEMA, properties={**SCHEMA.properties, "spec": spec})
