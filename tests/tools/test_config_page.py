"""docs/configuration.md and its schema are what the table of keys says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from specstat.engine.config.keys import KEYS
from specstat.engine.config.loading import read
from specstat.model.source import Source
from specstat.rules.profiles import profiles
from tools import config_page


def test_page_and_schema_are_up_to_date() -> None:
    assert config_page.stale() == {}, "run `make docs`"


def test_every_key_has_a_section_and_a_link_to_it() -> None:
    text = config_page.render()

    assert re.findall(r"^### (.+)$", text, re.MULTILINE) == list(KEYS)
    assert re.findall(r"^\| \[`(.+?)`\]\(#\1\)", text, re.MULTILINE) == list(KEYS)


def test_every_example_on_the_page_can_be_used() -> None:
    examples = re.findall(r"```yaml\n(.*?)```", config_page.render(), re.DOTALL)

    assert len(examples) == len(KEYS) + 1
    for example in examples:
        read(Source("specstat.yaml", example))


@pytest.mark.parametrize("name", list(profiles()))
def test_every_profile_is_listed_with_when_to_use_it(name: str) -> None:
    assert f"| `{name}` | {profiles()[name].when} |" in config_page.render()


def test_the_schema_is_json() -> None:
    assert json.loads(config_page.render_schema())["title"] == "A configuration of specstat"


def test_stale_files_are_told_and_then_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(config_page, "PAGE", tmp_path / "docs" / "configuration.md")
    monkeypatch.setattr(config_page, "SCHEMA", tmp_path / "docs" / "configuration.schema.json")

    assert config_page.main(["--check"]) == 1
    assert "make docs" in capsys.readouterr().err
    assert config_page.main([]) == 0
    assert config_page.main(["--check"]) == 0
