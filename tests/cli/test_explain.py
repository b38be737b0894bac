"""`specstat explain` and `specstat rules`."""

from __future__ import annotations

import json

import pytest

from specstat.rules import registry
from tests.cli.support import Cli, process

ENTRIES = registry.shipped().entries()
CODES = [entry.code for entry in ENTRIES]


@pytest.mark.parametrize("word", ["SS101", "ss101", "input-in-status", "Input-In-Status"])
def test_a_rule_is_explained_by_code_and_by_name_in_any_case(cli: Cli, word: str) -> None:
    result = cli("explain", word)

    assert result.code == 0
    assert result.out.startswith("SS101 input-in-status\n\nA field of status that says")


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page(cli: Cli, code: str) -> None:
    out = cli("explain", code).out

    assert out.startswith(f"{code} ")
    for heading in ("What it does", "Why it is bad", "How to fix it", "When to ignore it"):
        assert f"\n## {heading}\n" in out


def test_pages_are_there_where_docstrings_are_stripped() -> None:
    result = process("explain", "SS101", python=("-OO", "-m", "specstat"))

    assert "\n## Why it is bad\n" in result.out


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("SS1O1", "did you mean SS101?"),
        ("output-in-specs", "did you mean SS102?"),
        ("quux", "specstat rules lists all"),
    ],
)
def test_an_unknown_rule_is_told_with_a_suggestion(cli: Cli, word: str, hint: str) -> None:
    result = cli("explain", word)

    assert (result.code, result.out) == (2, "")
    assert result.err == f"error: there is no rule {word}; {hint}\n"


def test_rules_lists_every_code_in_order(cli: Cli) -> None:
    lines = cli("rules").out.splitlines()

    firsts = [line for line in lines if line.startswith("SS")]
    assert [line.split()[:2] for line in firsts] == [[e.code, e.name] for e in ENTRIES]
    starts = {line.rindex("  ") for line in firsts}
    assert len(starts) == 1, "columns are aligned"
    assert max(map(len, lines)) <= 80


def test_rules_as_json_say_what_the_table_says(cli: Cli) -> None:
    rows = json.loads(cli("rules", "--format", "json").out)

    assert [row["code"] for row in rows] == sorted(CODES)
    assert all(row.keys() == {"code", "name", "summary"} and row["summary"] for row in rows)


def test_rules_know_their_formats_only(cli: Cli) -> None:
    result = cli("rules", "--format", "xml")

    assert result.code == 2
    assert result.err == "error: unknown format 'xml' in --format; there are text, json\n"
