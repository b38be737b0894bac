"""Output files: told before the run where they cannot be written, never half, never mixed."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import (
    Cli,
    closed,
    environment,
    error_crd,
    process,
    unprivileged,
    warning_crd,
)

# Runs specstat where no file may grow beyond so many bytes: a disk that is full.
FULL_DISK = """\
import resource, sys
from specstat.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
sys.argv = ["specstat", *sys.argv[1:]]
main()
"""


@pytest.fixture
def bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, made the current one, with a finding in a.yaml."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "a.yaml").write_text(error_crd("Anvil"), encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("missing/report.json", "No such file or directory"),
        ("folder", "Is a directory"),
        ("a.yaml/report.json", "Not a directory"),
        ("x" * 300 + "/report.json", "File name too long"),
    ],
)
def test_a_target_that_cannot_be_written_is_told_before_the_run(
    cli: Cli, bad: Path, target: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bad / "folder").mkdir()

    def never(*_: object, **__: object) -> None:
        pytest.fail("it ran")

    monkeypatch.setattr("specstat.cli.lint.run_lint", never)
    result = cli("lint", "a.yaml", "--format", "json=good.json", "--format", f"sarif={target}")

    assert (result.code, result.out) == (2, "")
    assert result.err == f"error: cannot write {target}: {why}\n"
    assert names(bad) == {"a.yaml", "folder"}


def test_a_locked_folder_is_told_before_the_run(bad: Path) -> None:
    target = bad / "locked"
    target.mkdir()
    with closed(target, 0o555):
        result = unprivileged("lint", "a.yaml", "--format", "sarif=locked/r.sarif", cwd=bad)

    assert result.code == 2
    assert result.out == ""
    assert result.err == "error: cannot write locked/r.sarif: Permission denied\n"


def test_a_report_never_takes_the_place_of_a_file_to_lint(cli: Cli, bad: Path) -> None:
    before = (bad / "a.yaml").read_bytes()

    result = cli("lint", "a.yaml", "--format", "json=./a.yaml")

    assert result.code == 2
    assert result.err == "error: cannot write ./a.yaml: it is one of the files to lint\n"
    assert (bad / "a.yaml").read_bytes() == before


def test_two_formats_cannot_share_a_file(cli: Cli, bad: Path) -> None:
    result = cli("lint", "a.yaml", "--format", "json=r", "--format", "sarif=./r")

    assert result.code == 2
    assert result.err == "error: two formats cannot share the file ./r; give each its own\n"
    assert names(bad) == {"a.yaml"}


def test_two_formats_may_share_a_device(cli: Cli, bad: Path) -> None:
    result = cli("lint", "a.yaml", "--format", "json=/dev/null", "--format", "sarif=/dev/null")

    assert (result.code, result.err) == (1, "")
    assert bad.is_dir()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_device_is_one_clear_error(cli: Cli, bad: Path) -> None:
    result = cli("lint", "a.yaml", "--format", "json=/dev/full")

    assert result.code == 2
    assert result.err == "error: cannot write /dev/full: No space left on device\n"
    assert bad.is_dir()


def test_a_disk_that_is_full_leaves_the_old_report_and_nothing_else(bad: Path) -> None:
    (bad / "report.sarif").write_text("the old report", encoding="utf-8")

    result = process(
        "lint", "a.yaml", "--format", "sarif=report.sarif", cwd=bad, python=("-c", FULL_DISK)
    )

    assert result.code == 2
    assert result.err == "error: cannot write report.sarif: File too large\n"
    assert (bad / "report.sarif").read_text(encoding="utf-8") == "the old report"
    assert names(bad) == {"a.yaml", "report.sarif"}


def test_runs_at_once_to_one_target_end_with_one_whole_report(bad: Path) -> None:
    (bad / "b.yaml").write_text(warning_crd("Bolt"), encoding="utf-8")
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "specstat", "lint", name, "--format", "json=report.json"],
            cwd=bad,
            env=environment(),
            stderr=subprocess.PIPE,
        )
        for name in ("a.yaml", "b.yaml", "a.yaml", "b.yaml")
    ]
    errors = [one.communicate(timeout=60)[1] for one in running]

    assert errors == [b""] * 4
    assert [one.returncode for one in running] == [1] * 4
    report = json.loads((bad / "report.json").read_text(encoding="utf-8"))
    assert len(report["diagnostics"]) == 1
    assert names(bad) == {"a.yaml", "b.yaml", "report.json"}


def test_a_new_report_has_the_permissions_of_the_shell_and_an_old_one_keeps_its_own(
    cli: Cli, bad: Path
) -> None:
    old = bad / "old.json"
    old.write_text("", encoding="utf-8")
    old.chmod(0o604)
    before = os.umask(0o027)
    try:
        cli("lint", "a.yaml", "--format", "json=new.json", "--format", "jsonl=old.json")
    finally:
        os.umask(before)

    assert stat.S_IMODE((bad / "new.json").stat().st_mode) == 0o640
    assert stat.S_IMODE(old.stat().st_mode) == 0o604
