"""`specstat config`: what holds for a file and where it is said, and the schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from specstat.engine.config.schema import schema
from specstat.rules import registry
from tests.cli.support import Cli


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "apis").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


BASE = "profile: strict\nseverity: {SS103: error}\nfields: {A.spec.x: sensitive}\n"
OWN = """\
extends: base.yaml
ignore: [SS102]
paths:
  "apis/**": {severity: {SS105: off}}
exclude:
- apis/old.yaml
fail-on: error
rules-as-of: "0.10"
"""


def shown(cli: Cli, *arguments: str) -> dict[str, Any]:
    result = cli("config", "show", *arguments, "--format", "json")
    assert result.code == 0, result.err
    document: dict[str, Any] = json.loads(result.out)
    return document


def rules(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {row["code"]: (row["severity"], row["origin"]) for row in document["rules"]}


def values(document: dict[str, Any]) -> dict[str, tuple[Any, str]]:
    return {row["name"]: (row["value"], row["origin"]) for row in document["settings"]}


def test_each_value_is_shown_with_its_origin(cli: Cli) -> None:
    Path("base.yaml").write_text(BASE, encoding="utf-8")
    Path("specstat.yaml").write_text(OWN, encoding="utf-8")

    found = shown(cli, "apis/widget.yaml", "--ignore", "SS104")

    assert (found["configuration"], found["extends"]) == ("specstat.yaml", ["base.yaml"])
    assert found["excluded"] is None
    assert values(found) == {
        "profile": ("strict", "base.yaml:1"),
        "rules-as-of": ("0.10", "specstat.yaml:8"),
        "fail-on": ("error", "specstat.yaml:7"),
        "require-reason": (False, "default"),
        "baseline": ("", "default"),
        "judge.weights": ("", "default"),
        "exclude": (["apis/old.yaml"], "specstat.yaml:6"),
        "packs": ([], "default"),
        "proto.roots": ([], "default"),
        "plugins": ([], "default"),
        "policies": ([], "default"),
    }
    of = rules(found)
    assert of["SS101"] == ("error", "profile strict")
    assert of["SS102"] == ("off", "specstat.yaml:2")
    assert of["SS103"] == ("error", "base.yaml:2")
    assert of["SS104"] == ("off", "command line")
    assert of["SS105"] == ("off", "specstat.yaml:4")
    assert of["SS001"] == ("error", "always on")
    assert of["SS005"] == ("warning", "default")
    assert found["fields"] == [{"name": "A.spec.x", "value": "sensitive", "origin": "base.yaml:3"}]


def test_every_rule_is_shown(cli: Cli) -> None:
    assert list(rules(shown(cli, "widget.yaml"))) == [e.code for e in registry.shipped().entries()]


def test_without_a_configuration_all_is_default(cli: Cli) -> None:
    found = shown(cli, "widget.yaml")

    assert found["configuration"] is None
    assert {origin for _, origin in values(found).values()} == {"default"}


def test_a_profile_of_the_command_line_is_shown_as_such(cli: Cli) -> None:
    found = shown(cli, "widget.yaml", "--profile", "aip")

    assert values(found)["profile"] == ("aip", "command line")
    assert rules(found)["SS103"] == ("info", "profile aip")


def test_a_file_that_is_excluded_says_so(cli: Cli) -> None:
    Path("base.yaml").write_text(BASE, encoding="utf-8")
    Path("specstat.yaml").write_text(OWN, encoding="utf-8")

    assert shown(cli, "apis/old.yaml")["excluded"] == "specstat.yaml:6"
    text = cli("config", "show", "apis/old.yaml").out
    assert text.startswith(
        "apis/old.yaml is ruled by specstat.yaml, which extends base.yaml.\n"
        "It is excluded (specstat.yaml:6): read only when it is named.\n"
    )


def test_a_folder_shows_what_holds_in_it(cli: Cli) -> None:
    Path("apis/specstat.yaml").write_text("paths: {'*': {ignore: [SS1]}}\n", encoding="utf-8")

    found = shown(cli, "apis")

    assert (found["file"], found["configuration"]) == ("apis", "apis/specstat.yaml")
    assert rules(found)["SS101"] == ("off", "apis/specstat.yaml:1")


def test_toml_is_named_by_the_path_of_its_keys(cli: Cli) -> None:
    Path("pyproject.toml").write_text(
        '[tool.specstat]\nprofile = "aip"\nseverity.SS101 = "info"\n', encoding="utf-8"
    )

    found = shown(cli, "widget.yaml")

    assert values(found)["profile"] == ("aip", "pyproject.toml: tool.specstat.profile")
    assert rules(found)["SS101"] == ("info", "pyproject.toml: tool.specstat.severity.SS101")


def test_text_has_a_line_for_each_value(cli: Cli) -> None:
    Path("base.yaml").write_text(BASE, encoding="utf-8")
    Path("specstat.yaml").write_text(OWN, encoding="utf-8")

    lines = cli("config", "show", "apis/widget.yaml").out.splitlines()

    assert "  SS105  section-differs-across-resources  off      specstat.yaml:4" in lines
    assert "  exclude         apis/old.yaml  specstat.yaml:6" in lines
    assert "  require-reason  false          default" in lines
    assert max(map(len, lines)) <= 82


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "nope/a.yaml"), "there is no folder nope; name a file in one that there is"),
        (
            ("show", "a", "--format", "xml"),
            "unknown format 'xml' in --format; there are",
        ),
        (("show", "a", "--select", "X"), "unknown code X in --select; specstat rules lists all"),
        (
            ("show", "a", "--profile", "x"),
            "unknown profile 'x' in --profile; there are",
        ),
        (("show", "a", "--config", "no.yaml"), "cannot read the configuration no.yaml: No such"),
    ],
)
def test_mistakes_are_told(cli: Cli, arguments: tuple[str, ...], told: str) -> None:
    result = cli("config", *arguments)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: {told}")


def test_the_schema_is_printed(cli: Cli) -> None:
    result = cli("config", "schema")

    assert result.code == 0
    assert json.loads(result.out) == schema()


def test_what_is_ignored_on_a_field_is_shown_with_its_reason(cli: Cli) -> None:
    said = "purpose=instruction ignore[SS101, SS104] old clients read it"
    Path("specstat.yaml").write_text(f'fields: {{A.spec.x: "{said}"}}\n', encoding="utf-8")

    assert shown(cli, "widget.yaml")["fields"] == [
        {"name": "A.spec.x", "value": said, "origin": "specstat.yaml:1"}
    ]
