"""Policies as annotations of a proto's fields: each its word, or a refusal with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from specstat import readers
from specstat.immutability.generate.proto import annotated, unsaid
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.terms import Creation, FieldTest, Owned, Terms, Word
from specstat.model.resource import Resource
from tests.immutability.rules_made import ACCEPTED, terms

PROTO = b"""\
syntax = "proto3";
package knots.v1;
message Knot {
  KnotSpec spec = 1;
  KnotStatus status = 2;
}
message KnotSpec {
  string agent_ref = 1;
  End left = 2;
  End right = 3;
  repeated Loop loops = 4;
  map<string, Loop> named_loops = 5;
  int32 time_to_live = 6;
}
message End { string color = 1; string length = 2; }
message Loop { string width = 1; }
message KnotStatus { string phase = 1; }
"""


def knot() -> Resource:
    (found,) = readers.read("knot.proto", PROTO).resources
    return found


def said(policy: Terms) -> dict[str, str]:
    return {each.field.path: each.word.value for each in annotated(policy, knot())}


def test_a_field_may_be_named_as_json_names_it() -> None:
    policy = terms(
        {"spec.agentRef": Word.NEVER, "spec.left": Word.SET_ONCE}, locked_when=[ACCEPTED]
    )
    assert said(policy) == {"spec.agent_ref": "never", "spec.left": "set-once"}


def test_what_is_locked_by_its_creation_never_changes() -> None:
    assert said(terms(["spec.agentRef"], locked_when=[ACCEPTED, Creation()])) == {
        "spec.agent_ref": "never"
    }


def test_exceptions_are_said_by_each_other_field() -> None:
    policy = terms(mutable=["spec.timeToLive"], default_fixed=True)
    assert set(said(policy)) == {
        "spec.agent_ref",
        "spec.left",
        "spec.right",
        "spec.loops",
        "spec.named_loops",
    }


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        (terms(["spec.agentReef"]), "no field spec.agentReef. Did you mean spec.agent_ref"),
        (terms(["spec.left.color"]), "are one field of a shared message"),
        (terms(["spec.loops[].width"]), "are one field of a shared message"),
        (terms(["spec.loops[]"]), "no field spec.loops"),
        (terms(["metadata.labels"]), "fixes metadata.labels"),
        (replace(terms(["spec.left"]), owned=Owned(("a/",), (), ("b",))), "owned keys such as a/"),
        (terms(mutable=["spec.left"]), "fixes no field"),
    ],
)
def test_what_annotations_cannot_say_is_refused(policy: Terms, why: str) -> None:
    with pytest.raises(CannotExpress) as refusal:
        annotated(policy, knot())
    assert why in str(refusal.value)


def test_metadata_is_left_out_where_that_is_asked_for() -> None:
    policy = replace(terms(["spec.left", "metadata.labels"]), owned=Owned(("a/",), (), ("b",)))
    (one,) = annotated(policy, knot(), without_metadata=True)
    assert one.field.path == "spec.left"


def test_both_uses_of_a_shared_message_may_be_fixed_alike() -> None:
    policy = terms(["spec.left.color", "spec.right.color"])
    assert len(annotated(policy, knot())) == 1


def test_what_is_not_said_but_weakens_nothing_is_told() -> None:
    assert not list(unsaid(terms(locked_when=[ACCEPTED])))
    template = FieldTest(("spec", "template"), ("true",))
    assert len(list(unsaid(terms(exempt_when=[template])))) == 2
