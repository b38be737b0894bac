"""What a run makes of findings: order, copies, relatives, faults, fingerprints."""

from __future__ import annotations

import importlib
import itertools
import json
import pickle
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from specstat.engine import run
from specstat.engine.check import Settings, check_file, levels_of
from specstat.engine.discover import discover
from specstat.engine.run import Run
from specstat.model.diagnostic import Diagnostic, Finding, Severity
from specstat.model.source import Span
from specstat.rules import registry
from specstat.rules.base import FieldContext
from tests.cli.support import (
    BROKEN,
    FIXTURES,
    ORDER,
    REPORT,
    Cli,
    crd,
    error_crd,
    info_crd,
    process,
)
from tests.engine.law import breaches

SHIPPED = sorted(
    path.relative_to(FIXTURES.parent).as_posix()
    for folder in (*FIXTURES.glob("SS*"), FIXTURES / "negatives", FIXTURES / "hostile")
    for path in folder.glob("*.yaml")
)


def lint(*paths: str, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Run:
    return run.lint(discover(paths), Settings(levels_of(select, ignore)))


def check(text: str, path: str = "widget.yaml") -> tuple[Diagnostic, ...]:
    return check_file(path, text.encode(), Settings()).diagnostics


def fingerprints(text: str) -> dict[str, str]:
    """Fingerprints by field path; each field has one finding."""
    return {d.field.path: d.fingerprint for d in check(text) if d.field}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All fixtures with bad, good and broken content, named from the checkout."""
    monkeypatch.chdir(FIXTURES.parent)
    return SHIPPED


# Order


@pytest.mark.parametrize("form", ["json", "concise", "text"])
def test_the_report_is_the_same_whatever_the_order_of_arguments(
    cli: Cli, folder: Path, form: str
) -> None:
    many = crd(kind="Anvil", spec={"z": REPORT, "a": REPORT}, status={"y": ORDER, "b": ORDER})
    for name, text in {
        "a.yaml": many,
        "b.yaml": error_crd("Bolt"),
        "c.yaml": info_crd("Cog"),
        "d.yaml": BROKEN,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    names = sorted(path.name for path in folder.iterdir())

    reports = {
        cli("lint", *order, "--format", form, "--quiet").out
        for order in [*itertools.permutations(names), (".",)]
    }

    assert len(reports) == 1


def test_findings_come_by_file_line_column_and_code(shipped: list[str]) -> None:
    diagnostics = lint(*reversed(shipped)).diagnostics

    places = [(d.location.file, d.location.line, d.location.column, d.code) for d in diagnostics]
    assert len(places) > 40
    assert places == sorted(places)


def test_a_run_is_repeatable_with_another_hash_seed(folder: Path) -> None:
    code = (
        "import os, sys; from specstat.cli.app import run; "
        f"os.chdir({str(FIXTURES.parent)!r}); sys.exit(run(sys.argv[1:]))"
    )
    command = ("lint", "fixtures", "--format", "json", "--show-info")

    outputs = {
        process(*command, cwd=folder, python=(*options, "-c", code)).out
        for options in ((), ("-R",), ("-R",))
    }

    assert len(outputs) == 1
    assert json.loads(outputs.pop())["summary"]["errors"] > 10


# One field, several findings


def test_related_findings_on_a_field_are_told_once() -> None:
    (diagnostic,) = check(error_crd())

    assert diagnostic.code == "SS101"
    assert diagnostic.also == ("SS104",)


def test_the_strongest_of_related_findings_is_the_one_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def soft(context: FieldContext) -> Iterator[Finding]:
        yield Finding(context.field.name_span, "could be better", at_most=Severity.INFO)

    monkeypatch.setattr("specstat.rules.ss101_input_in_status.check", soft)
    told = {d.field.path: d for d in check(error_crd()) if d.field}

    assert told["status.abort"].code == "SS104"
    assert told["status.abort"].also == ("SS101",)
    assert told["spec.size"].severity is Severity.INFO


def test_findings_on_different_fields_stay_apart() -> None:
    diagnostics = check(crd(spec={"done": REPORT}, status={"abort": ORDER, "stop": ORDER}))

    assert [d.field.path for d in diagnostics if d.field] == [
        "spec.done",
        "status.abort",
        "status.stop",
    ]


# Copies of a CRD


def test_copies_are_told_once_with_the_other_places(cli: Cli, folder: Path) -> None:
    (folder / "chart").mkdir()
    (folder / "base.yaml").write_text(error_crd(), encoding="utf-8")
    (folder / "chart/crd.yaml").write_text(f"# A copy.\n{error_crd()}", encoding="utf-8")
    (folder / "other.yaml").write_text(error_crd("Bolt"), encoding="utf-8")

    text = cli("lint")
    report = json.loads(cli("lint", "--format", "json").out)

    assert text.out.count("Widget.status.abort\n") == 1
    assert "= also in       chart/crd.yaml:20:15\n" in text.out
    copies = {
        d["resource"]["kind"]: [(c["file"], c["line"]) for c in d["copies"]]
        for d in report["diagnostics"]
    }
    assert copies == {"Widget": [("chart/crd.yaml", 20)], "Bolt": []}
    assert report["summary"]["errors"] == 2


def test_which_copy_is_told_does_not_depend_on_the_order_of_arguments(folder: Path) -> None:
    for name in "abc":
        (folder / f"{name}.yaml").write_text(error_crd(), encoding="utf-8")

    runs = [lint(*order).diagnostics for order in itertools.permutations(["a.yaml", "b.yaml"])]

    assert runs[0] == runs[1]


@pytest.mark.parametrize("names", [("a.yaml", "b.yaml"), ("b.yaml", "a.yaml")])
def test_a_copy_never_softens_a_finding(
    folder: Path, monkeypatch: pytest.MonkeyPatch, names: tuple[str, str]
) -> None:
    def by_file(context: FieldContext) -> Iterator[Finding]:
        soft = context.resource.source.path == "a.yaml"
        at_most = Severity.INFO if soft else Severity.ERROR
        yield Finding(context.field.name_span, "is wrong", at_most=at_most)

    monkeypatch.setattr("specstat.rules.ss101_input_in_status.check", by_file)
    for name in names:
        (folder / name).write_text(crd(), encoding="utf-8")

    errors = [d for d in lint(*names).diagnostics if d.severity is Severity.ERROR]

    assert [d.location.file for d in errors] == ["b.yaml"]


def test_kinds_of_one_name_in_different_groups_are_no_copies(folder: Path) -> None:
    for group in ("a.example.com", "b.example.com"):
        text = error_crd().replace("group: example.com", f"group: {group}")
        (folder / f"{group}.yaml").write_text(text, encoding="utf-8")

    assert len(lint(".").diagnostics) == 2


def test_one_problem_in_two_files_is_told_for_each(folder: Path) -> None:
    for name in "ab":
        (folder / f"{name}.yaml").write_text(BROKEN, encoding="utf-8")

    assert [d.location.file for d in lint(".").diagnostics] == ["a.yaml", "b.yaml"]


def test_other_files_of_a_run_neither_change_nor_remove_a_finding(shipped: list[str]) -> None:
    alone = [d for path in shipped for d in lint(path).diagnostics]
    together = lint(*shipped).diagnostics

    assert breaches(alone, together) == []


# Faults of a rule


def failing(monkeypatch: pytest.MonkeyPatch, code: str, field: str = "") -> None:
    """Make the check of a rule fail, on one field or on all."""
    entry = registry.shipped().find(code)
    assert entry
    rule = importlib.import_module(entry.module)
    works = rule.check

    def check(context: FieldContext) -> Iterator[Finding]:
        if field in {"", context.field.path}:
            raise ValueError("it broke")
        yield from works(context)

    monkeypatch.setattr(rule, "check", check)


def test_a_rule_that_fails_is_told_with_rule_field_and_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failing(monkeypatch, "SS103", "spec.size")

    (fault,) = check(crd())

    assert (fault.code, fault.name) == ("SS000", "internal-fault")
    assert fault.fatal
    for part in ("SS103", "Widget.spec.size", "ValueError", "it broke"):
        assert part in fault.message
    assert fault.field
    assert fault.field.path == "spec.size"
    assert fault.excerpt[fault.location.column - 1 :].startswith("size:")


def test_a_rule_that_fails_makes_2_and_the_run_goes_on(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, "SS102", "spec.size")
    (folder / "a.yaml").write_text(error_crd("Anvil"), encoding="utf-8")
    (folder / "b.yaml").write_text(error_crd("Bolt"), encoding="utf-8")

    result = cli("lint", "--format", "concise")

    assert result.code == 2
    told = re.findall(r"^(\w).yaml:\d+:\d+: error (SS\d+) ", result.out, re.MULTILINE)
    assert told == [("a", "SS000"), ("a", "SS101"), ("b", "SS000"), ("b", "SS101")]


def test_a_rule_that_fails_for_a_resource_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, "SS501", "nothing")  # a resource's context has no field: AttributeError

    (fault,) = check(crd())

    assert fault.code == "SS000"
    assert "SS501" in fault.message
    assert "Widget v1" in fault.message


def test_a_fault_hides_no_finding_on_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, "SS102", "status.abort")

    assert {d.code: d.also for d in check(error_crd())} == {"SS000": (), "SS101": ("SS104",)}


def test_each_rule_that_fails_on_a_field_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for code in ("SS101", "SS102", "SS103"):
        failing(monkeypatch, code, "spec.size")

    messages = " ".join(d.message for d in check(crd()))

    assert all(code in messages for code in ("SS101", "SS102", "SS103"))


def test_a_rule_that_is_off_cannot_fail(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    failing(monkeypatch, "SS102")
    (folder / "a.yaml").write_text(crd(), encoding="utf-8")

    assert lint("a.yaml", ignore=["SS102"]).diagnostics == ()


# Diagnostics


FIELDS = {"abort": ORDER, "stop": ORDER}
BEFORE = crd(spec={"size": "Words.", "done": REPORT}, status=FIELDS)


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(f"# A comment.\n\n\n{BEFORE}", id="lines move"),
        pytest.param(BEFORE.replace("            ", "                "), id="columns move"),
        pytest.param(BEFORE.replace("Words.", "Other words, and many.", 1), id="another field"),
        pytest.param(BEFORE.replace("name: v1", "name: v2"), id="the version"),
        pytest.param(BEFORE.replace("\n", "\r\n"), id="line ends"),
        pytest.param(BEFORE.replace("string,", "integer,"), id="types"),
    ],
)
def test_fingerprints_survive(after: str) -> None:
    assert after != BEFORE
    assert fingerprints(after) == fingerprints(BEFORE)


def test_fingerprints_tell_kinds_groups_fields_and_codes_apart() -> None:
    texts = [BEFORE, BEFORE.replace("Widget", "Bolt"), BEFORE.replace("group: e", "group: f")]

    every = [fingerprint for text in texts for fingerprint in fingerprints(text).values()]

    assert len(every) == len(set(every)) == 9


def test_diagnostics_survive_pickling(shipped: list[str]) -> None:
    result = lint(*shipped)

    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301 - just pickled here
    assert sys.getsizeof(pickle.dumps(result.diagnostics)) < 1_000_000


def test_a_diagnostic_holds_its_place_and_source_line() -> None:
    text = error_crd()
    (diagnostic,) = check(text, "crds/widget.yaml")

    assert diagnostic.location.file == "crds/widget.yaml"
    lines = text.splitlines()
    assert diagnostic.excerpt == lines[diagnostic.location.line - 1]
    start, end = diagnostic.location.column - 1, diagnostic.location.end_column - 1
    assert diagnostic.excerpt[start:end] == "abort"


def test_a_finding_with_too_little_certainty_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unsure(_: FieldContext) -> Iterator[Finding]:
        yield Finding(Span(0, 1), "may be wrong", confidence=0.5)

    monkeypatch.setattr("specstat.rules.ss101_input_in_status.check", unsure)

    assert check(crd()) == ()


def test_a_run_says_what_it_looked_at(folder: Path) -> None:
    (folder / "two.yaml").write_text(f"{crd()}---\n{info_crd('Bolt')}", encoding="utf-8")
    (folder / "other.yaml").write_text("kind: ConfigMap\n", encoding="utf-8")
    (folder / "empty.yaml").write_text("", encoding="utf-8")

    result = lint(".", "nope.yaml")

    # What could not be opened was not looked at.
    assert (result.files, result.resources, result.fields) == (1, 2, 2)
    assert result.skipped == {"no CRD in it": 2}
    assert [d.code for d in result.diagnostics] == ["SS001", "SS501"]
