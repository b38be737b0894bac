"""A field at the root of an object, beside its spec and status.

## What it does

Reports what stands beside `spec` and `status` and is none of apiVersion, kind and metadata, in
CRDs and in protos. An object without spec or without status may have whatever
fields it needs, as ConfigMap has `data`; in a message without `metadata`, what stands beside spec
and status is its metadata.

## Why it is bad

Spec and status say who writes a field and who may: a field beside them belongs to neither. Users
and controllers both come to write it, permissions cannot tell them apart, and tools that look at
spec and status do not see it.

## How to fix it

- Move what is asked for to `spec`, what is reported to `status`, what only helps to find the object
  to labels or annotations.
- A released version cannot change: read both places, and drop the field with the next version.

## When to ignore it

Where the version is released and clients depend on the field. A field that all kinds of a team have
at their root is named by the option `allow`: `options: {SS303: {allow: [owner]}}`.

## Example

`Widget.operation` beside `Widget.spec` and `Widget.status`.

## Source

Kubernetes API conventions, "Spec and Status": no additional top-level fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Section
from specstat.rules import shape
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.moving import may_still_change

SCOPE = Scope.RESOURCE
OPTIONS: Mapping[str, frozenset[str]] = {"allow": frozenset()}
_SECTIONS = frozenset({Section.SPEC.value, Section.STATUS.value})


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report the fields at the root that belong to no section."""
    resource = context.resource
    if shape.status_of(resource) is None or resource.root(Section.SPEC) is None:
        return
    if shape.is_proto(resource) and resource.root(Section.METADATA) is None:
        return
    expected = shape.COMMON | _SECTIONS | context.options["allow"]
    now = "move it" if may_still_change(resource) else "in the next version, move it"
    for field in resource.fields:
        if field.name not in expected:
            yield Finding(
                span=field.name_span,
                on=field,
                message="stands beside spec and status, and belongs to neither",
                at_most=Severity.WARNING,
                help=(f"{now} to spec if it is asked for, and to status if it is reported",),
            )
