"""0 clean, 1 findings at or above --fail-on, 2 what could not be checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import (
    BROKEN,
    Cli,
    crd,
    error_crd,
    info_crd,
    process,
    warning_crd,
)

TEXTS = {
    "clean": crd(),
    "info": info_crd(),
    "warning": warning_crd(),
    "error": error_crd(),
    "broken": BROKEN,
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("fail_on", "failing"),
    [
        (None, {"warning", "error"}),
        ("error", {"error"}),
        ("warning", {"warning", "error"}),
        ("info", {"info", "warning", "error"}),
        ("never", set()),
    ],
)
def test_findings_from_the_severity_of_fail_on_make_1(
    cli: Cli, files: Path, fail_on: str | None, failing: set[str]
) -> None:
    options = ["--fail-on", fail_on] if fail_on else []

    codes = {name: cli("lint", files / f"{name}.yaml", *options).code for name in TEXTS}

    assert codes == {name: int(name in failing) for name in TEXTS} | {"broken": 2}


@pytest.mark.parametrize("order", [("broken", "error"), ("error", "broken")])
def test_2_outranks_1_and_the_findings_are_told_all_the_same(
    cli: Cli, files: Path, order: tuple[str, str]
) -> None:
    result = cli("lint", *(files / f"{name}.yaml" for name in order))

    assert result.code == 2
    assert f"cannot read {files}/broken.yaml:2:7: not valid YAML" in result.out
    assert "error[SS101] input-in-status: Widget.status.abort" in result.out


def test_fail_on_knows_its_words_only(cli: Cli, files: Path) -> None:
    result = cli("lint", files, "--fail-on", "warnings")

    assert result.code == 2
    assert result.out == ""
    assert "--fail-on" in result.err
    assert "'warning'" in result.err


@pytest.mark.parametrize(("name", "code"), [("clean", 0), ("error", 1), ("broken", 2)])
def test_the_process_ends_with_the_code(files: Path, name: str, code: int) -> None:
    assert process("lint", f"{name}.yaml", cwd=files).code == code


def test_fail_on_info_shows_what_it_fails_for(cli: Cli, files: Path) -> None:
    result = cli("lint", files / "info.yaml", "--fail-on", "info")

    assert "info[SS501] older-version-differs" in result.out


def test_infos_are_counted_where_they_are_not_shown(cli: Cli, files: Path) -> None:
    hidden = cli("lint", files / "info.yaml")
    shown = cli("lint", files / "info.yaml", "--show-info")

    assert "SS501" not in hidden.out
    assert "1 more at info: --show-info shows them." in hidden.out
    assert "info[SS501]" in shown.out
    assert "--show-info" not in shown.out
    assert shown.code == 0
