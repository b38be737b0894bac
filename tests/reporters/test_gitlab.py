"""Code Quality: the keys that GitLab reads, with fingerprints that are all different."""

from __future__ import annotations

import json
from dataclasses import replace

from specstat.model.diagnostic import Severity
from specstat.reporters import gitlab
from tests.reporters.diagnostics import finding, told, unreadable


def test_a_finding_has_what_gitlab_reads() -> None:
    (row,) = json.loads(gitlab.report(told(finding(7))))

    digest = row.pop("fingerprint")
    assert len(digest) == 64
    assert row == {
        "description": "Widget.status.f7 belongs in spec (98 %). v1 is served: leave it",
        "check_name": "SS101 input-in-status",
        "severity": "major",
        "location": {"path": "crds/a.yaml", "lines": {"begin": 7, "end": 7}},
    }


def test_severities_are_those_of_gitlab() -> None:
    shown = [finding(n, severity=severity) for n, severity in enumerate(Severity, 1)]

    rows = json.loads(gitlab.report(told(*shown, unreadable())))

    assert [row["severity"] for row in rows] == ["info", "minor", "major", "critical"]


def test_a_file_without_a_place_is_told_on_its_first_line() -> None:
    (row,) = json.loads(gitlab.report(told(unreadable())))

    assert row["location"] == {"path": "gone.yaml", "lines": {"begin": 1, "end": 1}}


def test_fingerprints_differ_where_ours_are_the_same() -> None:
    same = (finding(1), finding(1), finding(1, version="v2"), finding(1, file="b.yaml"))

    rows = json.loads(gitlab.report(told(*same)))

    assert len({row["fingerprint"] for row in rows}) == 4


def test_fingerprints_stay_when_lines_and_words_change() -> None:
    moved = replace(
        finding(1), message="Reworded", location=finding(90).location, help=("Other advice",)
    )

    (before,), (after,) = (json.loads(gitlab.report(told(d))) for d in (finding(1), moved))

    assert before["fingerprint"] == after["fingerprint"]


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(gitlab.report(told())) == []
