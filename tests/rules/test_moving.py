"""What to do about a misplaced field: it depends on whether it can still move."""

from __future__ import annotations

from dataclasses import replace

import pytest

from specstat.model.resource import Section
from specstat.rules.moving import advice, go_name
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
