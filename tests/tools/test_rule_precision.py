"""What people found in samples of findings: well-formed, and good enough for what is loud."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from specstat.model.diagnostic import Severity
from specstat.rules import profiles, registry
from tools import rule_figures, rule_precision
from tools.rule_precision import ENOUGH, FOLDER, SAMPLE, Row

CODES = tuple(rule_precision.codes())
LEVELS = profiles.profiles()[profiles.DEFAULT].levels


def is_loud(code: str) -> bool:
    return LEVELS.get(code, Severity.INFO) >= Severity.WARNING


def test_every_file_is_of_a_rule() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{code}.jsonl" for code in CODES}
    assert {entry.code for entry in registry.shipped().entries()} >= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_sample_names_each_field_once_with_a_reason_in_one_line(code: str) -> None:
    rows = rule_precision.load(code)

    assert 0 < len(rows) <= SAMPLE
    assert len({(row.resource, row.field) for row in rows}) == len(rows)
    for row in rows:
        assert row.resource.count("/") == 1, row
        assert all(row.resource.split("/")), row
        assert type(row.right) is bool, row
        assert row.reason.strip() == row.reason != "", row
        assert "\n" not in row.reason, row


@pytest.mark.parametrize("code", [code for code in CODES if is_loud(code)])
def test_what_warns_by_default_is_right_nine_times_in_ten(code: str) -> None:
    rows = rule_precision.load(code)

    assert sum(row.right for row in rows) >= ENOUGH * len(rows)


def test_what_warns_by_default_and_finds_something_was_looked_at() -> None:
    figures = rule_figures.load()
    found = {
        code
        for code, row in figures.rules.items()
        if any(word != Severity.INFO.word for counted in row.values() for word in counted)
    }

    wanted = {code for code in found if is_loud(code)}
    assert wanted <= set(CODES), "look at a sample and write tools/precision"


def test_a_malformed_line_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule_precision, "FOLDER", tmp_path)
    good: dict[str, Any] = {
        "resource": "a.example/Mill",
        "field": "spec.sails",
        "right": True,
        "reason": "so",
    }
    lines = [json.dumps(good), json.dumps({"resource": "a.example/Mill"})]
    path = tmp_path / "SS199.jsonl"

    path.write_text(f"{lines[0]}\n", encoding="utf-8")
    assert rule_precision.load("SS199") == (Row(**good),)

    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ValueError, match=r"SS199.jsonl:2 is no finding"):
        rule_precision.load("SS199")
    assert rule_precision.load("SS198") == ()
