"""What to do about a misplaced field: it depends on whether it can still move."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from specstat.model.resource import Field, Resource, Section
from specstat.rules.moving import advice, go_name, migration
from tests.buf import buf
from tests.rules.made import FACTS, field, resource

TOKEN = field("status.callback_token")
GENERATED = replace(FACTS, generator="v0.17.2")


@pytest.mark.parametrize("version", ["v1alpha1", "v2alpha13"])
def test_an_alpha_version_may_still_change(version: str) -> None:
    (said,) = advice(resource(TOKEN, version=version), TOKEN, Section.SPEC)

    assert "may still change" in said
    assert "move callback_token to spec" in said


def test_a_version_that_is_not_served_may_still_change() -> None:
    unserved = resource(TOKEN, facts=replace(FACTS, served=False))

    assert advice(unserved, TOKEN, Section.SPEC)[0].startswith("v1 may still change")


@pytest.mark.parametrize("version", ["v1", "v1beta1", "alpha", "v1alpha1x"])
def test_a_served_version_keeps_its_field_and_gets_another(version: str) -> None:
    (said,) = advice(resource(TOKEN, version=version), TOKEN, Section.SPEC)

    assert f"{version} is served" in said
    assert "add spec.callback_token" in said
    assert "mark status.callback_token deprecated" in said
    assert "may still change" not in said


def test_a_served_output_is_added_to_status() -> None:
    phase = field("spec.phase")
    (said,) = advice(resource(phase), phase, Section.STATUS)

    assert "add status.phase" in said
    assert "mark spec.phase deprecated" in said


@pytest.mark.parametrize("version", ["v1alpha1", "v1"])
def test_metadata_is_no_place_to_move_to(version: str) -> None:
    uid = field("status.uid")

    (said,) = advice(resource(uid, version=version), uid, Section.METADATA)

    assert "leave uid out" in said
    assert "move" not in said


@pytest.mark.parametrize(
    ("path", "holder"),
    [
        ("status.callback_token", "WidgetStatus.CallbackToken"),
        ("spec.dryRun", "WidgetSpec.DryRun"),
    ],
)
def test_a_generated_file_is_changed_in_its_go_type(path: str, holder: str) -> None:
    wanted = field(path)
    _, source = advice(resource(wanted, facts=GENERATED), wanted, Section.SPEC)
    kind, name = holder.split(".")

    assert "generated" in source
    assert kind in source
    assert name in source
    assert "controller-gen" in source


@pytest.mark.parametrize(
    ("name", "go"),
    [
        ("callback_token", "CallbackToken"),
        ("callbackToken", "CallbackToken"),
        ("dry-run", "DryRun"),
        ("uid", "Uid"),
    ],
)
def test_a_go_field_begins_its_words_with_capitals(name: str, go: str) -> None:
    assert go_name(name) == go


# Fields of messages

ROOTS = {"spec": "acme.v1.WidgetSpec", "status": "acme.v1.WidgetStatus"}


def in_messages(path: str, *declarations: str) -> Field:
    return replace(field(path), number=10, declarations=declarations)


def of_messages(*fields: Field, version: str = "v1") -> Resource:
    """A resource that is a message, as are its sections."""
    made = resource(*fields, version=version)
    roots = tuple(replace(root, message=ROOTS[root.name]) for root in made.fields)
    return replace(made, fields=roots)


PROTO_TOKEN = in_messages("status.callback_token")
BESIDE = in_messages("spec.size")


def test_a_field_of_a_message_moves_to_the_message_that_is_the_section() -> None:
    first, _ = advice(of_messages(PROTO_TOKEN, BESIDE), PROTO_TOKEN, Section.SPEC)

    assert "if v1 is not released yet, move callback_token to WidgetSpec now" in first
    assert "mark this one deprecated" in first
    assert "next version" in first


@pytest.mark.parametrize("version", ["v1alpha1", "v1alpha", "v1p1alpha2"])
def test_a_field_of_an_alpha_package_moves_at_once(version: str) -> None:
    first, _ = advice(of_messages(PROTO_TOKEN, BESIDE, version=version), PROTO_TOKEN, Section.SPEC)

    assert first == f"{version} may still change: move callback_token to WidgetSpec"


def test_a_package_without_version_is_called_this_api() -> None:
    first, _ = advice(of_messages(PROTO_TOKEN, BESIDE, version=""), PROTO_TOKEN, Section.SPEC)

    assert first.startswith("if this API is not released yet")


def test_a_field_that_is_deprecated_is_not_to_be_deprecated_again() -> None:
    old = in_messages("status.callback_token", "deprecated")

    first, _ = advice(of_messages(old, BESIDE), old, Section.SPEC)

    assert "this one is deprecated already" in first
    assert "mark this one" not in first


def test_a_section_that_no_message_makes_is_called_by_its_name() -> None:
    first, _ = advice(of_messages(PROTO_TOKEN), PROTO_TOKEN, Section.SPEC)

    assert "move callback_token to spec now" in first


def test_what_stood_there_is_reserved_and_buf_is_told_of() -> None:
    _, second = advice(of_messages(PROTO_TOKEN, BESIDE), PROTO_TOKEN, Section.SPEC)

    assert 'reserved 10; reserved "callback_token";' in second
    assert "objects even so in FILE and PACKAGE (FIELD_NO_DELETE)" in second
    assert "WIRE_JSON and WIRE accept it" in second


BEFORE = """syntax = "proto3";
package acme.v1;
message Widget {
  WidgetSpec spec = 1;
  WidgetStatus status = 2;
}
message WidgetSpec {
  int32 size = 1;
}
message WidgetStatus {
  string phase = 1;
  bytes callback_token = 10;
}
"""
GONE = BEFORE.replace(
    "  bytes callback_token = 10;", '  reserved 10;\n  reserved "callback_token";'
).replace("  int32 size = 1;", "  int32 size = 1;\n  bytes callback_token = 2;")
DEPRECATED = BEFORE.replace("= 10;", "= 10 [deprecated = true];")


def breaking(scratch: Path, after: str, category: str) -> str:
    """What buf breaking says in one of its categories."""
    for name, text in (("before", BEFORE), ("after", after)):
        folder = scratch / name
        (folder / "acme" / "v1").mkdir(parents=True)
        (folder / "acme" / "v1" / "widget.proto").write_text(text, encoding="utf-8")
        (folder / "buf.yaml").write_text(
            f"version: v2\nbreaking:\n  use: [{category}]\n", encoding="utf-8"
        )
    done = buf(scratch, "breaking", "after", "--against", "before")
    assert done.returncode in {0, 100}, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("category", "objects"),
    [("FILE", True), ("PACKAGE", True), ("WIRE_JSON", False), ("WIRE", False)],
)
def test_buf_objects_to_a_field_that_goes_as_the_advice_says(
    tmp_path: Path, category: str, *, objects: bool
) -> None:
    said = breaking(tmp_path, GONE, category)

    assert ('"10" with name "callback_token"' in said) is objects
    assert bool(said) is objects


@pytest.mark.parametrize("category", ["FILE", "PACKAGE", "WIRE_JSON", "WIRE"])
def test_buf_accepts_a_field_that_is_marked_deprecated(tmp_path: Path, category: str) -> None:
    assert breaking(tmp_path, DEPRECATED, category) == ""


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        (0, {"required": True}),
        (4, {"required": True}),
        (4, {"declarations": frozenset({"field_behavior=REQUIRED"})}),
    ],
)
def test_a_field_that_comes_is_not_to_be_required_where_objects_are_already(
    number: int, facts: dict[str, Any]
) -> None:
    before = replace(field("status.zone"), number=number)
    free = replace(field("spec.zone"), number=number)
    old, new = resource(before), resource(free)

    said = migration(old, new, before, replace(free, **facts))

    assert "do not require spec.zone: what exists lacks it and would be refused" in said
    assert said != migration(old, new, before, free)


def test_objects_of_an_alpha_version_are_carried_over_while_the_schema_knows_both_places() -> None:
    before, after = field("status.zone"), field("spec.zone")
    old, new = resource(before, version="v1alpha1"), resource(after, version="v1alpha1")

    (said,) = migration(old, new, before, after)

    assert "have both for one release and copy status.zone to spec.zone" in said
