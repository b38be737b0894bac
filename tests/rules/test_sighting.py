"""What is kept of a field: which family it is of, what its description says, what it can tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from specstat.model.diagnostic import Location
from specstat.model.resource import Field, Resource, Section
from specstat.rules.sighting import (
    Sighting,
    can_confirm,
    family,
    is_generic,
    is_same_resource,
    likeness,
    sight,
)
from tests.rules.made import FACTS, field, resource, verdict

PLACE = Location("a.yaml", 1, 1, 1, 2)
TOKEN = field("spec.callback_token", "Token to present when reporting completion to the caller.")


def of(description: str, path: str = "spec.callback_token") -> Sighting:
    """A sighting of a field that is described like this."""
    seen = field(path, description)
    return sight(resource(seen), seen, verdict(Section.SPEC), PLACE)


def in_group(group: str, number: int = 0) -> tuple[Resource, Field]:
    """A field of a resource of this group; one with a number is a proto's."""
    seen = replace(TOKEN, number=number)
    return replace(resource(seen), group=group), seen


def test_the_family_of_a_crd_is_its_group() -> None:
    serving, eventing = in_group("serving.example.dev"), in_group("eventing.example.dev")

    assert family(*serving) == family(*in_group("serving.example.dev"))
    assert family(*serving) != family(*eventing)


def test_the_family_of_a_proto_are_the_packages_below_one_parent() -> None:
    agent, flow = in_group("acme.runs.agentrun", 3), in_group("acme.runs.flowrun", 7)

    assert family(*agent) == family(*flow)
    assert family(*agent) != family(*in_group("acme.iam.policy", 1))
    assert family(*in_group("widgets", 1)) != family(*in_group("bolts", 1))
    assert family(*in_group("", 1)) == family(*in_group("", 2))


def test_a_proto_and_a_crd_are_never_of_one_family() -> None:
    assert family(*in_group("runs", 1)) != family(*in_group("runs"))
    assert family(*in_group("acme.runs.x", 1)) != family(*in_group("acme.runs"))


@pytest.mark.parametrize("name", ["id", "Name", "replicas", "imageVersion", "secret_name", "URLs"])
def test_common_names_are_generic(name: str) -> None:
    assert is_generic(name)


@pytest.mark.parametrize("name", ["callback_token", "backupTargetName", "abort", "nodeOS", "abc"])
def test_telling_names_are_not(name: str) -> None:
    assert not is_generic(name)


def test_names_in_any_style_are_one_name() -> None:
    assert of("", "spec.callbackToken").words == of("", "spec.callback_token").words


def test_likeness_is_the_share_of_words_in_both() -> None:
    one = of("Present reporting completion caller.")

    assert likeness(one, one) == 1
    assert likeness(one, of("Colour of the walls.")) == 0
    assert likeness(one, of("Present reporting colour walls.")) == pytest.approx(1 / 3)
    assert likeness(of(""), of("")) == 0


def test_the_name_itself_and_common_words_make_nothing_alike() -> None:
    assert likeness(of("The callback token of this field."), of("Callback token, required.")) == 0


def test_who_sets_a_field_makes_no_description_unlike() -> None:
    assert of(f"{TOKEN.description} Set by the dispatcher.").said == of(TOKEN.description).said


def test_shapes_are_the_names_of_the_children_in_any_order() -> None:
    a, b = field("spec.x.a"), field("spec.x.b")
    shapes = [
        sight(resource(seen), seen, verdict(Section.SPEC), PLACE).shape
        for children in ((a, b), (b, a), (a,), ())
        for seen in (replace(TOKEN, children=children),)
    ]

    assert shapes[0] == shapes[1]
    assert len(set(shapes)) == 3


def test_a_field_tells_of_others_where_it_stands_alone_and_fits() -> None:
    both = resource(TOKEN, field("status.callback_token", "The same."))
    fits = verdict(Section.SPEC)

    assert can_confirm(resource(TOKEN), TOKEN, fits)
    assert can_confirm(resource(TOKEN), TOKEN, verdict(Section.STATUS, 0.6))
    assert not can_confirm(resource(TOKEN), TOKEN, verdict(Section.STATUS, 0.9))
    assert not can_confirm(both, TOKEN, fits)
    assert not can_confirm(resource(TOKEN, facts=replace(FACTS, partial=True)), TOKEN, fits)
    mirrored = field("status.callback_token", "The token.")
    mirror = resource("spec.input", "status.atProvider", mirrored)
    assert can_confirm(resource("spec.input", mirrored), mirrored, verdict(Section.STATUS))
    assert not can_confirm(mirror, mirrored, verdict(Section.STATUS))
    for other in (
        replace(TOKEN, description=""),
        replace(TOKEN, depth=2),
        replace(TOKEN, name="image"),
    ):
        assert not can_confirm(resource(other), other, fits)


def test_one_resource_is_known_by_group_and_kind() -> None:
    one = of("")

    assert is_same_resource(one, one._replace(location=PLACE._replace(file="b.yaml")))
    assert not is_same_resource(one, one._replace(kind="Bolt"))
    assert not is_same_resource(one, one._replace(group="other.example.com"))
