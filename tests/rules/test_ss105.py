"""When a field's place differs over the resources of a family, and when that says nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.rules.family import ORDER, OTHER, REWORDED, Kind, loudness, together

STATUS = Kind("AgentRun", status=ORDER)
SPEC = Kind("FlowRun", spec=ORDER)
SUBJECT = "AgentRun.status.callbackToken"
REFUSED = "How many of the rows have been refused because a column was missing."


def told(folder: Path, *kinds: Kind) -> dict[str, str]:
    return loudness(together(folder, *kinds), "SS105")


def test_the_one_on_the_side_that_its_purpose_contradicts_is_told(tmp_path: Path) -> None:
    (finding,) = together(tmp_path, STATUS, SPEC)

    assert finding.subject == SUBJECT
    assert "SS105" in {finding.code, *finding.also}
    assert finding.severity.word == "warning"
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
