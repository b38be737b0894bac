"""The schema and the reader of policies say the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from specstat.immutability.language import finding
from specstat.immutability.language.consequences import OWNED_KEYS, VIOLATION_KEYS
from specstat.immutability.language.keys import KEYS
from specstat.immutability.language.publish import schema
from specstat.immutability.language.reading import of_values, read
from specstat.immutability.terms import PolicyError
from specstat.model.source import Source
from tests.spoiled import spoiled

VALIDATOR = jsonschema.Draft202012Validator(schema())
FIXED = {"kind": "A", "default": "immutable"}


def reader_takes(tree: dict[str, Any]) -> bool:
    try:
        read(Source("p.yaml", json.dumps(tree)))
        of_values(tree)
    except PolicyError:
        return False
    return True


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def patterns() -> Iterator[str]:
    for written in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(schema())):
        yield json.loads(written)


def test_patterns_escape_only_what_editors_know_as_an_escape() -> None:
    known = r"\\(?:[dDsSwWbB\-^$\\.*+?()\[\]{}|/]|x[0-9a-f]{2}|u[0-9a-f]{4})"
    found = list(patterns())

    assert found
    assert [p for p in found if "\\" in re.sub(known, "", p)] == []


@pytest.mark.parametrize("name", KEYS)
def test_both_take_each_example(name: str) -> None:
    tree = FIXED | yaml.safe_load(KEYS[name].example)

    VALIDATOR.validate(tree)
    assert reader_takes(tree)


@pytest.mark.parametrize("name", VIOLATION_KEYS)
def test_both_take_each_example_of_on_violation(name: str) -> None:
    tree = FIXED | {"on-violation": yaml.safe_load(VIOLATION_KEYS[name].example)}

    VALIDATOR.validate(tree)
    assert reader_takes(tree)


def test_both_take_the_examples_of_owned() -> None:
    owned: dict[str, Any] = {}
    for key in OWNED_KEYS.values():
        owned |= yaml.safe_load(key.example)

    VALIDATOR.validate(FIXED | {"owned": owned})
    assert reader_takes(FIXED | {"owned": owned})


@pytest.mark.parametrize("name", finding.packaged())
def test_the_schema_takes_the_packaged_policies(name: str) -> None:
    VALIDATOR.validate(yaml.safe_load(finding.file_of(name).read_text("utf-8")))


PATHS = st.sampled_from(["spec.a", "spec.b[].c", "spec.m{}", "metadata.labels", 'spec["x.y"]'])
BELOW = st.sampled_from(["status.phase", "status.hash"])
VALUES = st.lists(st.sampled_from(["a", "true", 3, True]), min_size=1, max_size=2)
FIELD = st.one_of(
    st.fixed_dictionaries({"field": BELOW, "in": VALUES}, optional={"absent": st.just("a")}),
    st.fixed_dictionaries({"field": BELOW, "not-in": VALUES}),
)
CONDITION = st.fixed_dictionaries({"condition": st.sampled_from(["A", "A=True", "b.c/D=Unknown"])})
KEY = st.one_of(
    st.fixed_dictionaries({"label": st.just("a.b/c")}, optional={"in": VALUES}),
    st.fixed_dictionaries({"annotation": st.just("c")}),
)
WORDS = st.sampled_from(["never", "set-once", "append-only", "until-accepted"])
GOOD: dict[str, st.SearchStrategy[Any]] = {
    "name": st.sampled_from(["a", "b-c"]),
    "crd": st.just("crd.yaml"),
    "immutable": st.lists(PATHS, max_size=2, unique=True)
    | st.dictionaries(PATHS, WORDS, max_size=2),
    "mutable": st.lists(st.just("spec.z"), max_size=1),
    "locked-when": st.lists(
        st.one_of(st.sampled_from(["creation", "always"]), CONDITION, FIELD), min_size=1, max_size=2
    ),
    "exempt-when": st.lists(st.one_of(KEY, CONDITION, FIELD), min_size=1, max_size=2),
    "terminal": FIELD,
    "owned": st.fixed_dictionaries(
        {"labels": st.just(["a/"]), "by": st.just(["me"])},
        optional={"annotations": st.just(["b"])},
    ),
    "record": st.just("status.hash"),
    "on-violation": st.fixed_dictionaries(
        {"phase": st.just("Failed")},
        optional={
            "conditions": st.dictionaries(
                st.sampled_from(["Ready", "Done"]),
                st.sampled_from(["True", "False", False]),
                min_size=1,
            ),
            "event": st.booleans(),
            "reason": st.just("Why"),
            "phase-field": st.sampled_from(["status.phase", 'status["the state"]']),
        },
    ),
    "mode": st.sampled_from(["warn", "enforce"]),
    "toggle": st.just("A_B"),
}
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 9),
    st.sampled_from([0.5, "", "a", "spec.a", "status.b", "True", "metadata", "kind", " spec"]),
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["a", "field", "in", "spec.a"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@st.composite
def trees(draw: st.DrawFn) -> Any:  # noqa: ANN401 - a tree of anything
    """Policies that hold, most of them with something put where it may not belong."""
    start = st.fixed_dictionaries(
        {"kind": st.sampled_from(["A", "g.io/A"]), "default": st.just("immutable")}, optional=GOOD
    )
    return spoiled(draw, start, ANYTHING, [*GOOD, "other", "in", "not-in", "absent", "condition"])


@pytest.mark.parametrize(
    "more",
    [
        {"immutable": []},
        {"immutable": {}},
        {"immutable": None},
        {"immutable": ["spec.b", "spec.b"]},
        {"immutable": ["spec.b["]},
        {"immutable": ["metadata.name"]},
        {"immutable": ["metadata.labels.a.b"]},
        {"immutable": ["$.spec.b"]},
        {"immutable": ["spec.b"], "record": "status.a[]"},
        {"immutable": ["spec.b"], "name": "a" * 64},
        {"immutable": ["spec.b"], "owned": {"by": ["me"]}},
        {"immutable": ["spec.b"], "crd": "a\nb"},
        {"immutable": ["spec.b"], "exempt-when": [{"label": "a" * 64}]},
    ],
)
def test_both_refuse(more: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid({"kind": "A"} | more)
    assert not reader_takes({"kind": "A"} | more)


@given(trees())
@settings(max_examples=400, deadline=None)
def test_what_the_schema_refuses_the_reader_refuses(tree: dict[str, Any]) -> None:
    if reader_takes(tree):
        VALIDATOR.validate(tree)


@given(
    st.fixed_dictionaries({"kind": st.just("A"), "default": st.just("immutable")}, optional=GOOD)
)
@settings(max_examples=200, deadline=None)
def test_both_take_what_is_made_to_hold(tree: dict[str, Any]) -> None:
    VALIDATOR.validate(tree)
    assert reader_takes(tree)
