"""The rules over whole definitions: switched off, in any company, wherever lines break."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specstat.engine.check import Settings, check_file, levels_of
from specstat.engine.discover import discover
from specstat.engine.run import lint
from specstat.model.diagnostic import Diagnostic
from specstat.rules import registry
from tests.engine.law import breaches
from tests.judge.examples import rewrapped
from tests.rules.family import PLACEMENT
from tests.rules.made import definition

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("SS*", "negatives", "crds", "hostile")
    for path in (ROOT / "fixtures").glob(f"{folder}/*")
    if path.suffix in {".yaml", ".json"}
)
RULES = [entry.code for entry in registry.shipped().entries() if entry.is_rule]
TOKEN = "Token with which to report completion to the caller."  # noqa: S105 - a description

# What a finding says and where: file, line, column, code, severity.
Told = tuple[str, int, int, str, str]


def told(diagnostics: Iterable[Diagnostic]) -> Counter[Told]:
    """Every finding, also those that are told within the finding on a copy."""
    return Counter(
        (place.file, place.line, place.column, d.code, d.severity.word)
        for d in diagnostics
        for place in (d.location, *d.copies)
    )


def alone(path: str) -> Counter[Told]:
    return told(lint(discover([path]), Settings()).diagnostics)


@pytest.fixture(scope="module", autouse=True)
def _in_the_checkout() -> Iterable[None]:
    """Paths of fixtures are relative, as people give them."""
    before = Path.cwd()
    os.chdir(ROOT)
    yield
    os.chdir(before)


def test_all_fixtures_together_give_what_each_gives_alone() -> None:
    each = [d for path in FILES for d in lint(discover([path]), Settings()).diagnostics]

    assert breaches(each, lint(discover(FILES), Settings()).diagnostics) == []


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(FILES), unique=True, max_size=8))
def test_any_company_in_any_order_takes_no_finding_away(paths: list[str]) -> None:
    each = [d for path in paths for d in lint(discover([path]), Settings()).diagnostics]

    assert breaches(each, lint(discover(paths), Settings()).diagnostics) == []


def test_a_weaker_finding_on_a_copy_does_not_hide_a_stronger_one(tmp_path: Path) -> None:
    when = "When the last attempt was made."
    paths = [str(tmp_path / "a.json"), str(tmp_path / "b.json")]
    for path, said in zip(paths, (when, f"{when}\nspecstat: purpose=observation"), strict=True):
        spec = {"size": "How large to make it.", "lastRetryTime": said}
        Path(path).write_bytes(definition(spec, {"phase": "How far it is."}))
    weak, strong = map(alone, paths)

    together = told(lint(discover(paths), Settings()).diagnostics)

    assert [severity for *_, severity in strong] == ["error"]
    assert [severity for *_, severity in weak] in (["info"], ["warning"])
    assert together == weak + strong


def test_copies_of_one_definition_are_told_once(tmp_path: Path) -> None:
    text = definition({"size": "How large to make it."}, {"callbackToken": TOKEN})
    for name in ("a.json", "b.json", "c.json"):
        (tmp_path / name).write_bytes(text)

    (only,) = lint(discover([str(tmp_path)]), Settings()).diagnostics

    assert [Path(place.file).name for place in only.copies] == ["b.json", "c.json"]


@pytest.mark.parametrize("code", RULES)
def test_a_rule_that_is_switched_off_does_not_report(code: str) -> None:
    (folder,) = (ROOT / "fixtures").glob(f"{code}-*")
    for path in folder.glob("bad*.yaml"):
        on, off = (
            lint(discover([str(path)]), Settings(codes)).diagnostics
            for codes in (levels_of([code], ()), levels_of((), [code]))
        )
        assert {d.code for d in on} == {code}
        assert code not in {c for d in off for c in (d.code, *d.also)}


def test_without_rules_nothing_is_reported() -> None:
    for path in map(Path, FILES):
        found = lint(discover([str(path)]), Settings({})).diagnostics

        assert {d.code for d in found if not d.fatal} == set()


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("uid", "UID of this object."),
        ("uid", "The unique identifier of the `object` itself, UID of this object."),
        ("generation", "Generation of this custom resource."),
    ],
)
def test_a_repeated_uid_is_told_wherever_its_lines_break(name: str, description: str) -> None:
    for text in (description, *rewrapped(description)):
        data = definition({"size": "How large to make it."}, {name: text})
        codes = [d.code for d in check_file("a.json", data, Settings()).diagnostics]

        assert codes == ["SS103"], text


@pytest.mark.parametrize("section", ["spec", "status"])
@pytest.mark.parametrize("purpose", ["allocation", "identity"])
def test_a_declared_allocation_or_identity_may_sit_in_any_section(
    section: str, purpose: str
) -> None:
    sections = {"spec": {"size": "How large to make it."}, "status": {"phase": "How far it is."}}
    sections[section]["callbackToken"] = f"{TOKEN}\nspecstat: purpose={purpose}"
    data = definition(sections["spec"], sections["status"])

    assert check_file("a.json", data, PLACEMENT).diagnostics == ()


def test_a_kind_with_one_section_is_silent_unless_its_author_speaks() -> None:
    status = {"callbackToken": TOKEN, "abort": "Stops the run."}
    declared = {"callbackToken": f"{TOKEN}\nspecstat: purpose=instruction"}

    assert check_file("a.json", definition({}, status), PLACEMENT).diagnostics == ()
    assert check_file("a.json", definition({}, declared), PLACEMENT).diagnostics


def test_a_mirror_tells_only_what_is_next_to_certain_and_fails_for_nothing() -> None:
    echo = dict.fromkeys(["image", "region", "zone"], "What is set up.")
    certain, likely = {"callbackToken": TOKEN}, {"labels": "Labels to add to the pods."}

    def loud(status: dict[str, str]) -> list[str]:
        found = check_file("a.json", definition(echo, status), Settings()).diagnostics
        return [d.severity.word for d in found]

    assert loud(certain) == ["error"]
    assert loud(certain | echo) == ["warning"]
    assert loud(likely) != []
    assert loud(likely | echo) == []


def test_a_name_with_a_dot_is_a_name_like_any_other() -> None:
    order = "Cancels the run. Tells the controller to stop."
    (dotted,) = check_file(
        "a.json", definition({"size": ""}, {"cancel.run": order}), Settings()
    ).diagnostics
    (plain,) = check_file(
        "a.json", definition({"size": ""}, {"cancelRun": order}), Settings()
    ).diagnostics

    assert dotted.field is not None
    assert dotted.field.path == "status.cancel.run"
    assert (dotted.code, dotted.severity) == (plain.code, plain.severity)


@pytest.mark.parametrize(
    "who",
    [
        "Assigned by the dispatcher.",
        "Set by the system.",
        "You must provide this yourself.",
        "Do not set; managed internally.",
        "Picked by the placement engine.",
    ],
)
@pytest.mark.parametrize(
    ("section", "name", "about"),
    [
        ("status", "token", "Token to present when reporting completion."),
        ("status", "comment", "What the driver has seen."),
        ("spec", "failureReason", "Why the last run failed."),
        ("spec", "agent", "Agent that runs it."),
    ],
)
def test_whoever_sets_a_field_changes_no_finding(
    section: str, name: str, about: str, who: str
) -> None:
    def found(description: str) -> list[tuple[str, str]]:
        own = {name: description}
        spec, status = (own, {"ready": ""}) if section == "spec" else ({"size": ""}, own)
        report = check_file("a.json", definition(spec, status), Settings())
        return [(d.code, d.severity.word) for d in report.diagnostics]

    assert found(f"{who} {about}") == found(f"{about} {who}") == found(about)
