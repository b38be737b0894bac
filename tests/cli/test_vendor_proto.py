"""`specstat vendor-proto`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from specstat import proto
from tests.cli.support import Cli, closed, process, unprivileged


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def edited(folder: Path) -> Path:
    path = folder / "protos" / proto.FILE
    path.parent.mkdir(parents=True)
    path.write_text(proto.text() + "// Ours.\n", encoding="utf-8")
    return path


def test_the_file_is_written_where_it_is_imported_from(cli: Cli, folder: Path) -> None:
    result = cli("vendor-proto", "third party/protos")

    assert (result.code, result.err) == (0, "")
    assert tree(folder) == {f"third party/protos/{proto.FILE}"}
    path = folder / "third party/protos" / proto.FILE
    assert path.read_text(encoding="utf-8") == proto.text()


def test_how_to_use_it_is_told(cli: Cli, folder: Path) -> None:
    assert folder.is_dir()

    first, *rest = cli("vendor-proto", "protos").out.splitlines()

    assert first.startswith(f"Wrote protos/{proto.FILE}")
    assert [re.split(r" {2,}", line.strip())[1] for line in rest] == [
        f'import "{proto.FILE}";',
        "protoc -I protos ...",
        "in buf.yaml, under modules: - path: protos",
    ]


def test_the_current_folder_will_do(cli: Cli, folder: Path) -> None:
    assert cli("vendor-proto", ".").code == 0
    assert tree(folder) == {proto.FILE}


def test_the_same_file_is_left_alone(cli: Cli, folder: Path) -> None:
    cli("vendor-proto", "protos")
    path = folder / "protos" / proto.FILE
    before = path.stat().st_mtime_ns

    result = cli("vendor-proto", "protos")

    assert (result.code, result.err) == (0, "")
    assert result.out == f"protos/{proto.FILE} is there and up to date.\n"
    assert path.stat().st_mtime_ns == before


def test_other_line_ends_make_no_other_file(cli: Cli, edited: Path) -> None:
    edited.write_bytes(proto.text().replace("\n", "\r\n").encode())

    assert cli("vendor-proto", "protos").code == 0
    assert b"\r\n" in edited.read_bytes()


def test_another_file_is_kept_until_it_is_forced(cli: Cli, edited: Path) -> None:
    before = edited.read_bytes()

    refused = cli("vendor-proto", "protos")

    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(f"error: protos/{proto.FILE} is there and differs from ")
    assert refused.err.endswith("; --force replaces it\n")
    assert edited.read_bytes() == before

    assert cli("vendor-proto", "protos", "--force").code == 0
    assert edited.read_text(encoding="utf-8") == proto.text()


def test_a_file_that_is_no_text_is_another_file(cli: Cli, edited: Path) -> None:
    edited.write_bytes(b"\xff\xfe")

    assert cli("vendor-proto", "protos").code == 2
    assert edited.read_bytes() == b"\xff\xfe"


def test_check_passes_over_what_is_up_to_date(cli: Cli, folder: Path) -> None:
    assert folder.is_dir()
    cli("vendor-proto", "protos")

    assert cli("vendor-proto", "--check", "protos").code == 0


def test_check_tells_a_missing_file_and_writes_none(cli: Cli, folder: Path) -> None:
    result = cli("vendor-proto", "--check", "protos")

    assert (result.code, result.err) == (1, "")
    assert result.out == (
        f"protos/{proto.FILE} is missing; mend it with: specstat vendor-proto protos\n"
    )
    assert tree(folder) == set()


@pytest.mark.parametrize("more", [(), ("--force",)])
def test_check_tells_another_file_and_leaves_it(
    cli: Cli, edited: Path, more: tuple[str, ...]
) -> None:
    before = edited.read_bytes()

    result = cli("vendor-proto", "--check", *more, "protos")

    assert (result.code, result.err) == (1, "")
    assert result.out.endswith("; mend it with: specstat vendor-proto --force protos\n")
    assert edited.read_bytes() == before


def test_what_check_advises_mends(cli: Cli, edited: Path) -> None:
    assert edited.is_file()
    advice = cli("vendor-proto", "--check", "protos").out.partition("specstat ")[2]

    assert cli(*advice.split()).code == 0
    assert cli("vendor-proto", "--check", "protos").code == 0


@pytest.mark.parametrize("more", [(), ("--check",), ("--force",)])
@pytest.mark.parametrize(
    ("target", "begin"),
    [
        ("", "the name of the folder is empty"),
        ("a.txt", "a.txt is a file"),
        ("a.txt/protos", "cannot read a.txt/protos/"),
        ("taken", "cannot read taken/"),
    ],
)
def test_a_place_that_cannot_be_written_is_one_clear_error(
    cli: Cli, folder: Path, target: str, begin: str, more: tuple[str, ...]
) -> None:
    (folder / "a.txt").touch()
    (folder / "taken" / proto.FILE).mkdir(parents=True)
    before = tree(folder)

    result = cli("vendor-proto", *more, target)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: {begin}")
    assert result.err.count("\n") == 1
    assert tree(folder) == before


def test_a_folder_without_permission_is_one_clear_error(folder: Path) -> None:
    locked = folder / "locked"
    locked.mkdir()
    with closed(locked, 0o555):
        result = unprivileged("vendor-proto", "locked", cwd=folder)

    assert result.code == 2
    assert result.err == f"error: cannot write locked/{proto.FILE}: Permission denied\n"


def test_lint_has_nothing_to_say_of_the_file(cli: Cli, folder: Path) -> None:
    cli("vendor-proto", "protos")

    result = cli("lint", "--quiet", str(folder))
    assert (result.code, result.out, result.err) == (0, "", "")


def test_no_folder_at_all_is_a_usage_error(cli: Cli) -> None:
    result = cli("vendor-proto")

    assert result.code == 2
    assert result.err.startswith("error: Missing argument 'DIR'")


def test_a_name_cannot_act_on_the_terminal(folder: Path) -> None:
    result = process("vendor-proto", "red\x1b[31m", cwd=folder)

    assert result.code == 0
    assert "\x1b" not in result.out
