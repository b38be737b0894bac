"""A state enum that clients set.

## What it does

Reports proto fields in `spec` whose type is an enum `...State` or `...Phase` with values that
nobody can ask for, such as PENDING, PROVISIONING or FAILED. In a flat resource, which has no
sections, a field at the root is reported that is not declared OUTPUT_ONLY. Enums that only hold
what can be wanted (RUNNING and STOPPED) are left alone, and so are those that hold a switch beside
outcomes (ENABLED and DISABLED), fields that are named as a wish or a filter (`desired_state`,
`until_phase`), and those declared `purpose=instruction`.

## Why it is bad

A state is where the system has got to. A client that sets it either lies or expects that setting
it makes it so, and the server must decide what FAILED means as an order.

## How to fix it

- If the field tells how things stand, move it to `status`; in a flat resource declare OUTPUT_ONLY.
- If clients ask for a state, give them an enum of what they can ask for, and call the field
  `desired_state`; or a method of its own for each transition, such as `CancelRun`.

## When to ignore it

Where a released API takes a state in requests and documents which values it accepts.

## Example

`Widget.spec.state` of type `Widget.State`, with PROVISIONING among its values.

## Source

AIP-216, "States": a state is output only, and not set by create or update.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.judge.words import split
from specstat.model.diagnostic import Finding
from specstat.model.resource import Field, Resource
from specstat.rules import behaviors, shape
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE
_STATE = re.compile(r"\w*(?:State|Phase)")
_NOT_SET = frozenset({behaviors.OUTPUT_ONLY, behaviors.IDENTIFIER})
# Outcomes and ways to them; RUNNING can be asked for, PROVISIONING cannot.
_OUTCOME = re.compile(
    r"(?:\w{1,60}_)?(?:failed|failure|error|succeeded|done|completed?|ready|created|pending|lost"
    r"|degraded|unhealthy|expired|in_progress|provisioned|deployed|(?!running)\w{1,60}ing)",
    re.IGNORECASE,
)
# Clients may well be meant to set one of these, though the enum also tells what came of it.
_SWITCHES = (frozenset({"ENABLED", "DISABLED"}), frozenset({"ACTIVE", "INACTIVE"}))
_WISHES = frozenset(
    "desired target targeted requested request wanted wished intended expected required initial "
    "until wait when on at from to trigger filter allowed min max minimum maximum final".split()
)


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report state enums among what clients set."""
    resource = context.resource
    if not shape.is_proto(resource):
        return
    states = (f for f in _set_by_clients(resource) if _is_state(f))
    for field in behaviors.once(resource, states):
        outcome = next(value for value in field.enum if _OUTCOME.fullmatch(value))
        place = "declare it OUTPUT_ONLY" if resource.facts.flat else "move it to status"
        yield Finding(
            span=field.name_span,
            message=f"is a state that clients may set, and nobody can ask for {outcome}",
            help=(
                f"{place} if it tells how things stand",
                f"if clients ask for one, let desired_{field.name} be an enum of what can be asked",
            ),
            on=field,
        )


def _set_by_clients(resource: Resource) -> Iterator[Field]:
    """The fields that clients set; in a flat resource only those at the root.

    Below the root the messages of flat resources often serve other places, too.
    """
    for top in behaviors.settable(resource):
        if resource.facts.flat:
            yield top
        else:
            yield from behaviors.below(top, _is_told)


def _is_told(field: Field) -> bool:
    return not _NOT_SET.isdisjoint(behaviors.of(field))


def _is_state(field: Field) -> bool:
    return (
        bool(field.enum)
        and _STATE.fullmatch(field.message.rpartition(".")[2]) is not None
        and any(map(_OUTCOME.fullmatch, field.enum))
        and not any(switch.issubset(field.enum) for switch in _SWITCHES)
        and not _is_told(field)
        and field.declared.purpose != "instruction"
        and _WISHES.isdisjoint(split(field.name))
        and _WISHES.isdisjoint(_opening(field))
    )


def _opening(field: Field) -> list[str]:
    """The first words of the comment; a "to" that leads nowhere ("has got to") asks for nothing."""
    sentence = re.split(r"[.;,]", field.description.lower(), maxsplit=1)[0]
    words = re.findall(r"[a-z]+", sentence)
    return words[: -1 if words[-1:] == ["to"] else None][:6]
