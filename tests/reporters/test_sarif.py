"""SARIF: valid by the official schema, and complete."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from specstat.model.diagnostic import Diagnostic, Elsewhere, Location, Severity
from specstat.reporters import sarif
from specstat.reporters.report import Ignored, Report
from specstat.rules import registry
from tests.cli.support import FIXTURES, Cli
from tests.reporters.diagnostics import HOSTILE, finding, told, unreadable

SCHEMA = json.loads(Path(__file__).with_name("sarif-schema-2.1.0.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
BAD = sorted(FIXTURES.glob("SS*/bad*"))


def run_of(report: Report) -> dict[str, Any]:
    """The one run of a report, which is valid."""
    document = json.loads(sarif.report(report))
    VALIDATOR.validate(document)
    (run,) = document["runs"]
    assert isinstance(run, dict)
    return run


def result_of(diagnostic: Diagnostic) -> dict[str, Any]:
    (result,) = run_of(told(diagnostic))["results"]
    assert isinstance(result, dict)
    return result


def test_the_schema_is_that_of_the_standard_and_refuses_what_is_none() -> None:
    assert SCHEMA["title"] == "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
    document = json.loads(sarif.report(told(finding())))
    document["runs"][0]["results"][0]["level"] = "info"

    assert not VALIDATOR.is_valid(document)


def test_all_findings_of_all_fixtures_make_one_valid_report(cli: Cli) -> None:
    out = cli("lint", "--show-info", "--format", "sarif", *BAD, "gone.yaml").out
    document = json.loads(out)
    VALIDATOR.validate(document)
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]

    assert len(run["results"]) > 20
    assert any("relatedLocations" in result for result in run["results"])
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert {"startLine", "startColumn", "endLine", "endColumn"} == set(
            result["locations"][0]["physicalLocation"]["region"]
        )


def test_a_report_on_nothing_is_valid_too() -> None:
    run = run_of(told())

    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is True


def test_a_finding_has_rule_level_place_name_and_our_fingerprint() -> None:
    result = result_of(finding(7, severity=Severity.WARNING))

    assert (result["ruleId"], result["level"]) == ("SS101", "warning")
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "crds/a.yaml", "uriBaseId": "%SRCROOT%"}
    assert physical["region"] == {"startLine": 7, "startColumn": 5, "endLine": 7, "endColumn": 9}
    (logical,) = result["locations"][0]["logicalLocations"]
    assert logical["fullyQualifiedName"] == "Widget.status.f7"
    assert result["partialFingerprints"] == {"specstat/v1": "0000000000000007"}


def test_info_is_a_note() -> None:
    assert result_of(finding(severity=Severity.INFO))["level"] == "note"


def test_the_message_carries_the_evidence(cli: Cli) -> None:
    path = FIXTURES / "SS101-input-in-status" / "bad-callback-token.yaml"

    (run,) = json.loads(cli("lint", "--format", "sarif", path).out)["runs"]
    first, *others = run["results"][0]["message"]["text"].splitlines()

    assert first == "AgentExecution.status.callback_token belongs in spec (98 %)."
    assert others[0].startswith('input/output: input; "has to present"')
    assert others[-1].startswith("help: ")


def test_a_rule_brings_its_page_and_its_usual_level() -> None:
    run = run_of(told(finding(also=("SS104",))))
    entry = registry.shipped().find("SS101")
    assert entry is not None

    rule, other = run["tool"]["driver"]["rules"]

    assert other["id"] == "SS104"
    assert rule["name"] == "input-in-status"
    assert rule["help"]["markdown"] == registry.shipped().page(entry)
    assert rule["shortDescription"]["text"] == registry.shipped().summary(entry)
    assert rule["fullDescription"]["text"].startswith("Reports fields in `status`")
    assert rule["defaultConfiguration"] == {"level": "error", "enabled": True}
    assert "helpUri" not in rule


def test_codes_told_within_a_finding_are_properties() -> None:
    assert result_of(finding(also=("SS104",)))["properties"]["also"] == ["SS104"]


def test_elsewhere_and_copies_are_related_places() -> None:
    place = Location("b.yaml", 3, 1, 3, 4)
    other = Elsewhere("Widget.spec.f1", Location("crds/a.yaml", 9, 1, 9, 4))

    result = result_of(replace(finding(), copies=(place,), elsewhere=(other,)))

    own, copy = result["relatedLocations"]
    assert own["message"]["text"] == "Widget.spec.f1"
    assert own["physicalLocation"]["region"]["startLine"] == 9
    assert copy["physicalLocation"]["artifactLocation"]["uri"] == "b.yaml"
    assert {own["id"], copy["id"]} == {1, 2}


def test_what_cannot_be_read_is_a_notification_and_no_result() -> None:
    run = run_of(replace(told(unreadable()), exit_code=2))
    (invocation,) = run["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]

    assert run["results"] == []
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 2
    assert notification["descriptor"] == {"id": "SS001", "index": 0}
    assert notification["message"]["text"] == "cannot read it: there is no such file or folder"
    place = notification["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "gone.yaml", "uriBaseId": "%SRCROOT%"}}


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("my crds/50%/ü#.yaml", "my%20crds/50%25/%C3%BC%23.yaml"),
        ("a:b?.yaml", "a%3Ab%3F.yaml"),
        ("\udcff.yaml", "%FF.yaml"),
    ],
)
def test_a_path_is_escaped_as_a_uri(file: str, uri: str) -> None:
    place = result_of(finding(file=file))["locations"][0]["physicalLocation"]

    assert place["artifactLocation"]["uri"] == uri


def test_a_file_outside_the_repository_has_an_absolute_uri() -> None:
    place = result_of(finding(file="/srv/a b.yaml"))["locations"][0]["physicalLocation"]

    assert place["artifactLocation"] == {"uri": "file:///srv/a%20b.yaml"}


def test_a_message_holds_neither_links_nor_placeholders_nor_control_characters() -> None:
    text = result_of(finding(message=HOSTILE))["message"]["text"].splitlines()[0]

    assert r"\[y](http://z) {{0}}" in text
    assert r"\x00\x1b" in text
    assert r"\u202e" in text


def test_ignored_findings_are_told_as_suppressed_and_the_others_as_not() -> None:
    ignored = Ignored(finding(2), in_source=True, reason="agreed upon")
    baselined = Ignored(finding(3), in_source=False)

    run = run_of(replace(told(finding(1)), ignored=(ignored, baselined)))

    assert [result["suppressions"] for result in run["results"]] == [
        [],
        [{"kind": "inSource", "justification": "agreed upon"}],
        [{"kind": "external"}],
    ]


def test_without_ignored_findings_nothing_is_said_of_suppression() -> None:
    assert "suppressions" not in result_of(finding())


def test_a_code_without_a_page_is_told_by_its_name_alone() -> None:
    run = run_of(told(replace(finding(), code="OWN001")))

    assert run["tool"]["driver"]["rules"] == [{"id": "OWN001"}]
