"""The schema and the reader of configurations say the same."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from specstat.engine.config.keys import KEYS
from specstat.engine.config.loading import read
from specstat.engine.config.mistakes import refuse_mistakes
from specstat.engine.config.schema import schema
from specstat.model.source import Source
from specstat.readers.settings.places import ConfigError
from specstat.rules import ss101_input_in_status as ss101
from tests.spoiled import spoiled

OPTIONS = {"max": 10, "share": 0.5, "names": ("a",), "deep": False, "word": "x"}
VALIDATOR = jsonschema.Draft202012Validator(schema())


def reader_takes(tree: object) -> bool:
    try:
        refuse_mistakes(read(Source("specstat.yaml", json.dumps(tree))))
    except ConfigError:
        return False
    return True


def schema_takes(tree: object) -> bool:
    return bool(VALIDATOR.is_valid(tree))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", KEYS)
def test_both_take_each_example(name: str) -> None:
    tree = yaml.safe_load(KEYS[name].example)

    assert schema_takes(tree)
    read(Source("specstat.yaml", KEYS[name].example))


def test_options_are_described_by_their_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ss101, "OPTIONS", OPTIONS, raising=False)
    validator = jsonschema.Draft202012Validator(schema())

    good = {"max": 1, "share": 1, "names": ["b"], "deep": True, "word": "y"}
    assert validator.is_valid({"options": {"SS101": good, "input-in-status": good}})
    for name, bad in (("max", "1"), ("names", "b"), ("deep", 1), ("mx", 1)):
        assert not validator.is_valid({"options": {"SS101": {name: bad}}})


# Words that both take where they fit, so that they can only disagree on where that is.
CODES = st.sampled_from(["SS101", "SS1", "input-in-status", "SS005"])
GLOBS = st.sampled_from(["a/**", "b", "*.yaml"])
NAMES = st.sampled_from(["a.yaml", "../b", "c"])
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 99), st.sampled_from([0.1, 2.5]), CODES, NAMES
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(CODES | NAMES, inner, max_size=2),
    max_leaves=4,
)
SEVERITIES = st.sampled_from(["error", "warning", "info", "off", False])
LAYER: dict[str, st.SearchStrategy[Any]] = {
    "profile": st.sampled_from(["recommended", "aip"]),
    "select": st.lists(CODES, max_size=3),
    "ignore": st.lists(CODES, max_size=3) | st.none(),
    "severity": st.dictionaries(CODES, SEVERITIES, max_size=3),
    "options": st.dictionaries(st.sampled_from(["SS101", "SS102"]), st.just({}), max_size=2),
}
GOOD = LAYER | {
    "extends": NAMES,
    "rules-as-of": st.sampled_from([0.1, "0.10", "1.2.3"]),
    "paths": st.dictionaries(GLOBS, st.fixed_dictionaries({}, optional=LAYER), max_size=2),
    "exclude": st.lists(GLOBS, max_size=2),
    "fields": st.dictionaries(
        st.sampled_from(["A.spec.x", "b.io/A.status.y"]), st.just("sensitive"), max_size=2
    ),
    "packs": st.lists(NAMES, max_size=2),
    "plugins": st.lists(NAMES, max_size=2),
    "policies": st.lists(
        NAMES | st.just({"kind": "A", "immutable": {"spec.b": "never"}}), max_size=1
    ),
    "proto": st.fixed_dictionaries({}, optional={"roots": st.lists(NAMES, max_size=2)}),
    "judge": st.fixed_dictionaries({}, optional={"weights": NAMES}),
    "require-reason": st.booleans(),
    "baseline": NAMES,
    "fail-on": st.sampled_from(["error", "never"]),
}


@st.composite
def trees(draw: st.DrawFn) -> Any:  # noqa: ANN401 - a tree of anything
    """Configurations that hold, most of them with something put where it may not belong."""
    return spoiled(
        draw,
        st.fixed_dictionaries({}, optional=GOOD),
        ANYTHING,
        [*GOOD, "other", "weights", "SS101", "a/**"],
    )


@given(tree=trees())
@settings(max_examples=400, deadline=None)
def test_what_the_schema_refuses_the_reader_refuses(tree: object) -> None:
    if not schema_takes(tree):
        assert not reader_takes(tree)


def refused_by_words(message: str) -> bool:
    """Whether the reader refuses what a word says, which is no matter of form."""
    return any(
        part in message
        for part in (
            "the pattern",
            "is no kind and field",
            "unknown word",
            "unknown code",
            "unknown option",
            "are the same rule",
            "a release",
            "is no release",
            "the annotation",
        )
    )


@given(tree=trees())
@settings(max_examples=400, deadline=None)
def test_what_the_reader_refuses_by_its_form_the_schema_refuses(tree: object) -> None:
    try:
        refuse_mistakes(read(Source("specstat.yaml", json.dumps(tree))))
    except ConfigError as error:
        assert refused_by_words(str(error)) or not schema_takes(tree)  # noqa: PT017 - either may be
