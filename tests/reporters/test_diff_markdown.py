"""A comparison as a comment on a pull request."""

from __future__ import annotations

import re

from specstat.model.diagnostic import Location, ResourceRef, Severity
from specstat.reporters import diff_markdown
from specstat.reporters.diff_rows import Report, ResourceRows, Row
from tests.reporters.diagnostics import finding

PLACE = Location("crds/a.yaml", 3, 1, 3, 5)


def resource(kind: str, *rows: Row) -> ResourceRows:
    return ResourceRows("changed", ResourceRef("example.com", "v1", kind), "v1", PLACE, rows)


def added(path: str, words: str = "string") -> Row:
    return Row("added", path, "", words, PLACE)


def test_it_fits_into_a_comment_and_counts_what_it_leaves_out() -> None:
    many = [added(f"spec.field{number}", "string " * 40) for number in range(500)]
    told = Report("_" * 400, "x", tuple(resource(f"K{n}", *many) for n in range(20)), (), 20)
    told = told._replace(resources=(*told.resources, *(resource(f"S{n}") for n in range(2_000))))

    text = diff_markdown.report(told)

    assert 64_000 < len(text) < 65_000
    assert text.count("<details>") == text.count("</details>") >= 3
    left = text.rsplit(": ", 1)[1].split()[0].replace(",", "")
    assert text.count("<details>") + int(left) == 2_020
    assert "more fields." in text


def test_nothing_of_an_api_is_markup_in_it() -> None:
    row = added("spec.a`|b", "<img> | @all")
    told = Report("a`b", "<x>", (resource("<script>@all", row),), (), 1)

    text = diff_markdown.report(told)

    assert "<script>" not in text
    assert "@all example" not in text
    assert "| added | `spec.a'\\|b` |  | `<img> \\| @all` |" in text
    assert text.startswith("### API changes from `a'b` to `<x>`\n")


def test_what_breaks_comes_first_where_the_rest_is_left_out() -> None:
    many = [added(f"spec.field{number}", "string " * 40) for number in range(500)]
    told = Report(
        "main",
        "x",
        tuple(resource(f"K{n:02}", *many) for n in range(20)),
        (
            finding(severity=Severity.INFO, kind="K03"),
            finding(severity=Severity.WARNING, kind="K17"),
            finding(severity=Severity.ERROR, kind="K19"),
            finding(severity=Severity.INFO, kind="K19"),
        ),
        20,
    )

    text = diff_markdown.report(told)

    assert re.findall(r"<b>(\w+) ", text)[:4] == ["K19", "K17", "K03", "K00"]
