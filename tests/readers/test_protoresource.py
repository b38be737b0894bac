"""Which messages are resources, and what each of them is."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat.model.resource import Section
from tests.readers.protoapis import APIS, fields, only, read, read_file, widget, write


def kinds(text: str) -> list[str]:
    """The kinds of the resources in a text, and of those around it."""
    reading = read('syntax = "proto3"; package acme.v1;\n' + text)
    assert reading.problems == ()
    return [r.kind for r in (*reading.resources, *reading.around)]


MESSAGES = "message S { string a = 1; } message T { string b = 1; }\n"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("message A { S spec = 1; T status = 2; }", ["A"]),
        ("message A { string metadata = 1; S spec = 2; }", ["A"]),
        ("message A { string api_version = 1; T status = 2; }", ["A"]),
        ("message A { string apiVersion = 1; T status = 2; }", ["A"]),
        ("message A { Elsewhere metadata = 1; UnknownSpec spec = 2; }", ["A"]),
        ("message A { message B { S spec = 1; T status = 2; } }", ["B"]),
        ("message A { group.Unknown spec = 1; other.Unknown status = 2; }", []),
        ("message A { S spec = 1; }", []),
        ("message A { string metadata = 1; string spec = 2; int32 status = 3; }", []),
        ("message A { string metadata = 1; repeated S spec = 2; }", []),
        ("message A { string metadata = 1; map<string, S> spec = 2; }", []),
        ("message A { string metadata = 1; E status = 2; } enum E { E_A = 0; }", []),
        ("message A { string metadata = 1; google.rpc.Status status = 2; }", []),
        ("message A { string metadata = 1; .google.rpc.Status status = 2; }", []),
        ("message A { string metadata = 1; google.protobuf.Struct spec = 2; }", []),
        ("message ATemplate { string metadata = 1; S spec = 2; T status = 3; }", []),
        ("message ATemplateList { string metadata = 1; S spec = 2; T status = 3; }", []),
        ("message GetARequest { string metadata = 1; S spec = 2; T status = 3; }", []),
        ("message GetAResponse { string metadata = 1; S spec = 2; T status = 3; }", []),
    ],
)
def test_a_message_is_a_resource_by_its_sections(message: str, expected: list[str]) -> None:
    assert kinds(MESSAGES + message) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("message ASpec { string a = 1; }", ["A"]),
        ("message ASpec { string a = 1; } message AStatus { string a = 1; }", ["A"]),
        ("message ATemplateSpec { string a = 1; }", []),
        ("message Spec { string a = 1; }", []),
        ("message ASpec { string a = 1; } message B { ASpec a = 1; }", []),
        ("message ASpec { string a = 1; } message B { map<string, ASpec> a = 1; }", []),
        ("message ASpec { string a = 1; } service B { rpc C(ASpec) returns (ASpec); }", []),
        ("message B { message ASpec { string a = 1; } }", []),
        ("enum ASpec { A = 0; }", []),
    ],
)
def test_a_half_that_nothing_contains_is_judged_by_its_name(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


def test_one_half_is_partial_and_two_are_not() -> None:
    half = only(read("message ASpec { string a = 1; }"))
    both = only(read("message ASpec { string a = 1; } message AStatus { string b = 1; }"))

    assert (half.facts.partial, both.facts.partial) == (True, False)
    assert [*fields(half)] == ["spec", "spec.a"]
    assert [*fields(both)] == ["spec", "spec.a", "status", "status.b"]


def test_halves_in_two_files_are_one_kind() -> None:
    for name in ("spec", "status"):
        mower = only(read_file(APIS / f"garden/mower/v1/{name}.proto"))

        assert (mower.kind, mower.facts.partial) == ("Mower", False)
        assert {f.name for f in mower.fields} == {"spec", "status"}


@pytest.mark.parametrize(
    ("package", "group", "version"),
    [
        ("acme.shop.v1", "acme.shop", "v1"),
        ("acme.v1beta2", "acme", "v1beta2"),
        ("acme.v1p1alpha1", "acme", "v1p1alpha1"),
        ("acme.shop", "acme.shop", ""),
        ("acme.vault", "acme.vault", ""),
        ("v1", "", "v1"),
        ("", "", ""),
    ],
)
def test_group_and_version_come_from_the_package(package: str, group: str, version: str) -> None:
    statement = f"package {package};" if package else ""
    resource = only(read(widget().replace("package acme.v1;", statement)))

    assert (resource.group, resource.version, resource.kind) == (group, version, "Widget")


def test_stack_outputs_are_lifted_into_status() -> None:
    hose = only(read_file(APIS / "garden/hose/v1/api.proto"))

    assert [(f.path, f.depth) for f in hose.top(Section.STATUS)] == [
        ("status.outputs.spray", 1),
        ("status.outputs.nozzle", 1),
    ]
    assert fields(hose)["status.outputs.nozzle.thread"].depth == 2


@pytest.mark.parametrize(
    "status",
    [
        "repeated AStackOutputs outputs = 1;",
        "map<string, AStackOutputs> outputs = 1;",
        "AStackOutputs results = 1;",
        "Outputs outputs = 1;",
    ],
)
def test_other_messages_are_not_lifted(status: str) -> None:
    behind = "message AStackOutputs { string a = 1; } message Outputs { string a = 1; }"
    resource = only(read(widget(status=status, behind=behind)))

    ((name, depth),) = ((f.name, f.depth) for f in resource.top(Section.STATUS))
    assert (name in status, depth) == (name != "a", 1)


def test_a_flat_resource_has_declared_sections_and_no_tops() -> None:
    seed = only(read_file(APIS / "garden/seed/v1beta1/seed.proto"))

    assert seed.facts.flat
    assert {f.name: f.section for f in seed.fields} == {
        "name": Section.METADATA,
        "sort": Section.SPEC,
        "grown": Section.STATUS,
    }
    assert seed.top(Section.SPEC) == seed.top(Section.STATUS) == ()


def test_the_resources_of_the_fixtures_are_those_that_should_be() -> None:
    found = {
        (path.parent.parent.name, resource.kind)
        for path in sorted(APIS.rglob("*.proto"))
        for resource in read_file(path).resources
    }

    names = "bed Bed, hose Hose, seed Seed, tool Spade, well Well"
    assert found == {tuple(pair.split()) for pair in names.split(", ")}


def test_a_file_knows_the_resources_beside_it_that_hold_its_messages() -> None:
    for name, expected in {"spec": ["Bed"], "status": ["Bed"], "enum": ["Bed"], "api": []}.items():
        reading = read_file(APIS / f"garden/bed/v1/{name}.proto")
        assert [r.kind for r in reading.around] == expected, name


def test_a_resource_in_another_package_is_not_around(tmp_path: Path) -> None:
    text = widget(behind="message Own { string a = 1; }")
    write(tmp_path, a=text, b=text.replace("acme.v1", "acme.v2"), c="package acme.v1;")

    assert read_file(tmp_path / "c.proto").around == ()
    assert read_file(tmp_path / "b.proto").around == ()


def test_places_are_those_of_the_file_in_which_a_field_stands() -> None:
    bed = only(read_file(APIS / "garden/bed/v1/api.proto"))
    found = fields(bed)

    places = {
        path: (Path(source.path).name, source.position(found[path].name_span.start).line)
        for path in ("spec", "spec.trodden", "spec.plan[].sprouted", "status.dig_now")
        for source in [bed.source_of(found[path])]
    }
    assert places == {
        "spec": ("api.proto", 13),
        "spec.trodden": ("spec.proto", 13),
        "spec.plan[].sprouted": ("spec.proto", 29),
        "status.dig_now": ("status.proto", 9),
    }


def test_names_and_descriptions_are_under_their_places() -> None:
    bed = only(read_file(APIS / "garden/bed/v1/api.proto"))
    checked = 0
    for field in fields(bed).values():
        text = bed.source_of(field).text
        if field.name_span.end:
            assert text[field.name_span.start : field.name_span.end] == field.name
            assert text[field.span.start : field.span.end].endswith(";")
            checked += 1
        if field.description:
            comment = text[field.description_span.start : field.description_span.end]
            assert comment.startswith("//")
            assert field.description.split()[0] in comment
    assert checked > 20
