"""Configurations name immutability policies, by files, by packaged names, or as such."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat.engine.config.finding import Configurations
from specstat.readers.settings.places import ConfigError

POLICY = "kind: Print\nimmutable: [spec.paper]\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def names(path: str = "crd.yaml") -> list[str]:
    configurations = Configurations()
    return [t.name for t in configurations.policies_of(configurations.of(path))]


def complaint() -> str:
    with pytest.raises(ConfigError) as caught:
        names()
    return str(caught.value)


def test_files_names_and_policies_as_such_stand_in_one_list(here: Path) -> None:
    (here / "print.yaml").write_text(POLICY, "utf-8")
    text = "policies:\n- print.yaml\n- agentrun\n- {kind: Other, default: immutable}\n"
    (here / "specstat.yaml").write_text(text, "utf-8")

    assert names() == ["print", "agentrun", "other"]


def test_toml_holds_them_too(here: Path) -> None:
    text = '[tool.specstat]\npolicies = ["agentrun", {kind = "A", immutable = ["spec.b"]}]\n'
    (here / "pyproject.toml").write_text(text, "utf-8")
    assert names() == ["agentrun", "a"]

    (here / "pyproject.toml").write_text(text.replace("spec.b", "status.b"), "utf-8")
    assert complaint().startswith(
        "pyproject.toml: tool.specstat.policies[1].immutable[0]: status.b"
    )


def test_the_nearer_list_replaces_that_of_what_it_extends(here: Path) -> None:
    (here / "base").mkdir()
    (here / "base/print.yaml").write_text(POLICY, "utf-8")
    (here / "base/specstat.yaml").write_text("policies: [print.yaml]\n", "utf-8")
    (here / "specstat.yaml").write_text("extends: base/specstat.yaml\n", "utf-8")
    assert names() == ["print"]

    text = "extends: base/specstat.yaml\npolicies: [agentrun]\n"
    (here / "specstat.yaml").write_text(text, "utf-8")
    assert names() == ["agentrun"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("policies: agentrun", "specstat.yaml:1:11: policies wants a list of files or policies"),
        ("policies: [3]", "specstat.yaml:1:12: policies wants a list of files or policies"),
        ("policies: [agentrn]", "it is looked for at agentrn; did you mean agentrun?"),
        ("policies:\n- kind: A\n", "specstat.yaml:2:3: a policy that fixes nothing"),
        ("policies: [bad.yaml]", "bad.yaml:1:1: a policy without kind"),
        ("policies: [none.yaml]", "specstat comes with agentrun, agentrun-strict"),
        ("policies: [.]", "specstat.yaml:1:12: . is a folder; name a file of policies"),
        ("policies: [agentrun, agentrun]", "specstat.yaml:1:22: agentrun is named twice"),
        ("policies: [good.yaml, ./good.yaml]", "specstat.yaml:1:23: ./good.yaml is named twice"),
        ("policies: [good.yaml, same.yaml]", "the name print is that of the policy at good.yaml:1"),
    ],
)
def test_mistakes_are_told_with_their_place(here: Path, text: str, told: str) -> None:
    (here / "bad.yaml").write_text("default: immutable\n", "utf-8")
    for name in ("good.yaml", "same.yaml"):
        (here / name).write_text(POLICY, "utf-8")
    (here / "specstat.yaml").write_text(text, "utf-8")

    assert told in complaint()
