"""Annotations: what GitHub's runner reads back is what was meant."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from specstat.model.diagnostic import Severity
from specstat.reporters import github
from specstat.reporters.report import Look
from tests.reporters.diagnostics import HOSTILE, finding, told, unreadable

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def read(line: str) -> tuple[str, dict[str, str], str]:
    """A command as the runner reads it: its name, its properties, its message."""
    match = COMMAND.fullmatch(line)
    assert match, line
    properties = dict(pair.split("=", 1) for pair in match[2].split(","))
    for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        properties = {key: value.replace(code, char) for key, value in properties.items()}
    message = match[3].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
    return match[1], properties, message


def test_an_annotation_has_file_place_title_and_evidence() -> None:
    line, *_ = github.report(told(finding(7))).splitlines()

    assert read(line) == (
        "error",
        {
            "file": "crds/a.yaml",
            "line": "7",
            "endLine": "7",
            "col": "5",
            "endColumn": "9",
            "title": "SS101 input-in-status",
        },
        "Widget.status.f7 belongs in spec (98 %)\nhelp: v1 is served: leave it",
    )


def test_columns_are_left_out_where_the_place_has_several_lines() -> None:
    _, properties, _ = read(github.report(told(finding(7, end_line=9))).splitlines()[0])

    assert properties["endLine"] == "9"
    assert "col" not in properties
    assert "endColumn" not in properties


def test_a_file_that_could_not_be_opened_has_no_line() -> None:
    kind, properties, message = read(github.report(told(unreadable())).splitlines()[0])

    assert (kind, properties["file"]) == ("error", "gone.yaml")
    assert "line" not in properties
    assert message == "cannot read it: there is no such file or folder"


def test_nothing_in_names_or_messages_ends_a_command_or_begins_another() -> None:
    report = github.report(told(finding(message=HOSTILE, file="a,b:c%2C=d\n::error::.yaml")))

    commands = [line for line in report.splitlines() if line.startswith("::")]
    _, properties, message = read(commands[0])

    assert len(commands) == 1
    assert properties["file"] == r"a,b:c%2C=d\x0a::error::.yaml"
    assert message.startswith("50 %0A, a:b | <b>")


@pytest.mark.parametrize(
    ("severity", "command"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_at_most_ten_of_a_kind_are_annotated_and_the_rest_is_counted(
    severity: Severity, command: str
) -> None:
    report = github.report(told(*(finding(n, severity=severity) for n in range(1, 14))))

    lines = report.splitlines()
    assert [line.startswith(f"::{command} ") for line in lines] == [True] * 10 + [False] * 2
    assert lines[10] == f"Not annotated, for GitHub shows 10 of a kind: 3 {command}s more."


def test_ten_of_each_kind_leave_nothing_to_count() -> None:
    shown = [finding(n, severity=severity) for severity in Severity for n in range(1, 11)]

    report = github.report(told(*shown))

    assert report.count("\n::") == 29
    assert "Not annotated" not in report


def test_a_file_that_cannot_be_read_is_never_among_the_rest() -> None:
    report = github.report(told(*(finding(n) for n in range(1, 14)), unreadable()))

    assert report.startswith("::error file=gone.yaml,")


def test_the_log_says_what_was_looked_at_unless_asked_to_be_quiet() -> None:
    report = told(finding())

    assert github.report(report).splitlines()[-1].startswith("Found 1 error in 1 resource")
    quiet = github.report(replace(report, look=Look(quiet=True)))
    assert [line[:2] for line in quiet.splitlines()] == ["::"]
