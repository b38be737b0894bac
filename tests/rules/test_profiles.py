"""The profiles: what they are for, and what each of them changes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from specstat.api import lint
from specstat.model.diagnostic import Severity
from specstat.rules.packs import folder
from specstat.rules.profiles import complaint, profiles
from tests.cli.support import Cli
from tests.engine.conftest import cli, plain_surroundings

__all__ = ["cli", "plain_surroundings"]

ROWS: dict[str, Any] = yaml.safe_load(folder().joinpath("profiles.yaml").read_text("utf-8"))
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
NAMES = ["recommended", "strict", "kubebuilder", "crossplane", "krm-proto", "aip"]


def test_there_are_these_profiles() -> None:
    assert list(profiles()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_says_in_a_sentence_or_two_when_to_use_it(name: str) -> None:
    when = profiles()[name].when

    assert when.endswith(".")
    assert 1 <= len(re.findall(r"\.(?: |$)", when)) <= 2
    assert len(when) < 200


@pytest.mark.parametrize("name", NAMES[1:])
def test_each_line_changes_what_the_profile_extends(name: str) -> None:
    row = ROWS[name]
    base = profiles()[row["extends"]].levels

    for code, word in row["rules"].items():
        assert re.fullmatch(r"SS\d{3}", code)
        assert base.get(code) != (None if word is False else Severity[word.upper()])


def test_no_profile_touches_what_is_about_placement_alone() -> None:
    placement = {"SS101", "SS102", "SS104", "SS105", "SS107"}

    for name in NAMES[1:]:
        assert not placement & ROWS[name]["rules"].keys()


RAISED = [
    (name, code)
    for name in NAMES[1:]
    for code, level in sorted(profiles()[name].levels.items())
    if level > profiles()["recommended"].levels.get(code, Severity.INFO)
]


@pytest.mark.parametrize(("name", "code"), RAISED)
def test_what_a_profile_makes_louder_is_as_loud_in_a_fixture(name: str, code: str) -> None:
    (fixtures,) = FIXTURES.glob(f"{code}-*")

    found = lint([str(fixtures)], select=[code], profile=name).diagnostics

    assert max(d.severity for d in found) == profiles()[name].levels[code]


def test_crossplane_asks_for_nothing_that_its_runtime_brings() -> None:
    assert not {"SS306", "SS307", "SS308", "SS309"} & profiles()["crossplane"].levels.keys()


def test_protos_are_not_asked_for_what_only_a_crd_can_have() -> None:
    for name in ("krm-proto", "aip"):
        assert not {"SS301", "SS302", "SS306", "SS505"} & profiles()[name].levels.keys()


def test_a_word_that_is_no_profile_is_told() -> None:
    assert not complaint("")
    assert not complaint("aip")
    assert complaint("recomended") == "unknown profile 'recomended'; did you mean recommended?"


def test_help_names_them_all(cli: Cli) -> None:
    text = " ".join(cli("lint", "--help").out.split())

    assert all(name in text for name in NAMES)
