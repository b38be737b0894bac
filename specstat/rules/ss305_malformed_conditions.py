"""Conditions of a status that are not of the shape that clients know.

## What it does

Reports `status.conditions` that is no list, or a list whose items are no objects, lack `type` or
`status`, or hold a status that is no text out of True, False and Unknown. A set of values that has
True and False and differs elsewhere is an info. `conditions` in spec, or within a list of status,
are none of this object's and are left alone, and so are items of which the schema says nothing.

## Why it is bad

`kubectl wait --for=condition=Ready`, dashboards and other controllers read the conditions of kinds
that they have never seen, because all have the same shape. With another shape they fail, or wait
forever.

## How to fix it

- Make it a list of `type`, `status` (`"True"`, `"False"` or `"Unknown"`), `lastTransitionTime`,
  `reason` and `message`; in Go `[]metav1.Condition`.
- What means something else deserves another name.
- A released version cannot change its shape: add the list beside it under another name, or with
  the next version.

## When to ignore it

Where the version is released, and for a kind that is no business of generic clients.

## Example

`Widget.status.conditions` as a map from names to booleans.

## Source

Kubernetes API conventions, "Typical status properties".
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Field
from specstat.rules import shape
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.conditions import STATES, conditions_of, item_field

SCOPE = Scope.RESOURCE
# Types that a schema leaves open may hold anything, a list or a text among them.
_OPEN = frozenset({"", "any"})
_ELSE = "; what means something else deserves another name"
_LIST = (
    'make it a list of objects, each with type, status ("True", "False" or "Unknown"), '
    "lastTransitionTime, reason and message" + _ELSE
)
_STATUS = 'make it a text that is "True", "False" or "Unknown"' + _ELSE
_STATES = frozenset(state.lower() for state in STATES)
_AN = {"array": "an array", "integer": "an integer", "object": "an object"}


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report conditions that a client which knows conditions cannot read."""
    found = conditions_of(context.resource)
    if shape.status_of(context.resource) is None or found is None or found.type in _OPEN:
        return
    if wrong := _wrong_list(found):
        yield _finding(found, wrong, _LIST)
    elif (status := item_field(found, "status")) is not None:
        wrong, at_most = _wrong_status(status)
        if wrong:
            yield _finding(status, wrong, _STATUS, at_most)


def _finding(
    field: Field, wrong: str, advice: str, at_most: Severity = Severity.WARNING
) -> Finding:
    return Finding(field.name_span, wrong, on=field, at_most=at_most, help=(advice,))


def _a(type_: str) -> str:
    return _AN.get(type_, f"a {type_}")


def _wrong_list(field: Field) -> str:
    """What is wrong with the list and the fields of its items; empty if nothing is."""
    if field.type == "object":
        return f"is {'a map' if field.item_type else 'an object'}, not a list of conditions"
    if field.type != "array":
        return f"is {_a(field.type)}, not a list of conditions"
    if field.item_type not in _OPEN | {"object"}:
        return f"is a list whose items are each {_a(field.item_type)}, not a condition"
    # Clients look for these names, not for `Type`.
    missing = [n for n in ("type", "status") if field.children and n not in field.child_names]
    return f"has items without {' and '.join(missing)}, which each condition has" * bool(missing)


def _wrong_status(status: Field) -> tuple[str, Severity]:
    """What is wrong with the status of a condition, and how bad it is; empty if nothing is."""
    if status.type not in _OPEN | {"string"}:
        return f"is {_a(status.type)}, not one of True, False and Unknown", Severity.WARNING
    values = {value.lower(): value for value in status.enum}
    # An enum of a proto says Unknown by its zero value, which is left out of its choices.
    implied = frozenset({"unknown"}) if status.number else frozenset()
    missing = [state for state in STATES if state.lower() not in values.keys() | implied]
    more = [value for low, value in values.items() if low not in _STATES]
    if not values or not (missing or more):
        return "", Severity.WARNING
    parts = [f"cannot be {' or '.join(missing)}"] * bool(missing)
    parts += [f"may be {', '.join(more)}"] * bool(more)
    known = {"True", "False"}.isdisjoint(missing)
    wrong = " and ".join(parts) + ", while a condition is True, False or Unknown"
    return wrong, Severity.INFO if known else Severity.WARNING
