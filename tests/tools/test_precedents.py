"""The builder of the index of precedents: bare facts in, the same bytes out."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from specstat.judge.precedent_index import SHIPPED
from tools.precedents import (
    AUTHORED,
    KUBERNETES,
    Authored,
    Fact,
    authored,
    build,
    main,
    of_corpus,
    of_kubernetes,
)

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
NOTHING = Authored()


def row(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - values of JSON
    row = {"resource": "a.example/Bed_v1", "group": "a.example", "family": "a", "type": "string"}
    return row | {"section": "spec", "name": "soil", "in_both": False} | more


def stored(path: Path, columns: str = "kind, section, name") -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {columns} FROM field ORDER BY id").fetchall()  # noqa: S608 - our own columns


def built(path: Path, rows: Iterable[dict[str, Any]]) -> list[tuple[Any, ...]]:
    build(path, of_corpus(rows), NOTHING)
    return stored(path)


def test_near_copies_of_one_project_count_once(tmp_path: Path) -> None:
    copies = [row(), row(resource="b.example/Border_v1"), row(name="Soil"), row(section="status")]

    assert built(tmp_path / "i", [*copies, row(family="b", resource="c/Patch_v1")]) == [
        ("Bed", "spec", "Soil"),
        ("Bed", "status", "soil"),
        ("Patch", "spec", "soil"),
    ]


def test_fields_in_both_sections_and_cloud_providers_are_left_out(tmp_path: Path) -> None:
    rows = [row(in_both=True), row(family="upbound.io"), row(family="services.k8s.aws")]

    assert built(tmp_path / "i", rows) == []


def test_a_type_is_the_first_that_is_known(tmp_path: Path) -> None:
    rows = [row(type=["null", "array"]), row(name="b", type="any"), row(name="c", type=None)]
    built(tmp_path / "i", rows)

    assert stored(tmp_path / "i", "name, type") == [("b", ""), ("c", ""), ("soil", "array")]


def test_kubernetes_kinds_with_both_sections_are_read_once() -> None:
    def kind(name: str, version: str, **sections: str) -> dict[str, Any]:
        properties = {s: {"$ref": f"#/definitions/{d}"} for s, d in sections.items()}
        known = {"group": "garden", "kind": name, "version": version}
        return {"properties": properties, "x-kubernetes-group-version-kind": [known]}

    facts = of_kubernetes(
        {
            "definitions": {
                "BedSpec": {"properties": {"rows": {"$ref": "#/definitions/Count"}, "x": {}}},
                "BedSpecOld": {"properties": {"rows": {"type": "string"}}},
                "BedStatus": {"properties": {"x": {"type": "boolean"}}},
                "Count": {"type": "string", "format": "int-or-string"},
                "v1.Bed": kind("Bed", "v1", spec="BedSpec", status="BedStatus"),
                "v1beta1.Bed": kind("Bed", "v1beta1", spec="BedSpecOld", status="BedStatus"),
                "v1.Hose": kind("Hose", "v1", spec="BedSpec"),
            }
        }
    )

    assert list(facts) == [
        Fact(KUBERNETES, "garden", "Bed", "spec", "rows", "int-or-string"),
        Fact(KUBERNETES, "garden", "Bed", "spec", "x", "", in_both=True),
        Fact(KUBERNETES, "garden", "Bed", "status", "x", "boolean", in_both=True),
    ]


def test_the_same_facts_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    facts = [Fact(f"p{n % 7}", "g", f"K{n}", "spec", f"name{n % 50}", "string") for n in range(500)]
    shuffled = random.Random(1).sample(facts, len(facts))  # noqa: S311 - any order will do
    build(tmp_path / "a", facts, NOTHING)
    build(tmp_path / "b", shuffled, NOTHING)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_what_is_told_of_no_field_is_an_error(tmp_path: Path) -> None:
    told = Authored(fields={"Bed.spec.soil": {"reason": "what to grow in"}})

    with pytest.raises(ValueError, match=r"Kubernetes has no Bed\.spec\.soil; correct"):
        build(tmp_path / "i", [], told)


def test_a_corpus_that_is_missing_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), "--out", str(tmp_path / "i")]) == 1
    assert "kubernetes-swagger.json.gz" in capsys.readouterr().err


def test_reasons_are_short_and_patterns_can_match() -> None:
    fields = authored().fields

    assert AUTHORED.exists()
    for path, entry in fields.items():
        assert entry.keys() <= {"reason", "alike", "unlike"}, path
        assert 1 < len(entry["reason"]) <= 60, path
        section = path.split(".")[1]
        assert section in {"spec", "status"}, path
        assert section not in entry.get("unlike", "").split("."), f"{path} in its own section"
        for pattern in entry.get("alike", ()):
            assert re.fullmatch(r"([a-z]+ )*([a-z]+|\*)( [a-z]+)*", pattern), f"{path}: {pattern}"


def test_the_shipped_index_tells_what_people_wrote() -> None:
    fields = authored().fields
    with closing(sqlite3.connect(f"{SHIPPED.as_uri()}?immutable=1", uri=True)) as connection:
        place = "SELECT f.kind || '.' || f.section || '.' || f.name,"
        reasons = connection.execute(f"{place} reason FROM told JOIN field f ON f.id = field")
        told = dict(reasons.fetchall())
        patterns = connection.execute(f"{place} pattern FROM pattern JOIN field f ON f.id = field")
        alike = set(patterns.fetchall())

    assert told == {path: entry["reason"] for path, entry in fields.items()}, "build it anew"
    assert alike == {(path, p) for path, entry in fields.items() for p in entry.get("alike", ())}


def corpus() -> Path:
    if not (CORPUS / "fields.jsonl.gz").exists():
        pytest.skip(f"no corpus of fields in {CORPUS}")
    return CORPUS


def test_the_shipped_index_is_what_the_corpus_gives(tmp_path: Path) -> None:
    out = tmp_path / "index.sqlite"

    assert main([str(corpus()), "--out", str(out)]) == 0
    # Bytes 96 to 99 of a database tell the version of SQLite that wrote it.
    made, shipped = out.read_bytes(), SHIPPED.read_bytes()
    if made[96:100] != shipped[96:100]:
        everything = "words, ending, name, type, section, kind, grp, project, rank, counted"
        assert stored(out, everything) == stored(SHIPPED, everything)
    else:
        assert made == shipped, "run `python tools/precedents.py ../shared/corpus`"


def test_projects_can_be_left_out(tmp_path: Path) -> None:
    out, without = tmp_path / "index.sqlite", tmp_path / "without.txt"
    without.write_text("openshift.io\ncoreos.com\n", encoding="utf-8")

    assert main([str(corpus()), "--out", str(out), "--without", str(without)]) == 0
    groups = {group for (group,) in stored(out, "grp")}
    assert not {g for g in groups if g.endswith(("openshift.io", "coreos.com"))}
    assert {g for (g,) in stored(SHIPPED, "grp") if g.endswith("openshift.io")}
