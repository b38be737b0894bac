"""Precedents: shown only where they are really alike, from an index that is never written to."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from specstat.judge import precedents
from specstat.judge.precedent_index import SHIPPED
from specstat.judge.precedents import matches, nearest
from specstat.judge.verdict import judge
from specstat.judge.words import split
from specstat.model.directives import in_description
from specstat.model.precedent import NONE, Elsewhere, Precedent, Precedents
from specstat.model.resource import Field, Section
from tools.precedents import KUBERNETES, Authored, Fact, build

SPEC, STATUS = Section.SPEC, Section.STATUS
TOLD = Authored(
    kinds=("Bed",),
    well_known=frozenset({"orchard"}),
    fields={
        "Bed.spec.rows": {"reason": "how many to sow", "unlike": "Bed.status.grown"},
        "Bed.status.grown": {"reason": "how many came up"},
        "Bed.spec.sowTime": {"reason": "when to sow", "alike": ["* time"]},
    },
)
FACTS = (
    Fact(KUBERNETES, "", "Bed", "spec", "rows", "integer"),
    Fact(KUBERNETES, "", "Bed", "status", "grown", "integer"),
    Fact(KUBERNETES, "", "Bed", "spec", "sowTime", "string"),
    Fact(KUBERNETES, "", "Patch", "spec", "waterHoseName", "string"),
    *(Fact(f"p{n}", f"p{n}.example", "Plot", "spec", "wateringPlan", "object") for n in range(3)),
    Fact("orchard", "orchard.example", "Orchard", "spec", "wateringPlan", "object"),
    Fact("p3", "p3.example", "Lot", "status", "watering_plan", "object"),
    Fact("p1", "p1.example", "Plot", "status", "soil", "string"),
    Fact("p2", "p2.example", "Plot", "status", "soil", "string"),
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "tiny.sqlite"
    build(path, FACTS, TOLD)
    return path


def paths(found: Iterable[Precedent]) -> list[str]:
    return [precedent.path for precedent in found]


def test_kubernetes_own_field_comes_first_with_its_counterpart(tiny: Path) -> None:
    found = nearest(("rows",), "integer", SPEC, path=tiny)

    assert found.like == (Precedent("Bed", "", SPEC, "rows", "how many to sow", builtin=True),)
    assert paths(found.unlike) == ["Bed.status.grown"]


def test_kubernetes_own_field_of_the_other_section_is_unlike(tiny: Path) -> None:
    found = nearest(("rows",), "", STATUS, path=tiny)

    assert found.like == ()
    assert paths(found.unlike) == ["Bed.spec.rows"]


def test_a_field_of_another_type_is_not_alike(tiny: Path) -> None:
    assert nearest(("rows",), "boolean", SPEC, path=tiny) == NONE
    assert paths(nearest(("rows",), "int-or-string", SPEC, path=tiny).like) == ["Bed.spec.rows"]
    assert paths(nearest(("rows",), "garden.Rows", SPEC, path=tiny).like) == ["Bed.spec.rows"]


def test_a_pattern_that_people_wrote_makes_names_alike(tiny: Path) -> None:
    assert paths(nearest(("reap", "time"), "string", SPEC, path=tiny).like) == ["Bed.spec.sowTime"]
    assert nearest(("reap", "day"), "string", SPEC, path=tiny) == NONE


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("longWaterHoseName", True),
        ("hoseName", True),
        ("waterName", False),  # of the water, not of the hose
        ("name", False),
        ("gardenShedDoorHoseName", False),  # too little in common
    ],
)
def test_names_are_alike_if_they_end_alike_and_share_most(
    tiny: Path, name: str, *, alike: bool
) -> None:
    found = nearest(split(name), "string", SPEC, path=tiny)

    assert paths(found.like) == (["Patch.spec.waterHoseName"] if alike else [])


def test_snake_case_and_camel_case_are_one_name(tiny: Path) -> None:
    found = nearest(split("watering_plan"), "", SPEC, path=tiny)

    assert found == nearest(split("wateringPlan"), "", SPEC, path=tiny)
    assert found.elsewhere == Elsewhere(SPEC, agree=4, of=5)


def test_the_better_known_project_stands_for_all(tiny: Path) -> None:
    assert paths(nearest(("watering", "plan"), "", SPEC, path=tiny).like) == [
        "Orchard.spec.wateringPlan"
    ]


def test_where_most_projects_disagree_no_single_one_is_like(tiny: Path) -> None:
    found = nearest(("watering", "plan"), "", STATUS, path=tiny)

    assert found == Precedents(elsewhere=Elsewhere(SPEC, agree=4, of=5))


def test_a_second_precedent_says_what_it_is_for() -> None:
    found = nearest(("phase",), "string", STATUS)

    assert paths(found.like) == ["Pod.status.phase"]  # Node has one, too


def test_two_projects_are_no_habit(tiny: Path) -> None:
    found = nearest(("soil",), "", STATUS, path=tiny)

    assert paths(found.like) == ["Plot.status.soil"]
    assert found.elsewhere is None


def test_a_published_kind_is_no_precedent_for_itself(tiny: Path) -> None:
    assert nearest(("soil",), "", STATUS, kind="Plot", path=tiny) == NONE
    assert paths(nearest(("rows",), "", SPEC, kind="Bed", path=tiny).like) == ["Bed.spec.rows"]


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("last * time", "lastSyncTime", True),
        ("last * time", "lastFullSyncTime", True),
        ("last * time", "lastTime", False),
        ("last * time", "lastSyncTimes", False),
        ("max *", "maxSurge", True),
        ("max *", "max", False),
        ("* phase", "phase", False),
        ("start time", "startTime", True),
        ("start time", "restartTime", False),
    ],
)
def test_a_star_in_a_pattern_is_a_word_or_more(pattern: str, name: str, *, fits: bool) -> None:
    assert matches(pattern.split(), split(name)) is fits


# Analogies by purpose


@pytest.mark.parametrize(
    ("said", "like", "unlike"),
    [
        ("purpose=instruction", "Pod.spec.nodeName", "Pod.status.podIP"),
        ("purpose=observation", "Pod.status.podIP", "Pod.spec.nodeName"),
    ],
)
def test_what_a_system_sets_is_like_what_kubernetes_sets(
    tiny: Path, said: str, like: str, unlike: str
) -> None:
    field = declared("A gizmo. Generated by the system.", said)

    found = precedents.of(field, judge(field), path=tiny)

    assert (paths(found.like), paths(found.unlike)) == ([like], [unlike])


@pytest.mark.parametrize("description", ["A gizmo.", "A gizmo. Provided by the user."])
def test_without_a_system_there_is_no_analogy_by_purpose(tiny: Path, description: str) -> None:
    field = declared(description, "purpose=instruction")

    assert precedents.of(field, judge(field), path=tiny) == NONE


def declared(description: str, words: str) -> Field:
    directive = in_description(f"specstat: {words}")
    assert directive
    return Field(name="gizmo", description=description, declared=directive.declared)


def test_the_objects_own_identity_has_no_precedents(tiny: Path) -> None:
    field = declared("A gizmo. Generated by the system.", "purpose=identity")

    assert precedents.of(field, judge(field), path=tiny) == NONE


# The file


def test_the_index_is_never_locked_and_nothing_is_written_beside_it(
    tiny: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(tiny, tmp_path))
    path.chmod(0o444)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        before = sorted(tmp_path.iterdir())
        found = nearest(("rows",), "", SPEC, path=path)

        assert paths(found.like) == ["Bed.spec.rows"]
        assert sorted(tmp_path.iterdir()) == before


def test_an_index_in_a_folder_with_marks_of_addresses_is_found(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c %20 é"
    folder.mkdir()

    assert nearest(("rows",), "", SPEC, path=Path(shutil.copy(tiny, folder))).like


@pytest.mark.parametrize("broken", ["missing", "empty", "text", "cut", "other form"])
def test_an_index_that_is_none_gives_no_precedents(tiny: Path, tmp_path: Path, broken: str) -> None:
    path = tmp_path / "index.sqlite"
    data = tiny.read_bytes()
    if broken == "other form":
        path.write_bytes(data)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA user_version = 999")
    elif broken != "missing":
        path.write_bytes({"empty": b"", "text": b"no database" * 999, "cut": data[:5000]}[broken])

    assert nearest(("rows",), "", SPEC, path=path) == NONE
    assert path.exists() is (broken != "missing")


@pytest.mark.parametrize("word", ["\udcff", "a\0b", "'; DROP TABLE field; --", "*", "?" * 10**6])
def test_a_name_of_any_signs_has_no_precedents(tiny: Path, word: str) -> None:
    assert nearest((word,), "", SPEC, path=tiny) == NONE
    assert nearest((word, word), word, SPEC, path=tiny) == NONE


def test_a_python_without_sqlite_has_no_precedents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlite3", None)

    assert nearest(("node", "name"), "", SPEC) == NONE


# What is shipped


def test_the_shipped_index_is_small() -> None:
    assert SHIPPED.stat().st_size <= 4_000_000


@pytest.mark.parametrize(
    ("name", "type_", "like", "unlike"),
    [
        ("nodeName", "string", "Pod.spec.nodeName", "Pod.status.nominatedNodeName"),
        ("replicas", "integer", "Deployment.spec.replicas", "Deployment.status.replicas"),
        ("max_retries", "integer", "Job.spec.backoffLimit", "Job.status.failed"),
        ("callback_token", "string", "TokenReview.spec.token", "TokenRequest.status.token"),
    ],
)
def test_the_shipped_index_knows_kubernetes_instructions(
    name: str, type_: str, like: str, unlike: str
) -> None:
    found = nearest(split(name), type_, SPEC)

    assert found.like[0].path == like
    assert paths(found.unlike) == [unlike]
    assert found.like[0].reason


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("podIP", "Pod.status.podIP"),
        ("lastSyncTime", "CronJob.status.lastScheduleTime"),
        ("retry_count", "Job.status.failed"),
        ("observedVersion", "Deployment.status.observedGeneration"),
        ("sync_phase", "Pod.status.phase"),
    ],
)
def test_the_shipped_index_knows_kubernetes_observations(name: str, like: str) -> None:
    assert nearest(split(name), "", STATUS).like[0].path == like


@pytest.mark.parametrize("section", [SPEC, STATUS])
def test_the_analogies_by_purpose_are_facts(section: Section) -> None:
    for told in precedents.BY_PURPOSE[section]:
        found = nearest(split(told.field), "string", told.section)

        assert told._replace(reason="") in [p._replace(reason="") for p in found.like]


def test_most_kinds_keep_conditions_in_status() -> None:
    elsewhere = nearest(("conditions",), "array", STATUS).elsewhere

    assert elsewhere
    assert elsewhere.section is STATUS
    assert 100 < elsewhere.agree <= elsewhere.of
