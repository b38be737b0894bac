"""Baselines in a repository whose configurations switch rules on and off, and name baselines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import Cli, crd

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
