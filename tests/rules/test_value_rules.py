"""Rules on values below spec and status: when they speak, and how loudly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from specstat.model.diagnostic import Finding, Severity
from specstat.model.directives import Declared
from specstat.model.resource import Facts, Field
from specstat.rules import packs
from specstat.rules import ss313_unbounded_references_in_status as ss313
from specstat.rules import ss314_closed_enum_in_status as ss314
from specstat.rules import ss401_imperative_name as ss401
from specstat.rules import ss403_required_controller_value as ss403
from specstat.rules import ss404_unverified_allocation as ss404
from specstat.rules.base import ResourceContext, ResourceRule
from specstat.rules.patterns import shipped
from tests.rules.made import FACTS, NONE, field, resource

SS405 = shipped.rule(str(packs.folder() / "ss405_float_in_spec.yaml"))
FREE = "Port to use. If not specified, a port is allocated."
PHASES = ("New", "Running", "Done")


def made(path: str, description: str = "", *items: str, **facts: Any) -> Field:  # noqa: ANN401 - facts of a field
    """A field with these facts; `items` are the names of its own fields."""
    children = tuple(field(f"{path}.{name}") for name in items)
    return replace(field(path, description), children=children, **facts)


def found(
    rule: ResourceRule, *fields: Field | str, kind: str = "Widget", facts: Facts = FACTS
) -> list[Finding]:
    """What a rule reports of a resource with these fields."""
    of = replace(resource(*fields, facts=facts), kind=kind)
    return list(rule.check(ResourceContext(of, (of,), NONE)))


# SS313


@pytest.mark.parametrize(
    ("name", "items", "told"),
    [
        ("nodes", (), True),
        ("podNames", (), True),
        ("claimRefs", ("name",), True),
        ("members", ("kind", "name", "namespace"), True),
        ("addresses", (), False),
        ("metricNames", (), False),
        ("versions", ("name", "version"), False),
        ("members", ("name", "phase"), False),
        ("conditions", ("lastTransitionTime", "status", "type"), False),
    ],
)
def test_lists_of_objects_without_a_bound_are_told(
    name: str, items: tuple[str, ...], *, told: bool
) -> None:
    own = made(f"status.{name}", "", *items, type="array")
    bounded = replace(own, constraints=(("maxItems", "16"),))

    assert bool(found(ss313, own)) is told
    assert not found(ss313, bounded)
    assert not found(ss313, replace(own, type="object"))
    assert not found(ss313, replace(own, description="There are at most 16 of them."))
    assert not found(ss313, replace(own, description="Deprecated: use count."))
    assert not found(ss313, own, kind="NodeReview")


def test_lists_far_below_status_are_not_asked_about() -> None:
    deep = replace(made("status.nodes", type="array"), depth=3)

    assert not found(ss313, deep)


# SS314


@pytest.mark.parametrize(
    "description",
    [
        "Further values may be added.",
        "Clients must accept unknown values.",
        "The list is not exhaustive.",
        "More phases will come in the future.",
    ],
)
def test_an_enum_that_says_it_may_grow_is_open(description: str) -> None:
    phase = made("status.phase", "Where it stands.", type="string", enum=PHASES)

    assert found(ss314, phase)
    assert not found(ss314, replace(phase, description=description))


def test_an_enum_of_two_of_truth_of_spec_or_of_a_proto_is_not_asked_about() -> None:
    phase = made("status.phase", type="string", enum=PHASES)

    assert not found(ss314, replace(phase, enum=("On", "Off")))
    assert not found(ss314, replace(phase, enum=("True", "False", "Unknown")))
    assert not found(ss314, replace(phase, number=3))
    assert not found(ss314, replace(phase, description="It is deprecated; see conditions."))
    assert not found(ss314, phase, made("spec.phase", type="string", enum=PHASES))
    assert found(ss314, phase, made("spec.phase", type="string", enum=PHASES[:2]))


# SS401


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("restart", True),
        ("retryNow", True),
        ("triggerBackup", True),
        ("doFailover", True),
        ("executeJob", True),
        ("forceUpgrade", True),
        ("force_reconcile", True),
        ("syncImmediately", True),
        ("suspend", False),
        ("shutdown", False),
        ("restartOnFailure", False),
        ("forceOffline", False),
        ("executable", False),
        ("runAsNonRoot", False),
        ("enabled", False),
        ("doNotVerifyPeers", False),
    ],
)
def test_booleans_that_order_something_once_are_told(name: str, *, told: bool) -> None:
    own = made(f"spec.{name}", type="boolean")

    assert bool(found(ss401, own)) is told
    assert not found(ss401, replace(own, type="string"))
    assert not found(ss401, replace(own, has_default=True, default="true"))
    assert not found(ss401, replace(own, description="Whether to do so after a change."))
    assert not found(ss401, replace(own, declared=Declared(purpose="instruction")))
    assert not found(ss401, own, kind="NodeOperation")


@pytest.mark.parametrize(
    "description",
    [
        "Keeps the copies as they are in the template.",
        "Upgrades with force, unless it is set to false.",
        "A rule to break off each call.",
        "Deprecated: use resyncAfter.",
    ],
)
def test_a_boolean_that_is_described_as_lasting_orders_nothing(description: str) -> None:
    own = made("spec.forceSync", type="boolean")

    assert not found(ss401, replace(own, name="resync", description=description))
    assert found(ss401, replace(own, name="resync", description="Copies all again."))


def test_a_bare_verb_below_a_struct_is_a_policy() -> None:
    assert not found(ss401, replace(made("spec.retry", type="boolean"), depth=2))
    assert found(ss401, replace(made("spec.retryNow", type="boolean"), depth=2))


# SS403


def test_a_required_field_that_its_author_says_comes_later_is_told_for_certain() -> None:
    for declared in (Declared(set_when="reconcile"), Declared(purpose="allocation")):
        own = made("spec.slot", required=True, declared=declared)
        (finding,) = found(ss403, own)

        assert finding.declared
        assert not found(ss403, replace(own, required=False))
        assert not found(ss403, replace(own, has_default=True))
    assert not found(
        ss403, made("spec.slot", required=True, declared=Declared(set_when="creation"))
    )


@pytest.mark.parametrize(
    ("description", "told"),
    [
        ("Name of the volume. Filled in by the binder.", True),
        ("Counter set by the operator.", True),
        ("Most pods, a number that can be set by the autoscaler.", False),
        ("Address that is given by the user.", False),
        ("Subnet created by another resource.", False),
        ("Name by which others refer to what is chosen by the scheduler.", False),
        ("Request in its binary form, generated by the kubelet.", False),
        ("Server specifies the address.", False),
        ("Size of the volume.", False),
    ],
)
def test_what_a_description_says_of_a_controller_is_info(description: str, *, told: bool) -> None:
    findings = found(ss403, made("spec.volumeName", description, required=True))

    assert [(f.declared, f.at_most) for f in findings] == [(False, Severity.INFO)] * told


# SS404


@pytest.mark.parametrize(
    ("description", "told"),
    [
        (FREE, True),
        ("Assigned automatically if unset.", True),
        ("If it is left empty,\n an address is reserved for it.", True),
        ("How much to allocate.", False),
        ("If omitted, the default is used. Ports are allocated by others.", False),
        ("If omitted, a name is generated.", False),
        ("Account to use. If unset, the default account will be assigned.", False),
    ],
)
def test_values_that_are_given_out_where_none_is_asked_for_are_told(
    description: str, *, told: bool
) -> None:
    own = made("spec.port", description, type="integer")

    assert bool(found(ss404, own, "status.phase")) is told


@pytest.mark.parametrize("name", ["port", "assignedPort", "ports", "effective_port"])
def test_a_field_of_status_that_ends_alike_confirms_the_value(name: str) -> None:
    own = made("spec.port", FREE, type="integer")

    assert not found(ss404, own, f"status.{name}")
    assert not found(ss404, own)
    assert not found(ss404, own, "status.phase", facts=Facts(partial=True))


def test_an_author_declares_an_allocation_or_denies_one() -> None:
    declared = made("spec.port", type="integer", declared=Declared(purpose="allocation"))
    denied = made("spec.port", FREE, type="integer", declared=Declared(purpose="instruction"))

    assert [f.declared for f in found(ss404, declared, "status.phase")] == [True]
    assert not found(ss404, denied, "status.phase")


# SS405


def test_floats_of_spec_are_told_unless_the_resource_mirrors_another_api() -> None:
    share = made("spec.share", type="number")

    assert [f.on for f in found(SS405, share)] == [share]
    assert not found(SS405, replace(share, type="integer"))
    assert not found(SS405, made("status.share", type="number"))
    assert not found(SS405, share, "status.atProvider")
