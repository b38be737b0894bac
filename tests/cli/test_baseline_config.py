"""Baselines in a repository whose configurations switch rules on and off, and name baselines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import ORDER, Cli, crd

PACK = """\
rules:
- code: ACME001
  name: token-named
  match: {section: spec, name: token}
  message: is a token
  help: name it otherwise
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a field of which a rule of a pack speaks."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    write("pack.yaml", PACK)
    write("specstat.yaml", "packs: [pack.yaml]\n")
    write("a.yaml", crd(spec={"token": "Words.", "size": "Words."}))
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def codes_in(path: str) -> list[str]:
    return [row["code"] for row in json.loads(Path(path).read_text("utf-8"))["findings"]]


def test_what_a_pack_found_is_over_once_it_no_longer_occurs(cli: Cli) -> None:
    cli("baseline", "write", "base.json", "--select", "ACME001")
    assert codes_in("base.json") == ["ACME001"]

    write("a.yaml", crd(spec={"ticket": "Words."}))

    assert "1 entry of the baseline no longer occurs" in cli("lint", "--baseline", "base.json").out
    assert "1 finding taken out, 0 kept" in cli("baseline", "update", "base.json").out


def test_what_a_configuration_switched_off_is_not_called_over(cli: Cli) -> None:
    cli("baseline", "write", "base.json", "--select", "ACME001")

    write("specstat.yaml", "packs: [pack.yaml]\npaths: {a.yaml: {severity: {ACME001: off}}}\n")

    assert "no longer" not in cli("lint", "--baseline", "base.json").out
    assert "0 findings taken out, 1 kept" in cli("baseline", "update", "base.json").out


def test_each_configuration_may_name_a_baseline_of_its_own(cli: Cli) -> None:
    for team in ("one", "two"):
        write(f"{team}/crd.yaml", crd(status={"abort": ORDER}, kind=team.title()))
        cli("baseline", "write", f"{team}/base.json", team)
        write(f"{team}/specstat.yaml", "baseline: base.json\n")

    for paths in ((), ("one", "two"), ("one/crd.yaml",)):
        result = cli("lint", *paths)
        assert "SS101" not in result.out, paths

    for team in ("one", "two"):
        write(f"{team}/crd.yaml", crd(kind=team.title()))
    assert (
        "4 entries of the baseline no longer occur: specstat baseline update one/base.json and "
        "specstat baseline update two/base.json take out what is over.\n"
    ) in cli("lint").out


def test_the_baseline_that_is_named_takes_the_place_of_the_configured_one(cli: Cli) -> None:
    write("a.yaml", crd(status={"abort": ORDER}))
    cli("baseline", "write", "base.json")
    write("none.json", '{"version": 1, "findings": []}')
    write("specstat.yaml", "baseline: base.json\n")

    assert cli("lint").code == 0
    assert cli("lint", "--baseline", "none.json").code == 1


def test_a_baseline_can_be_written_for_a_profile_and_with_reasons_required(cli: Cli) -> None:
    write("a.yaml", crd(status={"abort": f"{ORDER} ignore[SS101]"}))
    how = ("--profile", "strict", "--require-reason")
    known = ("--baseline", "base.json", "--show-info")

    cli("baseline", "write", "plain.json")
    cli("baseline", "write", "base.json", *how)

    assert set(codes_in("base.json")) - set(codes_in("plain.json")) >= {"SS008"}
    assert cli("lint", *how, *known).out.startswith("Found nothing in 1 resource")
    assert "0 findings taken out" in cli("baseline", "update", "base.json", *how).out
