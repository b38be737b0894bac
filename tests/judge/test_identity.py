"""Identity: what ObjectMeta holds of this very object, and nobody else's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import specstat.judge
from specstat.judge.verdict import judge
from specstat.judge.words import split
from specstat.model.resource import Field, Section
from tests.judge.examples import section

DATA = Path(specstat.judge.__file__).parent / "data"
TABLE = json.loads((DATA / "identity.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("uid", "UID of this object, unique in time and space."),
        ("uid", "Unique identifier of the resource."),
        ("resourceVersion", ""),
        ("creationTimestamp", "When this object was created."),
        ("creation_timestamp", "Time at which the resource was created."),
        ("ownerReferences", ""),
    ],
)
def test_what_object_meta_holds_of_this_object_is_metadata(name: str, description: str) -> None:
    assert section(Field(name, description=description)) is Section.METADATA


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("uid", "UID of the user who made the request."),
        ("uid", "The requester's UID, as the authenticator gave it to the user."),
        ("uid", "UID of the claim that the volume is bound to."),
        ("creationTimestamp", "When the snapshot was taken on the storage system."),
        ("labels", "Labels to add to the pods."),
        ("userUid", ""),
        ("generationInterval", ""),
    ],
)
def test_what_is_another_objects_is_not(name: str, description: str) -> None:
    assert section(Field(name, description=description)) is not Section.METADATA


def test_the_answer_says_why_it_is_an_identity() -> None:
    verdict = judge(Field("resourceVersion"))

    assert any(a.word == "identity" and "ObjectMeta" in a.reason for a in verdict.answers)


def test_the_table_can_be_looked_up_and_gives_reasons() -> None:
    names = [row["name"] for row in TABLE["fields"]]

    assert len(set(names)) == len(names)
    for row in TABLE["fields"]:
        assert " ".join(split(row["name"].replace(" ", "_"))) == row["name"]
        assert 0 < row["probability"] < 1
        assert row["reason"].strip()


def test_no_phrase_speaks_for_this_object_and_for_another_one() -> None:
    assert set(TABLE["owner"]).isdisjoint(TABLE["other"])


def test_the_names_that_depend_can_be_looked_up_and_say_on_what() -> None:
    table = json.loads((DATA / "dependents.json").read_text(encoding="utf-8"))

    for name, reason in table.items():
        assert " ".join(split(name.replace(" ", "_"))) == name
        assert reason.startswith("spec if ")
        assert "; status if " in reason


def test_the_kind_tells_that_this_one_is_the_object_itself() -> None:
    uid = Field(name="uid", description="Uid of this volume claim.")

    assert judge(uid, kind="VolumeClaim").section is Section.METADATA
    assert judge(uid, kind="Grant").section is not Section.METADATA
