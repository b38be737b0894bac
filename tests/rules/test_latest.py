"""Answers are remembered for the resource that is looked at, and for no other."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Mapping
from dataclasses import replace

from specstat.model.evidence import Verdict
from specstat.model.resource import Resource, Section
from specstat.rules import surroundings
from specstat.rules.latest import of_latest
from tests.rules.made import resource, verdict


def test_a_question_is_answered_once_for_a_resource() -> None:
    asked: list[Resource] = []

    @of_latest
    def kind(of: Resource) -> str:
        asked.append(of)
        return of.kind

    one, other = resource("spec.size"), resource("spec.size")

    assert [kind(one), kind(one), kind(other), kind(other)] == ["Widget"] * 4
    assert len(asked) == 2


def test_further_arguments_are_further_questions() -> None:
    @of_latest
    def fields(of: Resource, section: Section) -> int:
        return len(of.top(section))

    of = resource("spec.size", "spec.image", "status.phase")

    assert [fields(of, Section.SPEC), fields(of, Section.STATUS)] == [2, 1]


def test_other_verdicts_on_one_resource_are_other_questions() -> None:
    of = resource("status.a", "status.b", "status.c")

    def by(section: Section) -> Mapping[str, Verdict]:
        return {f"status.{name}": verdict(section) for name in "abc"}

    # Made one after the other, so that one may stand where the last one stood.
    told = [surroundings.holds_mostly_inputs(of, by(s)) for s in [*Section, *Section]]

    assert told == [s is Section.SPEC for s in [*Section, *Section]]


class Kind(str):
    """A kind that can be watched."""

    __slots__ = ("__weakref__",)


def test_nothing_of_other_resources_is_kept() -> None:
    one = replace(resource("spec.size", "status.phase"), kind=Kind("Widget"))
    kept = weakref.ref(one.kind)
    surroundings.is_mirror(one)
    del one

    surroundings.is_mirror(resource("spec.size"))
    gc.collect()

    assert kept() is None
