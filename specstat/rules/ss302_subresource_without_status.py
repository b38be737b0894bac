"""A status subresource in a CRD whose schema has no status.

## What it does

Reports the newest version of a kind that has `subresources.status` and declares no `status`. A
schema that keeps unknown fields at its root may hold one all the same and is left alone.

It is an info: for a kind of pure configuration the subresource is only idle, and whether a
controller writes there cannot be read from the schema.

## Why it is bad

The API server drops what the schema does not declare. A controller that writes status gets no
error, and its report is gone. Where nobody writes it, the endpoint promises what is not there.

## How to fix it

- Declare `status` with what the controller reports.
- If the kind has nothing to report, take the subresource out, in kubebuilder the marker
  `+kubebuilder:subresource:status`.

## When to ignore it

For pure configuration that will get a status later.

## Example

`Widget v1` with `spec` alone and `subresources: {status: {}}`.

## Source

Kubernetes, "Extend the Kubernetes API with CustomResourceDefinitions": field pruning, status
subresource.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.model.resource import Section
from specstat.rules import shape
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report a status endpoint that keeps nothing."""
    resource = context.resource
    facts = resource.facts
    if not (facts.newest and facts.status_subresource) or facts.open:
        return
    if not resource.fields or resource.root(Section.STATUS) is not None:
        return
    yield Finding(
        span=resource.span,
        message="has a status subresource and no status in its schema: what is written there is "
        "dropped",
        help=(
            "declare status with what the controller reports; if it reports nothing, "
            + shape.change(
                resource,
                "take the subresource out",
                "take +kubebuilder:subresource:status from the Go type",
            ),
        ),
    )
