"""An older served version whose spec and status do not hold the same fields as the newest.

## What it does

Compares the top-level fields of `spec` and `status` of each older served version with those of
the newest served one. Only the newest is judged by the placement rules; this says, once for each
older version, that it differs.

## Why it is bad

It often is not: versions exist to differ. But each difference is something that conversion must
carry, and a field that changed its section is one that clients of both versions see in two places.

## How to fix it

- While a version is not released, align it.
- A released version cannot change; let conversion carry the fields, and stop serving the version
  when its clients are gone.

## When to ignore it

Whenever conversion is in place. It is info only, and shown on request.

## Example

`v1beta1` keeps `status.callbackToken`, `v1` keeps `spec.callbackToken`.

## Source

Kubernetes, "Changing the API": versions and conversion.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Resource, Section
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE
_SHOWN = 3


def _paths(resource: Resource) -> set[str]:
    return {f.path for section in (Section.SPEC, Section.STATUS) for f in resource.top(section)}


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report an older served version that differs from the newest served one."""
    resource = context.resource
    newest = next((r for r in context.siblings if r.facts.newest), None)
    if resource.facts.newest or not resource.facts.served or newest is None:
        return
    only_here = sorted(_paths(resource) - _paths(newest))
    only_there = sorted(_paths(newest) - _paths(resource))
    count = len(only_here) + len(only_there)
    if not count:
        return
    parts = [
        f"only {version} has {', '.join(paths[:_SHOWN])}{' and others' * (len(paths) > _SHOWN)}"
        for version, paths in ((resource.version, only_here), (newest.version, only_there))
        if paths
    ]
    plural = "s" * (count > 1)
    yield Finding(
        span=resource.span,
        message=f"differs from {newest.version} in {count} top-level field{plural}: "
        + "; ".join(parts),
        at_most=Severity.INFO,
        discriminator=resource.version,
    )
