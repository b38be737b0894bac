"""JUnit: XML that any reader takes, a test case for each file."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from specstat.model.diagnostic import Severity
from specstat.reporters import junit
from specstat.reporters.report import Report
from tests.reporters.diagnostics import HOSTILE, finding, told, unreadable


def suite_of(report: Report) -> ET.Element:
    root = ET.fromstring(junit.report(report))  # noqa: S314 - what we wrote ourselves
    (suite,) = root
    assert root.tag == "testsuites"
    assert suite.tag == "testsuite"
    assert suite.attrib.items() >= root.attrib.items()
    return suite


def test_a_file_is_a_test_case_and_its_findings_are_one_failure() -> None:
    suite = suite_of(told(finding(1), finding(2)))

    (case,) = suite
    (failure,) = case
    assert case.attrib == {
        "classname": "specstat",
        "name": "crds/a.yaml",
        "file": "crds/a.yaml",
    }
    assert failure.attrib == {"message": "2 findings", "type": "SS101"}
    assert failure.text is not None
    assert failure.text.splitlines()[:2] == [
        "crds/a.yaml:1:5: error SS101 Widget.status.f1 belongs in spec (98 %)",
        "  help: v1 is served: leave it",
    ]


def test_files_without_findings_pass() -> None:
    suite = suite_of(replace(told(finding()), checked=("clean.yaml", "crds/a.yaml")))

    clean, failed = suite
    assert clean.get("name") == "clean.yaml"
    assert len(clean) == 0
    assert len(failed) == 1
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "0")


def test_a_file_that_cannot_be_read_is_an_error() -> None:
    suite = suite_of(told(unreadable()))

    (error,) = suite[0]
    assert error.tag == "error"
    assert error.get("message") == "cannot read it: there is no such file or folder"
    assert suite.get("errors") == "1"


def test_findings_that_do_not_fail_the_run_fail_no_test() -> None:
    weak = told(finding(severity=Severity.INFO))
    warning = told(finding(severity=Severity.WARNING))

    assert [e.tag for e in suite_of(weak)[0]] == ["system-out"]
    assert [e.tag for e in suite_of(warning)[0]] == ["failure"]
    assert [e.tag for e in suite_of(replace(warning, fail_from=Severity.ERROR))[0]] == [
        "system-out"
    ]
    assert [e.tag for e in suite_of(replace(warning, fail_from=None))[0]] == ["system-out"]


def test_what_xml_cannot_hold_is_shown_in_another_way() -> None:
    suite = suite_of(told(finding(message=HOSTILE, file='a\x00\udcff<&".yaml')))

    (failure,) = suite[0]
    assert suite[0].get("name") == 'a\\x00\\udcff<&".yaml'
    assert failure.text is not None
    assert "<b>&'\"</b>" in failure.text
    assert "\\x00" in failure.text


def test_a_run_without_files_is_an_empty_suite() -> None:
    suite = suite_of(Report())

    assert len(suite) == 0
    assert suite.get("tests") == "0"
