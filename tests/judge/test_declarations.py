"""What the schema's own language declares is evidence, and never decides alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from specstat.judge.placement_tests import DECLARATIONS
from specstat.judge.verdict import judge
from specstat.model.directives import Declared
from specstat.model.resource import Field, Section

PLAIN = Field("gadget", type="string", description="The gadget.")
ORDER = Field(
    "callback_token",
    type="string",
    description="Token with which the runner must report completion to the caller.",
)
REPORT = Field(
    "last_run_at",
    type="string",
    format="date-time",
    description="When the last run was completed.",
)


def status_of(field: Field) -> float:
    return judge(field).probabilities[Section.STATUS]


@pytest.mark.parametrize("word", sorted(DECLARATIONS))
def test_a_declaration_moves_the_verdict_its_way_and_can_be_read(word: str) -> None:
    _, toward, _, reason = DECLARATIONS[word]
    declared = replace(PLAIN, declarations=(word,))

    moved = status_of(declared) - status_of(PLAIN)

    assert moved > 0 if toward is Section.STATUS else moved < 0
    assert any(reason in e.reason for e in judge(declared).evidence)


@pytest.mark.parametrize("word", ["field_behavior=OPTIONAL", "deprecated", "unheard_of"])
def test_what_says_nothing_of_purpose_moves_nothing(word: str) -> None:
    assert judge(replace(PLAIN, declarations=(word,))).evidence == judge(PLAIN).evidence


def test_output_only_tells_who_writes_and_turns_no_order_into_a_report() -> None:
    assert judge(replace(ORDER, declarations=("field_behavior=OUTPUT_ONLY",))).section == "spec"


@pytest.mark.parametrize("word", ["field_behavior=REQUIRED", "field_behavior=IMMUTABLE", "const"])
def test_no_declaration_turns_a_report_into_an_order(word: str) -> None:
    assert judge(replace(REPORT, declarations=(word,))).section == "status"


def test_the_authors_purpose_outweighs_them_all() -> None:
    said = replace(
        PLAIN, declared=Declared(purpose="instruction"), declarations=tuple(DECLARATIONS)
    )

    assert judge(said).probabilities[Section.SPEC] == 1.0
