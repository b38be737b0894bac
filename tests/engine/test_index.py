"""What a run makes of findings by looking at other resources: more, and never less."""

from __future__ import annotations

import itertools
import pickle
import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specstat.engine.check import Settings, check_file, levels_of
from specstat.engine.discover import Found
from specstat.engine.once import told_once
from specstat.engine.run import lint
from specstat.model.diagnostic import Diagnostic, ResourceRef, Severity
from specstat.rules import ss107_instruction_copied_into_status as ss107
from specstat.rules.sighting import Sighting
from tests.cli.support import FIXTURES
from tests.engine.law import breaches
from tests.rules.family import ORDER, OTHER, PLACEMENT, REWORDED, Kind, loudness, together

CORPUS = FIXTURES.parents[1] / "shared" / "corpus" / "crds"
SHIPPED = sorted(
    str(path)
    for pattern in ("SS*/*.yaml", "SS*/*.proto", "protoapis/apis/**/*.proto")
    for path in FIXTURES.glob(pattern)
)

AGENT = Kind("AgentRun", spec=REWORDED, status=ORDER)
FLOW = Kind("FlowRun", spec=REWORDED)
SUBJECT = "AgentRun.status.callbackToken"
# A family in which every rule that looks further finds something, with copies and strangers.
FAMILY = [
    AGENT,
    FLOW,
    replace(AGENT, spec=f"{REWORDED} The same."),
    replace(FLOW, spec=ORDER),
    replace(FLOW, spec=OTHER),
    replace(AGENT, status=f"{ORDER}\nspecstat: purpose=instruction"),
    Kind("JobRun", status=ORDER),
    Kind("JobRun", status=REWORDED),
    Kind("TaskRun", spec=ORDER),
    Kind("TaskRun", spec=ORDER, group="other.example.com"),
    Kind("Load", spec="Number of rows that were refused up to now.", field="rowsRejected"),
    Kind("Move", status="Number of rows that were refused up to now.", field="rowsRejected"),
]


def message(name: str, *fields: str) -> str:
    """A message with a field and, where it is described, the token that is looked for."""
    told = "".join(f"  // {text}\n  string callback_token = 2;\n" for text in fields if text)
    return f"message {name} {{\n  // What to work on.\n  string input = 1;\n{told}}}\n"


def holder(name: str) -> str:
    """A resource whose spec and status are messages of their own."""
    halves = f"{name}Spec spec = 2; {name}Status status = 3;"
    return f"message {name} {{ string metadata = 1; {halves} }}\n"


def imports(path: str) -> str:
    return f'import "acme/{path}";\n'


DECLARED = f"{ORDER}\n  // specstat: purpose=instruction"
# Protos of one family: whole, over files that import each other, as halves that nothing contains.
PROTOS = {
    "agent/v1/api.proto": holder("Agent")
    + message("AgentSpec", REWORDED)
    + message("AgentStatus", ORDER),
    "flow/v1/api.proto": imports("flow/v1/spec.proto") + holder("Flow") + message("FlowStatus"),
    "flow/v1/spec.proto": message("FlowSpec", ORDER),
    "job/v1/status.proto": message("JobStatus", ORDER),
    "job/v1/spec.proto": message("JobSpec"),
    "task/v1/status.proto": message("TaskStatus", DECLARED),
    "task/v1/api.proto": imports("task/v1/status.proto")
    + holder("Task")
    + message("TaskSpec", OTHER),
}


EVERYTHING = Settings()


def run(paths: Iterable[str], settings: Settings = EVERYTHING) -> tuple[Diagnostic, ...]:
    return lint([Found(path, named=True) for path in paths], settings).diagnostics


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Each kind of the family in a file of its own, and the protos."""
    folder = tmp_path_factory.mktemp("family")
    (folder / ".git").mkdir()
    paths = [folder / f"{number:02}.json" for number in range(len(FAMILY))]
    for path, kind in zip(paths, FAMILY, strict=True):
        path.write_bytes(kind.text())
    for name, text in PROTOS.items():
        path = folder / "acme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        package = ".".join(["acme", *name.split("/")[:-1]])
        path.write_text(f'syntax = "proto3";\npackage {package};\n{text}', "utf-8")
        paths.append(path)
    return list(map(str, paths))


# The law


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_in_a_family_more_files_only_add(family: list[str], data: st.DataObject) -> None:
    many = data.draw(st.lists(st.sampled_from(family), unique=True, min_size=1))
    few = data.draw(st.lists(st.sampled_from(many), unique=True))

    assert breaches(run(few), run(many)) == []


@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_in_fixtures_more_files_only_add(data: st.DataObject) -> None:
    many = data.draw(st.lists(st.sampled_from(SHIPPED), unique=True, max_size=12))
    few = data.draw(st.lists(st.sampled_from(many), unique=True)) if many else []

    assert breaches(run(few), run(many)) == []


def test_in_real_groups_more_files_only_add() -> None:
    groups = [g for g in sorted(CORPUS.glob("*")) if len(list(g.glob("*.yaml"))) > 5]
    if not groups:
        pytest.skip(f"no corpus of real CRDs in {CORPUS}")
    chance = random.Random(7)  # noqa: S311 - the same files every time, no secret
    for group in chance.sample(groups, min(8, len(groups))):
        files = sorted(map(str, group.glob("*.yaml")))
        many = chance.sample(files, min(12, len(files)))
        few = many[: len(many) // 2]
        assert breaches(run(few), run(many)) == [], group


def test_the_family_shows_what_the_law_is_about(family: list[str]) -> None:
    alone = [d for path in family for d in run([path])]
    every = run(family)

    assert loudness(tuple(alone), "SS105") == {}
    assert set(loudness(every, "SS105")) >= {"JobRun.status.callbackToken"}
    assert {d.severity for d in alone if d.code == "SS107"} == {Severity.INFO}
    assert Severity.ERROR in {d.severity for d in every if d.code == "SS107"}
    assert ("Agent.status.callback_token", "error") in loudness(every, "SS107").items()
    for name in ("Job", "Task"):
        assert f"{name}.status.callback_token" in {d.subject for d in every}


# One resource, several files


def test_a_copy_of_a_resource_does_not_confirm_it(tmp_path: Path) -> None:
    without = Kind("AgentRun", spec=REWORDED)

    assert loudness(together(tmp_path, AGENT, without, AGENT), "SS107") == {SUBJECT: "info"}


def test_another_version_of_a_resource_does_not_confirm_it(tmp_path: Path) -> None:
    older = Kind("AgentRun", spec=REWORDED).text().replace(b'"v1"', b'"v1beta1"')
    for name, text in (("a.json", AGENT.text()), ("b.json", older)):
        (tmp_path / name).write_bytes(text)

    diagnostics = run([str(tmp_path / "a.json"), str(tmp_path / "b.json")], PLACEMENT)

    assert loudness(diagnostics, "SS107") == {SUBJECT: "info"}


def test_copies_are_told_once_and_name_each_relative_once(tmp_path: Path) -> None:
    (finding,) = together(tmp_path, AGENT, FLOW, AGENT, FLOW, replace(FLOW, name="JobRun"))

    assert [Path(place.file).name for place in finding.copies] == ["2.json"]
    assert [(o.subject, Path(o.location.file).name) for o in finding.elsewhere] == [
        ("AgentRun.spec.callbackToken", "0.json"),
        ("FlowRun.spec.callbackToken", "1.json"),
        ("JobRun.spec.callbackToken", "4.json"),
    ]


def test_what_only_one_of_two_copies_says_is_not_lost_with_the_other(tmp_path: Path) -> None:
    other = "The number that callers must hand over when they knock. They have to know it by heart."
    one, alike = Kind("JobRun", status=other), Kind("JobRun", status=ORDER)
    for number, kind in enumerate((one, alike, Kind("TaskRun", spec=ORDER))):
        (tmp_path / f"{number}.json").write_bytes(kind.text())
    paths = [str(tmp_path / f"{number}.json") for number in range(3)]

    few, many = run(paths[1:], PLACEMENT), run(paths, PLACEMENT)

    assert [d.also for d in few] == [("SS105",)]
    assert breaches(few, many) == []


def test_kinds_that_share_the_message_of_a_field_are_told_each(tmp_path: Path) -> None:
    (agent,) = together(tmp_path, Kind("JobRun", status=ORDER))
    other = replace(
        agent, fingerprint="0" * 16, resource=ResourceRef("example.com", "v1", "TaskRun")
    )

    assert list(told_once([agent, other])) == [agent, other]
    assert list(told_once([agent, other, agent])) == [agent, other]


# The order of files, and what is kept of them


def test_the_order_of_files_does_not_matter(family: list[str]) -> None:
    some = [family[number] for number in (0, 1, 6, 8)]

    results = [run(order) for order in itertools.permutations(some)]

    assert len(results[0]) > 1
    assert all(result == results[0] for result in results)


def test_a_finding_is_told_within_that_of_its_own_file(tmp_path: Path) -> None:
    alone = together(tmp_path, Kind("JobRun", status=ORDER))
    both = together(tmp_path, Kind("JobRun", status=ORDER), Kind("TaskRun", spec=ORDER))

    assert [(d.code, d.also) for d in alone] == [("SS101", ())]
    assert [(d.code, d.also) for d in both] == [("SS101", ("SS105",))]
    assert [d.elsewhere for d in alone] == [()]
    assert [e.subject for d in both for e in d.elsewhere] == ["TaskRun.spec.callbackToken"]


def test_what_is_kept_survives_pickling_and_holds_no_text() -> None:
    report = check_file("a.json", AGENT.text(), Settings())
    flow = check_file("b.json", FLOW.text(), Settings())

    kept = pickle.dumps((report.nominations, report.sightings, flow.sightings))

    assert report.nominations
    assert flow.sightings
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301 - just pickled here
    assert b"activity" not in pickle.dumps(flow.sightings)
    assert len(kept) < 10_000


def test_without_rules_that_look_further_nothing_is_kept() -> None:
    off = Settings(levels_of((), ["SS105", "SS107"]))

    report = check_file("a.json", FLOW.text(), off)

    assert (report.nominations, report.sightings) == ((), ())


# Faults


def test_a_rule_that_fails_while_comparing_is_told_and_takes_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def confirm(own: Sighting, other: Sighting) -> Severity | None:
        raise ValueError(f"{own.kind} and {other.kind} broke it")

    monkeypatch.setattr(ss107, "confirm", confirm)

    told = {d.code: d for d in together(tmp_path, AGENT, FLOW)}

    assert set(told) == {"SS000", "SS107"}
    assert told["SS000"].fatal
    for part in (SUBJECT, "SS107", "ValueError", "AgentRun and FlowRun broke it"):
        assert part in told["SS000"].message
    assert told["SS107"].severity is Severity.INFO
