"""What several rules find about one field: told in one place, with what each advises."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from specstat.engine.check import Settings
from specstat.engine.discover import Found
from specstat.engine.once import told_once
from specstat.engine.run import lint
from specstat.model.diagnostic import Diagnostic, FieldRef, Location, ResourceRef, Severity
from specstat.model.resource import Section
from specstat.reporters import text
from specstat.reporters.json_report import diagnostic_object
from specstat.reporters.summary import Counts
from tests.rules.family import ORDER, REWORDED, Kind

MOVE = "move it to spec"
HIDE = "hand it over by reference"
FIRST = Diagnostic(
    code="SS101",
    name="input-in-status",
    severity=Severity.WARNING,
    message="Widget.status.token belongs in spec",
    label="belongs in spec",
    location=Location("a.yaml", 3, 5, 3, 10),
    excerpt="",
    fingerprint="0" * 16,
    resource=ResourceRef("example.com", "v1", "Widget"),
    field=FieldRef("status.token", Section.STATUS, None, 1.0),
    help=(MOVE, "run the generator"),
)
SECRET = replace(
    FIRST, code="SS312", name="secret-in-status", label="holds a token", help=(HIDE, "and so on")
)
LINE = f"SS312 secret-in-status: it holds a token; {HIDE}"


def test_the_first_advice_of_each_other_rule_is_told_with_what_it_is_about() -> None:
    (only,) = told_once([SECRET, FIRST])

    assert (only.code, only.also) == ("SS101", ("SS312",))
    assert only.help == (MOVE, "run the generator", LINE)


def test_advice_that_is_given_already_is_not_repeated() -> None:
    alike = replace(SECRET, help=(MOVE,))
    further = replace(SECRET, code="SS402", name="secret-in-spec", help=(MOVE, HIDE))
    last = replace(SECRET, code="SS424", name="unmarked-sensitive-field", help=(HIDE,))

    (only,) = told_once([FIRST, alike])
    (all_of_them,) = told_once([FIRST, alike, further, last])

    assert only.help == FIRST.help
    assert all_of_them.also == ("SS312", "SS402", "SS424")
    assert all_of_them.help == (
        *FIRST.help,
        LINE.replace("SS312 secret-in-status", "SS402 secret-in-spec"),
    )


def test_a_rule_without_advice_adds_none() -> None:
    (only,) = told_once([FIRST, replace(SECRET, help=())])

    assert (only.also, only.help) == (("SS312",), FIRST.help)


def test_what_was_told_within_another_is_kept_when_a_louder_one_comes() -> None:
    (within,) = told_once([FIRST, SECRET])
    louder = replace(FIRST, code="SS107", name="copied", severity=Severity.ERROR, help=("drop it",))

    (only,) = told_once([within, louder])

    assert (only.code, only.also) == ("SS107", ("SS101", "SS312"))
    assert only.help == (
        "drop it",
        f"SS101 input-in-status: it belongs in spec; {MOVE}",
        LINE,
    )


def test_the_same_code_again_is_not_told_within_itself() -> None:
    quiet = replace(FIRST, severity=Severity.INFO)
    (within,) = told_once([quiet, SECRET])

    (only,) = told_once([within, replace(FIRST, severity=Severity.ERROR)])

    assert within.code == "SS312"
    assert (only.code, only.also) == ("SS101", ("SS312",))
    assert only.help == (*FIRST.help, LINE)


def test_telling_once_is_told_once_for_good() -> None:
    once = list(told_once([FIRST, SECRET]))

    assert list(told_once(once)) == once


def test_a_token_is_told_by_purpose_and_by_secrecy_in_text_and_json(tmp_path: Path) -> None:
    for name, kind in (
        ("a.json", Kind("AgentRun", spec=REWORDED, status=ORDER)),
        ("b.json", Kind("FlowRun", spec=REWORDED)),
    ):
        (tmp_path / name).write_bytes(kind.text())
    files = [Found(str(tmp_path / name), named=True) for name in ("a.json", "b.json")]
    told = [d for d in lint(files, Settings()).diagnostics if d.severity is Severity.ERROR]

    (copied,) = told
    shown = "\n".join(
        "".join(p for p, _ in line) for line in text.report(told, Counts(), quiet=True)
    )
    words = " ".join(shown.replace("=", " ").split())

    assert (copied.code, copied.also) == ("SS107", ("SS312",))
    for part in ("belongs in spec", "also SS312", "SS312 secret-in-status: it holds a token"):
        assert part in words
    assert "by reference" in words
    assert "by reference" in json.dumps(diagnostic_object(copied)["help"])


def test_of_a_message_in_another_file_its_own_file_tells(tmp_path: Path) -> None:
    holder = "message Job { string metadata = 1; JobSpec spec = 2; JobStatus status = 3; }\n"
    (tmp_path / "api.proto").write_text(
        f'syntax = "proto3";\npackage a.v1;\nimport "spec.proto";\n{holder}'
        "message JobStatus { string password = 1; }\n"
    )
    (tmp_path / "spec.proto").write_text(
        'syntax = "proto3";\npackage a.v1;\nmessage JobSpec { string password = 1; }\n'
    )

    def told(*names: str) -> list[tuple[str, str]]:
        files = [Found(str(tmp_path / name), named=True) for name in names]
        every = lint(files, Settings()).diagnostics
        return sorted((Path(d.location.file).name, c) for d in every for c in (d.code, *d.also))

    both = told("api.proto", "spec.proto")

    assert ("spec.proto", "SS402") in both
    assert ("api.proto", "SS312") in both
    assert [row for row in both if row[0] == "spec.proto"] == told("spec.proto")
    assert {row for row in both if row[1] in {"SS312", "SS402"}} <= set(told("api.proto"))


def test_what_says_something_else_is_no_copy() -> None:
    folder = Path(__file__).parents[2] / "fixtures" / "SS305-malformed-conditions"
    files = [str(folder / name) for name in ("bad-map.yaml", "bad-strings.yaml")]

    told = lint([Found(path, named=True) for path in files], Settings()).diagnostics

    malformed = [d for d in told if d.code == "SS305"]
    assert [d.location.file for d in malformed] == files
    assert malformed[0].label != malformed[1].label
    assert [d.copies for d in malformed] == [(), ()]
