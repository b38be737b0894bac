"""What is ignored is not told, and an ignore that ignores nothing is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specstat.engine import run
from specstat.engine.check import Settings, levels_of
from specstat.engine.config.finding import Configurations
from specstat.engine.discover import discover
from specstat.engine.run import Run
from specstat.rules import registry
from tests.cli.support import ORDER, crd
from tests.engine.law import breaches
from tests.rules.made import definition

TOKEN = "Token with which to report completion to the caller."  # noqa: S105 - a description


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lint(*paths: str, select: Iterable[str] = (), require_reason: bool = False) -> Run:
    found = Settings(levels_of(select), require_reason=require_reason)
    return run.lint(discover(paths), found, configurations=Configurations())


def check(said: str, *, select: Iterable[str] = (), require_reason: bool = False) -> Run:
    """Lint a CRD with SS101 and SS104 on status.abort, and a comment above that."""
    write(above(crd(status={"abort": ORDER, "phase": "Words."}), "abort", said))
    return lint("a.yaml", select=select, require_reason=require_reason)


def write(text: str, path: str = "a.yaml") -> None:
    Path(path).write_text(text, encoding="utf-8")


def above(text: str, key: str, said: str) -> str:
    """A CRD with an annotation above a key on a line of its own."""
    lines = text.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.strip().startswith(f"{key}:"))
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    return "".join([*lines[:at], f"{indent}# specstat: {said}\n", *lines[at:]])


def codes(result: Run) -> list[str]:
    return [code for d in result.diagnostics for code in (d.code, *d.also)]


def test_without_an_ignore_both_are_told() -> None:
    assert codes(check("changes=never")) == ["SS101", "SS104"]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("ignore[SS101] why", ["SS104"]),
        ("ignore[input-in-status] why", ["SS104"]),
        ("ignore[SS104] why", ["SS101"]),
        ("ignore[SS101,SS104] why", []),
        ("ignore[SS1] why", []),
        ("ignore[SS101] why ignore[SS104]", []),
    ],
)
def test_ignoring_one_code_reveals_the_others(said: str, left: list[str]) -> None:
    assert codes(check(said)) == left


def test_what_is_ignored_is_kept_with_its_reason_and_place() -> None:
    result = check("sensitive ignore[SS101] old clients read it")

    (only,) = result.ignored
    assert only.suppressed is not None
    assert (only.code, only.suppressed.reason) == ("SS101", "old clients read it")
    assert only.suppressed.location.line == only.location.line - 1
    assert only.suppressed.location.file == "a.yaml"


@pytest.mark.parametrize("key", ["status", "apiVersion", "kind"])
def test_an_ignore_holds_for_everything_below_it(key: str) -> None:
    write(above(crd(status={"abort": ORDER}), key, "ignore[SS101,SS104] why"))

    assert codes(lint("a.yaml")) == []


def test_an_ignore_beside_the_field_does_not_hold_for_it() -> None:
    write(above(crd(status={"abort": ORDER, "phase": "Words."}), "phase", "ignore[SS101] why"))

    assert codes(lint("a.yaml")) == ["SS101", "SS104", "SS002"]


@pytest.mark.parametrize(
    "key",
    ["Widget.status.abort", "example.com/Widget.status", "Widget", "example.com/Widget"],
)
def test_the_configuration_ignores(key: str) -> None:
    write(crd(status={"abort": ORDER}))
    write(f"fields:\n  {key}: ignore[SS101,SS104] why\n", "specstat.yaml")

    result = lint("a.yaml")

    assert codes(result) == []
    assert {d.suppressed.location.file for d in result.ignored if d.suppressed} == {"specstat.yaml"}


def test_a_kind_without_a_field_can_only_ignore() -> None:
    write("fields:\n  Widget: sensitive\n", "specstat.yaml")
    write(crd())

    with pytest.raises(ValueError, match=r"specstat.yaml:2:3: 'Widget' is no kind and field"):
        lint("a.yaml")


# Of no use


def messages(result: Run, code: str = "SS002") -> list[str]:
    return [d.message for d in result.diagnostics if d.code == code]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "ignore[SS103] why",
            ["ignore[SS103] ignores nothing: there is no such finding on Widget.status.abort"],
        ),
        ("ignore[SS1O1] why", ["unknown code SS1O1 in an ignore; did you mean SS101?"]),
        (
            "ignore[SS004] why",
            ["ignore[SS004] has no effect, as SS004 is told of no field; --ignore SS004 works"],
        ),
        ("ignore[SS101,SS104] why", []),
        ("ignore[SS1] why", []),
    ],
)
def test_an_ignore_of_no_use_is_told(said: str, told: list[str]) -> None:
    assert messages(check(said)) == told


@pytest.mark.parametrize("code", ["SS105", "SS107", "SS501"])
def test_what_another_file_or_side_may_show_is_never_of_no_use(code: str) -> None:
    assert messages(check(f"ignore[{code}] why")) == []


def test_a_code_that_is_off_is_never_of_no_use() -> None:
    assert messages(check("ignore[SS103] why", select=["SS002", "SS101"])) == []
    assert messages(check("ignore[SS103] why", select=["SS101", "SS103"])) == []


def test_a_resource_that_was_seen_in_part_has_no_ignore_of_no_use() -> None:
    write(
        'syntax = "proto3";\nmessage MugStatus {\n'
        "  // specstat: ignore[SS101] why\n  string size = 1;\n}\n",
        "mug.proto",
    )

    assert messages(lint("mug.proto")) == []


def test_an_older_version_has_no_ignore_of_no_use() -> None:
    older = crd(status={"phase": "Words."}, version="v1beta1")
    both = crd(status={"phase": "Words."}) + older[older.index("  - name: v1beta1") :]
    first, _, second = both.partition("v1beta1")
    write(first + "v1beta1" + above(second, "phase", "ignore[SS101] why"))

    assert messages(lint("a.yaml")) == []


@pytest.mark.parametrize("versions", [("v1alpha1", "v1"), ("v1", "v1alpha1")])
def test_an_ignore_for_all_versions_is_of_use_where_one_of_them_needs_it(
    versions: tuple[str, str],
) -> None:
    one, other = (crd(status={"phase": "Words."}, version=version) for version in versions)
    text = one + other[other.index("  - name:") :]
    write(above(text, "kind", "ignore[SS101] why"))

    assert messages(lint("a.yaml")) == [
        "ignore[SS101] ignores nothing: there is no such finding on Widget"
    ]
    write(above(text.replace("Words.", f"{ORDER!r}"[1:-1]), "kind", "ignore[SS101] why"))
    assert messages(lint("a.yaml")) == []


def test_a_configured_ignore_is_of_use_where_one_file_of_its_kind_needs_it() -> None:
    write(crd(status={"abort": ORDER}))
    write(crd(status={"abort": "Words."}, version="v2"), "b.yaml")
    write("fields:\n  Widget.status.abort: ignore[SS101,SS104] why\n", "specstat.yaml")

    assert messages(lint("a.yaml", "b.yaml")) == []
    assert len(messages(lint("b.yaml"))) == 2


def test_an_ignore_of_no_use_has_its_place() -> None:
    (only,) = (d for d in check("ignore[SS103] why").diagnostics if d.code == "SS002")

    excerpt = only.excerpt[only.location.column - 1 : only.location.end_column - 1]
    assert (only.location.line, excerpt) == (19, "ignore[SS103]")


# Reasons


def test_a_reason_is_wanted_only_where_it_was_asked_for() -> None:
    assert codes(check("ignore[SS101,SS104]")) == []
    assert messages(check("ignore[SS101,SS104]", require_reason=True), "SS008") == [
        "ignore[SS101,SS104] gives no reason; write it behind the ]"
    ]
    assert codes(check("ignore[SS101,SS104] why", require_reason=True)) == []


# Beyond one file


def test_what_only_another_file_confirms_is_ignored_too() -> None:
    token = {"callbackToken": TOKEN}
    spec = definition({"size": "Words.", **token}, {"phase": "Words."}, kind="Gadget")
    Path("b.json").write_bytes(spec)
    for said, told in (("", True), ("\nspecstat: ignore[SS105] why", False)):
        status = {"callbackToken": TOKEN + said, "phase": "Words."}
        Path("a.json").write_bytes(definition({"size": "Words."}, status))

        result = lint("a.json", "b.json")

        assert ("SS105" in codes(result)) is told
        assert ("SS105" in [d.code for d in result.ignored]) is not told


SAID = ["", *(f"\nspecstat: ignore[{c}] x" for c in ("SS101", "SS103", "SS104", "SS1", "SS105"))]
NAMES = ["callbackToken", "uid", "abort", "phase"]
FIELDS = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(SAID), max_size=3)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(FIELDS, FIELDS), min_size=2, max_size=4))
def test_other_files_take_nothing_away_whatever_is_ignored(
    drawn: list[tuple[dict[str, str], dict[str, str]]],
) -> None:
    paths = []
    for number, (spec, status) in enumerate(drawn):
        own = [
            {
                name: f"{TOKEN if name == 'callbackToken' else ORDER}{said}"
                for name, said in f.items()
            }
            for f in (spec, status)
        ]
        path = Path(f"{number}.json")
        path.write_bytes(definition(*own, kind=f"Kind{number}"))
        paths.append(str(path))
    each = [d for path in paths for d in lint(path).diagnostics]

    assert breaches(each, lint(*paths).diagnostics) == []


def test_a_fault_of_a_rule_cannot_be_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise ValueError

    monkeypatch.setattr("specstat.rules.ss101_input_in_status.check", fail)

    assert "SS000" in codes(check("ignore[SS1] why"))


def test_the_annotation_of_the_crd_ignores_by_path() -> None:
    text = crd(status={"abort": ORDER})
    pairs = json.dumps({"status.abort": "ignore[SS101] why", "*": "ignore[SS104] all"})
    write(
        text.replace(
            "metadata:\n", f"metadata:\n  annotations: {{specstat.dev/fields: '{pairs}'}}\n"
        )
    )

    result = lint("a.yaml")

    assert codes(result) == []
    assert sorted(d.suppressed.reason for d in result.ignored if d.suppressed) == ["all", "why"]


def test_every_code_of_a_rule_can_be_ignored() -> None:
    every = [entry.code for entry in registry.shipped().entries() if entry.is_rule]

    assert messages(check(f"ignore[{','.join(every)}] why", select=["SS002"])) == []
