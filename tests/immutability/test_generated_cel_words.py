"""The words of a policy as generated rules, on Kubernetes' own code."""

from __future__ import annotations

from typing import Any

import pytest

from specstat.immutability.cells import cells_of
from specstat.immutability.generate.cel import minimum_version, rules
from specstat.immutability.schema import of_crd
from specstat.immutability.terms import Word
from tests.conformance.kubernetes import Kubernetes
from tests.immutability.rules_made import load, terms, with_rules

CRD = load("hard-crd.yaml")
_, SCHEMA = of_crd(CRD)
FREE: dict[str, Any] = {"phase": "Pending"}
LOCKED: dict[str, Any] = {"phase": "Running"}
DOOR = {"name": "a", "port": 1, "tags": ["x", "y"]}
TURNED = {**DOOR, "tags": ["y", "x"]}
OTHER = {"name": "b", "port": 2}
ALLOWED, DENIED = True, False


@pytest.mark.parametrize(
    ("word", "status", "old", "new", "allowed"),
    [
        (Word.UNTIL_ACCEPTED, FREE, {"level": 1}, {"level": 2}, ALLOWED),
        (Word.UNTIL_ACCEPTED, LOCKED, {"level": 1}, {"level": 2}, DENIED),
        (Word.UNTIL_ACCEPTED, LOCKED, {}, {"level": 1}, DENIED),
        (Word.UNTIL_ACCEPTED, LOCKED, {"level": 1}, {}, DENIED),
        (Word.NEVER, FREE, {"level": 1}, {"level": 2}, DENIED),
        (Word.NEVER, {}, {}, {"level": 1}, DENIED),
        (Word.NEVER, LOCKED, {"level": 1}, {"level": 1}, ALLOWED),
        (Word.SET_ONCE, LOCKED, {}, {"level": 1}, ALLOWED),
        (Word.SET_ONCE, FREE, {"level": 1}, {"level": 2}, DENIED),
        (Word.SET_ONCE, FREE, {"level": 1}, {}, DENIED),
        (Word.SET_ONCE, FREE, {"level": 1}, {"level": 1}, ALLOWED),
        (Word.APPEND_ONLY, LOCKED, {}, {"words": ["a"]}, ALLOWED),
        (Word.APPEND_ONLY, LOCKED, {"words": ["a"]}, {"words": ["a", "b"]}, ALLOWED),
        (Word.APPEND_ONLY, FREE, {"words": ["a"]}, {"words": ["b", "a"]}, DENIED),
        (Word.APPEND_ONLY, FREE, {"words": ["a", "b"]}, {"words": ["a"]}, DENIED),
        (Word.APPEND_ONLY, FREE, {"words": []}, {}, DENIED),
        (Word.APPEND_ONLY, FREE, {"ratios": [1, 2.5]}, {"ratios": [3, 2.5, 1]}, ALLOWED),
        (Word.APPEND_ONLY, FREE, {"ratios": [1, 2.5]}, {"ratios": [1, 3]}, DENIED),
        (Word.APPEND_ONLY, FREE, {"doors": [DOOR]}, {"doors": [OTHER, TURNED]}, ALLOWED),
        (Word.APPEND_ONLY, FREE, {"doors": [DOOR]}, {"doors": [{**DOOR, "port": 2}]}, DENIED),
        (Word.APPEND_ONLY, FREE, {"doors": [DOOR]}, {"doors": [OTHER]}, DENIED),
        (Word.APPEND_ONLY, FREE, {"limits": {"a": "1"}}, {"limits": {"b": "2", "a": "1"}}, ALLOWED),
        (Word.APPEND_ONLY, FREE, {"limits": {"a": "1"}}, {"limits": {"a": "2"}}, DENIED),
        (Word.APPEND_ONLY, FREE, {"limits": {"a": "1"}}, {"limits": {}}, DENIED),
    ],
)
def test_words_restrict_what_they_say(  # noqa: PLR0913 - the columns of the table
    kubernetes: Kubernetes,
    word: Word,
    status: dict[str, Any],
    old: dict[str, Any],
    new: dict[str, Any],
    *,
    allowed: bool,
) -> None:
    (name,) = old.keys() | new.keys()
    policy = terms({f"spec.{name}": word})
    crd = with_rules(CRD, rules(policy, SCHEMA, cells_of(policy, SCHEMA)))
    written = kubernetes.update(crd, "v1", {"spec": old, "status": status}, {"spec": new})
    assert written.allowed is allowed, written.errors


@pytest.mark.parametrize("word", [Word.NEVER, Word.SET_ONCE, Word.APPEND_ONLY])
def test_words_that_do_not_ask_for_the_lock_do_not_ask_the_status(word: Word) -> None:
    policy = terms({"spec.limits": word})
    (rule,) = rules(policy, SCHEMA, cells_of(policy, SCHEMA))
    assert "status" not in rule.rule
    assert rule.message.startswith("spec.limits m")
    assert rule.message.endswith("(SpecImmutableViolation)")


def test_positions_in_lists_ask_for_a_newer_kubernetes() -> None:
    for word, version in ((Word.APPEND_ONLY, "1.33"), (Word.NEVER, "1.28")):
        policy = terms({"spec.words": word})
        assert minimum_version(rules(policy, SCHEMA, cells_of(policy, SCHEMA))) == version


def test_a_map_may_except_keys(kubernetes: Kubernetes) -> None:
    policy = terms(["spec.limits"], mutable=["spec.limits.free"])
    crd = with_rules(CRD, rules(policy, SCHEMA, cells_of(policy, SCHEMA)))
    for old, new, allowed in (
        ({"a": "1", "free": "1"}, {"a": "1", "free": "2"}, True),
        ({"a": "1"}, {"a": "1", "free": "2"}, True),
        ({"free": "1"}, None, True),
        ({"a": "1", "free": "1"}, {"a": "2", "free": "1"}, False),
        ({"a": "1"}, {"a": "1", "b": "1"}, False),
        ({"a": "1"}, {}, False),
        (None, {"a": "1"}, False),
    ):
        before, after = ({} if each is None else {"limits": each} for each in (old, new))
        written = kubernetes.update(crd, "v1", {"spec": before, "status": LOCKED}, {"spec": after})
        assert written.allowed is allowed, (old, new, written.errors)
