"""When a field's place differs over the resources of a family, and when that says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from specstat.model.diagnostic import Location, Severity
from specstat.model.evidence import Verdict
from specstat.model.resource import Resource, Scale, Section
from specstat.rules import ss105_section_differs_across_resources as ss105
from specstat.rules.sighting import Sighting, sight
from tests.rules.family import ORDER, OTHER, REWORDED, Kind, loudness, together
from tests.rules.made import FACTS, NONE, context, field, resource, verdict

STATUS = Kind("AgentRun", status=ORDER)
SPEC = Kind("FlowRun", spec=ORDER)
SUBJECT = "AgentRun.status.callbackToken"
PLACE = Location("a.yaml", 1, 1, 1, 2)
INPUT, OUTPUT = verdict(Section.SPEC, 0.97), verdict(Section.STATUS, 0.97)
REFUSED = "How many of the rows have been refused because a column was missing."


def nominated(
    of: Resource,
    path: str = "status.callback_token",
    said: Verdict = INPUT,
    others: Mapping[str, Verdict] = NONE,
) -> bool:
    """Whether a field is told if another resource agrees."""
    findings = list(ss105.check(context(of, path, said, others)))
    assert all(not finding.alone for finding in findings)
    return bool(findings)


def sighting(path: str, chance: float, description: str = ORDER) -> Sighting:
    """A field that belongs with this chance where it stands."""
    seen = field(path, description)
    return sight(resource(seen), seen, verdict(seen.section, chance), PLACE)


def told(folder: Path, *kinds: Kind) -> dict[str, str]:
    return loudness(together(folder, *kinds), "SS105")


def test_the_one_on_the_side_that_its_purpose_contradicts_is_told(tmp_path: Path) -> None:
    (finding,) = together(tmp_path, STATUS, SPEC)

    assert finding.subject == SUBJECT
    assert "SS105" in {finding.code, *finding.also}
    assert finding.severity.word == "error"  # which SS101 says of it already
    assert [other.subject for other in finding.elsewhere] == ["FlowRun.spec.callbackToken"]


def test_a_report_in_spec_is_told_too(tmp_path: Path) -> None:
    load = Kind("Load", status=REFUSED, field="rowsRejected")
    move = Kind("Move", spec=REFUSED, field="rowsRejected")

    assert told(tmp_path, load, move) == {"Move.spec.rowsRejected": "warning"}


def test_one_resource_alone_is_silent(tmp_path: Path) -> None:
    assert told(tmp_path, STATUS) == {}
    assert told(tmp_path, SPEC) == {}


def test_other_words_on_the_same_thing_make_it_info(tmp_path: Path) -> None:
    load = Kind("Load", status=REFUSED, field="rowsRejected")
    reworded = "How many of the rows have been refused, whatever the reason was."
    move = Kind("Move", spec=reworded, field="rowsRejected")
    # SS102 tells this field as well, and as loudly as it did without a relative.
    alone = loudness(together(tmp_path, move), "SS102")

    assert loudness(together(tmp_path, move), "SS105") == {}
    assert told(tmp_path, load, move) == alone


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(SPEC, group="other.example.com"), id="another group"),
        pytest.param(replace(SPEC, field="answerToken"), id="another name"),
        pytest.param(replace(SPEC, spec=OTHER), id="another meaning"),
        pytest.param(replace(SPEC, status=REWORDED), id="both sections there"),
        pytest.param(replace(STATUS, name="FlowRun"), id="status there, too"),
        pytest.param(replace(SPEC, name="AgentRun"), id="the same kind"),
    ],
)
def test_what_is_not_the_same_field_in_the_same_family_is_silent(
    tmp_path: Path, other: Kind
) -> None:
    assert SUBJECT not in told(tmp_path, STATUS, other)


@pytest.mark.parametrize("name", ["id", "source", "message", "imageVersion", "secretName"])
def test_generic_names_are_silent(tmp_path: Path, name: str) -> None:
    kinds = (replace(STATUS, field=name), replace(SPEC, field=name))

    assert told(tmp_path, *kinds) == {}


@pytest.mark.parametrize(
    "words",
    ["It is the one in use now.", "It is assigned out of a pool.", "It is the same as there."],
)
def test_what_was_worked_out_or_copied_is_silent(tmp_path: Path, words: str) -> None:
    said = f"{ORDER} {words}"

    assert told(tmp_path, replace(STATUS, status=said), replace(SPEC, spec=said)) == {}


def test_the_author_can_say_that_it_is_none(tmp_path: Path) -> None:
    declared = replace(STATUS, status=f"{ORDER}\nspecstat: purpose=allocation")

    assert told(tmp_path, declared, SPEC) == {}


def test_the_loudest_relative_decides(tmp_path: Path) -> None:
    load = Kind("Load", status=REFUSED, field="rowsRejected")
    reworded = "How many of the rows have been refused, whatever the reason was."
    kinds = [replace(load, name=f"L{n}", status=text) for n, text in enumerate((reworded, REFUSED))]
    move = Kind("Move", spec=REFUSED, field="rowsRejected")

    for order in (kinds, kinds[::-1]):
        assert told(tmp_path, move, *order) == {"Move.spec.rowsRejected": "warning"}


def test_a_field_on_the_wrong_side_waits_for_another_resource() -> None:
    assert nominated(resource("spec.input", "status.callback_token"))
    assert nominated(resource("spec.last_seen", "status.phase"), "spec.last_seen", OUTPUT)


def test_what_is_contested_does_not() -> None:
    path = "status.callback_token"
    echo = [f"{s}.{n}" for s in ("spec", "status") for n in ("queue", "budget", "shade")]
    scaled = replace(FACTS, scale=Scale(status_replicas=path))
    more = {"status.order": INPUT, "status.wish": INPUT}
    reports = {"spec.last_run": OUTPUT, "spec.last_end": OUTPUT}
    written = resource("spec.last_seen", "spec.last_run", "spec.last_end", "status.phase")

    assert not nominated(resource("spec.callback_token", path))
    assert not nominated(resource(path, "status.phase"))
    assert not nominated(resource(*echo, path))
    assert not nominated(resource("spec.input", path, facts=scaled))
    assert not nominated(resource("spec.input", path, "status.order", "status.wish"), others=more)
    assert not nominated(written, "spec.last_seen", OUTPUT, reports)
    assert not nominated(
        resource("spec.allocated_slot", "status.phase"), "spec.allocated_slot", OUTPUT
    )
    assert not nominated(resource("spec.input", path), said=verdict(Section.SPEC, 0.75))
    assert not nominated(resource("spec.input", path), said=OUTPUT)


def test_what_stands_deeper_is_not_compared() -> None:
    names = ("type", "status", "lastTransitionTime")
    children = tuple(field(f"spec.agent.conditions.{name}") for name in names)
    conditions = replace(field("spec.agent.conditions"), children=children)
    of = resource(replace(field("spec.agent"), children=(conditions,)), "status.phase")

    assert not nominated(of, conditions.path, OUTPUT)


@pytest.mark.parametrize(
    ("own", "other", "severity"),
    [
        (0.03, 0.9, Severity.WARNING),
        (0.15, 0.9, Severity.INFO),
        (0.03, 0.6, Severity.INFO),
        (0.03, 0.4, None),
    ],
)
def test_a_doubt_about_either_place_makes_it_quieter(
    own: float, other: float, severity: Severity | None
) -> None:
    pair = sighting("status.token_to_show", own), sighting("spec.token_to_show", other)

    assert ss105.confirm(*pair) is severity


def test_short_descriptions_say_too_little_to_be_the_same_by() -> None:
    pair = (sighting(f"{s}.abc", c, "Colour of walls.") for s, c in (("status", 0.03), ("spec", 1)))

    assert ss105.confirm(*pair) is Severity.INFO


def test_fields_of_other_type_or_shape_are_not_the_same() -> None:
    own, other = sighting("status.token_to_show", 0.03), sighting("spec.token_to_show", 0.9)

    assert ss105.confirm(own, other) is Severity.WARNING
    assert ss105.confirm(own, other._replace(type="object")) is None
    assert ss105.confirm(own, other._replace(shape=7)) is None
    assert ss105.confirm(own, other._replace(section=Section.STATUS)) is None
