"""What became of the fields of a resource."""

from __future__ import annotations

from dataclasses import replace

import pytest

from specstat.model.diagnostic import Severity
from specstat.model.resource import Facts, Field, Resource
from specstat.rules import changes, settable
from tests.rules.made import field, resource


def moved(old: Resource, new: Resource) -> list[tuple[str, str]]:
    return [(pair.old.path, pair.new.path) for pair in changes.outline(old, new).moved]


def typed(path: str, kind: str, description: str = "") -> Field:
    return replace(field(path, description), type=kind)


def test_a_field_moved_that_went_and_came_with_its_name_and_type() -> None:
    old = resource(typed("status.token", "string"), "spec.size")
    new = resource(typed("spec.token", "string"), "spec.size")

    assert moved(old, new) == [("status.token", "spec.token")]
    assert moved(new, old) == [("spec.token", "status.token")]


def test_it_did_not_move_where_it_stays_or_has_another_type_or_stands_elsewhere() -> None:
    old = resource(typed("status.token", "string"))
    both = resource(typed("status.token", "string"), typed("spec.token", "string"))
    other = resource(typed("spec.token", "integer"))
    renamed = resource(typed("spec.seal", "string"))

    assert moved(old, both) == moved(old, other) == moved(old, renamed) == []


def test_a_field_of_another_depth_moved_if_it_says_the_same() -> None:
    def below(section: str, words: str) -> Resource:
        inner = typed(f"{section}.callback.token", "string", words)
        return resource(replace(field(f"{section}.callback"), children=(inner,)))

    top = resource(typed("status.token", "string", "Token to report with."), "spec.callback")

    assert moved(top, below("spec", "Token to report with.")) == [
        ("status.token", "spec.callback.token")
    ]
    assert moved(top, below("spec", "Another.")) == []


def test_what_is_below_a_field_that_went_is_not_named() -> None:
    inner = field("spec.task.name")
    old = resource(replace(field("spec.task"), children=(inner,)), "spec.size")

    outline = changes.outline(old, resource("spec.size"))

    assert [f.path for f in outline.removed] == ["spec.task"]
    assert [pair.new.path for pair in outline.kept] == ["spec.size"]


def test_of_a_section_that_one_side_does_not_know_nothing_is_told() -> None:
    whole = resource("spec.size", "status.seen")
    half = resource("spec.size", facts=Facts(partial=True))

    assert changes.outline(whole, half)._replace(kept=()) == ((), (), (), ())
    assert changes.outline(half, whole)._replace(kept=()) == ((), (), (), ())


@pytest.mark.parametrize(
    ("version", "served", "loudest"),
    [
        ("v1", True, Severity.ERROR),
        ("v12", True, Severity.ERROR),
        ("v1beta1", True, Severity.WARNING),
        ("", True, Severity.WARNING),
        ("v1alpha1", True, Severity.INFO),
        ("v1", False, Severity.INFO),
    ],
)
def test_a_version_is_held_to_what_it_promised(
    version: str, *, served: bool, loudest: Severity
) -> None:
    old = resource("spec.size", version=version, facts=Facts(served=served))

    assert changes.loudest(old) is loudest


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("Zone.", "Zone; may be set by the user.", '"may be set"'),
        ("Zone.", "Zone. If unset, one is chosen.", '"If unset"'),
        ("Zone that may be set.", "Zone, may be set.", ""),
        ("Zone.", "Zone in which it runs.", ""),
    ],
)
def test_new_words_make_a_field_settable(before: str, after: str, why: str) -> None:
    reason = settable.by_moving(field("status.zone", before), field("spec.zone", after))

    assert reason.startswith(why)
    assert bool(reason) is bool(why)


def test_only_the_way_from_status_to_spec_makes_a_field_settable() -> None:
    words = "Zone; may be set by the user."

    assert not settable.by_moving(field("spec.zone"), field("status.zone", words))
    assert settable.by_moving(
        field("status.zone"), replace(field("spec.zone"), has_default=True)
    ).startswith("it has a default")
