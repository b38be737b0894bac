"""A field that status requires.

## What it does

Reports what stands directly in the `status` of a CRD and is in its `required`. What is required
within an item of a list, such as the type of a condition, is another matter, and so is a status
that mirrors another API.

It is off in the profile `recommended` and an info in `strict`, since it is contested: some
reviewers want every field of status optional, others want controllers held to a whole report.

## Why it is bad

- A controller cannot report one thing before it knows all others: its first report is refused, or
  it writes zeros that mean nothing.
- The requirement can never be added later, since stored objects break it, and while an old and a
  new controller run side by side, the old one's reports are refused.

## How to fix it

Take the field out of `required`; in Go, the marker `+optional` and `omitempty`. It breaks no stored
object; clients have to cope with an absent field.

## When to ignore it

Where one controller writes all of status at once, and clients count on it.

## Example

`required: [level]` in `Widget.status`.

## Source

Derived: Kubernetes API conventions, "Spec and Status" and "Optional vs. Required". Contested in
kube-api-linter's discussion of `statusoptional`.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.rules import shape, surroundings
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report what a controller cannot leave out of its report."""
    resource = context.resource
    status = shape.status_of(resource)
    if status is None or shape.is_proto(resource) or surroundings.is_mirror(resource):
        return
    for field in status.children:
        if field.required:
            yield Finding(
                span=field.name_span,
                on=field,
                message="is required: no report without it is accepted",
                at_most=Severity.INFO,
                help=(
                    shape.change(
                        resource,
                        f"take {field.name} out of required in status",
                        "put +optional and omitempty on its Go field",
                    ),
                ),
            )
