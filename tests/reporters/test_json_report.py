"""The report for programs and its published schema."""

from __future__ import annotations

import copy
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from specstat.model import evidence
from specstat.model.diagnostic import Severity
from specstat.model.resource import Section
from specstat.reporters import json_report
from specstat.reporters.summary import Counts
from tests.cli.support import BROKEN, FIXTURES, Cli, crd, error_crd

Report = dict[str, Any]
SCHEMA: Report = json.loads(
    files("specstat.reporters").joinpath("report.schema.json").read_text("utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)
BAD = FIXTURES / "SS101-input-in-status" / "bad-declared.yaml"


def lint(cli: Cli, *arguments: str | Path) -> Report:
    report: Report = json.loads(cli("lint", *arguments, "--format", "json", "--show-info").out)
    return report


@pytest.fixture
def report(cli: Cli, tmp_path: Path) -> Report:
    """One finding with a copy elsewhere, and a file that cannot be opened."""
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(error_crd(), encoding="utf-8")
    return lint(cli, tmp_path, "nope.yaml")


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_fixture_gives_a_report_of_the_published_form(cli: Cli) -> None:
    everything = lint(cli, FIXTURES, *sorted((FIXTURES / "hostile").glob("*.yaml")), "nope.yaml")

    VALIDATOR.validate(everything)
    rules = {diagnostic["rule"] for diagnostic in everything["diagnostics"]}
    assert {"SS001", "SS003", "SS101", "SS102", "SS103", "SS501"} <= rules
    assert any(d["evidence"] for d in everything["diagnostics"])


def test_an_empty_report_has_the_published_form() -> None:
    VALIDATOR.validate(json.loads(json_report.report((), Counts())))


def test_a_fault_has_the_published_form(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ValueError

    monkeypatch.setattr("specstat.rules.ss101_input_in_status.check", fail)
    (tmp_path / "a.yaml").write_text(crd(), encoding="utf-8")

    faults = lint(cli, tmp_path)

    VALIDATOR.validate(faults)
    assert faults["diagnostics"][0]["rule"] == "SS000"


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("summary",),
        ("diagnostics", 0),
        ("diagnostics", 0, "resource"),
        ("diagnostics", 0, "field"),
        ("diagnostics", 0, "location"),
        ("diagnostics", 0, "copies", 0),
    ],
)
def test_the_schema_knows_every_key_and_no_other(
    report: Report, path: tuple[str | int, ...]
) -> None:
    def at(document: Any) -> Report:  # noqa: ANN401 - a document of any shape on the way down
        for step in path:
            document = document[step]
        assert isinstance(document, dict)
        return document

    VALIDATOR.validate(report)
    for key in at(report):
        without = copy.deepcopy(report)
        del at(without)[key]
        with pytest.raises(ValidationError):
            VALIDATOR.validate(without)
    more = copy.deepcopy(report)
    at(more)["surprise"] = 1
    with pytest.raises(ValidationError):
        VALIDATOR.validate(more)


def test_fields_elsewhere_are_told_with_their_places(cli: Cli) -> None:
    path = FIXTURES / "SS107-instruction-copied-into-status" / "bad.yaml"

    told = lint(cli, path)
    (copied,) = (d for d in told["diagnostics"] if d["rule"] == "SS107")
    own, other = copied["elsewhere"]

    at = told["diagnostics"].index(copied)
    VALIDATOR.validate(told)
    assert own["subject"] == "AgentExecution.spec.callback_token"
    assert other["subject"] == "WorkflowExecution.spec.callback_token"
    assert Path(other["location"]["file"]).name == path.name
    assert other["location"]["line"] > own["location"]["line"] > 1
    for key in ("subject", "location"):
        without = copy.deepcopy(told)
        del without["diagnostics"][at]["elsewhere"][0][key]
        with pytest.raises(ValidationError):
            VALIDATOR.validate(without)


def test_the_schema_has_the_words_of_the_model() -> None:
    definitions = SCHEMA["$defs"]
    diagnostic = definitions["diagnostic"]["properties"]
    clue = definitions["evidence"]["properties"]

    assert set(clue["test"]["enum"]) == set(evidence.Test)
    assert set(clue["question"]["enum"]) == set(evidence.Question)
    assert set(diagnostic["severity"]["enum"]) == {severity.word for severity in Severity}
    assert set(diagnostic["field"]["properties"]["section"]["enum"]) == set(Section)
    assert SCHEMA["properties"]["version"]["const"] == json_report.VERSION


def test_a_finding_has_the_fields_of_the_contract(report: Report) -> None:
    finding = report["diagnostics"][0]

    assert finding["rule"] == "SS101"
    assert finding["name"] == "input-in-status"
    assert finding["severity"] == "error"
    assert finding["message"] == "Widget.status.abort belongs in spec (declared)"
    assert finding["resource"] == {"group": "example.com", "version": "v1", "kind": "Widget"}
    assert finding["field"] == {
        "path": "status.abort",
        "section": "status",
        "expected": "spec",
        "confidence": 1.0,
    }
    place = {key: finding["location"][key] for key in ("line", "column", "end_line", "end_column")}
    assert place == {"line": 19, "column": 15, "end_line": 19, "end_column": 20}
    assert Path(finding["location"]["file"]).name == "a.yaml"
    assert [Path(place["file"]).name for place in finding["copies"]] == ["b.yaml"]
    assert finding["also"] == ["SS104"]


def test_evidence_is_told_with_its_words_and_their_line(cli: Cli) -> None:
    path = FIXTURES / "SS101-input-in-status" / "bad-callback-token.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()

    (finding,) = lint(cli, path)["diagnostics"]

    placed = [clue for clue in finding["evidence"] if clue["line"]]
    assert placed
    for clue in placed:
        assert clue["quote"].split()[0] in lines[clue["line"] - 1].lower()


def test_a_problem_with_a_file_has_neither_resource_nor_field(
    cli: Cli, tmp_path: Path, report: Report
) -> None:
    missing = report["diagnostics"][-1]
    (tmp_path / "c.yaml").write_text(BROKEN, encoding="utf-8")
    (broken,) = lint(cli, tmp_path / "c.yaml")["diagnostics"]

    assert missing["resource"] is missing["field"] is broken["resource"] is broken["field"] is None
    assert missing["location"] == {
        "file": "nope.yaml",
        "line": None,
        "column": None,
        "end_line": None,
        "end_column": None,
    }
    assert broken["location"]["line"] == 2


def test_the_summary_counts_what_is_told() -> None:
    counts = Counts(errors=1, warnings=2, infos=3, hidden=4, files=5, skipped={"why": 6})

    summary = json.loads(json_report.report((), counts))["summary"]

    assert [summary[key] for key in ("errors", "warnings", "infos", "hidden")] == [1, 2, 3, 4]
    assert summary["files"] == 5
    assert summary["skipped"] == {"why": 6}
