"""A policy is found, read, compiled against the CRD of its kind, and refused where it can't be."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from specstat.immutability import Policy, PolicyError
from specstat.immutability.language import finding
from specstat.immutability.paths import text_of
from specstat.immutability.schema import UNKNOWN_KIND

CORPUS = Path(__file__).parents[2].parent / "shared/corpus/crds/agents.proompteng.ai/agentruns.yaml"
TEXT = "kind: press.io/Print\nimmutable: [spec.paper]\nrecord: status.specHash\n"


def crd(
    kind: str = "Print", group: str = "press.io", status: dict[str, Any] | None = None
) -> dict[str, Any]:
    spec = {"paper": {"type": "string"}, "pages": {"type": "array", "items": {"type": "string"}}}
    root = {
        "spec": {"type": "object", "properties": spec},
        "status": {
            "type": "object",
            "properties": {"specHash": {"type": "string"}, **(status or {})},
        },
    }
    schema = {"openAPIV3Schema": {"type": "object", "properties": root}}
    return {
        "kind": "CustomResourceDefinition",
        "spec": {
            "group": group,
            "names": {"kind": kind},
            "versions": [
                {"name": "v1", "served": True, "storage": True, "schema": schema},
                {"name": "v2", "served": True, "storage": False, "schema": schema},
            ],
        },
    }


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.yaml").write_text(TEXT, "utf-8")
    return tmp_path


def complaint(*arguments: Any, **options: Any) -> str:  # noqa: ANN401 - as of load
    with pytest.raises(PolicyError) as caught:
        Policy.load(*arguments, **options)
    return str(caught.value)


def test_a_file_is_compiled_against_a_crd(here: Path) -> None:
    policy = Policy.load(here / "p.yaml", crd())

    assert [text_of(cell.path) for cell in policy.cells] == ["spec.paper"]
    assert policy.cells[0].schema.type == "string"
    assert policy.version == "v1"
    assert Policy.load("p.yaml", crd(), "v2").version == "v2"


def test_without_a_crd_values_are_compared_as_they_are_written(here: Path) -> None:
    policy = Policy.load("p.yaml")

    assert policy.schema is UNKNOWN_KIND
    assert policy.version == ""
    assert [text_of(cell.path) for cell in policy.cells] == ["spec.paper"]
    assert here.is_dir()


def test_the_crd_that_a_policy_names_lies_beside_it(here: Path) -> None:
    (here / "crds").mkdir()
    (here / "deep").mkdir()
    (here / "deep/p.yaml").write_text(TEXT + "crd: ../crds/print.yaml\n", "utf-8")

    told = complaint("deep/p.yaml")
    assert told.startswith(
        "deep/p.yaml:4:1: there is no file ../crds/print.yaml; it is looked for at"
    )
    (here / "crds/print.yaml").write_text(json.dumps(crd()), "utf-8")
    assert Policy.load("deep/p.yaml").version == "v1"


def test_the_group_is_that_of_the_crd() -> None:
    policy = Policy.load({"kind": "Print", "default": "immutable"}, crd())

    assert policy.terms.group == "press.io"


def test_a_kind_that_is_not_there_is_told_with_those_that_are(here: Path) -> None:
    (here / "crd.yaml").write_text("kind: ConfigMap\n---\nkind: 3\n", "utf-8")

    assert complaint("p.yaml", crd("Other")) == (
        "the CRD: no kind press.io/Print, the kind of the policy print; there is press.io/Other"
    )
    assert complaint("p.yaml", "crd.yaml").endswith("there is no CRD")
    (here / "p.yaml").write_text(f"{TEXT}crd: crd.yaml\n", "utf-8")
    assert "the kind of the policy print (p.yaml:1:1); there is no CRD" in complaint("p.yaml")


def test_a_kind_of_two_groups_needs_its_group(here: Path) -> None:
    both = f"{json.dumps(crd())}\n---\n{json.dumps(crd(group='other.io'))}\n"
    (here / "crd.yaml").write_text(both, "utf-8")

    told = complaint({"kind": "Print", "default": "immutable"}, "crd.yaml")
    assert "2 kinds named Print" in told
    assert told.endswith("there is press.io/Print, other.io/Print")


def test_a_list_of_definitions_is_looked_through(here: Path) -> None:
    listed = {"kind": "List", "items": [crd("Other"), crd()]}
    (here / "crd.yaml").write_text(json.dumps(listed), "utf-8")

    assert Policy.load("p.yaml", "crd.yaml").version == "v1"


def test_a_field_that_is_not_there_is_refused_with_what_was_meant(here: Path) -> None:
    (here / "p.yaml").write_text("kind: Print\nimmutable: [spec.papr]\n", "utf-8")

    assert complaint("p.yaml", crd()) == (
        "p.yaml:2:13: spec.papr names no field (Print v1 in the CRD); did you mean spec.paper?"
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"immutable": ["spec.pages.x"]}, "write spec.pages[].x to reach into spec.pages"),
        ({"immutable": ["spec.paper[]"]}, "spec.paper is of type string; take [] out"),
        ({"immutable": {"spec.paper": "append-only"}}, "append-only is for lists and maps"),
        (
            {"immutable": ["spec.pages"], "mutable": ["spec.pages[]"]},
            "spec.pages is immutable, and all of it is left open under mutable",
        ),
        ({"record": "status.hash"}, "is no field that could hold the hash"),
        ({"record": "status.count"}, "is of type integer, which holds no record"),
        ({"record": "status.short"}, "takes 64 characters at most"),
    ],
)
def test_what_does_not_fit_the_schema_is_refused(said: dict[str, Any], told: str) -> None:
    status = {"count": {"type": "integer"}, "short": {"type": "string", "maxLength": 64}}

    assert told in complaint({"kind": "Print", "default": "immutable", **said}, crd(status=status))


def test_a_version_that_is_not_there_is_told(here: Path) -> None:
    assert complaint("p.yaml", crd(), "v3") == ("the CRD: the CRD has no version v3; it has v1, v2")
    assert here.is_dir()


def test_of_several_policies_one_is_chosen_by_name_or_kind(here: Path) -> None:
    text = "name: a\nkind: A\ndefault: immutable\n---\nname: b\nkind: B\ndefault: immutable\n"
    (here / "p.yaml").write_text(text, "utf-8")

    assert Policy.load("p.yaml", name="b").terms.kind == "B"
    assert Policy.load("p.yaml", name="A").terms.name == "a"
    assert complaint("p.yaml") == "p.yaml: 2 policies; say which (--name): a (A), b (B)"
    assert complaint("p.yaml", name="c").startswith("p.yaml: no policy c; name one of these: a (A)")


def test_a_policy_that_is_nowhere_is_told_with_the_packaged_ones(here: Path) -> None:
    assert complaint("nope") == (
        "there is no policy nope; name a file, or one that comes with specstat: "
        "agentrun, agentrun-strict"
    )
    assert complaint(".").startswith(". is no file")
    assert here.is_dir()


def test_broken_crds_are_told_with_their_place(here: Path) -> None:
    (here / "crd.yaml").write_text("kind: CustomResourceDefinition\nspec: [", "utf-8")

    assert complaint("p.yaml", "crd.yaml").startswith("crd.yaml:2:")


def test_the_packaged_policies_read_the_document_by_the_letter_and_strictly() -> None:
    letter, strict = (Policy.load(name) for name in finding.packaged())

    assert len(letter.terms.fixed) == 10
    assert not letter.terms.default_fixed
    assert ("spec", "workflow", "steps") in [cell.path for cell in letter.cells]
    assert strict.terms.default_fixed
    assert [n.path for n in strict.terms.open] == [("spec", "ttlSecondsAfterFinished")]
    assert letter.terms.locked_when == strict.terms.locked_when


def test_the_packaged_policies_fit_the_real_kind() -> None:
    if not CORPUS.exists():
        pytest.skip("the corpus is not here")

    letter, strict = (Policy.load(name, CORPUS) for name in finding.packaged())
    assert len(letter.cells) == 10
    assert ("spec", "parameters") not in [cell.path for cell in letter.cells]
    assert ("spec", "parameters") in [cell.path for cell in strict.cells]
    assert ("spec", "ttlSecondsAfterFinished") not in [cell.path for cell in strict.cells]


def test_verify_and_hash_are_at_hand() -> None:
    policy = Policy.load({"kind": "Print", "immutable": ["spec.paper"]}, crd())
    old, new = ({"metadata": {"uid": "u"}, "spec": {"paper": p}} for p in ("a", "b"))

    assert policy.verify(old, old).allowed
    assert not policy.verify(old, new).allowed
    assert policy.hash(old) != policy.hash(new)
    assert len(policy.hash(old)) == 64


def test_decide_is_at_hand() -> None:
    policy = Policy.load({"kind": "Print", "immutable": ["spec.paper"]}, crd())
    new = {"metadata": {"name": "p", "generation": 1}, "spec": {"paper": "a"}}

    assert policy.decide(new, now=datetime(2030, 1, 1, tzinfo=UTC)).outcome.value == "allow"


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"required": 5}, "the CRD: required of v1 is no list"),
        ({"enum": "a"}, "the CRD: enum of v1 is no list"),
        ({"properties": {"spec": 3}}, "the CRD: v1.spec is no mapping"),
    ],
)
def test_a_schema_of_another_shape_is_refused(broken: dict[str, Any], told: str) -> None:
    definition = crd()
    definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"] |= broken

    assert complaint({"kind": "Print", "default": "immutable"}, definition) == told
