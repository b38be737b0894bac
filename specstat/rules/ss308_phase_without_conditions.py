"""A phase or state that has no conditions beside it.

## What it does

Reports `status.phase` or `status.state`, of type string, in a status without `conditions`. Beside
conditions a phase is a summary and fine. A status that mirrors another API has that API's state
and is left alone, and so are messages whose metadata has no `generation`: Google's AIP-216 asks
for a state enum there.

It is an info, since whether a phase does harm is contested: Kubernetes' own reviewers refused to
forbid it everywhere. The profile `strict` makes it a warning.

## Why it is bad

A phase is one word for a state machine. Clients come to depend on its values, each new value
breaks some of them, and two things that are true at once (running, and running out of space)
cannot be told.

## How to fix it

Add `conditions` and tell each fact there; keep the phase as a summary for people. An added field
breaks nobody.

## When to ignore it

For a kind that runs once, from start to end, and whose phase says all there is.

## Example

`Widget.status.phase` with `Pending`, `Running` and `Failed`, and no conditions.

## Source

Kubernetes API conventions, "Typical status properties": the pattern of using phase is deprecated.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.rules import shape, surroundings
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.conditions import conditions_of, phase_of

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report a phase that is all a status has to say."""
    resource = context.resource
    phase = phase_of(resource)
    if shape.reported_status(resource) is None or phase is None or conditions_of(resource):
        return
    if surroundings.is_mirror(resource):
        return
    yield Finding(
        span=phase.name_span,
        on=phase,
        message="sums the status up in one word, and no conditions say more",
        help=(f"add conditions for each fact, and keep {phase.name} as their summary",),
    )
