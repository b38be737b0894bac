"""How loud a placement finding may be, and what it is not told of at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from specstat.model.evidence import Verdict
from specstat.model.resource import Field, Resource, Scale, Section
from specstat.rules import ss101_input_in_status as ss101
from specstat.rules import ss102_output_in_spec as ss102
from tests.rules.made import FACTS, NONE, context, field, heard, order, resource, verdict

INPUT = verdict(Section.SPEC, 0.999)._replace(account=heard(order(3.0)))
OUTPUT = verdict(Section.STATUS, 0.999)._replace(account=heard(order(3.0, Section.STATUS)))
SCALED = replace(FACTS, scale=Scale("spec.count", "status.count", "status.selector"))
TOKEN = field("status.token", "Token to present.")


def in_status(
    of: Resource,
    said: Verdict = INPUT,
    others: Mapping[str, Verdict] = NONE,
    apart: Verdict | None = None,
) -> str:
    """How loud SS101 may be on the last field of status; empty if it says nothing."""
    path = of.top(Section.STATUS)[-1].path
    return ", ".join(f.at_most.word for f in ss101.check(context(of, path, said, others, apart)))


def in_spec(of: Resource, said: Verdict = OUTPUT, others: Mapping[str, Verdict] = NONE) -> str:
    """How loud SS102 may be on the last field of spec; empty if it says nothing."""
    path = of.top(Section.SPEC)[-1].path
    return ", ".join(f.at_most.word for f in ss102.check(context(of, path, said, others)))


def with_token(status: Field = TOKEN, *more: str) -> Resource:
    return resource("spec.size", *more, status)


def test_an_order_in_status_may_be_an_error() -> None:
    assert in_status(with_token()) == "error"


@pytest.mark.parametrize(
    "status",
    [
        field("status.desiredShards", "Number of shards to run."),
        field("status.shards", "Number of shards to run. The controller computes it."),
        field("status.port", "Port to listen on, allocated out of a range."),
        field("status.targetSize", "Number of shards to run."),
    ],
    ids=lambda status: str(status.name),
)
def test_what_was_worked_out_is_info_at_most(status: Field) -> None:
    assert in_status(with_token(status)) == "info"


def test_scale_paths_are_info_at_most() -> None:
    count = field("status.count", "How many pods to run.")

    assert in_status(resource("spec.size", count)) == "error"
    assert in_status(resource("spec.size", count, facts=SCALED)) == "info"
    assert in_spec(resource("spec.count", "status.phase")) == "warning"
    assert in_spec(resource("spec.count", "status.phase", facts=SCALED)) == "info"


def test_a_selector_in_status_may_tell_by_what_to_find_what_was_made() -> None:
    assert (
        in_status(resource("spec.size", field("status.selector", "Which pods to count."))) == "info"
    )


def shaped(confidence: float) -> Verdict:
    """A verdict for spec of which no word says what to do."""
    return verdict(Section.SPEC, confidence)


def test_what_does_not_say_what_to_do_is_a_warning_at_most() -> None:
    assert in_status(with_token(), shaped(0.999)) == "warning"
    assert in_status(with_token(), shaped(0.96)) == "warning"
    assert in_status(with_token(), shaped(0.94)) == ""


def test_neighbours_do_not_make_a_likely_input_a_sure_one() -> None:
    sure = shaped(0.98)

    assert in_status(with_token(), sure, apart=shaped(0.89)) == ""
    assert in_status(with_token(), sure, apart=shaped(0.91)) == "warning"
    assert in_status(with_token(), sure, apart=verdict(Section.STATUS, 0.6)) == ""


def test_neighbours_may_take_back_what_a_field_says_by_itself() -> None:
    assert in_status(with_token(), shaped(0.94), apart=shaped(0.999)) == ""


def test_an_order_is_one_whatever_its_neighbours_are() -> None:
    assert in_status(with_token(), INPUT, apart=shaped(0.6)) == "error"


@pytest.mark.parametrize("name", ["jobRef", "secretName", "namespace_reference"])
def test_what_may_name_something_that_was_made_must_be_surer(name: str) -> None:
    pointed = field(f"status.{name}", "Where it is kept.")

    assert in_status(with_token(pointed), shaped(0.97)) == "info"
    assert in_status(with_token(pointed), shaped(0.99)) == "warning"


def test_an_input_in_a_mirror_is_told_where_it_is_next_to_certain() -> None:
    mirror = with_token(TOKEN, *(f"{s}.{n}" for s in ("spec", "status") for n in "abc"))

    assert in_status(mirror, shaped(0.99)) == ""
    assert in_status(mirror, shaped(0.996)) == "info"
    assert in_status(mirror, INPUT) == "warning"


def test_an_input_in_what_wraps_another_api_is_info() -> None:
    wrapper = with_token(TOKEN, "status.atProvider")

    assert in_status(wrapper, shaped(0.99)) == ""
    assert in_status(wrapper, INPUT) == "info"


def test_three_orders_in_one_status_are_a_design_and_info_at_most() -> None:
    one, two = {"status.a": INPUT}, {"status.a": INPUT, "status.b": INPUT}
    of = with_token(TOKEN, "status.a", "status.b")

    assert in_status(of, others=one) == "error"
    assert in_status(of, others=two) == "info"


def test_three_orders_among_many_reports_are_three_slips() -> None:
    orders = {"status.a": INPUT, "status.b": INPUT}
    reports = [f"status.r{n}" for n in range(3)]

    assert in_status(with_token(TOKEN, "status.a", "status.b", *reports), others=orders) == "error"


def test_an_output_in_spec_is_a_warning_at_most() -> None:
    assert in_spec(resource("spec.size", "spec.lastRun", "status.phase")) == "warning"


def test_an_output_in_a_machine_written_spec_is_info_at_most() -> None:
    of = resource("spec.a", "spec.b", "spec.lastRun", "status.phase")

    assert in_spec(of, others={"spec.a": OUTPUT}) == "warning"
    assert in_spec(of, others={"spec.a": OUTPUT, "spec.b": OUTPUT}) == "info"


def test_an_output_in_what_wraps_another_api_must_be_next_to_certain() -> None:
    of = resource("spec.size", "spec.lastRun", "status.atProvider")

    assert in_spec(of, verdict(Section.STATUS, 0.98)) == "info"
    assert in_spec(of, verdict(Section.STATUS, 0.99)) == "warning"
    assert (
        in_spec(resource("spec.lastRun", "status.phase"), verdict(Section.STATUS, 0.98))
        == "warning"
    )


def test_what_is_declared_may_be_an_error_in_any_company() -> None:
    scaled = resource("spec.count", "status.phase", field("status.desired"), facts=SCALED)

    assert in_status(scaled, INPUT._replace(declared=True)) == "error"
    assert in_spec(scaled, OUTPUT._replace(declared=True)) == "error"


def test_each_rule_looks_at_its_own_section() -> None:
    assert in_status(with_token(), OUTPUT) == ""
    assert in_spec(with_token(), INPUT) == ""
    assert list(ss101.check(context(with_token(), "spec.size", INPUT))) == []
    assert list(ss102.check(context(with_token(), "status.token", OUTPUT))) == []
