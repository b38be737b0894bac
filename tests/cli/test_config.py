"""Configuration as the commands honour it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import BROKEN, Cli, crd, process

STATUS = crd(status={"grip": "Words."})
CONFIG = "fields:\n  Widget.status.grip: purpose=instruction\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "apis").mkdir()
    (tmp_path / "apis" / "widget.yaml").write_text(STATUS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str, name: str = "specstat.yaml") -> None:
    Path(name).write_text(text, encoding="utf-8")


def test_lint_honours_the_nearest_configuration(cli: Cli) -> None:
    assert cli("lint", "apis").code == 0
    write(CONFIG)

    result = cli("lint", "apis", "--format", "concise")

    assert result.code == 1
    assert "SS101 Widget.status.grip" in result.out


def test_lint_with_paths_alone_honours_it_too(folder: Path) -> None:
    write(CONFIG)
    assert process("lint", "apis", cwd=folder).code == 1
    assert process("lint", "apis/widget.yaml", cwd=folder).code == 1


def test_standard_input_is_ruled_by_its_name(cli: Cli) -> None:
    write(CONFIG, "apis/specstat.yaml")

    assert cli("lint", "-", stdin=STATUS).code == 0
    assert cli("lint", "-", "--stdin-filename", "apis/x.yaml", stdin=STATUS).code == 1
    write(CONFIG)
    assert cli("lint", "-", stdin=STATUS).code == 1


def test_a_configuration_can_be_named(cli: Cli) -> None:
    write(CONFIG, "ours.yaml")
    write("fields: {}\n")

    assert cli("lint", "apis", "--config", "ours.yaml").code == 1
    assert cli("lint", "apis").code == 0


@pytest.mark.parametrize(
    "command", [("lint", "apis"), ("where", "grip", "--in", "apis/widget.yaml")]
)
def test_a_mistake_in_it_is_one_line_and_exit_code_2(cli: Cli, command: tuple[str, ...]) -> None:
    write("fields:\n  Widget.status.grip: purpse=instruction\n")
    Path("apis/more").mkdir()
    Path("apis/more/other.yaml").write_text(STATUS, encoding="utf-8")

    result = cli(*command)

    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "error: specstat.yaml:2:23: Widget.status.grip: unknown word 'purpse=instruction' in the "
        "annotation; did you mean purpose?\n"
    )


def test_a_mistake_in_it_matters_only_where_something_is_ruled_by_it(cli: Cli) -> None:
    write("rules: {}\n", "apis/specstat.yaml")
    write(STATUS, "other.yaml")

    assert cli("lint", "other.yaml").code == 0
    assert cli("lint", ".").code == 2


def test_an_entry_without_a_field_is_told_once_at_its_place(cli: Cli) -> None:
    write("fields:\n  Widget.status.grp: sensitive\n")
    write(crd(version="v2"), "apis/other.yaml")

    result = cli("lint", "apis", "--format", "concise", "--quiet")

    assert result.code == 1
    assert result.out == (
        "specstat.yaml:2:3: warning SS005 Widget.status.grp names no field of Widget; "
        "did you mean status.grip?\n"
    )
    assert cli("lint", "apis", "--ignore", "SS005").code == 0


def test_an_entry_that_found_its_field_in_one_file_is_not_told_for_another(cli: Cli) -> None:
    write("fields:\n  Widget.status.grip: set=reconcile\n")
    write(crd(version="v2"), "apis/other.yaml")

    assert cli("lint", "apis").code == 0


def test_a_contradiction_names_the_lines_of_both_files(cli: Cli) -> None:
    write("fields:\n  Widget.spec.size: changes=never\n")
    write(crd(spec={"size": "specstat: changes=lifecycle"}), "widget.yaml")

    result = cli("lint", "widget.yaml", "--format", "concise", "--quiet")

    assert result.code == 1
    assert result.out == (
        "widget.yaml:16:15: error SS006 spec.size: two annotations disagree on changes: "
        "lifecycle (line 16) against never (specstat.yaml:2)\n"
    )


def test_where_honours_it(cli: Cli) -> None:
    assert "(declared)" not in cli("where", "grip", "--in", "apis/widget.yaml").out
    write(CONFIG)
    assert "belongs in spec (declared)" in cli("where", "grip", "--in", "apis/widget.yaml").out
    write("fields: {}\n", "none.yaml")
    named = cli("where", "grip", "--in", "apis/widget.yaml", "--config", "none.yaml")
    assert "(declared)" not in named.out


def test_unreadable_files_beside_it_are_told_as_ever(cli: Cli) -> None:
    write(CONFIG)
    write(BROKEN, "apis/broken.yaml")

    result = cli("lint", "apis", "--format", "concise")

    assert result.code == 2
    assert "SS101" in result.out
    assert "SS001" in result.out
