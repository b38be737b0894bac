"""The same field, given as CRD and as .proto, gets the same verdict."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from specstat import readers
from specstat.judge.verdict import judge
from specstat.model.resource import Field, Section
from specstat.model.types import openapi
from tests.judge.examples import OWN, SHARED, Example, camel, read, snake
from tests.readers import protoapis
from tests.readers.support import crd, fields, only

# How a .proto file writes the types that stand in the examples.
WRITTEN = {
    "": "string",
    "array": "repeated string",
    "boolean": "bool",
    "bytes": "bytes",
    "integer": "int32",
    "number": "double",
    "object": "map<string, string>",
    "string": "string",
}


def as_crd(field: Field, name: str) -> Field:
    """A field as it is read from a CRD."""
    written = WRITTEN[field.type]  # generators write the format of a number, too
    type_, format_ = openapi(written if field.type == "integer" else field.type)
    schema: dict[str, object] = {"type": type_, "format": format_}
    schema["description"] = field.description
    if field.enum:
        schema["enum"] = list(field.enum)
    below = {child.name: {"type": "string"} for child in field.children}
    if below and field.type == "array":
        schema["items"] = {"type": "object", "properties": below}
    elif below:
        schema["properties"] = below
    text = crd(f"{name}: {json.dumps(schema)}")
    return fields(only(readers.read("crd.yaml", text.encode())))[f"spec.{name}"]


def as_proto(field: Field, name: str) -> Field:
    """A field as it is read from a .proto file."""
    comment = "".join(f"// {line}\n" for line in field.description.split("\n"))
    type_, behind = WRITTEN[field.type], ""
    if field.children:
        below = " ".join(f"string {c.name} = {n};" for n, c in enumerate(field.children, 1))
        behind = f"message Part {{ {below} }}"
        type_ = "repeated Part" if field.type == "array" else "Part"
    elif field.enum:
        values = " ".join(f"HUE_{value} = {n};" for n, value in enumerate(field.enum, 1))
        behind = f"enum Hue {{ HUE_UNSPECIFIED = 0; {values} }}"
        type_ = "Hue"
    text = protoapis.widget(
        f"{comment if field.description else ''}{type_} {name} = 1;", behind=behind
    )
    return protoapis.fields(protoapis.only(protoapis.read(text)))[f"spec.{name}"]


def probabilities(field: Field, kind: str) -> dict[Section, float]:
    """What the judge thinks of a field."""
    return dict(judge(field, kind=kind).probabilities)


def assert_same(example: Example, spelled: str) -> None:
    """Both readers make a field of which the judge thinks the same."""
    kind = example.id.partition(".")[0]
    crd_field, proto_field = as_crd(example.field, spelled), as_proto(example.field, spelled)

    assert proto_field.description == crd_field.description
    assert (proto_field.type, proto_field.format) == (crd_field.type, crd_field.format)
    assert proto_field.enum == crd_field.enum
    assert proto_field.child_names == crd_field.child_names
    assert probabilities(proto_field, kind) == probabilities(crd_field, kind)


@pytest.mark.parametrize("spelling", [camel, snake], ids=["camelCase", "snake_case"])
@pytest.mark.parametrize("example", read(OWN), ids=lambda example: example.id)
def test_our_own_examples_get_the_same_verdict(
    example: Example, spelling: Callable[[str], str]
) -> None:
    assert_same(example, spelling(example.field.name))


def test_the_shared_examples_get_the_same_verdict() -> None:
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not there: only the project's own workplace has it")

    for example in read(SHARED):
        for spelled in (camel(example.field.name), snake(example.field.name)):
            assert_same(example, spelled)


@pytest.mark.parametrize("example", read(OWN), ids=lambda example: example.id)
def test_a_name_in_snake_case_is_the_same_name(example: Example) -> None:
    kind = example.id.partition(".")[0]
    camel_case = as_proto(example.field, camel(example.field.name))
    snake_case = as_proto(example.field, snake(example.field.name))

    assert probabilities(camel_case, kind) == probabilities(snake_case, kind)
