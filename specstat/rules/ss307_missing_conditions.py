"""A status without conditions.

## What it does

Reports a status that declares fields and no `conditions` among them, in kinds that have a spec to
report on. A status that tells a phase instead is SS308's. Left alone are one that may hold
undeclared fields, one that has conditions for each of its parts, as routes of Gateway API have them
for each parent, review kinds, and messages whose metadata has no `generation`.

It is an info: about one in six public CRDs has no conditions, and simple kinds do without. The
profile `strict` makes it a warning.

## Why it is bad

Nobody can wait for the object: `kubectl wait`, pipelines and other controllers know conditions and
no other sign of being ready or broken. A number or a time alone does not say what is wrong.

## How to fix it

Add `conditions`, in Go `[]metav1.Condition`, with one type that sums up whether the object is fit
for use, such as `Ready`. An added field breaks nobody.

## When to ignore it

For kinds that have nothing to become: counters, caches, records of something that happened.

## Example

`Widget.status` with `readyReplicas` alone.

## Source

Kubernetes API conventions, "Typical status properties".
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.rules import shape
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.conditions import conditions_of, conditions_of_parts, phase_of

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report a status that tells nobody when it is ready."""
    resource = context.resource
    status = shape.reported_status(resource)
    if status is None or conditions_of(resource) or phase_of(resource):
        return
    if any(conditions_of_parts(resource)):
        return
    yield Finding(
        span=status.name_span,
        on=status,
        message="has no conditions: nobody can wait for it or learn why it is not ready",
        help=("add conditions, with a type such as Ready that sums the others up",),
    )
