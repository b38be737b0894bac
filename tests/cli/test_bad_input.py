"""Broken input: one clear line each, exit 2, never a traceback, and it hides nothing else."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.cli.support import FIXTURES, ORDER, Cli, closed, crd, error_crd, process, unprivileged

HOSTILE = FIXTURES / "hostile"
# The first table in the README of the folder is what must be done with each file.
TABLE = dict(
    re.findall(
        r"^\| `([\w-]+\.yaml)` \| .* \| (.*) \|$",
        (HOSTILE / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
)
UNREADABLE = sorted(name for name, what in TABLE.items() if "exit 2" in what)
ACCEPTED = sorted(name for name, what in TABLE.items() if "exit 0" in what)
REPEATED = "duplicate-keys.yaml"


def test_every_hostile_file_is_in_the_table() -> None:
    assert sorted(TABLE) == sorted(path.name for path in HOSTILE.glob("*.yaml"))
    assert sorted([*UNREADABLE, *ACCEPTED, REPEATED]) == sorted(TABLE)


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_file_is_one_line_with_its_place(cli: Cli, name: str) -> None:
    result = cli("lint", HOSTILE / name, "--quiet")

    assert result.code == 2
    place = re.escape(f"{HOSTILE}/{name}")
    assert re.fullmatch(rf"error: cannot read {place}:\d+:\d+: [^\n]+\n", result.out)


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_file_that_only_looks_broken_is_no_error(cli: Cli, name: str) -> None:
    result = cli("lint", HOSTILE / name)

    assert (result.code, result.out.count("error")) == (0, 0)


def test_a_repeated_key_is_named_with_its_second_place(cli: Cli) -> None:
    path = HOSTILE / REPEATED
    lines = path.read_text(encoding="utf-8").splitlines()

    (line,) = cli("lint", path, "--format", "concise").out.splitlines()

    match = re.search(r":(\d+):(\d+): \w+ SS003 the key '(\w+)' stands twice", line)
    assert match
    number, column, key = int(match[1]), int(match[2]), match[3]
    assert lines[number - 1][column - 1 :].startswith(f"{key}:")
    assert any(earlier.strip().startswith(f"{key}:") for earlier in lines[: number - 1])


def test_all_hostile_files_in_one_run_hide_no_finding(cli: Cli, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(error_crd("Lathe"), encoding="utf-8")

    result = cli("lint", *sorted(HOSTILE.glob("*.yaml")), bad, "--format", "concise")

    assert result.code == 2
    found = [line for line in result.out.splitlines() if f"{HOSTILE}/" in line]
    assert [line.split(":")[0].rpartition("/")[2] for line in found] == sorted(
        [*UNREADABLE, REPEATED]
    )
    assert f"{bad}:19:15: error SS101 Lathe.status.abort belongs in spec (declared)" in result.out


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "- - ? "])
def test_nesting_without_end_is_refused_at_once(cli: Cli, tmp_path: Path, opening: str) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text("kind: CustomResourceDefinition\nspec:\n  " + opening * 1_000_000)

    start = time.perf_counter()
    result = cli("lint", path, "--quiet")

    assert result.code == 2
    assert result.out.startswith(f"error: cannot read {path}:3:")
    assert time.perf_counter() - start < 5


def test_a_schema_as_deep_as_the_reader_allows_is_read(tmp_path: Path) -> None:
    depth = 480
    deep = '{"properties": {"a": ' * depth + "{}" + "}}" * depth
    text = crd().replace("served: true", "subresources: {status: {}}")
    (tmp_path / "deep.yaml").write_text(f"{text}          status: {deep}\n", encoding="utf-8")

    result = process("lint", "deep.yaml", cwd=tmp_path)

    assert (result.code, result.err) == (0, "")


def test_a_crd_of_50_megabytes_works(tmp_path: Path) -> None:
    more = {f"f{number}": "wide words " * 900 for number in range(5_200)}
    text = crd(status={"abort": ORDER} | more)
    (tmp_path / "large.yaml").write_text(text, encoding="utf-8")
    assert (tmp_path / "large.yaml").stat().st_size > 50_000_000

    result = process("lint", "large.yaml", "--format", "concise", "--select", "SS104", cwd=tmp_path)

    assert result.out.startswith("large.yaml:19:15: error SS104 Widget.status.abort ")
    assert (result.code, result.err) == (1, "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, kind in {"open.yaml": "Open", "inner/closed.yaml": "Closed"}.items():
        path = tmp_path / "crds" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(error_crd(kind), encoding="utf-8")
    tmp_path.chmod(0o755)
    return tmp_path / "crds"


@pytest.mark.parametrize("path", [".", "inner", "inner/closed.yaml", "inner/*.yaml"])
def test_a_file_without_permission_is_told(folder: Path, path: str) -> None:
    with closed(folder / "inner" / "closed.yaml"):
        result = unprivileged("lint", path, "open.yaml", "--quiet", cwd=folder)

    assert result.code == 2
    assert result.err == ""
    assert "error: cannot read inner/closed.yaml: cannot open it: Permission denied\n" in result.out
    assert "error[SS101] input-in-status: Open.status.abort" in result.out


@pytest.mark.parametrize("path", [".", "inner"])
def test_a_folder_without_permission_is_told(folder: Path, path: str) -> None:
    with closed(folder / "inner"):
        result = unprivileged("lint", path, "open.yaml", "--quiet", cwd=folder)

    assert result.code == 2
    assert result.err == ""
    assert "error: cannot read inner: cannot open it: Permission denied\n" in result.out
    assert "error[SS101] input-in-status: Open.status.abort" in result.out


@pytest.mark.parametrize("mode", [0, 0o444])
def test_a_file_in_a_folder_without_permission_is_told(folder: Path, mode: int) -> None:
    with closed(folder / "inner", mode):
        result = unprivileged("lint", "inner/closed.yaml", "open.yaml", "--quiet", cwd=folder)

    assert result.code == 2
    assert result.err == ""
    assert "error: cannot read inner/closed.yaml: cannot open it: Permission denied\n" in result.out
    assert "error[SS101] input-in-status: Open.status.abort" in result.out


def test_a_folder_whose_files_cannot_be_looked_at_is_told(folder: Path) -> None:
    with closed(folder / "inner", 0o444):  # it can be listed, but nothing in it opened
        result = unprivileged("lint", ".", "--quiet", cwd=folder)

    assert result.code == 2
    assert result.err == ""
    assert re.search(r"error: cannot read inner\S*: cannot open it: Permission denied", result.out)
    assert "error[SS101] input-in-status: Open.status.abort" in result.out


def test_a_file_that_goes_away_or_fails_while_it_is_read_is_told(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("specstat.engine.run._read", fail)
    result = cli("lint", folder / "open.yaml")

    assert result.code == 2
    assert f"cannot read {folder}/open.yaml: cannot open it: Input/output error\n" in result.out


def test_names_that_are_no_utf8_are_shown(tmp_path: Path) -> None:
    try:
        (tmp_path / "caf\udce9.yaml").write_text(error_crd(), encoding="utf-8")
    except OSError:
        pytest.skip("this file system wants UTF-8")

    text = process("lint", cwd=tmp_path)
    where = process("where", "abort", "--in", "caf\udce9.yaml", cwd=tmp_path)
    json = process("lint", "--format", "json", cwd=tmp_path)

    assert (text.code, where.code, json.code) == (1, 0, 1), where.err
    assert text.err == where.err == json.err == ""
    assert "caf\\udce9.yaml:19" in text.out
    assert "caf\\udce9.yaml:19" in where.out
