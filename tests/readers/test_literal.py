"""Values of a schema as JSON."""

from __future__ import annotations

import json

import pytest

from specstat.readers import yamltree
from specstat.readers.literal import literal
from tests.readers.support import crd, spec_field


def of(text: str) -> str:
    """The literal of a document."""
    (document,) = yamltree.load(text).documents
    return literal(document)


@pytest.mark.parametrize(
    ("text", "json_text"),
    [
        ("-1", "-1"),
        ("0", "0"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        ("007", '"007"'),
        (".5", '".5"'),
        ("true", "true"),
        ("off", "false"),
        ("~", "null"),
        ('""', '""'),
        ('"1"', '"1"'),
        ("Pending", '"Pending"'),
        ("'say \"so\"'", '"say \\"so\\""'),
        ("{}", "{}"),
        ("[]", "[]"),
        ("{b: [1, two], a: {c: null}}", '{"b":[1,"two"],"a":{"c":null}}'),
        ("- {type: Ready}\n- {}", '[{"type":"Ready"},{}]'),
        ("[&a {b: 1}, *a]", '[{"b":1},{"b":1}]'),
    ],
)
def test_a_value_is_compact_json(text: str, json_text: str) -> None:
    assert of(text) == json_text
    json.loads(json_text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 40 + "]" * 40,
        f"[{', '.join('1' * 2_000)}]",
    ],
)
def test_what_is_beyond_reason_is_left_out(text: str) -> None:
    assert not of(text)


@pytest.mark.parametrize(
    ("fields", "item_type"),
    [
        ("{type: array, items: {type: string}}", "string"),
        ("{type: array, items: {type: object, properties: {a: {}}}}", "object"),
        ("{type: object, additionalProperties: {type: integer}}", "integer"),
        ("{type: array, items: {type: array, items: {type: string}}}", "array"),
        ("{type: object, additionalProperties: true}", ""),
        ("{type: array}", ""),
        ("{type: string}", ""),
    ],
)
def test_the_type_of_items_is_a_fact(fields: str, item_type: str) -> None:
    assert spec_field(crd(f"size: {fields}")).item_type == item_type
