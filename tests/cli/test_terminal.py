"""Colour, pipes that close, and standard outputs that cannot take everything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import (
    ORDER,
    Result,
    crd,
    environment,
    error_crd,
    on_terminal,
    process,
)

LINT = ("lint", "bad.yaml")
WHERE = ("where", "retry_count")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bad.yaml").write_text(error_crd(), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("arguments", [LINT, (*LINT, "--format", "concise"), WHERE])
def test_a_terminal_is_coloured(folder: Path, arguments: tuple[str, ...]) -> None:
    coloured = on_terminal(*arguments, cwd=folder)[1]
    plain = process(*arguments, cwd=folder).out

    assert "\x1b[" in coloured
    assert "\x1b" not in plain


@pytest.mark.parametrize("arguments", [LINT, (*LINT, "--format", "concise"), WHERE])
def test_colour_adds_colour_only(folder: Path, arguments: tuple[str, ...]) -> None:
    plain = on_terminal(*arguments, "--no-color", cwd=folder)[1]
    coloured = on_terminal(*arguments, cwd=folder)[1]

    pieces = coloured.split("\x1b[")
    stripped = pieces[0] + "".join(piece.partition("m")[2] for piece in pieces[1:])
    assert _timeless(stripped) == _timeless(plain)


def _timeless(output: str) -> list[str]:
    return [line for line in output.splitlines() if " s)." not in line]


@pytest.mark.parametrize("arguments", [LINT, WHERE])
@pytest.mark.parametrize("option", ["--no-color", "NO_COLOR", "TERM"])
def test_a_terminal_is_not_coloured_against_its_owners_will(
    folder: Path, arguments: tuple[str, ...], option: str
) -> None:
    env = environment(**{"NO_COLOR": {"NO_COLOR": "1"}, "TERM": {"TERM": "dumb"}}.get(option, {}))
    more = [option] if option.startswith("-") else []

    _, output = on_terminal(*arguments, *more, cwd=folder, env=env)

    assert "\x1b" not in output


def test_reports_in_files_are_never_coloured(folder: Path) -> None:
    on_terminal(*LINT, "--format", "text=report.txt", cwd=folder)

    assert "\x1b" not in (folder / "report.txt").read_text(encoding="utf-8")


def into(stdout: int | None, *arguments: str, cwd: Path, **env: str) -> Result:
    """Run specstat with a standard output of one's own; None closes it."""
    command = [sys.executable, "-m", "specstat", *arguments]
    if stdout is None:
        command = ["sh", "-c", 'exec "$@" >&-', "sh", *command]
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment(**env),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    return Result(done.returncode, "", done.stderr.decode())


@pytest.mark.parametrize("count", [1, 2_000])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_has_seen_enough_ends_it_quietly(
    tmp_path: Path, count: int, form: str
) -> None:
    fields = {f"abort{number}": ORDER for number in range(count)}
    (tmp_path / "bad.yaml").write_text(crd(status=fields), encoding="utf-8")
    read, write = os.pipe()
    os.close(read)
    try:
        result = into(write, *LINT, "--format", form, cwd=tmp_path)
    finally:
        os.close(write)

    assert result.err == ""
    assert result.code in {0, 1}


def test_a_report_may_be_cut_short_by_head(tmp_path: Path) -> None:
    fields = {f"abort{number}": ORDER for number in range(2_000)}
    (tmp_path / "bad.yaml").write_text(crd(status=fields), encoding="utf-8")
    command = [sys.executable, "-m", "specstat", *LINT]

    done = subprocess.run(
        ["sh", "-c", '"$@" | head -1', "sh", *command],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "error[SS101] input-in-status: Widget.status.abort0\n"
    assert done.stderr == ""


@pytest.mark.parametrize("arguments", [LINT, (*LINT, "--format", "json"), WHERE, ("rules",)])
def test_a_full_disk_is_one_clear_error(folder: Path, arguments: tuple[str, ...]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        result = into(full.fileno(), *arguments, cwd=folder)

    assert result.code == 2
    assert result.err.startswith("error: ")
    assert "No space left on device" in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [LINT, WHERE])
def test_a_closed_standard_output_gives_no_traceback(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    result = into(None, *arguments, cwd=folder)

    assert "Traceback" not in result.err


def test_an_output_of_few_characters_still_gets_the_report(tmp_path: Path) -> None:
    text = error_crd().replace("Words.", "日本語 é Words.")
    (tmp_path / "日本.yaml").write_text(text, encoding="utf-8")

    lint = process("lint", cwd=tmp_path, env=environment(PYTHONIOENCODING="ascii"))
    where = process("where", "日本", env=environment(PYTHONIOENCODING="ascii"))

    assert (lint.code, where.code) == (1, 0), lint.err + where.err
    assert "error[SS101]" in lint.out
    assert "\\u65e5\\u672c.yaml:19:15" in lint.out
