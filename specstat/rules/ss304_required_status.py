"""A status that is required.

## What it does

Reports a kind whose schema requires `status` at its root. It is an error where the status
subresource is on and a warning elsewhere.

## Why it is bad

Status is what a controller reports on an object that exists. Where status has a subresource, the
API server takes it out of each object that is created, before it checks the schema: no object can
be created at all. Elsewhere whoever creates an object has to make a report up.

## How to fix it

Take `status` out of `required`; in Go, `json:"status,omitempty"` with the marker `+optional`. It
breaks nobody: what was valid stays valid.

## When to ignore it

Never.

## Example

`required: [spec, status]` at the root of `Widget`.

## Source

Kubernetes API conventions, "Spec and Status": PUT and POST ignore the status values. Derived: the
conventions do not speak of `required`.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.rules import shape
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report a status without which no object is valid."""
    resource = context.resource
    status = shape.status_of(resource)
    if status is None or not status.required:
        return
    refused = resource.facts.status_subresource and not status.has_default
    yield Finding(
        span=status.name_span,
        on=status,
        message="is required, and the API server takes it out of what is created before it checks: "
        "no object can be created"
        if refused
        else "is required: whoever creates an object has to make a report up",
        at_most=Severity.ERROR if refused else Severity.WARNING,
        help=(_help(shape.is_proto(resource), bool(resource.facts.generator)),),
    )


def _help(proto: bool, generated: bool) -> str:  # noqa: FBT001 - two facts of one resource
    if proto:
        return "take the rule away that requires it"
    if generated:
        return 'give the Go field Status json:"status,omitempty" and +optional, run controller-gen'
    return "take status out of required at the root of the schema"
