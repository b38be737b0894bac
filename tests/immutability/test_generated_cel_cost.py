"""What generated rules cost, by Kubernetes' own estimate, and what to do where that is too much."""

from __future__ import annotations

import copy
import re
import time
from typing import Any

import pytest

from specstat.immutability.cells import cells_of
from specstat.immutability.generate import tree
from specstat.immutability.generate.cel import minimum_version, rules
from specstat.immutability.generate.cost import DEFINITION, RULE, bounds_to_add, cost
from specstat.immutability.generate.expressions import RULES, guards
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.generate.sizes import keyword, most_elements, smallest
from specstat.immutability.paths import Each
from specstat.immutability.schema import of_crd, of_openapi
from specstat.immutability.terms import Terms, Word
from tests.conformance.kubernetes import Kubernetes
from tests.immutability.rules_made import AGENTRUN, AGENTRUN_STRICT, load, terms, with_rules

AGENTRUNS = load("agentrun-crd.yaml")
UNBOUNDED: dict[str, Any] = {
    "type": "array",
    "x-kubernetes-list-type": "map",
    "x-kubernetes-list-map-keys": ["name"],
    "items": {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string"},
            "image": {"type": "string"},
            "note": {"type": "string"},
        },
    },
}


def kind(**spec: Any) -> dict[str, Any]:  # noqa: ANN401 - schemas of fields
    """The hard definition with another spec."""
    crd = copy.deepcopy(load("hard-crd.yaml"))
    root = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    root["properties"]["spec"] = {"type": "object", "properties": spec}
    return crd


@pytest.mark.parametrize("policy", [AGENTRUN, AGENTRUN_STRICT], ids=["letter", "strict"])
def test_rules_for_runs_are_within_the_limits_singly_and_together(
    kubernetes: Kubernetes, policy: Terms
) -> None:
    version, schema = of_crd(AGENTRUNS)
    found = rules(policy, schema, cells_of(policy, schema))
    for rule in found:
        assert not kubernetes.crd_errors(with_rules(AGENTRUNS, [rule]))
    told = kubernetes.crd(with_rules(AGENTRUNS, found))
    assert not told.errors
    costs = {one.rule: one.once for one in told.versions[version].rules}
    assert {rule.rule: rule.cost for rule in found}.items() <= costs.items()
    assert sum(rule.cost for rule in found) < told.version_limit / 10
    assert (told.expression_limit, told.version_limit) == (RULE, DEFINITION)
    assert minimum_version(found) == "1.28"


def test_asking_for_the_lock_costs_most_of_a_rule_for_a_run() -> None:
    _, schema = of_crd(AGENTRUNS)
    (first, *_) = guards(AGENTRUN, schema, cells_of(AGENTRUN, schema), RULES)
    assert cost(first.locked) > 100 * cost(first.keeps)


def test_a_bound_that_is_named_is_the_largest_that_kubernetes_accepts(
    kubernetes: Kubernetes,
) -> None:
    crd = kind(steps=UNBOUNDED)
    version, schema = of_crd(crd)
    policy = terms(["spec.steps[].image"])
    (guard,) = guards(policy, schema, cells_of(policy, schema), RULES)
    (bound,) = bounds_to_add(guard.condition, schema)
    assert (bound.path, bound.keyword) == (("spec", "steps"), "maxItems")
    for most, accepted in ((bound.most, True), (bound.most + 1, False)):
        bounded = kind(steps={**UNBOUNDED, "maxItems": most})
        _, own = of_crd(bounded)
        text = guards(policy, own, cells_of(policy, own), RULES)[0].text
        root = bounded["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
        root["x-kubernetes-validations"] = [{"rule": text}]
        told = kubernetes.crd(bounded)
        assert (told.versions[version].rules[0].once <= RULE) is accepted
        assert (not told.errors) is accepted, told.errors


def test_a_policy_that_costs_too_much_is_refused_with_the_bound_to_add() -> None:
    _, schema = of_crd(kind(steps=UNBOUNDED))
    policy = terms(["spec.steps[].image"])
    with pytest.raises(CannotExpress, match=r"add maxItems: \d+ to spec\.steps, or less") as told:
        rules(policy, schema, cells_of(policy, schema))
    assert "a rule for spec.steps[].image costs" in told.value.reason


def test_bounds_on_several_values_are_named_where_one_is_not_enough() -> None:
    inner = {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}}
    steps = {"type": "array", "items": {"type": "object", "properties": {"list": inner}}}
    _, schema = of_crd(kind(steps=steps))
    policy = terms(["spec.steps[].list[].a"])
    (guard,) = guards(policy, schema, cells_of(policy, schema), RULES)
    bounds = bounds_to_add(guard.condition, schema)
    paths = {bound.path for bound in bounds}
    assert ("spec", "steps") in paths
    assert ("spec", "steps", Each.ITEM, "list") in paths
    assumed = {id(schema.at(bound.path)): bound.most for bound in bounds}
    assert cost(guard.condition, assumed) <= RULE


def test_whole_lists_are_compared_cheaply_even_without_bounds() -> None:
    _, schema = of_crd(kind(steps=UNBOUNDED))
    for word in (Word.UNTIL_ACCEPTED, Word.NEVER, Word.SET_ONCE):
        policy = terms({"spec.steps": word})
        (rule,) = rules(policy, schema, cells_of(policy, schema))
        assert rule.cost < RULE / 5


def many(count: int, **field: Any) -> tuple[dict[str, Any], Terms]:  # noqa: ANN401 - a schema
    """A definition with many fields, all of which a policy fixes by name."""
    names = [f"field{number}" for number in range(count)]
    return kind(**dict.fromkeys(names, field)), terms([f"spec.{name}" for name in names])


def test_fields_share_rules_where_single_ones_would_cost_too_much_together(
    kubernetes: Kubernetes,
) -> None:
    crd, policy = many(250, type="string", maxLength=100)
    _, schema = of_crd(crd)
    cells = cells_of(policy, schema)
    assert sum(cost(guard.condition) for guard in guards(policy, schema, cells, RULES)) > DEFINITION
    found = rules(policy, schema, cells)
    assert 20 < len(found) < 60
    assert max(len(rule.cells) for rule in found) < 10
    assert [cell for rule in found for cell in rule.cells] == list(cells)
    assert "spec.field0, spec.field1" in found[0].message
    assert not found[0].field_path
    assert not kubernetes.crd_errors(with_rules(crd, found))


def test_of_many_bounds_a_few_are_named(kubernetes: Kubernetes) -> None:
    fields: dict[str, Any] = {f"field{number}": {"type": "string"} for number in range(100)}
    fields["dropped"] = {"type": "string", "nullable": True}
    crd = kind(large={"type": "object", "properties": fields})
    _, schema = of_crd(crd)
    policy = terms(["spec.large"])
    with pytest.raises(CannotExpress, match=r"and the like to 9\d more, or less") as told:
        rules(policy, schema, cells_of(policy, schema))
    most = int(re.findall(r"maxLength: (\d+) to spec", told.value.remedy)[0])
    for field in fields.values():
        field["maxLength"] = most
    status = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["status"]
    status["properties"]["conditions"]["maxItems"] = most
    status["properties"]["phase"]["maxLength"] = most
    _, bounded = of_crd(crd)
    found = rules(policy, bounded, cells_of(policy, bounded))
    assert not kubernetes.crd_errors(with_rules(crd, found))


def test_rules_that_are_too_long_for_cel_are_refused() -> None:
    fields = {f"field{number}": {"type": "integer", "nullable": True} for number in range(700)}
    _, schema = of_crd(kind(large={"type": "object", "properties": fields}))
    policy = terms(["spec.large"])
    with pytest.raises(CannotExpress, match="characters, and CEL reads 100,000"):
        rules(policy, schema, cells_of(policy, schema))


def test_what_other_rules_cost_counts_too() -> None:
    crd, policy = many(20, type="string", maxLength=100)
    _, schema = of_crd(crd)
    cells = cells_of(policy, schema)
    assert len(rules(policy, schema, cells)) == 20
    assert len(rules(policy, schema, cells, spent=DEFINITION - RULE)) < 20
    with pytest.raises(CannotExpress, match="allowed"):
        rules(policy, schema, cells, spent=DEFINITION)


def test_two_hundred_fields_of_a_large_definition_take_less_than_a_second() -> None:
    crd, policy = many(200, type="string", maxLength=50)
    spec = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]
    inner = {f"inner{n}": {"type": "string", "description": "words " * 10} for n in range(50)}
    for number in range(150):
        spec["properties"][f"other{number}"] = {"type": "object", "properties": inner}
    assert len(str(crd)) > 600_000
    began = time.process_time()  # others may use the machine as well
    _, schema = of_crd(crd)
    found = rules(policy, schema, cells_of(policy, schema))
    assert sum(len(rule.cells) for rule in found) == 200
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("schema", "elements", "bytes_"),
    [
        ({"type": "string"}, 3 * 1024 * 1024 - 2, 2),
        ({"type": "string", "maxLength": 10}, 40, 2),
        ({"type": "string", "enum": ["a", "abc"]}, 3, 2),
        ({"type": "string", "format": "byte", "maxLength": 10}, 10, 2),
        ({"type": "string", "format": "date-time"}, 32, 21),
        ({"type": "integer"}, 0, 1),
        ({"type": "boolean"}, 0, 4),
        ({"type": "array", "items": {"type": "boolean"}}, (3 * 1024 * 1024 - 2) // 5, 2),
        ({"type": "array", "items": {"type": "boolean"}, "maxItems": 7}, 7, 2),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, 3145726 // 7, 2),
        ({"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}, 0, 8),
        ({"x-kubernetes-int-or-string": True}, 3 * 1024 * 1024 - 2, 1),
    ],
)
def test_sizes_are_those_that_kubernetes_assumes(
    schema: dict[str, Any], elements: int, bytes_: int
) -> None:
    own = of_openapi(schema)
    assert (most_elements(own), smallest(own)) == (elements, bytes_)


def test_only_values_of_any_size_have_a_keyword_that_bounds_them() -> None:
    words = {
        "array": ("maxItems", {"type": "array", "items": {"type": "string"}}),
        "map": ("maxProperties", {"type": "object", "additionalProperties": {"type": "string"}}),
        "text": ("maxLength", {"type": "string"}),
        "object": ("", {"type": "object"}),
        "number": ("", {"type": "integer"}),
    }
    for word, schema in words.values():
        assert keyword(of_openapi(schema)) == word


def test_literals_cost_nothing() -> None:
    assert cost(tree.TRUE) == 0
    assert cost(tree.listed([tree.text("a")])) == 10
