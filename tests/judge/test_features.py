"""Features: what is learned from, and what must not be."""

from __future__ import annotations

from dataclasses import replace

from specstat.judge import features, traits
from specstat.judge.features import Features
from specstat.model.resource import Field

FIELD = Field(
    "lastRunTime",
    type="string",
    format="date-time",
    description="When the last run ended. Kept for reports.",
    enum=("Done", "Failed"),
    children=(Field("startedAt"), Field("phase")),
)


def of(field: Field) -> Features:
    return features.of(field, traits.of(field))


def test_name_type_facts_opening_and_prose_are_told_apart() -> None:
    found = of(FIELD)

    assert {"head:time", "first:last", "last-two:run time", "head-type:time|string"} <= {
        *found.name
    }
    assert {"format:date-time", "enum:lifecycle", "value:failed", "children:2"} <= {*found.facts}
    assert {"o2:when the", "m3:when the NAME"} <= {*found.opening}
    assert {"d:kept", "c:ended", "cb:run ended"} <= {*found.prose}
    assert "c:kept" not in found.prose


def test_no_feature_comes_twice_from_one_source() -> None:
    for part in of(replace(FIELD, description="Run run run run, run ended ended.")):
        assert len(part) == len(set(part))


def test_a_name_without_description_says_more_of_itself() -> None:
    alone, described = of(replace(FIELD, description="")), of(FIELD)

    assert "nd:time" in alone.name
    assert "nd:time" not in described.name
    assert alone.prose == alone.opening == ()


def test_who_sets_it_is_no_feature() -> None:
    for sentence in ("Set by the controller.", "Provided by the user.", "It is system-generated."):
        text = f"{FIELD.description} {sentence}"
        assert of(replace(FIELD, description=text)) == of(FIELD)


def test_spelling_of_names_makes_no_difference() -> None:
    children = (Field("started_at"), Field("phase"))
    assert of(replace(FIELD, name="last_run_time", children=children)) == of(FIELD)


def test_what_only_one_format_declares_is_no_feature() -> None:
    declared = replace(FIELD, number=3, message="acme.v1.Run", declarations=("const",))
    assert of(declared) == of(FIELD)
