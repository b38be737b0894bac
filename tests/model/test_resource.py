from __future__ import annotations

import pytest

from specstat.model.diagnostic import Severity
from specstat.model.evidence import TEST_OF, Question
from specstat.model.resource import Field, Resource, Scale, Section, Validation
from specstat.model.source import Source


def resource(*fields: Field) -> Resource:
    return Resource("example.com", "v1", "Kettle", Source("crd.yaml", ""), fields)


def test_walk_goes_from_the_top_in_the_order_of_the_source() -> None:
    inner = Field("b", children=(Field("c"), Field("d")))
    assert [field.name for field in Field("a", children=(inner, Field("e"))).walk()] == list(
        "abcde"
    )


def test_top_holds_what_stands_directly_in_a_section() -> None:
    spec = Field("spec", children=(Field("size", children=(Field("unit"),)), Field("colour")))
    kettle = resource(Field("kind"), spec)

    assert kettle.root(Section.SPEC) is spec
    assert [field.name for field in kettle.top(Section.SPEC)] == ["size", "colour"]
    assert kettle.root(Section.STATUS) is None
    assert kettle.top(Section.STATUS) == ()


def test_child_names_are_those_one_level_below() -> None:
    deep = Field("a", children=(Field("b", children=(Field("c"),)), Field("d")))
    assert deep.child_names == {"b", "d"}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("self == oldSelf", True), ("self.size > 0", False)],
)
def test_a_transition_rule_looks_at_the_old_value(rule: str, *, expected: bool) -> None:
    assert Validation(rule).is_transition is expected


def test_scale_paths_are_only_those_given() -> None:
    assert Scale(spec_replicas="spec.replicas").paths == {"spec.replicas"}
    assert Scale("spec.a", "status.b", "status.c").paths == {"spec.a", "status.b", "status.c"}


def test_severities_are_ordered_and_have_words() -> None:
    assert [severity.word for severity in sorted(Severity)] == ["info", "warning", "error"]


def test_every_question_belongs_to_a_test() -> None:
    assert set(TEST_OF) == set(Question)
