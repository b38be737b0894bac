"""Baselines: what was there is not told, what is new is, and what is over goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.support import BROKEN, ORDER, REPORT, Cli, crd, warning_crd
from tests.rules.made import definition

TOKEN = "Token with which to report completion to the caller."  # noqa: S105 - a description
BEFORE = crd(spec={"size": "Words."}, status={"abort": ORDER, "stop": ORDER})


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str, name: str = "a.yaml") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def baseline(cli: Cli, *paths: str) -> None:
    result = cli("baseline", "write", "base.json", *(paths or (".",)))
    assert (result.code, result.err) == (0, "")


def entries(path: str = "base.json") -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(Path(path).read_text("utf-8"))["findings"]
    return rows


def summary(cli: Cli, *arguments: str) -> dict[str, Any]:
    out = cli("lint", *arguments, "--baseline", "base.json", "--format", "json").out
    told: dict[str, Any] = json.loads(out)["summary"]
    return told


# Written


def test_a_baseline_is_one_finding_a_line_in_order(cli: Cli) -> None:
    write(BEFORE, "crds/b.yaml")
    write(warning_crd("Gadget"))

    assert cli("baseline", "write", "base.json").out == (
        "base.json holds 5 findings; lint with --baseline base.json\n"
    )

    lines = Path("base.json").read_text("utf-8").splitlines()
    assert lines[:3] == ["{", '  "version": 1,', '  "findings": [']
    assert lines[-2:] == ["  ]", "}"]
    rows = [json.loads(line.rstrip(",")) for line in lines[3:-2]]
    assert [(row["file"], row["subject"], row["code"]) for row in rows] == [
        ("a.yaml", "", "SS003"),
        ("crds/b.yaml", "example.com/Widget.status.abort", "SS101"),
        ("crds/b.yaml", "example.com/Widget.status.abort", "SS104"),
        ("crds/b.yaml", "example.com/Widget.status.stop", "SS101"),
        ("crds/b.yaml", "example.com/Widget.status.stop", "SS104"),
    ]


def test_a_baseline_without_findings_is_one(cli: Cli) -> None:
    write(crd())
    baseline(cli)

    assert entries() == []
    assert cli("lint", "a.yaml", "--baseline", "base.json").code == 0


def test_it_is_the_same_whatever_the_order_and_the_folder(cli: Cli, folder: Path) -> None:
    write(BEFORE, "crds/a.yaml")
    write(crd(kind="Bolt", status={"abort": ORDER}), "crds/b.yaml")
    texts = []
    for paths in (["crds"], ["crds/b.yaml", "crds/a.yaml"], [str(folder / "crds"), "."]):
        baseline(cli, *paths)
        texts.append(Path("base.json").read_text("utf-8"))

    assert len(set(texts)) == 1


def test_one_finding_in_two_files_is_one_entry(cli: Cli) -> None:
    write(BEFORE)
    write(BEFORE, "b.yaml")
    baseline(cli)

    assert {row["file"] for row in entries()} == {"a.yaml"}
    assert len(entries()) == 4
    assert cli("lint", "b.yaml", "--baseline", "base.json").code == 0


def test_what_cannot_be_read_is_in_no_baseline(cli: Cli) -> None:
    write(BEFORE)
    write(BROKEN, "broken.yaml")

    result = cli("baseline", "write", "base.json", ".")

    assert result.code == 2
    assert result.err.startswith("broken.yaml:2:7: error SS001")
    assert {row["code"] for row in entries()} == {"SS101", "SS104"}
    assert cli("lint", ".", "--baseline", "base.json").code == 2


def test_what_is_ignored_is_in_no_baseline(cli: Cli) -> None:
    write(crd(status={"abort": f"{ORDER}\nspecstat: ignore[SS101] why"}))
    baseline(cli)

    assert [row["code"] for row in entries()] == ["SS104"]


def test_a_file_that_is_no_baseline_is_not_written_over(cli: Cli) -> None:
    write(BEFORE)

    result = cli("baseline", "write", "a.yaml")

    assert (result.code, result.out) == (2, "")
    assert result.err == "error: a.yaml is there and is no baseline; name another file for it\n"
    assert Path("a.yaml").read_text("utf-8") == BEFORE


# Held against


def test_what_is_in_the_baseline_is_counted_and_not_told(cli: Cli) -> None:
    write(BEFORE)
    baseline(cli)

    result = cli("lint", "a.yaml", "--baseline", "base.json", "--fail-on", "info")

    assert result.code == 0
    assert result.out.startswith("Found nothing in 1 resource ")
    assert result.out.endswith("\n4 in the baseline.\n")


@pytest.mark.parametrize(
    "after",
    [
        pytest.param("# Words.\n\n" + BEFORE, id="lines move"),
        pytest.param(BEFORE.replace("name: v1", "name: v2"), id="the version"),
        pytest.param(BEFORE.replace("Words.", "More words."), id="descriptions"),
    ],
)
def test_a_baseline_survives(cli: Cli, after: str) -> None:
    write(BEFORE)
    baseline(cli)
    write(after)
    Path("a.yaml").rename("renamed.yaml")

    assert after != BEFORE
    assert cli("lint", "renamed.yaml", "--baseline", "base.json").code == 0


def test_problems_of_files_survive_moved_lines_and_another_way_to_name_the_folder(
    cli: Cli, folder: Path
) -> None:
    said = {"size": "specstat: purpose=observation"}
    text = crd(spec=said).replace("size:", "# specstat: purpose=identity\n              size:")
    write(text, "crds/a.yaml")
    baseline(cli, "crds")
    write("# Words.\n\n" + text, "crds/a.yaml")

    assert {row["code"] for row in entries()} >= {"SS006"}
    assert cli("lint", folder / "crds", "--baseline", "base.json", "--fail-on", "info").code == 0


def test_what_is_new_is_told(cli: Cli) -> None:
    write(BEFORE)
    baseline(cli)
    write(crd(spec={"done": REPORT}, status={"abort": ORDER}))

    result = cli("lint", "a.yaml", "--baseline", "base.json", "--format", "concise")

    assert result.code == 1
    assert [line.split()[2] for line in result.out.splitlines()] == ["SS102"]


def test_another_finding_on_a_field_of_the_baseline_is_told(cli: Cli) -> None:
    write(BEFORE)
    cli("baseline", "write", "base.json", "a.yaml", "--select", "SS101")

    result = cli("lint", "a.yaml", "--baseline", "base.json", "--format", "concise")

    assert [line.split()[2] for line in result.out.splitlines()] == ["SS104", "SS104"]


def test_a_severity_that_changes_does_not_matter(cli: Cli) -> None:
    weak, strong = (
        crd(spec={"size": "Words.", "lastRetryTime": f"When the last attempt was made.{said}"})
        for said in ("", "\nspecstat: purpose=observation")
    )
    status = crd(status={"phase": "Words."}).partition("          status:")[2]
    write(f"{weak}          status:{status}")
    cli("baseline", "write", "base.json", "a.yaml", "--select", "SS1")
    assert [row["code"] for row in entries()] == ["SS102"]
    write(f"{strong}          status:{status}")

    result = cli("lint", "a.yaml", "--baseline", "base.json", "--format", "concise")

    assert "SS102" not in result.out


# Over


def mended(cli: Cli) -> None:
    """A baseline of two files, of which one was mended since."""
    write(BEFORE)
    write(crd(kind="Bolt", status={"abort": ORDER}), "b.yaml")
    baseline(cli)
    write(crd(status={"abort": ORDER, "stop": "Words."}))


def test_entries_that_no_longer_occur_are_told(cli: Cli) -> None:
    mended(cli)

    assert cli("lint", ".", "--baseline", "base.json").out.endswith(
        "\n4 in the baseline.\n2 entries of the baseline no longer occur: specstat baseline update "
        "base.json takes out what is over.\nPassed over 1 file: no CRD in it.\n"
    )
    assert summary(cli, ".")["outdated"] == 2
    assert summary(cli, ".")["baselined"] == 4


@pytest.mark.parametrize("arguments", [("b.yaml",), (".", "--select", "SS103")])
def test_what_was_not_looked_at_is_not_called_over(cli: Cli, arguments: tuple[str, ...]) -> None:
    mended(cli)

    assert summary(cli, *arguments)["outdated"] == 0


def test_a_file_that_cannot_be_read_has_nothing_that_is_over(cli: Cli) -> None:
    mended(cli)
    write(BROKEN)

    assert summary(cli, ".")["outdated"] == 0


def test_of_a_file_that_is_gone_everything_is_over(cli: Cli) -> None:
    mended(cli)
    Path("a.yaml").unlink()

    assert summary(cli, "b.yaml")["outdated"] == 4


def test_what_only_another_file_confirms_is_not_called_over_without_it(cli: Cli) -> None:
    token = {"callbackToken": TOKEN}
    gadget = definition({"size": "Words.", **token}, {"phase": "Words."}, kind="Gadget")
    Path("b.json").write_bytes(gadget)
    Path("a.json").write_bytes(definition({"size": "Words."}, {"phase": "Words.", **token}))
    cli("baseline", "write", "base.json", "a.json", "b.json", "--select", "SS1")
    assert "SS105" in {row["code"] for row in entries()}

    assert summary(cli, "a.json")["outdated"] == 0
    assert cli("baseline", "update", "base.json", "a.json").out.startswith("base.json: 0 findings")
    Path("a.json").write_bytes(definition({"size": "Words."}, {"phase": "Words."}))
    assert summary(cli, ".")["outdated"] == 1
    assert cli("baseline", "update", "base.json", ".").out.startswith("base.json: 2 findings")


def test_an_update_takes_out_what_is_over_and_nothing_else(cli: Cli) -> None:
    mended(cli)
    before = entries()
    write(crd(kind="Nut", status={"abort": ORDER}), "c.yaml")

    assert cli("baseline", "update", "base.json").out == (
        "base.json: 2 findings taken out, 4 kept.\n"
        "2 new findings are not in it: --add takes them in.\n"
    )
    assert entries() == [row for row in before if not row["subject"].endswith(".stop")]


def test_an_update_of_a_part_leaves_the_rest(cli: Cli) -> None:
    mended(cli)
    before = Path("base.json").read_bytes()

    assert cli("baseline", "update", "base.json", "b.yaml").out == (
        "base.json: 0 findings taken out, 6 kept.\n"
    )
    assert Path("base.json").read_bytes() == before


def test_an_update_takes_in_what_is_new_only_when_told(cli: Cli) -> None:
    mended(cli)
    write(crd(kind="Nut", status={"abort": ORDER}), "c.yaml")

    assert cli("baseline", "update", "base.json", "--add").out == (
        "base.json: 2 findings taken out, 2 added, 4 kept.\n"
    )
    assert cli("lint", ".", "--baseline", "base.json").code == 0
    assert {row["file"] for row in entries()} == {"a.yaml", "b.yaml", "c.yaml"}


def test_a_baseline_may_stand_in_another_folder(cli: Cli, folder: Path) -> None:
    write(BEFORE, "crds/a.yaml")
    Path("ci").mkdir()
    cli("baseline", "write", "ci/base.json", "crds")

    assert {row["file"] for row in entries("ci/base.json")} == {"../crds/a.yaml"}
    result = cli("lint", folder / "crds", "--baseline", folder / "ci" / "base.json")
    assert (result.code, "no longer" in result.out) == (0, False)


# Bad input


GOOD = '{"fingerprint": "0", "code": "SS101", "subject": "A", "file": "a.yaml"}'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the baseline base.json:1:1: it is cut"),
        ('{\n  "version": 1,\n  "findings": [\n    ' + GOOD + ",\n", "base.json:5:1: it is cut"),
        ("<<<<<<< ours\n{}", "the baseline base.json:1:1: no JSON: Expecting value"),
        ("[]", "base.json is no baseline: it has no version"),
        ("{}", "base.json is no baseline: it has no version"),
        ('{"version": 2}', "the baseline base.json is of version 2, and this specstat reads 1"),
        ('{"version": "1"}', 'the baseline base.json is of version "1", and'),
        ('{"version": 1}', "the baseline base.json has no list of findings"),
        ('{"version": 1, "findings": {}}', "the baseline base.json has no list of findings"),
        (
            f'{{"version": 1,\n "findings": [{GOOD},\n  {{"code": 1}}]}}',
            "the baseline base.json:3:3: a finding has fingerprint, code, subject, file, all texts",
        ),
        (
            f'{{"version": 1,\n "findings": [{GOOD.replace(chr(34) + "A" + chr(34), "7")}]}}',
            "the baseline base.json:2:15: a finding has",
        ),
        ('{"version": 1, "findings": [' + "[" * 99999, "the baseline base.json"),
    ],
)
def test_a_broken_baseline_is_told_with_its_place(cli: Cli, text: str, told: str) -> None:
    write(BEFORE)
    write(text, "base.json")

    for command in (
        ("lint", "a.yaml", "--baseline", "base.json"),
        ("baseline", "update", "base.json"),
    ):
        result = cli(*command)

        assert (result.code, result.out) == (2, "")
        assert result.err.startswith("error: ")
        assert told in result.err
        assert "specstat baseline write base.json" in result.err
        assert result.err.count("\n") == 1
    assert Path("base.json").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("none.json", "there is no baseline none.json; specstat baseline write none.json makes it"),
        ("folder", "cannot read the baseline folder: Is a directory"),
        ("bytes.json", "the baseline bytes.json is not UTF-8, at byte 1; if it is"),
    ],
)
def test_a_baseline_that_cannot_be_read_is_told(cli: Cli, name: str, told: str) -> None:
    write(BEFORE)
    Path("folder").mkdir()
    Path("bytes.json").write_bytes(b"{\xff}")

    result = cli("lint", "a.yaml", "--baseline", name)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: {told}")


def test_a_baseline_that_cannot_be_written_is_told(cli: Cli) -> None:
    write(BEFORE)

    result = cli("baseline", "write", "nowhere/base.json", "a.yaml")

    assert (result.code, result.out) == (2, "")
    assert result.err == "error: cannot write nowhere/base.json: No such file or directory\n"


def test_a_file_that_is_written_over_by_no_command_is_not_said_to_be(cli: Cli) -> None:
    told = "; if it is the right file, remove it and make it anew: specstat baseline write a.yaml\n"
    write(BEFORE)

    assert cli("lint", "a.yaml", "--baseline", "a.yaml").err.endswith(told)


def test_a_cut_baseline_can_be_made_anew(cli: Cli) -> None:
    write(BEFORE)
    baseline(cli)
    text = Path("base.json").read_text("utf-8")
    write(text[: len(text) // 2], "base.json")

    assert cli("baseline", "write", "base.json").code == 0
    assert Path("base.json").read_text("utf-8") == text
