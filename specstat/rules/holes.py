"""Frozen fields of a resource, for the rules on what transition rules leave open."""

from __future__ import annotations

from typing import NamedTuple

from specstat.model.resource import Field, Resource, Validation
from specstat.rules import shape
from specstat.rules.latest import of_latest
from specstat.rules.places import Place, lock_of, places

_SHOWN = 60


class Frozen(NamedTuple):
    """A field, and the rule that refuses every change of its value."""

    place: Place
    field: Field
    rule: Validation


@of_latest
def frozen(resource: Resource) -> tuple[Frozen, ...]:
    """What rules freeze, from the top; nothing below what is frozen as a whole.

    Of the newest version only: what is wrong in an older one is told there.
    """
    if not resource.facts.newest:
        return ()
    found = []
    whole: set[tuple[str, ...]] = set()
    for place in places(resource):  # from the top
        above = place.parent
        if above is not None and above.steps in whole:
            whole.add(place.steps)
        elif place.field is not None and place.correlated and (rule := lock_of(place)):
            whole.add(place.steps)
            if not place.is_item:
                found.append(Frozen(place, place.field, rule))
    return tuple(found)


def is_null(field: Field) -> bool:
    """Whether a field is gone only where it is null, since it is required or has a default."""
    return field.nullable and (field.required or field.has_default)


def closing(resource: Resource, place: Place, field: Field) -> str:
    """What to do so that a field which is there stays there."""
    ways = "require the field, give it a default"
    if field.nullable:
        ways = "drop nullable" if is_null(field) else "require the field without nullable"
    from specstat.immutability.generate.escape import escape  # noqa: PLC0415 - few CRDs have rules

    name = escape(field.name)
    if name is None:  # no rule can reach it
        return ways
    guard = f"!has(oldSelf.{name}) || has(self.{name})"
    holder = (named(place.parent) if place.parent else "") or "the root"
    return shape.change(
        resource,
        f"{ways}, or guard it with a rule on {holder}: {guard}",
        f"{ways}, or add to the struct that holds it "
        f'+kubebuilder:validation:XValidation:rule="{guard}"',
    )


def shown(rule: Validation) -> str:
    """A rule in a message."""
    text = " ".join(rule.rule.split())
    return f"the rule {text if len(text) <= _SHOWN else text[:_SHOWN] + ' ...'}"


def named(place: Place) -> str:
    """The path of a place in words; the root has none."""
    return "".join(s if s in {"[]", "{}"} else f".{s}" for s in place.steps)[1:]
