"""What a transition rule keeps from being changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from specstat.model.directives import Declared
from specstat.model.resource import Field, Level, Resource, Section, Validation
from specstat.rules import mutability
from tests.rules.made import field, resource


def ruled(rule: str, *, on: str = "spec.size") -> Resource:
    """A Widget with one field in spec, and a rule on that or on spec."""
    made = resource(field("spec.size"), field("spec.shape"))
    rules = (Validation(rule),)
    (spec,) = made.fields
    if on == "spec":
        return replace(made, fields=(replace(spec, validations=rules),))
    size, shape = spec.children
    below = (replace(size, validations=rules), shape)
    return replace(made, fields=(replace(spec, children=below),))


@pytest.mark.parametrize(
    ("rule", "always"),
    [
        ("self == oldSelf", True),
        ("oldSelf==self", True),
        ("  self  ==\n oldSelf ", True),
        ("!has(oldSelf.a) || self == oldSelf", True),
        ("oldSelf == '' || self == oldSelf", True),
        ("oldSelf.size() == 0 || self == oldSelf", True),
        ("oldSelf.startsWith('x') || self == oldSelf", False),
        ("self > 3 ? self == oldSelf : true", False),
    ],
)
def test_a_rule_of_equality_locks_its_field(rule: str, *, always: bool) -> None:
    found = mutability.locks(ruled(rule))

    assert {path: lock.always for path, lock in found.items()} == {"spec.size": always}


@pytest.mark.parametrize(
    "rule",
    [
        "self >= oldSelf",
        "self != oldSelf",
        "self.size() == oldSelf.size()",
        "self == oldSelf.other",
        "self.a == oldSelf.b",
        "self == 'oldself'",
        "self.all(x, x in oldSelf)",
    ],
)
def test_other_rules_lock_nothing(rule: str) -> None:
    assert mutability.locks(ruled(rule)) == {}


@pytest.mark.parametrize(
    "rule", ["self.size == oldSelf.size", "has(self.size) && oldSelf.size == self.size"]
)
def test_a_rule_above_a_field_locks_it(rule: str) -> None:
    assert list(mutability.locks(ruled(rule, on="spec"))) == ["spec.size"]


def at_the_root(rule: str) -> Resource:
    """A Widget with a rule on the object as a whole."""
    made = resource(field("spec.size"), field("spec.shape"))
    return replace(made, validations=(Validation(rule),))


def on_items(rule: str) -> Resource:
    """A Widget with a list of parts, and a rule on each of them."""
    names = tuple(field(f"spec.parts[].{name}") for name in ("name", "size"))
    parts = replace(
        field("spec.parts"), children=names, levels=(Level("[]", validations=(Validation(rule),)),)
    )
    return resource(parts)


@pytest.mark.parametrize(
    ("rule", "paths"),
    [
        ("self.spec == oldSelf.spec", ["spec"]),
        ("!has(oldSelf.spec) || self.spec.size == oldSelf.spec.size", ["spec.size"]),
        ("self.spec.size > 0", []),
    ],
)
def test_a_rule_on_the_whole_object_locks_what_it_names(rule: str, paths: list[str]) -> None:
    found = mutability.locks(at_the_root(rule))

    assert [path for path in found if path] == paths


def test_a_rule_on_items_locks_what_is_in_them() -> None:
    whole = mutability.locks(on_items("self == oldSelf"))
    one = mutability.locks(on_items("self.size == oldSelf.size"))

    assert {*whole} >= {"spec.parts[].name", "spec.parts[].size"}
    assert [*one] == ["spec.parts[].size"]


def test_a_rule_on_the_whole_object_is_a_new_lock() -> None:
    assert newly(FREE, at_the_root("self.spec == oldSelf.spec")) == ["spec"]
    assert newly(FREE, at_the_root("self.spec.size == oldSelf.spec.size")) == ["spec.size"]


def newly(old: Resource, new: Resource) -> list[str]:
    return [pair.new.path for pair, _ in mutability.newly_locked(old, new)]


FREE = ruled("self > 0")


def test_a_lock_is_new_where_the_field_could_be_changed() -> None:
    assert newly(FREE, ruled("self == oldSelf")) == ["spec.size"]
    assert newly(FREE, ruled("self == oldSelf", on="spec")) == ["spec"]


def test_a_lock_that_moves_up_or_down_is_new_only_for_what_was_open() -> None:
    own, above = ruled("self == oldSelf"), ruled("self == oldSelf", on="spec")

    assert newly(above, own) == []
    assert newly(own, above) == ["spec"], "shape could be changed"
    assert newly(own, ruled("self.size == oldSelf.size", on="spec")) == []


def test_a_new_field_may_be_locked_from_its_first_day() -> None:
    assert newly(resource("spec.other"), ruled("self == oldSelf")) == []


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Field("size", "spec.size", Section.SPEC), "mutable"),
        (
            Field("size", "spec.size", Section.SPEC, declared=Declared(changes="never")),
            "changes=never",
        ),
        (
            Field("size", "spec.size", Section.SPEC, validations=(Validation("self >=  oldSelf"),)),
            "only by the rule self >= oldSelf",
        ),
        (
            Field("size", "spec.size", Section.SPEC, declarations=(mutability.IMMUTABLE,)),
            "immutable",
        ),
    ],
)
def test_mutability_is_told_in_words(one: Field, words: str) -> None:
    assert mutability.words(one, mutability.locks(resource(one))) == words
