"""Whatever a schema says and a file is called, every report stays what it is."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from specstat.model.diagnostic import Severity
from specstat.reporters import github, gitlab, json_report, junit, markdown, sarif
from tests.reporters.diagnostics import finding, told
from tests.reporters.test_sarif import VALIDATOR

# Surrogates too: that is how Python holds the names of files that are no UTF-8.
CHARS = st.characters() | st.sampled_from("|`*_[](){}<>&#@:%,\\~$!\r\n\x00\x1b\u2028\udcff")
TEXTS = st.text(CHARS, min_size=1, max_size=40)
FILES = TEXTS.filter(lambda text: "/" not in text)
RENDERER = MarkdownIt("commonmark", {"html": True}).enable("table")


@given(TEXTS, FILES)
def test_an_annotation_is_one_line_that_github_reads(message: str, file: str) -> None:
    lines = github.report(told(finding(message=message, file=file))).split("\n")

    assert [line.startswith("::error file=") for line in lines] == [True, False, False]
    assert re.fullmatch(r"::error (\w+=[^,:\r\n]*)(,\w+=[^,:\r\n]*)*::[^\r\n]*", lines[0])


@given(TEXTS, FILES)
def test_junit_is_xml_that_can_be_read(message: str, file: str) -> None:
    text = junit.report(told(finding(message=message, file=file)))

    root = ET.fromstring(text.encode())  # noqa: S314 - what we wrote ourselves
    assert len(root[0]) == 1


@given(TEXTS, FILES)
def test_sarif_is_valid(message: str, file: str) -> None:
    text = sarif.report(told(finding(message=message, file=file)))

    VALIDATOR.validate(json.loads(text.encode()))


@given(TEXTS, FILES)
def test_a_row_of_markdown_is_a_row_of_five_cells(message: str, file: str) -> None:
    text = markdown.report(told(finding(message=message, file=file)))

    page = RENDERER.render(text.encode().decode())
    assert page.count("<tr>") == 2
    assert page.count("<td>") == 5
    assert page.count("</details>") == 1
    assert not re.search(r"<(a|em|strong|img|del|script)\b", page.partition("</p>")[2])


@given(TEXTS, FILES)
def test_json_lines_are_lines(message: str, file: str) -> None:
    text = json_report.lines([finding(message=message, file=file)] * 2)

    assert [json.loads(line)["message"] for line in text.splitlines()] == [message] * 2


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["a", "b"])), max_size=8))
def test_fingerprints_of_gitlab_are_all_different(rows: list[tuple[int, str]]) -> None:
    shown = [finding(number, file=file) for number, file in rows]

    prints = [row["fingerprint"] for row in json.loads(gitlab.report(told(*shown)))]

    assert len(set(prints)) == len(rows)


@pytest.mark.parametrize("module", [github, gitlab, junit, markdown, sarif])
def test_a_report_on_the_same_is_the_same(module: object) -> None:
    report = told(*(finding(n, severity=s) for s in Severity for n in range(1, 4)))

    assert callable(write := getattr(module, "report", None))
    assert write(report) == write(report)
