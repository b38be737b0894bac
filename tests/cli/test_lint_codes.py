"""--select and --ignore: codes, names and prefixes, in lists of any form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.support import BROKEN, ORDER, REPORT, Cli, crd

EVERYTHING = {"SS003", "SS101", "SS102"}


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """One finding of each: SS003 on its own, SS101 and SS102 with SS104 behind them."""
    text = crd(spec={"size": "Words.", "done": REPORT}, status={"abort": ORDER})
    text = text.replace("              size:", "              size: {}\n              size:")
    path = tmp_path / "mixed.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def codes(cli: Cli, path: Path, *options: str) -> set[str]:
    result = cli("lint", path, "--format", "concise", *options)
    assert result.err == ""
    return set(re.findall(r": \w+ (SS\d{3}) ", result.out))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], EVERYTHING),
        (["--select", "SS101"], {"SS101"}),
        (["--select", "ss101"], {"SS101"}),
        (["--select", "input-in-status"], {"SS101"}),
        (["--select", "SS1"], {"SS101", "SS102"}),
        (["--select", "SS"], EVERYTHING),
        (["--select", "SS101,SS102"], {"SS101", "SS102"}),
        (["--select", "SS101, SS102"], {"SS101", "SS102"}),
        (["--select", "SS101", "--select", "repeated-key"], {"SS101", "SS003"}),
        (["--select", "annotation-contradicts-section"], {"SS104"}),
        (["--ignore", "SS0"], {"SS101", "SS102"}),
        (["--ignore", "repeated-key,SS102,SS104"], {"SS101"}),
        (["--ignore", "SS101"], {"SS003", "SS102", "SS104"}),
        (["--select", "SS1", "--ignore", "SS104,SS102"], {"SS101"}),
        (["--select", "SS101", "--ignore", "SS1"], set()),
    ],
)
def test_selected_codes_are_told(
    cli: Cli, mixed: Path, options: list[str], expected: set[str]
) -> None:
    assert codes(cli, mixed, *options) == expected


def test_codes_that_are_off_do_not_count(cli: Cli, mixed: Path) -> None:
    assert cli("lint", mixed, "--select", "SS501").code == 0


def test_what_cannot_be_read_is_told_whatever_is_selected(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(BROKEN, encoding="utf-8")

    result = cli("lint", path, "--select", "SS101", "--ignore", "SS001")

    assert result.code == 2
    assert "cannot read" in result.out


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("SS1O1", "did you mean SS101?"),
        ("input-in-statsu", "did you mean SS101?"),
        ("everything-else", "specstat rules lists all"),
    ],
)
def test_an_unknown_code_is_refused_with_a_suggestion(
    cli: Cli, mixed: Path, option: str, word: str, hint: str
) -> None:
    result = cli("lint", mixed, option, f"SS102,{word}")

    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith(f"error: unknown code {word} in {option}; ")
    assert hint in result.err
    assert result.err.count("\n") == 1
