"""`specstat where --batch`: a JSON object a line in, one a line out."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.support import FIXTURES, Cli, process, write_weights

# Their sections are promised by fixtures/seeds.
SEEDS = [
    json.loads(line)
    for line in (FIXTURES / "seeds/examples.jsonl").read_text(encoding="utf-8").splitlines()
]
ROWS: list[dict[str, Any]] = [
    *SEEDS,
    {
        "id": [7, {"any": None}],
        "name": "size",
        "type": ["integer", "null"],
        "format": "int32",
        "description": "Size of the disk to make.",
        "enum": ["small", 1, None],
        "has_default": True,
        "required": False,
        "constraints": ["minimum", "x-other"],
        "children": ["name"],
    },
]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS)


def answers(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize("source", ["-", "FILE"])
def test_each_line_is_answered_in_order(cli: Cli, tmp_path: Path, source: str) -> None:
    path = tmp_path / "fields.jsonl"
    path.write_text(LINES, encoding="utf-8")
    batch = str(path) if source == "FILE" else source

    result = cli("where", "--batch", batch, "--format", "jsonl", stdin=LINES)

    assert (result.code, result.err) == (0, "")
    assert [row["id"] for row in answers(result.out)] == [row["id"] for row in ROWS]
    assert [row["section"] for row in answers(result.out)][:-1] == [
        seed["expected"] for seed in SEEDS
    ]
    for row in answers(result.out):
        assert row.keys() == {"id", "section", "probabilities"}
        assert sum(row["probabilities"].values()) == pytest.approx(1, abs=0.001)


def test_a_line_is_answered_like_the_same_field_alone(cli: Cli) -> None:
    row = {"name": "phase", "type": "string", "description": "How far it has got."}
    options = ["--type", row["type"], "--description", row["description"], "--format", "json"]

    batch = answers(cli("where", "--batch", "-", stdin=json.dumps(row)).out)
    alone = json.loads(cli("where", "phase", *options).out)

    assert batch[0]["probabilities"] == alone["probabilities"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("name: token", "not a JSON object; write one a line"),
        ('{"name": "token"', "not a JSON object; write one a line"),
        ('{"name": "a"} {"name": "b"}', "not a JSON object; write one a line"),
        ("[" * 100_000, "lists or objects are nested too deep"),
        ('{"name": "a", "id": ' + '{"a":' * 5_000 + "1" + "}" * 5_001, "nested too deep"),
        ('["token"]', "a list, not a JSON object"),
        ('"token"', "a text, not a JSON object"),
        ("7", "a number, not a JSON object"),
        ("7.5", "a number, not a JSON object"),
        ("true", "true or false, not a JSON object"),
        ("null", "null, not a JSON object"),
        ('{"name": "a", "id": NaN}', "NaN is no JSON; write null"),
        ('{"name": "a", "enum": [-Infinity]}', "-Infinity is no JSON; write null"),
        ('{"name": "a", "id": 1e999}', "1e999 is too large a number; write it as a text"),
        ('{"name": "a", "id": ' + "7" * 5_000 + "}", "a number has more digits than can be read"),
        ("{}", "name is missing"),
        ('{"name": ""}', "name is missing"),
        ('{"name": null}', "name is missing or no text"),
        ('{"name": 7}', "name is missing or no text"),
        ('{"name": "a", "description": 7}', "description is no text"),
        ('{"name": "a", "type": 7}', "type is no text and no list of texts"),
        ('{"name": "a", "type": ["string", 7]}', "type is no text and no list of texts"),
        ('{"name": "a", "format": []}', "format is no text"),
        ('{"name": "a", "required": "yes"}', "required is neither true nor false"),
        ('{"name": "a", "has_default": 1}', "has_default is neither true nor false"),
        ('{"name": "a", "enum": "one"}', "enum is no list"),
        ('{"name": "a", "children": {}}', "children is no list"),
        ('{"name": "a", "children": ["b", 7]}', "children holds something that is no text"),
        ('{"name": "a", "children": [{"name": "b"}]}', "children holds something that is no text"),
        ('{"name": "a", "children": [""]}', "children holds an empty name"),
        ('{"name": "a", "constraints": [7]}', "constraints holds something that is no text"),
    ],
)
def test_a_wrong_line_is_told_with_its_number_and_the_others_are_answered(
    cli: Cli, tmp_path: Path, line: str, why: str
) -> None:
    path = tmp_path / "fields.jsonl"
    path.write_text(f'{{"id": 1, "name": "a"}}\n\n{line}\n{{"id": 2, "name": "b"}}\n')

    result = cli("where", "--batch", path)

    assert result.code == 2
    assert [row["id"] for row in answers(result.out)] == [1, 2]
    assert result.err.startswith(f"error: {path}:3: ")
    assert why in result.err
    assert result.err.count("\n") == 1


def test_a_line_that_is_no_utf8_is_told(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "fields.jsonl"
    path.write_bytes(b'{"name": "caf\xe9"}\n{"name": "b"}\n')

    result = cli("where", "--batch", path)

    assert result.code == 2
    assert result.err.startswith(f"error: {path}:1: ")
    assert len(answers(result.out)) == 1


@pytest.mark.parametrize(
    "row",
    [
        {"name": "a", "description": None, "type": None, "enum": None, "required": None},
        {"name": "a", "type": ["null"]},
        {"name": "a", "type": []},
        {"name": " "},
        {"name": "$-/"},
        {"name": "größe"},
        {"name": "\ud800", "description": "\udfff half", "id": "\ud83d", "children": ["\ud800"]},
        {"name": "a" * 100_000},
        {"name": "aB" * 50_000},
        {"name": "a", "enum": [1, None, True, [], {}]},
        {"name": "a", "kubernetes": "knows more than this"},
    ],
)
def test_a_strange_line_is_answered(cli: Cli, tmp_path: Path, row: dict[str, Any]) -> None:
    path = write_weights(tmp_path / "ours.weights")

    result = cli("where", "--batch", "-", stdin=json.dumps(row))
    learned = cli("where", "--batch", "-", "--weights", path, stdin=json.dumps(row))

    assert (result.code, result.err) == (learned.code, learned.err) == (0, "")
    assert answers(result.out)[0]["id"] == answers(learned.out)[0]["id"] == row.get("id")


def test_lines_may_end_as_on_windows(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "fields.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"name": "a"}\r\n\r\n{"name": "b"}\r\n{"name": 7}')

    result = cli("where", "--batch", path)

    assert len(answers(result.out)) == 2
    assert result.err == f"error: {path}:4: name is missing or no text\n"


@pytest.mark.parametrize("key", ["description", "name", "id", "unknown"])
def test_a_line_of_50_megabytes_is_answered_in_bounded_time(
    cli: Cli, tmp_path: Path, key: str
) -> None:
    path = tmp_path / "fields.jsonl"
    row = {"id": 1, "name": "size", key: "wide words " * 5_000_000}
    path.write_text(f'{json.dumps(row)}\n{{"id": 2, "name": "b"}}\n', encoding="utf-8")

    start = time.perf_counter()
    result = cli("where", "--batch", path)

    assert (result.code, result.err) == (0, "")
    assert [row["id"] for row in answers(result.out)] == [row["id"], 2]
    assert time.perf_counter() - start < 30


def test_standard_input_that_is_closed_holds_no_lines() -> None:
    closed = (
        "import os, sys; os.close(0); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    )
    arguments = ("-m", "specstat", "where", "--batch", "-")

    result = process(*arguments, python=("-c", closed))

    assert (result.code, result.out, result.err) == (0, "", "")


def test_a_file_that_cannot_be_read_is_told(cli: Cli, tmp_path: Path) -> None:
    missing = cli("where", "--batch", tmp_path / "nope.jsonl")
    folder = cli("where", "--batch", tmp_path)

    assert missing.err == f"error: cannot read {tmp_path}/nope.jsonl: No such file or directory\n"
    assert folder.err == f"error: cannot read {tmp_path}: Is a directory\n"
    assert missing.code == folder.code == 2


@pytest.mark.parametrize("more", [["token"], ["--in", "widget.yaml"], ["--ask"]])
def test_a_field_of_its_own_is_refused(cli: Cli, more: list[str]) -> None:
    result = cli("where", "--batch", "-", *more, stdin=LINES)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: --batch takes its fields from the file; ")


def test_no_lines_are_no_answers(cli: Cli) -> None:
    result = cli("where", "--batch", "-", stdin="\n")

    assert (result.code, result.out, result.err) == (0, "", "")
