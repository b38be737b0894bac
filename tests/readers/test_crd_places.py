"""Names, blocks and descriptions stand where the fields say, in every form of a CRD."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from specstat.model.reading import Reading
from specstat.model.resource import Field
from specstat.model.source import Position
from tests.readers.support import Strings, crd, cut, fields, only, read, read_fixture

FILES = [
    "crds/bom.yaml",
    "crds/crlf.yaml",
    "crds/flow.yaml",
    "crds/forms.yaml",
    "crds/list.yaml",
    "crds/multi.yaml",
    "crds/scalars.yaml",
    "crds/undescribed.yaml",
    "crds/v1beta1-shared.yaml",
    "crds/v1beta1-versions.yaml",
    "crds/widget.json",
]


def every_field(reading: Reading) -> list[Field]:
    return [field for r in reading.resources for root in r.fields for field in root.walk()]


def load(text: str) -> Any:  # noqa: ANN401 - whatever the YAML holds
    return yaml.load(text, Loader=Strings)  # noqa: S506 - a subclass of CSafeLoader


def find(reading: Reading, name: str) -> tuple[Field, Position]:
    field = next(field for field in every_field(reading) if field.name == name)
    return field, reading.source.position(field.name_span.start)


@pytest.mark.parametrize("name", FILES)
def test_the_name_span_is_the_key(name: str) -> None:
    reading = read_fixture(name)
    found = every_field(reading)

    assert len(found) > 5
    for field in found:
        assert cut(reading, field.name_span).strip('"') == field.name


@pytest.mark.parametrize("name", FILES)
def test_the_description_span_is_the_scalar(name: str) -> None:
    reading = read_fixture(name)
    for field in every_field(reading):
        written = cut(reading, field.description_span)
        assert load("a: " + written)["a"] == field.description


@pytest.mark.parametrize("name", FILES)
def test_the_span_is_the_key_with_its_whole_block(name: str) -> None:
    reading = read_fixture(name)
    flow = name in {"crds/flow.yaml", "crds/widget.json"}
    for field in every_field(reading):
        block = cut(reading, field.span)
        column = reading.source.position(field.span.start).column
        schema = load("{" + block + "}" if flow else " " * (column - 1) + block)[field.name]

        assert field.span.start == field.name_span.start
        assert block == block.rstrip()
        assert schema.get("description", "") == field.description
        assert schema.get("type", "") in {field.type, "", "int-or-string"}
        assert all(
            f'{child.name}"' in block or f"{child.name}:" in block for child in field.children
        )
        assert load("[" + block + "]" if flow else block)  # nothing half


@pytest.mark.parametrize(
    ("file", "field", "place"),
    [
        ("crds/bom.yaml", "apiVersion", Position(19, 11)),
        ("crds/bom.yaml", "legs", Position(31, 15)),
        ("crds/crlf.yaml", "apiVersion", Position(19, 11)),
        ("crds/crlf.yaml", "wobbles", Position(43, 15)),
        ("crds/flow.yaml", "kind", Position(4, 33)),
        ("crds/flow.yaml", "completionTime", Position(11, 7)),
        ("crds/forms.yaml", "opacity", Position(112, 21)),
        ("crds/widget.json", "frame", Position(38, 19)),
    ],
)
def test_a_field_is_where_an_editor_shows_it(file: str, field: str, place: Position) -> None:
    assert find(read_fixture(file), field)[1] == place


def test_crlf_and_a_byte_order_mark_change_no_field() -> None:
    bench = only(read_fixture("crds/bom.yaml"))
    stool = only(read_fixture("crds/crlf.yaml"))

    def facts(field: Field) -> tuple[object, ...]:
        return (field.path, field.type, field.description, field.constraints, field.has_default)

    assert [facts(f) for f in fields(bench).values()] == [facts(f) for f in fields(stool).values()]


@pytest.mark.parametrize(
    "block",
    [
        "size:\n    type: string",
        "size: {type: string,\n       format: int32}",
        "size: {}",
        "size:\n    description: |-\n      Some\n      text.",
        "size:\n    description: >\n      Some\n\n      text.",
        "size:\n    enum:\n    - a\n    - b",
        "size: &size\n    type: string",
        "'size':\n    type: string",
        '"s\\x69ze": {type: string}',
    ],
)
@pytest.mark.parametrize("below", ["", "\n\n\n", "\n# below\n", " # behind\n"])
def test_a_block_is_exactly_what_is_written(block: str, below: str) -> None:
    if "text." in block and below.startswith(" "):
        below = "\n"  # behind a block scalar there are no comments
    reading = read(crd(block + below + "\nnext: {type: string}\n"))
    field = fields(only(reading))["spec.size"]

    written = "\n".join(
        line.removeprefix(" " * 14) for line in cut(reading, field.span).split("\n")
    )
    assert written == block


def test_the_block_of_an_alias_is_the_alias() -> None:
    reading = read(crd("size: &size {type: string}\nother: *size\n"))
    field = fields(only(reading))["spec.other"]

    assert cut(reading, field.name_span) == "other"
    assert cut(reading, field.span) == "other: *size"


@pytest.mark.parametrize("text", ["漢字", "😀😀", "e\u0301"])
def test_wide_characters_above_and_before_shift_nothing(text: str) -> None:
    reading = read(crd(f'first: {{description: "{text}\u2028{text}"}}\nsize: {{x: "{text}"}}\n'))
    field, place = find(reading, "size")

    assert place == Position(19, 15)
    assert cut(reading, field.name_span) == "size"
    assert cut(reading, field.span) == f'size: {{x: "{text}"}}'


def test_a_resource_stands_where_its_version_is_named() -> None:
    reading = read_fixture("crds/v1beta1-versions.yaml")
    assert [cut(reading, r.span) for r in reading.resources] == ["v1beta1", "v1alpha1"]
    assert reading.source.position(reading.resources[1].span.start) == Position(67, 11)


def test_a_resource_without_a_named_version_stands_where_its_definition_begins() -> None:
    reading = read_fixture("crds/v1beta1-shared.yaml")
    (resource,) = reading.resources
    assert reading.source.position(resource.span.start) == Position(1, 1)


def test_pairs_of_escapes_in_json_shift_nothing() -> None:
    text = (
        '{"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",\n'
        '"spec": {"group": "g", "names": {"kind": "K"}, "versions": [{"name": "v1", "schema":\n'
        '{"openAPIV3Schema": {"properties": {"spec": {"properties": {\n'
        r'"a": {"description": "a \ud83d\ude00 \uD83D\uDE00 b"}, "size": {"type": "string"}'
        "}}}}}}]}}"
    )
    reading = read(text, "crd.json")
    found = fields(only(reading))

    assert cut(reading, found["spec.size"].name_span) == '"size"'
    assert cut(reading, found["spec.size"].span) == '"size": {"type": "string"}'
    assert found["spec.a"].description.startswith("a ")
    assert found["spec.a"].description.endswith(" b")


def test_tabs_slashes_and_escapes_of_json_are_read() -> None:
    text = (
        '{\n\t"apiVersion":"apiextensions.k8s.io\\/v1",\n\t"kind":"CustomResourceDefinition",\n'
        '\t"spec":{"group":"g","names":{"kind":"K"},"versions":[{"name":"v1","schema":\n'
        '\t{"openAPIV3Schema":{"properties":{"spec":{"properties":{"s\\u0069ze":\n'
        '\t\t{"description":"a\\tb\\n\\"c\\" \\u00e9"}}}}}}}]}}\n'
    )
    (field,) = only(read(text, "crd.json")).fields[0].children
    assert (field.name, field.description) == ("size", 'a\tb\n"c" é')
