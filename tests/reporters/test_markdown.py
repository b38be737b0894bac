"""Markdown: it says what it says, and it fits into a comment."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from specstat.model.diagnostic import Severity
from specstat.reporters import markdown
from tests.reporters.diagnostics import HOSTILE, finding, told, unreadable

RENDERER = MarkdownIt("commonmark", {"html": True}).enable("table")


def test_a_resource_is_a_folded_table_with_its_findings() -> None:
    text = markdown.report(told(finding(1), finding(2, severity=Severity.WARNING)))

    assert text.splitlines()[0] == (
        "**specstat**: Found 1 error, 1 warning in 1 resource (2 fields, 1 file, 0.0 s)."
    )
    assert (
        "<details><summary><code>Widget</code> in <code>example.com</code>: 1 error, 1 warning"
        "</summary>"
    ) in text
    page = RENDERER.render(text)
    assert page.count("<tr>") == 3
    assert "<td>Widget.status.f1 belongs in spec (98 %)</td>" in page
    assert "<code>crds/a.yaml&#58;1&#58;5</code>" in text


def test_the_loudest_resources_come_first() -> None:
    text = markdown.report(told(finding(1, severity=Severity.INFO), finding(2, kind="Bolt")))

    assert text.index("Bolt") < text.index("Widget")


def test_a_file_that_cannot_be_read_has_a_table_of_its_own() -> None:
    assert "<summary><code>gone.yaml</code>: 1 error</summary>" in markdown.report(
        told(unreadable())
    )


def test_nothing_found_is_one_line() -> None:
    assert markdown.report(told()).count("\n") == 1


def test_cells_hold_no_markup_no_links_and_mention_nobody() -> None:
    page = RENDERER.render(markdown.report(told(finding(message=HOSTILE, file="a|b*c*`d`.yaml"))))

    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    assert len(rows) == 2
    assert rows[1].count("<td>") == 5
    assert not re.search(r"<(b|a|em|strong)\b", rows[1])
    assert not re.search(r"@team|#1", re.sub(r"&#\d+;", "", rows[1]))
    assert "&lt;b&gt;&amp;" in rows[1]


def test_ten_thousand_findings_fit_into_a_comment_and_the_rest_is_counted() -> None:
    shown = [
        finding(n, kind=f"Widget{n % 700}", file=f"crds/ü{n % 700}.yaml", message=HOSTILE * 9)
        for n in range(1, 10_001)
    ]

    text = markdown.report(told(*shown))

    listed = text.count("\n| error | ")
    assert len(text.encode()) < 65_000
    assert listed > 20
    assert text.splitlines()[-1] == f"{10_000 - listed:,} findings more did not fit in here."
    assert text.count("<details>") == text.count("</details>")


def test_one_resource_with_ten_thousand_findings_is_cut_as_well() -> None:
    text = markdown.report(told(*(finding(n) for n in range(1, 10_001))))

    listed = text.count("\n| error | ")
    assert 50_000 < len(text.encode()) < 65_000
    assert f"\n{10_000 - listed:,} findings more did not fit in here.\n" in text
