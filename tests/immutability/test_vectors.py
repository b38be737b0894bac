"""The published test vectors of the hash, and a second implementation of it in Go."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specstat.immutability.cells import cells_of
from specstat.immutability.equality.digest import canonical_form, cell_of, digest, names
from specstat.immutability.language.reading import of_values
from specstat.immutability.schema import of_openapi
from tests.conformance.building import UnavailableError, give_up
from tests.conformance.crds import fields
from tests.immutability.pairs import values
from tests.immutability.test_equality import CAREFULLY, SCHEMAS

ROOT = Path(__file__).parents[2]
FILE = ROOT / "fixtures" / "immutability" / "vectors.jsonl"
VECTORS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
PROGRAM = ROOT / "tests" / "conformance" / "hash"
POLICIES: dict[str, tuple[dict[str, Any], ...]] = {
    "scalars": ({"default": "immutable"}, {"immutable": {"spec.at": "set-once"}}),
    "lists": (
        {"immutable": ["spec"], "mutable": ["spec.steps[].args", "spec.groups[].at"]},
        {"immutable": ["spec.zones[].grace", "spec.tags[]", "spec.groups[].at"]},
    ),
    "maps": ({"immutable": ["spec.deep{}{}.at", "spec.env"], "mutable": ["spec.env.a"]},),
    "defaults": ({"default": "immutable"}, {"immutable": ["spec.items[].size", "spec.inner"]}),
    "loose": ({"immutable": ["spec"]}, {"immutable": ["spec.bags"], "mutable": ["spec.bags.a"]}),
}


def answer(vector: dict[str, Any]) -> dict[str, Any]:
    """What a vector gives."""
    schema, value = of_openapi(vector["schema"]), vector["object"]
    cells = cells_of(of_values({"kind": "example.org/Knot", **vector["policy"]}), schema)
    return {
        "name": vector["name"],
        "fields": list(names(value, cells, schema)),
        "canonical": canonical_form(value, cells, schema),
        "sha256": digest(value, cells, schema),
    }


def answers_of_go(vectors: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What vectors give in Go; skips where there is no Go, fails where CI has none."""
    go = shutil.which("go")
    if go is None:
        reason = (
            "Go is not installed, so the second implementation of the hash was not asked; "
            "install Go 1.21 or later to run this test"
        )
        give_up(UnavailableError(reason), os.environ)
    done = subprocess.run(
        [go, "run", "."],
        cwd=PROGRAM,
        input="\n".join(map(json.dumps, vectors)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.rstrip("\n").split("\n")]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["name"])
def test_the_canonical_text_and_hash_are_as_published(vector: dict[str, Any]) -> None:
    found = answer(vector)
    assert found == {name: vector[name] for name in found}
    assert hashlib.sha256(vector["canonical"].encode()).hexdigest() == vector["sha256"]
    # A record names its fields; hashing by the names gives the same.
    schema = of_openapi(vector["schema"])
    named = [cell for name in vector["fields"] if (cell := cell_of(name, schema))]
    assert digest(vector["object"], named, schema) == vector["sha256"]


def test_spellings_of_one_object_have_one_hash() -> None:
    same = [v for v in VECTORS if v["name"].startswith("same as ") or "same as before" in v["name"]]
    assert len(same) == 5
    for vector in same:
        before = VECTORS[VECTORS.index(vector) - 1]
        assert before["object"] != vector["object"]
        assert (before["schema"], before["sha256"]) == (vector["schema"], vector["sha256"])


def test_a_program_written_from_the_documentation_matches_all_vectors() -> None:
    for vector, found in zip(VECTORS, answers_of_go(VECTORS), strict=True):
        assert found == {name: vector[name] for name in found}


def test_without_go_it_is_skipped_with_a_sentence_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="install Go 1"):
        answers_of_go(VECTORS)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="install Go 1"):
        answers_of_go(VECTORS)


@st.composite
def vectors(draw: st.DrawFn) -> dict[str, Any]:
    name, policy = draw(st.sampled_from([(n, p) for n, each in POLICIES.items() for p in each]))
    spec = SCHEMAS[name]
    value = {"spec": values(draw, spec)}
    return {"name": name, "policy": policy, "schema": fields(spec=spec), "object": value}


def test_a_program_written_from_the_documentation_matches_random_objects() -> None:
    made: list[dict[str, Any]] = []

    @settings(CAREFULLY, max_examples=400)
    @given(vectors())
    def make(vector: dict[str, Any]) -> None:
        made.append(vector)

    make()
    assert len({answer(vector)["sha256"] for vector in made}) > 100
    for vector, found in zip(made, answers_of_go(made), strict=True):
        assert found == answer(vector), vector
