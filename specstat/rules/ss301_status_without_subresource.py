"""A status in the schema of a CRD without the status subresource.

## What it does

Reports a version whose schema has `status` while its `subresources` do not; the newest served
version, and an older served one where the newest has the subresource.

It is a warning, and an error in the profile `kubebuilder`. It is an info where nothing is declared
in `status`, where there is no spec to keep apart from it, and in a version past alpha that is
generated from Go types and whose status has neither conditions nor observedGeneration: the clients
of such an API write status with the whole object, and the switch has to be planned with them.

## Why it is bad

- Whoever may write the object may write its status, and whoever writes status may write spec:
  reports can be forged, and there is no permission for the one without the other.
- Each report raises `metadata.generation`, so `observedGeneration` is behind as soon as it is
  written.
- A user who applies an old copy of the object overwrites what the controller reported.

## How to fix it

- Add `subresources: {status: {}}` to the version, in kubebuilder the marker
  `+kubebuilder:subresource:status`. In v1 it stands in each version, and beside them it is ignored;
  in v1beta1 it stands beside the versions.
- Write status through the status endpoint (`Status().Update` in controller-runtime) from then on;
  the API server drops what is written with the rest of the object.

## When to ignore it

For kinds whose status is written by people on purpose, and for those of other projects that you
only carry along.

## Example

`Widget.status` with `phase`, and no `subresources` in its version.

## Source

Kubernetes API conventions, "Spec and Status": a /status subresource must be provided.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Field, Resource, Section
from specstat.rules import conditions, shape, surroundings
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.moving import may_still_change

SCOPE = Scope.RESOURCE
_FROM_THEN_ON = (
    "write status through the status endpoint from then on: what is written with the rest of the "
    "object is dropped"
)


def _is_left_behind(context: ResourceContext) -> bool:
    """Whether an older version is served without what the newest has."""
    newest = next((r for r in context.siblings if r.facts.newest), None)
    return bool(newest and newest.facts.status_subresource and context.resource.facts.served)


def _at_most(resource: Resource, status: Field) -> Severity:
    if not status.children or resource.root(Section.SPEC) is None:
        return Severity.INFO
    has_clients = bool(resource.facts.generator) and not may_still_change(resource)
    if has_clients and not conditions.follows_conventions(resource):
        return Severity.INFO
    return Severity.ERROR


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report a status that whoever may write the object can write."""
    resource = context.resource
    status = resource.root(Section.STATUS)
    if status is None or resource.facts.status_subresource or shape.is_proto(resource):
        return
    if surroundings.answers_in_status(resource):
        return
    if not (resource.facts.newest or _is_left_behind(context)):
        return
    yield Finding(
        span=status.name_span,
        on=status,
        message=f"has no status subresource in {resource.version}: it is written with the rest of "
        "the object, by whoever may write spec",
        at_most=_at_most(resource, status),
        help=(
            shape.change(
                resource,
                f"add subresources: {{status: {{}}}} to version {resource.version}",
                f"put +kubebuilder:subresource:status above the Go type {resource.kind}",
            ),
            _FROM_THEN_ON,
        ),
    )
