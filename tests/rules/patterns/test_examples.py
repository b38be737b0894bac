"""The examples of a rule: each bad one must be reported, no good one may be."""

from __future__ import annotations

import pytest

from specstat.rules.patterns.examples import tried
from tests.rules.patterns.support import rule

MATCH = "match: {section: status, type: number}\n"
CRD = """\
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    spec:
      group: example.org
      names: {kind: Widget}
      versions:
      - name: v1
        served: true
        schema:
          openAPIV3Schema:
            properties:
              status: {properties: {load: {type: number}}}
"""
PROTO = """\
    syntax = "proto3";
    package example.v1;
    message Widget { WidgetSpec spec = 1; WidgetStatus status = 2; }
    message WidgetSpec { string size = 1; }
    message WidgetStatus { double load = 1; }
"""


def outcome(examples: str, match: str = MATCH) -> tuple[int, list[str]]:
    """How many examples there are, and what is told of those that fail."""
    made = rule(f"{match}examples:\n{examples}")
    count, failures = tried(made)
    return count, [failure.message for failure in failures]


@pytest.mark.parametrize(
    "example",
    [
        "{name: load, section: status, type: number}",
        "{name: load, section: status, type: double}",
        "{kind: Gadget, status: [size, {name: load, type: number}]}",
        "{status: [{name: a, type: array, children: [{name: b, type: number}]}]}",
        f"|\n{CRD}",
        f"|\n{PROTO}",
    ],
)
def test_a_bad_example_is_a_field_fields_a_crd_or_a_proto(example: str) -> None:
    assert outcome(f"  bad:\n  - {example}") == (1, [])
    assert outcome(f"  good:\n  - {example}")[1][0].startswith("good example 1 is reported: ")


def test_what_a_field_of_an_example_may_say_is_seen_by_the_rule() -> None:
    match = (
        "match: {name: a, format: int64, description: b, required: true, has_default: true, "
        "enum: c, constraints: d=1, declarations: e, declared: {purpose: instruction}, "
        "children: f, kind: K, group: g, version: v, "
        "resource: {status_subresource: true, generator: h}}\n"
    )
    example = (
        "{name: a, type: int64, description: b, required: true, has_default: true, enum: [c], "
        "constraints: {d: 1}, declarations: [e], declared: purpose=instruction, children: [f], "
        "kind: K, group: g, version: v, resource: {status_subresource: true, generator: h}}"
    )

    assert outcome(f"  bad:\n  - {example}", match) == (1, [])


@pytest.mark.parametrize(
    ("examples", "told"),
    [
        ("  bad:\n  - {name: load}", "bad example 1 is not reported"),
        ("  good:\n  - ''", "good example 1 cannot be read: it holds no resource; write a CRD"),
        ("  good:\n  - message", "good example 1 cannot be read: "),
        ("  bad:\n  - {nam: a}", "bad example 1 cannot be read: unknown key 'nam' in an exa"),
        ("  bad:\n  - {kind: A}", "bad example 1 cannot be read: an example is a field with"),
        ("  bad:\n  - {name: a, section: no}", "bad example 1 cannot be read: unknown secti"),
        ("  bad:\n  - {name: a, spec: [b]}", "bad example 1 cannot be read: an example with"),
        ("  bad:\n  - {name: a, declared: b}", "bad example 1 cannot be read: unknown word "),
        ("  bad:\n  - [a]", "bad example 1 cannot be read: an example is a mapping"),
    ],
)
def test_an_example_that_is_not_as_it_should_be_is_told_with_its_place(
    examples: str, told: str
) -> None:
    assert outcome(examples)[1][0].startswith(told)


def test_the_place_of_a_failure_is_that_of_the_example() -> None:
    made = rule(f"{MATCH}examples:\n  bad:\n  - {{name: load}}")
    _, (failure,) = tried(made)

    assert made.source.text[failure.offset :] == "{name: load}\n"


def test_a_rule_that_fails_on_an_example_is_told() -> None:
    explodes = "match: {section: spec, description: 'a.{18}b.{18}c'}\n"
    text = ("ab" * 7 + "aab" * 5 + "b") * 60
    few = "\n".join(f"  - {{name: a, description: {text[n:]}}}" for n in range(30))

    failures = outcome(f"  good:\n{few}", explodes)[1]

    assert all("takes too long" in failure for failure in failures)
