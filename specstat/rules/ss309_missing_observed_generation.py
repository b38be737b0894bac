"""A status that does not say which generation of the spec it is about.

## What it does

Reports a status that declares fields and has `observedGeneration` neither directly nor in its
conditions or those of its parts, in kinds that have a spec to report on. A status that may hold
undeclared fields is left alone, and so are review kinds and messages whose metadata has no
`generation`.

It is an info: about a quarter of public CRDs lack it, and the conventions only say that some
resources report it. The profile `strict` makes it a warning.

## Why it is bad

After a change of spec the old report still stands there. A client that reads "ready" cannot tell
whether that is about what it just asked for, so it goes on too early.

## How to fix it

Add `observedGeneration` (integer, int64) to status or to each condition, and set it to the
`metadata.generation` that was acted on, with everything that is reported of it. An added field
breaks nobody.

## When to ignore it

For kinds whose spec never changes.

## Example

`Widget.status` with `readyReplicas` and conditions of type, status, reason and message.

## Source

Kubernetes API conventions, "Typical status properties": observedGeneration.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.rules import shape
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.conditions import conditions_of, conditions_of_parts, observed_generations

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report a status that may be about an older spec."""
    resource = context.resource
    status = shape.reported_status(resource)
    if status is None or any(True for _ in observed_generations(resource)):
        return
    conditions = conditions_of(resource)
    lists = [conditions] if conditions else list(conditions_of_parts(resource))
    if any(not found.children for found in lists):
        return  # of its items nothing is known
    where = ", neither directly nor in its conditions" if conditions else ""
    yield Finding(
        span=status.name_span,
        on=status,
        message=f"has no observedGeneration{where}: it may be about an older spec",
        help=("add observedGeneration (int64): the metadata.generation that was acted on",),
    )
