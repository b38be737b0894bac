"""A field that went from status to spec because it may be set now.

## What it does

Compares a version with what it was, where both are known (`specstat lint --since`, `specstat
diff`). Reports a field that went from status to spec, where its own words say why: its new
description says that it may be set, it got a default or a purpose, or lost `OUTPUT_ONLY`.

## Why it is bad

It is not: an API grows so. It is told because readers of the old place break all the same, where
that is taken away at once.

## How to fix it

Keep the field in status as well and report there what holds; spec says what is wanted, and the two
differ while the controller is at work. Drop it from status with the next version, if ever.

## When to ignore it

Where nobody reads the field from status. It is info only, and shown on request.

## Example

`status.zone`, "Zone in which it runs", becomes `spec.zone`, "Zone in which to run; may be set by
the user, else the scheduler chooses one".

## Source

Kubernetes, "API conventions", spec and status. Spec/status philosophy, "The Purpose Test".
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.rules import settable
from specstat.rules.base import ChangeContext, Scope

SCOPE = Scope.CHANGE


def check(context: ChangeContext) -> Iterator[Finding]:
    """Report fields that moved to spec as they became settable."""
    for old, new in context.outline.moved:
        if why := settable.by_moving(old, new):
            yield Finding(
                span=new.name_span,
                message=f"became settable and left {old.path}: {why}",
                at_most=Severity.INFO,
                help=(f"keep {old.path} as well: it tells what holds, {new.path} what is wanted",),
                discriminator=old.path,
                on=new,
            )
