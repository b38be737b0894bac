"""What a field's own resource tells about it, on small made resources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from specstat.model.evidence import Test as PlacementTest
from specstat.model.resource import Field, Scale, Section
from specstat.rules import surroundings
from tests.judge.examples import rewrapped
from tests.rules.made import FACTS, field, heard, order, resource, verdict

BOTH = resource("spec.size", "status.phase")
ONLY_SPEC = resource("spec.size")
ONLY_STATUS = resource("status.phase")
MIRRORED = ["image", "poolSize", "region"]


def test_a_kind_with_one_section_has_not_both() -> None:
    assert surroundings.has_both_sections(BOTH)
    assert not surroundings.has_both_sections(ONLY_SPEC)
    assert not surroundings.has_both_sections(ONLY_STATUS)


def test_a_section_without_fields_is_none() -> None:
    empty = Field("status", "status", Section.STATUS)

    assert not surroundings.has_both_sections(replace(ONLY_SPEC, fields=(*ONLY_SPEC.fields, empty)))


@pytest.mark.parametrize("name", ["poolSize", "pool_size", "pool-size", "PoolSize"])
def test_a_field_stands_in_both_however_its_name_is_written(name: str) -> None:
    of = resource("spec.poolSize", f"status.{name}", "status.phase")

    assert surroundings.stands_in_both(of, field(f"status.{name}"))
    assert surroundings.stands_in_both(of, field("spec.poolSize"))
    assert not surroundings.stands_in_both(of, field("status.phase"))


def test_a_status_that_echoes_three_fields_is_a_mirror() -> None:
    spec = [f"spec.{name}" for name in MIRRORED]
    two = resource(*spec, *(f"status.{name}" for name in MIRRORED[:2]), "status.phase")
    three = resource(*spec, *(f"status.{name}" for name in MIRRORED), "status.phase")

    assert (surroundings.echoes(two), surroundings.is_mirror(two)) == (2, False)
    assert (surroundings.echoes(three), surroundings.is_mirror(three)) == (3, True)


@pytest.mark.parametrize("name", ["atProvider", "observedState", "observed_state"])
def test_a_status_that_wraps_another_api_is_a_mirror(name: str) -> None:
    assert surroundings.is_mirror(resource("spec.size", f"status.{name}"))
    assert not surroundings.is_mirror(resource(f"spec.{name}", "status.phase"))


def test_a_spec_most_of_which_reports_is_machine_written() -> None:
    paths = ["spec.a", "spec.b", "spec.c", "spec.d", "spec.e"]
    reports = {path: verdict(Section.STATUS) for path in paths}
    wants = {path: verdict(Section.SPEC) for path in paths}

    assert surroundings.is_machine_written(resource(*paths), wants | dict([*reports.items()][:3]))
    assert not surroundings.is_machine_written(resource(*paths[:2]), dict([*reports.items()][:2]))
    assert not surroundings.is_machine_written(
        resource(*paths, "spec.f"), wants | dict([*reports.items()][:3])
    )


def test_only_sure_verdicts_on_top_level_fields_of_the_section_count_as_alike() -> None:
    verdicts = {
        "status.a": verdict(Section.SPEC),
        "status.b": verdict(Section.SPEC, 0.7),
        "status.c": verdict(Section.STATUS),
        "status.d.e": verdict(Section.SPEC),
        "spec.f": verdict(Section.SPEC),
    }
    made = resource("status.a", "status.b", "status.c", "spec.f")

    assert surroundings.alike(made, verdicts, Section.STATUS, Section.SPEC) == 1


@pytest.mark.parametrize("path", ["spec.size", "status.size", "status.selector"])
def test_the_paths_of_the_scale_subresource_are_told(path: str) -> None:
    scale = Scale("spec.size", "status.size", "status.selector")
    scaled = resource("spec.size", "status.size", facts=replace(FACTS, scale=scale))

    assert surroundings.is_scale_path(scaled, field(path))
    assert not surroundings.is_scale_path(scaled, field("status.phase"))
    assert not surroundings.is_scale_path(BOTH, field(path))


def test_a_scale_without_selector_has_no_empty_path() -> None:
    scaled = resource("spec.size", facts=replace(FACTS, scale=Scale("spec.size", "status.size")))

    assert not surroundings.is_scale_path(scaled, Field("", ""))


@pytest.mark.parametrize("name", ["desiredShards", "allocatedPort", "allocated_port", "targetSize"])
def test_a_name_says_that_a_value_was_worked_out(name: str) -> None:
    assert surroundings.is_worked_out(field(f"status.{name}"))
    assert not surroundings.is_worked_out(field("status.port"))


@pytest.mark.parametrize(
    "description",
    [
        "Port to listen on. The controller computes it.",
        "Port to listen on, which has been allocated out of a range.",
        "Port to listen on, as `resolved` from the class.",
        "Port to listen on. (Chosen at random.)",
        "Port that is in effect.",
    ],
)
def test_a_description_says_so_wherever_its_lines_break(description: str) -> None:
    assert surroundings.is_worked_out(field("status.port", description))
    for text in rewrapped(description):
        assert surroundings.is_worked_out(field("status.port", text)), text


@pytest.mark.parametrize(
    "description", ["", "Port to listen on.", "Stops the rollout and goes back to the old version."]
)
def test_an_order_is_not_worked_out(description: str) -> None:
    assert not surroundings.is_worked_out(field("status.port", description))


def test_only_what_the_input_output_test_hears_is_an_order() -> None:
    plain = verdict(Section.SPEC)
    elsewhere = order(6.0)._replace(test=PlacementTest.PURPOSE)

    assert surroundings.says_what_to_do(plain._replace(account=heard(order(2.0))))
    assert not surroundings.says_what_to_do(plain._replace(account=heard(elsewhere)))
    assert not surroundings.says_what_to_do(
        plain._replace(account=heard(order(2.0), order(2.0, Section.STATUS)))
    )
    assert not surroundings.says_what_to_do(plain)


@pytest.mark.parametrize(
    ("one", "is_one"),
    [
        (field("spec.allocatedStorage"), True),
        (field("spec.address", "Allocated out of the pool."), True),
        (field("spec.readyReplicas", "How many are ready."), False),
    ],
)
def test_what_is_given_out_from_a_stock_is_an_allocation(one: Field, is_one: bool) -> None:  # noqa: FBT001 - a parameter of the table
    assert surroundings.is_allocated(one) is is_one


def test_whoever_sets_it_makes_nothing_worked_out() -> None:
    about = "Token to present when reporting completion."
    told = field("status.token", f"Assigned by the dispatcher. {about}")

    assert not surroundings.is_worked_out(told)
    assert surroundings.is_worked_out(field("status.token", f"Computed from the name. {about}"))
