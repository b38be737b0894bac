"""`lint --show-ignored` lists what is not told, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import ORDER, Cli, crd

STATUS = {
    "abort": f"{ORDER} ignore[SS101,SS104] old clients read it",
    "halt": ORDER,
    "stop": ORDER,
}
FIELDS = "fields:\n  Widget.status.halt: ignore[SS101,SS104]\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an ignore in a file and one in the configuration, and a known finding."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(crd(status=STATUS), encoding="utf-8")
    Path("specstat.yaml").write_text(FIELDS, encoding="utf-8")
    return tmp_path


def test_text_has_a_line_for_each_with_its_reason_and_the_place_of_that(cli: Cli) -> None:
    cli("baseline", "write", "base.json")

    result = cli("lint", "--show-ignored", "--baseline", "base.json")

    lines = result.out.splitlines()
    assert result.code == 0
    assert [line.partition(": Widget")[0] for line in lines[:6]] == [
        "ignored[SS101]: a.yaml:19:15",
        "ignored[SS104]: a.yaml:19:15",
        "ignored[SS101]: a.yaml:20:15",
        "ignored[SS104]: a.yaml:20:15",
        "ignored[SS101]: a.yaml:21:15",
        "ignored[SS104]: a.yaml:21:15",
    ]
    assert lines[0].endswith(" (declared) (old clients read it, a.yaml:19:89)")
    assert lines[2].endswith(" (declared) (no reason is given, specstat.yaml:2:3)")
    assert lines[4].endswith(" (declared) (in the baseline base.json)")
    assert (lines[6], lines[-3:-1]) == ("", ["4 ignored.", "2 in the baseline."])


def test_findings_come_first_and_count_alone(cli: Cli) -> None:
    result = cli("lint", "--show-ignored", "--quiet")

    first, _, second = result.out.partition("\n\nignored[")
    assert result.code == 1
    assert first.startswith("error[SS101] input-in-status: Widget.status.stop")
    assert second.count("ignored[") == 3


def test_sarif_has_them_as_suppressed_in_source_or_elsewhere(cli: Cli) -> None:
    cli("baseline", "write", "base.json")
    arguments = ("lint", "--baseline", "base.json", "--format", "sarif")

    shown = json.loads(cli(*arguments, "--show-ignored").out)["runs"][0]["results"]

    assert [r["suppressions"] for r in shown if r["ruleId"] == "SS101"] == [
        [{"kind": "inSource", "justification": "old clients read it"}],
        [{"kind": "external"}],
        [{"kind": "external", "justification": "in the baseline base.json"}],
    ]
    assert json.loads(cli(*arguments).out)["runs"][0]["results"] == []


def test_nothing_is_listed_unasked(cli: Cli) -> None:
    assert "ignored[" not in cli("lint").out
