"""Which policy a command line names: a file's, one of the configuration, a packaged one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.support import FIXTURES, Cli

OWN = "kind: AgentRun\ncrd: ../crd.yaml\nimmutable: [spec.agentRef]\n"
CONFIGURATION = """\
policies:
  - policies/own.yaml
  - {name: agentrun, kind: AgentRun, crd: crd.yaml, immutable: [spec.runtime]}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, below one with a configuration."""
    shutil.copy(FIXTURES / "immutability" / "agentrun-crd.yaml", tmp_path / "crd.yaml")
    (tmp_path / "specstat.yaml").write_text(CONFIGURATION)
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "own.yaml").write_text(f"name: own\n{OWN}")
    folder = tmp_path / "below"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.usefixtures("folder")
def test_a_policy_of_the_configuration_is_known_by_its_name(cli: Cli) -> None:
    shown = cli("immutability", "show", "own")
    assert shown.out.startswith("own: agents.proompteng.ai/AgentRun v1alpha1")

    made = cli("immutability", "generate", "own")
    assert (made.code, made.out.count("- rule:")) == (0, 1)


@pytest.mark.usefixtures("folder")
def test_a_policy_of_the_configuration_comes_before_a_packaged_one(cli: Cli) -> None:
    shown = cli("immutability", "show", "agentrun")
    assert "(until-accepted)\n  spec.runtime\nNot named" in shown.out


def test_a_file_comes_before_a_policy_of_the_configuration(cli: Cli, folder: Path) -> None:
    (folder / "own").write_text("name: other\nkind: AgentRun\nimmutable: [spec.goal]\n")

    assert cli("immutability", "show", "own").out.startswith("other: AgentRun")


@pytest.mark.usefixtures("folder")
def test_the_objects_of_verify_and_hash_are_held_to_such_a_policy(cli: Cli, folder: Path) -> None:
    head = "apiVersion: agents.proompteng.ai/v1alpha1\nkind: AgentRun\nmetadata: {name: a}\n"
    one = folder / "run.yaml"
    one.write_text(f"{head}spec: {{agentRef: {{name: x}}, runtime: {{type: job}}}}\n")

    assert cli("immutability", "verify", "run.yaml", "run.yaml", "--policy", "own").code == 0
    assert len(cli("immutability", "hash", "run.yaml", "--policy", "own").out) == 65


@pytest.mark.usefixtures("folder")
def test_an_unknown_name_is_told_with_those_of_the_configuration(cli: Cli) -> None:
    result = cli("immutability", "generate", "owl")

    assert (result.code, result.out) == (2, "")
    assert "one of the configuration (own, agentrun), or one that comes with specst" in result.err


def test_a_configuration_that_cannot_be_used_is_told(cli: Cli, folder: Path) -> None:
    (folder.parent / "specstat.yaml").write_text("policies: [nowhere.yaml]\n")
    result = cli("immutability", "show", "own")

    assert (result.code, result.out) == (2, "")
    assert "specstat.yaml:1:12: there is no policy nowhere.yaml" in result.err
