"""What `match:` of a pack says, key by key."""

from __future__ import annotations

import pytest

from specstat.model.directives import Declared
from specstat.model.resource import Facts, Field, Scale
from tests.rules.patterns.support import field, paths, resource, rule, told

A = field(
    "apiURL",
    type="string",
    format="uri",
    description="Where the API is.\nIt is asked once.",
    enum=("On", "Off"),
    required=True,
    constraints=(("maxLength", "63"),),
    declarations=("field_behavior=REQUIRED",),
    declared=Declared(purpose="instruction", echo_of="status.apiURL", sensitive=True),
    children=(field("port", "spec.apiURL.port", type="integer"),),
)
B = field("observedSize", "status.observedSize", type="integer", has_default=True)


@pytest.mark.parametrize(
    "match",
    [
        "section: spec",
        "section: [spec, metadata]",
        "name: apiURL",
        "name: (?i)api(url|uri)",
        "path: 'spec[.]api.*'",
        "type: [string, boolean]",
        "format: uri",
        "description: asked once",
        "described: true",
        "required: true",
        "enum: true",
        "enum: O.",
        "enum: [Yes, Off]",
        "constraints: maxLength",
        "constraints: maxLength=63",
        "declarations: field_behavior=.*",
        "declared: true",
        "declared: {purpose: instruction}",
        "declared: {purpose: [observation, instruction], sensitive: true}",
        "declared: {echo-of: status.*}",
        "children: [nothing, port]",
        "not: {section: status}",
        "not: [{name: x}, {section: status}]",
        "any: [{name: x}, {name: apiURL}]",
        "all: [{section: spec}, {format: uri}]",
        "{section: spec, kind: Widget, group: 'example[.]org', version: v1}",
        "{section: spec, resource: {spec: true, served: true, scale: false}}",
    ],
)
def test_a_match_finds_the_field_that_it_describes(match: str) -> None:
    of_top = f"match:\n  all: [{{depth: 1}}, {match if match[0] == '{' else '{' + match + '}'}]"

    assert paths(rule(of_top), A, B) == ["spec.apiURL"]


@pytest.mark.parametrize(
    "match",
    [
        "section: root",
        "name: api",  # a name is matched as a whole
        "name: apiurl",
        "path: spec",
        "format: url",
        "description: ^asked",
        "described: false",
        "enum: [on]",
        "constraints: maxLength=6",
        "declared: {purpose: observation}",
        "declared: {changes: never}",
        "children: false",
        "{name: apiURL, type: integer}",  # all keys must hold
        "not: {name: apiURL}",
        "{name: apiURL, kind: Gadget}",
        "{name: apiURL, resource: {status_subresource: true}}",
    ],
)
def test_a_match_passes_over_what_differs(match: str) -> None:
    written = match if match[0] == "{" else "{" + match + "}"

    assert "spec.apiURL" not in paths(rule(f"match: {written}"), A, B)


@pytest.mark.parametrize(
    ("depth", "found"),
    [
        ("1", ["spec.apiURL"]),
        ("{min: 2}", ["spec.apiURL.port"]),
        ("{max: 1}", ["spec.apiURL"]),
        ("{min: 1, max: 2}", ["spec.apiURL", "spec.apiURL.port"]),
    ],
)
def test_depth_counts_from_the_section(depth: str, found: list[str]) -> None:
    assert paths(rule(f"match: {{depth: {depth}}}"), A) == found


def test_what_is_inside_a_foreign_type_is_passed_over() -> None:
    template = field(
        "template",
        children=(
            field("metadata", "spec.template.metadata"),
            field("spec", "spec.template.spec", children=(field("url", "spec.template.spec.url"),)),
        ),
    )

    assert paths(rule("match: {name: url}"), template, field("url")) == ["spec.url"]


def test_an_older_version_is_not_looked_at() -> None:
    old = resource(A, facts=Facts(newest=False))

    assert not told(rule("match: {section: spec}"), old)


def test_a_rule_of_a_resource_reports_it_once_and_asks_for_its_fields() -> None:
    lacks = rule(
        "scope: resource\nmatch:\n  field: {section: status}\n  not: {field: {name: size}}"
    )

    assert len(told(lacks, resource(A, B))) == 1
    assert not told(lacks, resource(A))
    assert not told(lacks, resource(A, B, field("size", "status.size")))


def test_facts_of_the_resource_can_be_asked_for() -> None:
    generated = rule("scope: resource\nmatch: {resource: {generator: 'v0[.].*', scale: true}}")
    facts = Facts(generator="v0.17.2", scale=Scale("spec.replicas"))

    assert told(generated, resource(A, facts=facts))
    assert not told(generated, resource(A, facts=Facts(generator="v0.17.2")))


def test_fields_at_the_root_are_asked_too_and_metadata_is_not() -> None:
    made = resource(A)
    odd, meta = Field("data", "data", depth=0), Field("metadata", "metadata", depth=0)
    made = type(made)(*(made.group, made.version, made.kind, made.source, (odd, meta)))

    assert [f.on.path for f in told(rule("match: {section: root}"), made) if f.on] == ["data"]
