"""What is read: named files always, standard input, and what hooks pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import BROKEN, Cli, crd, error_crd, git, process

CONFIG_MAP = "kind: ConfigMap\ndata: {a: \"it's broken}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_dash_is_standard_input(cli: Cli) -> None:
    result = cli("lint", "-", "--format", "concise", stdin=error_crd())

    assert result.code == 1
    assert result.out.startswith("stdin.yaml:19:15: error SS101 Widget.status.abort ")


def test_standard_input_bears_the_name_that_it_is_given(cli: Cli) -> None:
    name = "crds/widget.yaml"

    found = cli("lint", "-", "--stdin-filename", name, "--format", "concise", stdin=error_crd())
    broken = cli("lint", "-", "--stdin-filename", name, stdin=BROKEN)

    assert found.out.startswith(f"{name}:19:15: error SS101 ")
    assert broken.out.startswith(f"error: cannot read {name}:2:7: ")


def test_standard_input_and_files_are_read_together(cli: Cli, folder: Path) -> None:
    (folder / "bolt.yaml").write_text(error_crd("Bolt"), encoding="utf-8")

    result = cli("lint", "bolt.yaml", "-", "--format", "concise", stdin=error_crd("Anvil"))

    assert [line.partition(":")[0] for line in result.out.splitlines()] == [
        "bolt.yaml",
        "stdin.yaml",
    ]


def test_a_real_standard_input_of_bytes_is_read_with_its_places(folder: Path) -> None:
    data = b"\xef\xbb\xbf" + error_crd().replace("\n", "\r\n").encode()

    result = process("lint", "-", "--format", "concise", stdin=data, cwd=folder)

    assert result.out.startswith("stdin.yaml:19:15: error SS101 ")


def test_a_named_file_is_read_whatever_it_holds(cli: Cli, folder: Path) -> None:
    (folder / "config.yaml").write_text(CONFIG_MAP, encoding="utf-8")

    result = cli("lint", "config.yaml")

    assert result.code == 2
    assert result.out.startswith("error: cannot read config.yaml:")


def test_as_found_passes_over_named_files_without_a_crd(cli: Cli, folder: Path) -> None:
    (folder / "config.yaml").write_text(CONFIG_MAP, encoding="utf-8")
    (folder / "bad.yaml").write_text(error_crd(), encoding="utf-8")

    result = cli("lint", "--as-found", "config.yaml", "bad.yaml")

    assert result.code == 1
    assert "config.yaml" not in result.out
    assert "Passed over 1 file: no CRD in it." in result.out


def test_as_found_still_tells_a_broken_crd(cli: Cli, folder: Path) -> None:
    (folder / "broken.yaml").write_text(BROKEN, encoding="utf-8")

    assert cli("lint", "--as-found", "broken.yaml").code == 2


@pytest.mark.parametrize("named_first", [True, False])
def test_a_named_file_is_read_even_where_its_folder_is_named_too(
    cli: Cli, folder: Path, *, named_first: bool
) -> None:
    (folder / "config.yaml").write_text(CONFIG_MAP, encoding="utf-8")
    paths = ["config.yaml", "."] if named_first else [".", "config.yaml"]

    assert cli("lint", *paths).code == 2


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n", "kind: ConfigMap\n", "[]\n"])
def test_empty_files_and_other_yaml_are_passed_over(cli: Cli, folder: Path, text: str) -> None:
    (folder / "other.yaml").write_text(text, encoding="utf-8")

    result = cli("lint", "other.yaml")

    assert result.code == 0
    assert "Passed over 1 file: no CRD in it." in result.out


def test_the_current_folder_is_the_default(cli: Cli, folder: Path) -> None:
    (folder / "crds").mkdir()
    (folder / "crds" / "bad.yaml").write_text(error_crd(), encoding="utf-8")
    (folder / "clean.yml").write_text(crd(kind="Bolt"), encoding="utf-8")

    result = cli("lint")

    assert result.code == 1
    assert "--> crds/bad.yaml:19:15" in result.out
    assert "2 files" in result.out


def test_what_git_ignores_is_left_out_of_the_default(cli: Cli, folder: Path) -> None:
    git(folder, "init", "--quiet")
    for name in ("tracked.yaml", "new.yaml", "ignored.yaml"):
        (folder / name).write_text(error_crd(name[0].upper()), encoding="utf-8")
    (folder / ".gitignore").write_text("ignored.yaml\n", encoding="utf-8")
    git(folder, "add", "tracked.yaml")

    result = cli("lint", "--format", "concise")

    assert [line.partition(":")[0] for line in result.out.splitlines()] == [
        "new.yaml",
        "tracked.yaml",
    ]


@pytest.mark.parametrize("name", ["nope.yaml", "nope/widget.yaml", "nope/", "bad.yaml/x"])
def test_a_path_that_does_not_exist_is_told(cli: Cli, folder: Path, name: str) -> None:
    (folder / "bad.yaml").write_text(error_crd(), encoding="utf-8")

    result = cli("lint", name, "bad.yaml")

    assert result.code == 2
    assert f"error: cannot read {name}: there is no such file or folder\n" in result.out
    assert "error[SS101]" in result.out


def test_a_path_that_no_file_can_have_is_told(cli: Cli) -> None:
    result = cli("lint", "x" * 5000)

    assert result.code == 2
    assert "error: cannot read xxx" in result.out


def test_a_glob_without_a_match_is_told(cli: Cli) -> None:
    result = cli("lint", "crds/*.yaml")

    assert result.code == 2
    assert "error: cannot read crds/*.yaml: no file matches this pattern\n" in result.out
