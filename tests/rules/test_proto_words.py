"""What comments must say for the proto rules to speak, and what is not enough."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from specstat.model.diagnostic import Finding
from specstat.model.directives import Declared
from specstat.model.resource import Field
from specstat.rules import ss201_conditionally_immutable as ss201
from specstat.rules import ss423_state_enum_in_spec as ss423
from specstat.rules import ss425_missing_effective_value as ss425
from specstat.rules.base import ResourceContext
from tests.rules.made import NONE, field, resource

IMMUTABLE = ("field_behavior=IMMUTABLE",)
STATUS = replace(field("status.phase"), number=9)
OUTCOMES = ("PROVISIONING", "RUNNING", "FAILED")


def context(*fields: Field) -> ResourceContext:
    """A proto resource with these fields, as a rule of resource scope sees it."""
    numbered = [replace(f, number=number) for number, f in enumerate(fields, 1)]
    made = resource(*numbered, STATUS)
    return ResourceContext(made, (made,), NONE)


def fixed(description: str, changes: str = "") -> list[Finding]:
    declared = Declared(changes=changes)
    own = replace(field("spec.zone", description, declared), declarations=IMMUTABLE)
    return list(ss201.check(context(own)))


@pytest.mark.parametrize(
    ("description", "quote"),
    [
        ("Immutable once the run has started.", "Immutable once the run has started"),
        ("The zone. It is mutable only until it was bound.", "mutable only until it was bound"),
        ("It is immutable unless `force` is on.", "immutable unless `force` is on"),
        ("May only be changed while the run waits.", "May only be changed while the run waits"),
        ("The value cannot be edited any more after the sale.", "cannot be edited any more after"),
        ("Can be updated before acceptance.", "Can be updated before acceptance"),
        ("Once it was published, the zone becomes read-only.", "Once it was published, the zone"),
        ("As long as a run is active, this may not be changed.", "As long as a run is active"),
    ],
)
def test_what_is_fixed_on_a_condition_is_told_with_its_words(description: str, quote: str) -> None:
    (finding,) = fixed(description)

    assert f'its comment says "{quote}' in finding.message


@pytest.mark.parametrize(
    "description",
    [
        "",
        "Immutable.",
        "Immutable after creation.",
        "This field cannot be changed once the run is created.",
        "Once set, it cannot be changed.",
        "It cannot be updated after it has been specified.",
        "Immutable. If it is left out, the default zone is used.",
        "When the run is shared, others read it. It cannot be changed.",
        "Only applicable while the zone is open.",
        "Cannot be changed once the run exists.",
        "Cannot be updated after registration.",
        "Not mutable after insertion.",
        "It cannot be modified after the initial rollout.",
    ],
)
def test_what_immutable_means_anyway_is_no_condition(description: str) -> None:
    assert fixed(description) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [("until-accepted", 1), ("on-request", 1), ("never", 0), ("set-once", 0), ("", 0)],
)
def test_an_annotation_that_says_it_changes_contradicts_too(changes: str, told: int) -> None:
    findings = fixed("The zone.", changes)

    assert len(findings) == told
    assert not any("declare" in line or "changes=" in line for f in findings for line in f.help)


def test_a_long_condition_is_cut_and_not_lost() -> None:
    (finding,) = fixed("Immutable once " + "the very " * 20 + "last run was accepted.")

    assert finding.message.endswith(' ..."')


def state(name: str, enum: tuple[str, ...], description: str = "", message: str = "State") -> bool:
    own = replace(
        field(f"spec.{name}", description), type="string", enum=enum, message=f"acme.v1.{message}"
    )
    return bool(list(ss423.check(context(own))))


@pytest.mark.parametrize("value", ["FAILED", "PENDING", "PROVISIONING", "IMPORT_FAILED", "READY"])
def test_a_state_that_nobody_can_ask_for_is_told(value: str) -> None:
    assert state("state", ("RUNNING", value))
    assert state("state", ("RUNNING", value), message="RunPhase")
    assert state("state", ("RUNNING", value), "Where it has got to.")
    assert not state("state", ("RUNNING", value), "State to bring it to.")


@pytest.mark.parametrize(
    ("name", "enum", "description", "message"),
    [
        ("state", ("RUNNING", "STOPPED"), "", "State"),
        ("state", ("ENABLED", "DISABLED", "FAILED"), "", "State"),
        ("desired_state", OUTCOMES, "", "State"),
        ("until_phase", OUTCOMES, "", "Phase"),
        ("goal", OUTCOMES, "The desired state.", "State"),
        ("state", OUTCOMES, "", "Mode"),
        ("state", OUTCOMES, "", "Stateful"),
        ("state", (), "", "State"),
    ],
)
def test_wishes_switches_and_other_types_are_no_states(
    name: str, enum: tuple[str, ...], description: str, message: str
) -> None:
    assert not state(name, enum, description, message)


def chosen(description: str, *others: Field, name: str = "zone", type_: str = "string") -> bool:
    own = replace(field(f"spec.{name}", description), type=type_)
    return bool(list(ss425.check(context(own, *others))))


@pytest.mark.parametrize(
    "description",
    [
        "If empty, the service picks a zone.",
        "The zone. If not specified, we'll automatically choose one.",
        "Unless one is given, the server will assign it.",
        "When it is left out or not set, it is selected by the scheduler.",
        "Usually assigned by the system.",
        "If unset, an auto-generated name is used.",
    ],
)
def test_a_choice_of_the_server_is_heard(description: str) -> None:
    assert chosen(description)
    assert not chosen(description, type_="boolean")
    assert not chosen(description, field("status.zone"))
    assert not chosen(description, field("status.effective_zone"))
    assert chosen(description, field("status.zone_count"))


@pytest.mark.parametrize(
    "description",
    [
        "If unset, defaults to 10.",
        "If empty, the default service account of the project is used.",
        "The service picks runs by this zone.",
        "If the service picks a zone, it tells so.",
        "If unset, nothing happens. The service picks runs by this.",
    ],
)
def test_a_fixed_default_is_no_choice(description: str) -> None:
    assert not chosen(description)


def test_the_check_sum_of_an_update_is_no_choice() -> None:
    assert not chosen("If empty, it is computed by the server.", name="etag")


@pytest.mark.parametrize("word", ["if ", "immutable if ", "cannot be changed once ", "x"])
def test_a_comment_without_end_takes_no_time_without_end(word: str) -> None:
    start = time.process_time()

    fixed(word * 10_000)
    chosen(word * 10_000)

    assert time.process_time() - start < 5


def test_a_name_without_end_takes_no_time_without_end() -> None:
    start = time.process_time()

    assert not state("state", ("A_ing" * 30_000,))

    assert time.process_time() - start < 5
