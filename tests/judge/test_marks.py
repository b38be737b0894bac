"""What a field has in common with its neighbours."""

from __future__ import annotations

import pytest

from specstat.judge import marks
from specstat.model.resource import Field


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vip", "vips"),
        ("podIPs", "pod_ip"),
        ("readyNodes", "ready-node"),
        ("policies", "policy"),
        ("classes", "class"),
    ],
)
def test_a_plural_has_the_stem_of_its_singular(one: str, other: str) -> None:
    assert marks.of(Field(one)).stem == marks.of(Field(other)).stem


@pytest.mark.parametrize("name", ["networkDataName", "currentNetworkData", "network_data_refs"])
def test_what_became_of_a_thing_has_the_core_of_the_thing(name: str) -> None:
    assert marks.of(Field(name)).core == ("network", "data")


@pytest.mark.parametrize("name", ["status", "address", "analysis", "os"])
def test_what_only_ends_like_a_plural_is_left_alone(name: str) -> None:
    assert marks.of(Field(name)).stem == (name,)


@pytest.mark.parametrize("name", ["name", "status", "currentStatus", "lastRef"])
def test_something_is_left_of_every_name(name: str) -> None:
    assert marks.of(Field(name)).core


@pytest.mark.parametrize(
    ("request_", "acknowledgement"),
    [
        ("restartAt", "restartedAt"),
        ("requestedReload", "lastHandledReload"),
        ("stop", "stoppedTime"),
        ("scale", "scaledAt"),
    ],
)
def test_a_request_and_its_acknowledgement_have_one_verb(
    request_: str, acknowledgement: str
) -> None:
    asked, done = marks.of(Field(request_)), marks.of(Field(acknowledgement))

    assert asked.asked == done.done != ()
    assert asked.done == done.asked == ()


def test_joining_words_are_shared_by_chance() -> None:
    assert marks.of(Field("timeOfRestart")).words == ("time", "restart")
    assert marks.of(Field("at")).words == ()


def test_who_sets_a_field_is_no_mark() -> None:
    plain = Field("size", description="Number of machines to keep.")
    told = Field("size", description="Set by the controller. Number of machines to keep.")

    assert marks.of(told).prose == marks.of(plain).prose


def test_the_manner_of_an_undescribed_field_says_nothing_of_descriptions() -> None:
    bare = marks.of(Field("poolSize", required=True)).manner
    told = marks.of(Field("size", description="size of the pool")).manner

    assert bare == {
        "described": "no description",
        "default": "no default",
        "required": "required",
        "constrained": "no constraints",
        "case": "camelCase",
    }
    assert told["described"] == "a description"
    assert told.keys() == bare.keys() - {"case"}


def test_who_sets_a_field_is_no_description_and_markup_no_habit() -> None:
    bare = marks.of(Field("size"))

    assert marks.of(Field("size", description="Set by the controller.")) == bare
    plain = marks.of(Field("size", description="The size."))
    assert marks.of(Field("size", description="`the size`")).manner == plain.manner
