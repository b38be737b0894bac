"""A version that had the status subresource, and after this change has none.

## What it does

Compares a version of a CRD with what it was, where both are known (`specstat lint --since`,
`specstat diff`), and reports one whose `subresources.status` is gone while its schema still has a
status.

## Why it is bad

Controllers write to `/status` and get "not found" from then on. Whoever may write the object may
write its status again, a write of the object overwrites what the controller reported, and
`metadata.generation` counts changes of status as well, so `observedGeneration` says nothing.

## How to fix it

Put `subresources: {status: {}}` back; with controller-gen the marker is
`+kubebuilder:subresource:status`, which is often lost when a type is moved.

## When to ignore it

Where nothing writes the status and nobody reads it; then it can go as well.

## Example

```yaml
versions:
- name: v1
  subresources: {} # status: {} stood here
```

## Source

Kubernetes, "Extend the Kubernetes API with CustomResourceDefinitions": status subresource.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.model.resource import Section
from specstat.rules import changes
from specstat.rules.base import ChangeContext, Scope

SCOPE = Scope.CHANGE


def check(context: ChangeContext) -> Iterator[Finding]:
    """Report a version that lost its status subresource."""
    old, new = context.old, context.new
    if not old.facts.status_subresource or new.facts.status_subresource:
        return
    if new.root(Section.STATUS) is None:
        return
    how = "put subresources.status back"
    if new.facts.generator:
        how = f"put the marker +kubebuilder:subresource:status back on the Go type {new.kind}"
    yield Finding(
        span=new.span,
        message="had the status subresource and lost it: writes to /status fail from now on",
        at_most=changes.loudest(old),
        help=(how,),
        discriminator=new.version,
    )
