"""When placement rules have nothing to say, and what their findings carry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from specstat.model.diagnostic import Severity
from specstat.model.directives import Declared
from specstat.model.evidence import Origin, percent
from specstat.model.resource import Section
from specstat.rules import placement
from tests.rules.made import context, field, resource, verdict

SAID = verdict(Section.SPEC)
TOKEN = field("status.token")


def settled(*fields: object, path: str = "status.token") -> bool:
    return placement.is_settled(context(resource(*map(str, fields)), path, SAID))


def test_a_field_with_another_place_to_be_is_open() -> None:
    assert not settled("spec.size", "status.token")


def test_one_section_only_settles_it() -> None:
    assert settled("status.token", "status.phase")


def test_the_same_name_on_both_sides_settles_it() -> None:
    assert settled("spec.token", "status.token")


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [("allocation", True), ("identity", True), ("", False), ("instruction", False)],
)
def test_an_author_who_says_that_either_will_do_settles_it(purpose: str, *, expected: bool) -> None:
    declared = replace(TOKEN, declared=Declared(purpose))
    of = resource(field("spec.size"), declared)

    assert placement.is_settled(context(of, "status.token", SAID)) is expected


def test_a_finding_carries_the_verdicts_reasons() -> None:
    said = SAID._replace(origin=Origin("system", "set by the system"))
    of = resource("spec.size", "status.token")
    found = placement.finding(context(of, "status.token", said), Section.SPEC, Severity.INFO)

    assert (found.expected, found.confidence, found.declared) == (Section.SPEC, 0.9, False)
    assert found.message == "belongs in spec (90 %)"
    assert found.at_most is Severity.INFO
    assert found.origin == said.origin
    assert found.help


def test_what_the_other_section_carries_already_is_not_to_be_added_there() -> None:
    both = resource("spec.token", "status.token")
    stands = placement.finding(context(both, "status.token", SAID), Section.SPEC)
    known = placement.finding(context(both, "status.token", SAID), Section.METADATA)
    moves = placement.finding(
        context(resource("spec.size", "status.token"), "status.token", SAID), Section.SPEC
    )

    assert stands.help[0].startswith("spec already carries it: mark this one deprecated")
    assert "add spec.token" in moves.help[0]
    assert "metadata" in known.help[0]


def test_a_declared_finding_says_so_and_no_figure() -> None:
    of = resource("spec.size", "status.token")
    declared = verdict(Section.SPEC, 1.0)._replace(declared=True)

    found = placement.finding(context(of, "status.token", declared), Section.SPEC)

    assert found.message == "belongs in spec (declared)"
    assert found.declared


@pytest.mark.parametrize(("confidence", "shown"), [(1.0, "99 %"), (0.9999, "99 %"), (0.5, "50 %")])
def test_nothing_but_a_declaration_is_certain(confidence: float, shown: str) -> None:
    assert percent(confidence) == shown


def test_every_whole_percentage_is_shown_as_it_is() -> None:
    assert [percent(n / 100) for n in range(100)] == [f"{n} %" for n in range(100)]
