"""docs/rules.md is what the rules say of themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from specstat.rules import registry
from tools import rules_page


def test_the_page_of_the_rules_is_up_to_date() -> None:
    assert rules_page.PAGE.exists(), "run `make docs`"
    assert rules_page.PAGE.read_text(encoding="utf-8") == rules_page.render(), "run `make docs`"


def test_every_rule_is_listed_and_explained_once() -> None:
    text = rules_page.render()
    codes = [entry.code for entry in registry.shipped().entries()]

    assert re.findall(r"^\| \[(SS\d{3})\]", text, re.MULTILINE) == codes
    assert re.findall(r"^## (SS\d{3}) ", text, re.MULTILINE) == codes
    assert text.count("\n### What it does\n") == len(codes)


def test_links_lead_to_headings() -> None:
    text = rules_page.render()
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)

    links = re.findall(r"\]\(#(.+?)\)", text)
    assert links == [heading.lower().replace(" ", "-") for heading in headings]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("## What it does", "### What it does"),
        ("Plain # text.", "Plain # text."),
        ("```yaml\n# a comment\n```\n## After", "```yaml\n# a comment\n```\n### After"),
    ],
)
def test_headings_go_one_level_down_and_code_stays(line: str, expected: str) -> None:
    assert "\n".join(rules_page.lowered(line)) == expected


def test_a_stale_page_is_told_and_then_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "docs" / "rules.md"
    monkeypatch.setattr(rules_page, "PAGE", page)

    assert rules_page.main(["--check"]) == 1
    assert "make docs" in capsys.readouterr().err
    assert not page.exists()

    assert rules_page.main([]) == 0
    assert rules_page.main(["--check"]) == 0
    assert page.read_text(encoding="utf-8") == rules_page.render()

    page.write_text("old\n", encoding="utf-8")
    assert rules_page.main(["--check"]) == 1
