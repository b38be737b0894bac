"""Formats of `lint` as they are asked for: all of them from one run, with the same findings."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from specstat.cli.reports import FORMATS
from tests.cli.support import BROKEN, Cli, error_crd, info_crd, process, warning_crd


@pytest.fixture
def bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an error, a warning and an info in api/, which is the current folder."""
    folder = tmp_path / "repo" / "api"
    folder.mkdir(parents=True)
    (tmp_path / "repo" / ".git").mkdir()
    for name, text in {
        "a.yaml": error_crd("Anvil"),
        "b.yaml": warning_crd("Bolt"),
        "c.yaml": info_crd("Cog"),
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_the_finding(cli: Cli, bad: Path, name: str) -> None:
    result = cli("lint", "a.yaml", "--format", name)

    assert result.code == 1
    assert result.err == ""
    assert "SS101" in result.out
    assert "Anvil.status.abort" in result.out.replace("\\", "")
    assert bad.is_dir()


@pytest.mark.parametrize("name", FORMATS)
def test_info_is_told_in_no_format_unless_asked_for(cli: Cli, bad: Path, name: str) -> None:
    hidden = cli("lint", "c.yaml", "--format", name)
    shown = cli("lint", "c.yaml", "--format", name, "--show-info")

    assert "SS501" not in hidden.out
    assert "SS501" in shown.out
    assert hidden.code == shown.code == 0
    assert bad.is_dir()


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_cannot_be_read_is_told_in_every_format(cli: Cli, bad: Path, name: str) -> None:
    (bad / "broken.yaml").write_text(BROKEN, encoding="utf-8")

    result = cli("lint", "broken.yaml", "--format", name)

    assert result.code == 2
    assert "broken.yaml" in result.out


def test_all_formats_come_from_one_run(cli: Cli, bad: Path) -> None:
    wanted = [f"--format={name}={name}.out" for name in FORMATS]

    result = cli("lint", ".", *wanted)

    assert (result.code, result.out, result.err) == (1, "", "")
    for name in FORMATS:
        assert "SS101" in (bad / f"{name}.out").read_text(encoding="utf-8"), name


def test_reports_for_forges_tell_paths_from_the_root_of_the_repository(cli: Cli, bad: Path) -> None:
    out = {name: cli("lint", "a.yaml", "--format", name).out for name in FORMATS}

    assert out["github"].startswith("::error file=api/a.yaml,line=19,endLine=19,col=15,")
    assert json.loads(out["gitlab"])[0]["location"]["path"] == "api/a.yaml"
    assert '"uri": "api/a.yaml"' in out["sarif"]
    assert ET.fromstring(out["junit"])[0][0].get("file") == "api/a.yaml"  # noqa: S314 - our own output
    assert "<code>api/a.yaml&#58;19&#58;15</code>" in out["markdown"]
    assert out["concise"].startswith("a.yaml:19:15: ")
    assert json.loads(out["jsonl"])["location"]["file"] == "a.yaml"
    assert bad.is_dir()


def test_github_paths_begin_at_its_workspace(
    cli: Cli, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(bad.parent.parent))

    out = cli("lint", "a.yaml", "--format", "github").out

    assert out.startswith("::error file=repo/api/a.yaml,")


def test_annotations_are_made_only_when_asked_for(
    cli: Cli, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")

    assert "::error" not in cli("lint", bad).out


def test_json_lines_are_the_diagnostics_of_the_json_report(cli: Cli, bad: Path) -> None:
    report = json.loads(cli("lint", "--show-info", bad, "--format", "json").out)
    lines = cli("lint", "--show-info", bad, "--format", "jsonl").out.splitlines()

    assert [json.loads(line) for line in lines] == report["diagnostics"]
    assert len(lines) == 3


def test_junit_has_a_test_for_each_file_that_was_read(cli: Cli, bad: Path) -> None:
    (bad / "other.yaml").write_text("kind: ConfigMap\n", encoding="utf-8")

    (suite,) = ET.fromstring(cli("lint", ".", "--format", "junit").out)  # noqa: S314 - our own output

    tests = {case.get("name"): [part.tag for part in case] for case in suite}
    assert tests == {"api/a.yaml": ["failure"], "api/b.yaml": ["failure"], "api/c.yaml": []}


def test_junit_fails_what_the_run_fails(cli: Cli, bad: Path) -> None:
    out = cli("lint", bad, "--format", "junit", "--fail-on", "error").out

    assert 'failures="1"' in out
    assert cli("lint", bad, "--format", "junit", "--fail-on", "never").out.count("<failure") == 0


def test_an_equals_and_a_dash_are_standard_output(cli: Cli, bad: Path) -> None:
    result = cli("lint", "a.yaml", "--format", "concise=-")

    assert result.out.startswith("a.yaml:19:15: error")
    assert not (bad / "-").exists()


def test_standard_output_is_taken_once_by_whatever_name(cli: Cli, bad: Path) -> None:
    result = cli("lint", bad, "--format", "concise=-", "--format", "json")

    assert result.code == 2
    assert result.err.startswith("error: two formats cannot share standard output; ")


def test_reports_for_programs_are_plain_where_people_get_colour(bad: Path) -> None:
    for name in ("github", "sarif", "junit", "markdown", "gitlab", "jsonl"):
        out = process("lint", "a.yaml", "--format", name, cwd=bad).out

        assert not re.search(r"\x1b\[", out)
