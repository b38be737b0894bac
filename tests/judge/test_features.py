"""Features: what is learned from, and what must not be."""

from __future__ import annotations

import re
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
        *found.plain
    }
    assert {"format:date-time", "value-form:ed", "value:failed", "children:2"} <= {*found.plain}
    assert {"o2:when the", "o3:when the NAME", "op:when"} <= {*found.plain}
    assert {"child:started at", "child-first:started", "child-head:phase"} <= {*found.children}
    assert {"d:kept", "c:ended", "cb:NAME ended"} <= {*found.prose}
    assert "c:kept" not in found.prose


def test_no_feature_comes_twice_from_one_source() -> None:
    found = of(replace(FIELD, description="Run run run run, run ended ended."))

    for part in (found.plain, found.children, found.prose):
        assert len(part) == len(set(part))


def test_a_child_counts_by_what_it_is_called_each_time() -> None:
    found = of(replace(FIELD, children=(Field("startTime"), Field("endTime"))))

    assert found.children.count("child-head:time") == 2


def test_long_prose_and_many_children_shout_no_louder() -> None:
    for share in (features.prose_share, features.children_share):
        assert share(1) == share(4) > share(17) > share(100)
    assert features.prose_share(16) == features.prose_share(1) > features.prose_share(17)
    assert features.children_share(4) > features.children_share(5)


def test_a_name_without_description_says_more_of_itself() -> None:
    alone, described = of(replace(FIELD, description="")), of(FIELD)

    assert {"nd-head:time", "nd-head-type:time|string"} <= {*alone.plain}
    assert not any(feature.startswith("nd-") for feature in described.plain)
    assert alone.prose == ()
    assert not any(re.match("o[1-4p]:", feature) for feature in alone.plain)


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
