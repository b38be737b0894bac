"""Mistakes in a configuration: one line that says where and what, and exit code 2."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.support import Cli, crd


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "widget.yaml").write_text(crd(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


YAML = [
    ("- a\n", "1:1: a configuration is a mapping of keys, such as ignore: [SS309]"),
    ("profle: x\n", "1:1: unknown key 'profle'; did you mean profile?"),
    ("ignore: SS1\n", "1:9: ignore wants a list of codes: ignore: [SS309]"),
    ("ignore: [SS1O1]\n", "1:10: unknown code SS1O1; did you mean SS101?"),
    ("severity: {SS101: loud}\n", "1:19: unknown severity 'loud'; there are error, warning,"),
    ("options: {SS101: {mx: 1}}\n", "1:19: unknown option 'mx' of SS101; SS101 has no options"),
    ("profile: mine\n", "1:10: unknown profile 'mine'; there are recommended, strict,"),
    ("paths: {'/a': {}}\n", "1:9: the pattern '/a' begins with a slash;"),
    ("exclude: ['[a']\n", "1:11: the pattern '[a' opens a [ that is never closed;"),
    ("extends: specstat.yaml\n", "1:10: extends goes in a circle: specstat.yaml > specstat.yaml;"),
    ("extends: nope.yaml\n", "1:10: there is no file nope.yaml to extend;"),
    ("extends: ../up.yaml\n", "1:10: extends leads out of the repository, to ../up.yaml;"),
    ("rules-as-of: 0.10\n", "1:14: without quotes 0.10 is the number 0.1;"),
    ("proto: {roots: [lib]}\n", "1:17: there is no folder lib; it is looked for at lib"),
    ("a: [\n", "2:1: not valid YAML:"),
]
COMMANDS = [
    ("lint",),
    ("lint", "widget.yaml"),
    ("lint", "widget.yaml", "--format", "json"),
    ("where", "size", "--in", "widget.yaml"),
    ("config", "show", "widget.yaml"),
]


@pytest.mark.parametrize(("text", "told"), YAML)
def test_a_mistake_is_one_line_with_its_place(cli: Cli, text: str, told: str) -> None:
    Path("specstat.yaml").write_text(text, encoding="utf-8")

    result = cli("lint")

    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith(f"error: specstat.yaml:{told}")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_it(cli: Cli, command: tuple[str, ...]) -> None:
    Path("specstat.yaml").write_text("ignore: SS1\n", encoding="utf-8")

    result = cli(*command)

    assert (result.code, result.out) == (2, "")
    assert result.err == "error: specstat.yaml:1:9: ignore wants a list of codes: ignore: [SS309]\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[tool.specstat]\nprofle = 1\n", ": tool.specstat.profle: unknown key 'profle'; did you"),
        ("[tool.specstat]\nignore = ['x']\n", ": tool.specstat.ignore[0]: unknown code x; "),
        ("[tool]\nspecstat = 1\n", ": tool.specstat: [tool.specstat] is a table of keys,"),
        ("[tool.specstat\n", ":1:15: not valid TOML: expected ']' at the end"),
        ("[tool.specstat.paths.'a/**']\nx = 1\n", ': tool.specstat.paths."a/**".x: unknown key'),
    ],
)
def test_a_mistake_in_toml_is_told_by_the_path_of_its_key(cli: Cli, text: str, told: str) -> None:
    Path("pyproject.toml").write_text(text, encoding="utf-8")

    result = cli("lint")

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: pyproject.toml{told}")


@pytest.mark.parametrize("name", ["specstat.yaml", ".specstat.yaml"])
def test_two_in_one_folder_are_told(cli: Cli, name: str) -> None:
    Path(name).write_text("fields: {}\n", encoding="utf-8")
    Path("pyproject.toml").write_text("[tool.specstat]\n", encoding="utf-8")

    result = cli("lint")

    assert result.code == 2
    assert result.err == f"error: {name} and pyproject.toml stand side by side; keep one of them\n"
    assert cli("lint", "--config", name).code == 0


@pytest.mark.parametrize(
    "text", ["[project]\nname = 'specstat-user'\n", "[tool.other]\n", "a = [\n"]
)
def test_a_pyproject_that_has_nothing_for_us_does_not_count(cli: Cli, text: str) -> None:
    Path("pyproject.toml").write_text(text, encoding="utf-8")
    Path("specstat.yaml").write_text("exclude: [widget.yaml]\n", encoding="utf-8")

    assert "excluded by the configuration" in cli("lint").out


@pytest.mark.parametrize("target", ["nowhere.yaml", "specstat.yaml"])
def test_a_link_that_leads_nowhere_is_told(cli: Cli, target: str) -> None:
    Path("specstat.yaml").symlink_to(target)
    result = cli("lint", ".")

    assert result.code == 2
    assert result.err.startswith("error: cannot read the configuration specstat.yaml: ")


@pytest.mark.parametrize(("key", "column"), [("packs: [{0}]", 9), ("baseline: {0}", 11)])
def test_a_pipe_or_device_is_never_read(cli: Cli, key: str, column: int) -> None:
    os.mkfifo("pipe")
    Path("specstat.yaml").write_text(key.format("pipe"), encoding="utf-8")
    result = cli("lint", ".")

    assert result.code == 2
    assert result.err == (
        f"error: specstat.yaml:1:{column}: pipe is a device or a pipe; name a file\n"
    )


def test_a_device_that_poses_as_a_configuration_is_none(cli: Cli) -> None:
    os.mkfifo("pipe")
    Path("specstat.yaml").symlink_to("pipe")

    assert cli("lint", ".").code == 0


def test_a_baseline_that_cannot_be_read_is_told_where_it_is_named(cli: Cli) -> None:
    Path("specstat.yaml").write_text("baseline: gone.json\n", encoding="utf-8")
    result = cli("lint", ".")

    assert result.code == 2
    assert result.err.startswith("error: specstat.yaml:1:11: there is no baseline gone.json; ")


def test_a_named_pyproject_without_our_table_is_told(cli: Cli) -> None:
    Path("other.toml").write_text("[tool.other]\n", encoding="utf-8")

    result = cli("lint", "--config", "other.toml")

    assert result.code == 2
    assert result.err == (
        "error: other.toml has no [tool.specstat]; add that table, or name another file\n"
    )


def test_an_unknown_profile_of_the_command_line_is_told(cli: Cli) -> None:
    result = cli("lint", "--profile", "strct")

    assert result.code == 2
    assert result.err == "error: unknown profile 'strct' in --profile; did you mean strict?\n"


def test_annotations_are_not_written_into_toml(cli: Cli) -> None:
    generated = "metadata:\n  annotations:\n    controller-gen.kubebuilder.io/version: v0.16\n"
    text = crd().replace("metadata:\n", generated, 1)
    Path("made.yaml").write_text(text, encoding="utf-8")
    Path("pyproject.toml").write_text("[tool.specstat]\n", encoding="utf-8")

    result = cli("annotate", "made.yaml", "spec.size", "changes=never")

    assert result.code == 2
    assert result.err == (
        "error: Widget.spec.size was not annotated: pyproject.toml is TOML, which is not edited; "
        "add it by hand below [tool.specstat.fields]\n"
    )
    assert Path("pyproject.toml").read_text(encoding="utf-8") == "[tool.specstat]\n"
