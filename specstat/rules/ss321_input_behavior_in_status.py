"""A field of status that is declared INPUT_ONLY or REQUIRED.

## What it does

Reports fields of a proto's `status` that carry `(google.api.field_behavior)` INPUT_ONLY or
REQUIRED, and `status` itself where it does. It tells that the declaration and the section
contradict each other, not where the field belongs: a behavior says who may write, and that never
decides a placement. Flat resources, which have no sections, have no such contradiction.

It is a warning, and an error in the profile `aip`. Below the first level it is info: a message may
be made for other places, too. A message that stands in `spec` as well is passed over.

## Why it is bad

Clients read `status` and do not send it. What is INPUT_ONLY there can be neither sent nor seen,
and what is REQUIRED makes every request invalid, if a server takes it at its word. Often REQUIRED
is meant to say that the field is always there, which it does not: AIP-203 keeps it for what a
request must hold.

## How to fix it

- If the field is told by the system, declare OUTPUT_ONLY, or nothing: `status` is OUTPUT_ONLY as a
  whole. That it is always filled belongs into its comment.
- If clients give it, it is an input: `specstat where` says what speaks for `spec`.

## When to ignore it

Where code is generated from REQUIRED and readers of a released API count on it.

## Example

`Widget.status.phase` with `[(google.api.field_behavior) = REQUIRED]`.

## Source

AIP-203, "Required" and "Input only"; Kubernetes API conventions, "Spec and Status".
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Section
from specstat.rules import behaviors
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE
_WRONG = frozenset({behaviors.INPUT_ONLY, behaviors.REQUIRED})
_WHY = {
    behaviors.INPUT_ONLY: "is INPUT_ONLY, so it is never sent back, and clients do not send status",
    behaviors.REQUIRED: "is REQUIRED in requests, and clients do not send status",
}
_HELP = {
    behaviors.INPUT_ONLY: "drop INPUT_ONLY if the system tells it; move it to spec if clients do",
    behaviors.REQUIRED: "drop REQUIRED, which speaks of requests; that a field of status is always "
    "filled belongs into its comment",
}


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report fields of status that clients should send."""
    for field in behaviors.contradictions(context.resource, Section.STATUS, _WRONG):
        # What can never be seen weighs more than what only claims too much.
        declared = behaviors.of(field)
        word = behaviors.INPUT_ONLY if behaviors.INPUT_ONLY in declared else behaviors.REQUIRED
        yield Finding(
            span=field.name_span,
            message=_WHY[word],
            at_most=Severity.ERROR if field.depth <= 1 else Severity.INFO,
            help=(_HELP[word],),
            on=field,
        )
