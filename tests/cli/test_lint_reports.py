"""Where reports go and what options make of them."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.cli.support import Cli, closed, crd, error_crd, info_crd, unprivileged, warning_crd


@pytest.fixture
def bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, made the current one, with an error, a warning and an info."""
    folder = tmp_path / "work"
    folder.mkdir()
    for name, text in {
        "a.yaml": error_crd("Anvil"),
        "b.yaml": warning_crd("Bolt"),
        "c.yaml": info_crd("Cog"),
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def test_concise_is_one_line_a_finding_and_nothing_else(cli: Cli, bad: Path) -> None:
    result = cli("lint", bad / "a.yaml", "b.yaml", "--format", "concise")

    assert result.out.splitlines() == [
        f"{bad}/a.yaml:19:15: error SS101 Anvil.status.abort belongs in spec (declared)",
        "b.yaml:17:15: warning SS003 the key 'size' stands twice in one mapping; the last one wins",
    ]


def test_text_ends_with_what_was_looked_at(cli: Cli, bad: Path) -> None:
    (bad / "other.yaml").write_text("kind: ConfigMap\n", encoding="utf-8")

    lines = cli("lint").out.splitlines()

    assert re.fullmatch(
        r"Found 1 error, 1 warning in 3 resources \(4 fields, 3 files, \d+\.\d s\)\.", lines[-3]
    )
    assert lines[-2:] == [
        "1 more at info: --show-info shows them.",
        "Passed over 1 file: no CRD in it.",
    ]


def test_finding_nothing_says_what_was_looked_at(cli: Cli, bad: Path) -> None:
    (bad / "clean.yaml").write_text(crd(), encoding="utf-8")

    result = cli("lint", "clean.yaml")

    assert re.fullmatch(
        r"Found nothing in 1 resource \(1 field, 1 file, \d+\.\d s\)\.\n", result.out
    )


WIDGET = """\
syntax = "proto3";
package garden.v1;
import "elsewhere/status.proto";
message Metadata { string name = 1; }
message WidgetSpec { int32 size = 1; }
message Widget { Metadata metadata = 1; WidgetSpec spec = 2; WidgetStatus status = 3; }
"""


def test_a_section_whose_message_is_not_found_is_told(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "api.proto"
    path.write_text(WIDGET, encoding="utf-8")

    told, as_json = cli("lint", path).out, json.loads(cli("lint", path, "--format", "json").out)
    assert "Looked at a part of Widget only; a message was not found (proto.roots)." in told
    assert as_json["summary"]["lost"] == 1

    path.write_text(WIDGET + "message WidgetStatus { int32 found = 1; }\n", encoding="utf-8")
    assert "Looked at a part" not in cli("lint", path).out


def test_quiet_shows_findings_only(cli: Cli, bad: Path) -> None:
    (bad / "clean.yaml").write_text(crd(), encoding="utf-8")

    clean = cli("lint", "--quiet", "clean.yaml")
    findings = cli("lint", "-q", "a.yaml")

    assert (clean.code, clean.out) == (0, "")
    assert findings.code == 1
    assert "SS101" in findings.out
    assert "Found" not in findings.out


@pytest.mark.parametrize("form", ["text", "concise"])
def test_statistics_count_the_codes_the_most_frequent_first(cli: Cli, bad: Path, form: str) -> None:
    (bad / "d.yaml").write_text(warning_crd("Drill"), encoding="utf-8")

    lines = cli("lint", "--statistics", "--show-info", "--format", form).out.splitlines()

    assert lines[-3:] == [
        "     2  SS003 repeated-key (warning)",
        "     1  SS101 input-in-status (error)",
        "     1  SS501 older-version-differs (info)",
    ]


def test_a_report_goes_to_a_file_and_another_to_standard_output(cli: Cli, bad: Path) -> None:
    options = ["--format", "json=report.json", "--format", "concise"]

    result = cli("lint", "a.yaml", *options)

    report = json.loads((bad / "report.json").read_text(encoding="utf-8"))
    assert [d["rule"] for d in report["diagnostics"]] == ["SS101"]
    assert result.out.count("\n") == 1
    assert result.code == 1
    assert not list(bad.glob("*.part*"))


def test_a_report_in_a_file_leaves_standard_output_alone(cli: Cli, bad: Path) -> None:
    result = cli("lint", "--format", "text=report.txt", "--format", "json=report.json")

    assert result.out == result.err == ""
    assert "error[SS101]" in (bad / "report.txt").read_text(encoding="utf-8")


def test_a_report_takes_the_place_of_an_old_one_only_when_it_is_whole(
    cli: Cli, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = bad / "report.json"
    target.write_text("the old report", encoding="utf-8")

    def fail(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("specstat.reporters.json_report.report", fail)
    result = cli("lint", "a.yaml", "--format", f"json={target}")

    assert result.code == 2
    assert result.err == f"error: cannot write {target}: No space left on device\n"
    assert target.read_text(encoding="utf-8") == "the old report"
    assert {path.name for path in bad.iterdir()} == {"a.yaml", "b.yaml", "c.yaml", "report.json"}


def test_a_report_is_written_into_what_a_link_points_to(cli: Cli, bad: Path) -> None:
    (bad / "report.json").write_text("the old report", encoding="utf-8")
    (bad / "link.json").symlink_to("report.json")

    cli("lint", "a.yaml", "--format", "json=link.json")

    assert (bad / "link.json").is_symlink()
    assert json.loads((bad / "report.json").read_text(encoding="utf-8"))["version"] == 1


def test_a_report_goes_into_a_device_or_pipe_and_never_takes_its_place(cli: Cli, bad: Path) -> None:
    os.mkfifo(bad / "pipe")
    read = os.open(bad / "pipe", os.O_RDONLY | os.O_NONBLOCK)

    result = cli("lint", "a.yaml", "--format", "concise=pipe")

    assert result.err == ""
    assert (bad / "pipe").is_fifo()
    assert os.read(read, 65_536).decode().startswith("a.yaml:19:15: error SS101 ")
    os.close(read)


@pytest.mark.parametrize("target", ["missing/report.json", "folder", ".", "/"])
def test_a_report_that_cannot_be_written_is_one_clear_error(
    cli: Cli, bad: Path, target: str
) -> None:
    (bad / "folder").mkdir()
    before = set(bad.rglob("*"))

    result = cli("lint", "a.yaml", "--format", f"json={target}")

    assert result.code == 2
    assert result.err.startswith(f"error: cannot write {target}: ")
    assert result.err.count("\n") == 1
    assert set(bad.rglob("*")) == before


def test_a_report_in_a_folder_without_permission_is_one_clear_error(bad: Path) -> None:
    target = bad / "locked"
    target.mkdir()
    with closed(target, 0o555):
        result = unprivileged("lint", "a.yaml", "--format", "json=locked/report.json", cwd=bad)

    assert result.code == 2
    assert result.err == "error: cannot write locked/report.json: Permission denied\n"


@pytest.mark.parametrize("formats", [("text", "json"), ("concise", "concise")])
def test_two_formats_cannot_share_standard_output(
    cli: Cli, bad: Path, formats: tuple[str, str]
) -> None:
    result = cli("lint", bad, "--format", formats[0], "--format", formats[1])

    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith("error: two formats cannot share standard output; ")


def test_an_unknown_format_is_refused_with_those_there_are(cli: Cli, bad: Path) -> None:
    result = cli("lint", bad, "--format", "xml=report.xml")

    assert result.code == 2
    assert result.err.startswith("error: unknown format 'xml' in --format; ")
    assert "text, concise, json" in result.err
    assert not (bad / "report.xml").exists()


def test_json_counts_what_it_does_not_show(cli: Cli, bad: Path) -> None:
    assert bad.is_dir()
    summary = json.loads(cli("lint", "--format", "json").out)["summary"]

    assert summary == {
        "errors": 1,
        "warnings": 1,
        "infos": 0,
        "hidden": 1,
        "files": 3,
        "resources": 3,
        "fields": 4,
        "skipped": {},
        "ignored": 0,
        "baselined": 0,
        "outdated": 0,
        "lost": 0,
    }


def test_a_format_that_ends_in_equals_wants_a_file(cli: Cli, bad: Path) -> None:
    result = cli("lint", "--format", "json=", str(bad))

    assert result.code == 2
    assert "wants a file behind the =" in result.err


def test_a_name_for_standard_input_wants_standard_input(cli: Cli, bad: Path) -> None:
    result = cli("lint", "--stdin-filename", "a.yaml", str(bad))

    assert result.code == 2
    assert "give the path - with it" in result.err


def test_the_concise_report_names_the_copies(cli: Cli, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(error_crd(), encoding="utf-8")

    out = cli("lint", str(tmp_path), "--format", "concise").out

    assert re.search(
        r"a\.yaml:\d+:\d+: error SS101 .*\(also in .*b\.yaml:\d+:\d+\)$", out, re.MULTILINE
    )


def test_a_code_among_the_paths_is_no_path(cli: Cli, bad: Path) -> None:
    result = cli("lint", "--select", "SS101", "SS102", str(bad))

    assert result.code == 2
    assert "SS102 is a code, not a path" in result.err
