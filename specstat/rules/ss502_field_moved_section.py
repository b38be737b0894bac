"""A field that this change takes out of one section and puts into another.

## What it does

Compares a version with what it was, where both are known (`specstat lint --since`, `specstat
diff`). Reports a field that is gone from one section and came in another with the same name and
type: at the same place within the section, or with the same description. A field that went from
status to spec because it became settable is told by `field-became-settable` instead.

## Why it is bad

It breaks everybody. Clients that write the field are refused, or their value is dropped without
a word; those that read it find nothing; what is stored at the old place is pruned with the next
write of the object.

## How to fix it

The move itself is most often right; it is the way that breaks. Keep the field at its old place,
add the new one beside it, write and read both, mark the old one deprecated, and drop it with the
next version. In an alpha version, or one that is not served, a move is allowed, and told at info;
in a beta version at warning.

## When to ignore it

Where the version is not released yet.

## Example

`status.callbackToken` of `v1` becomes `spec.callbackToken` of `v1`. From `v1beta1` to `v1` the same
move is none of this: conversion carries the field (see `older-version-differs`).

## Source

Kubernetes, "Changing the API": no incompatible change within a version. Protobuf, "Updating a
message type".
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.rules import changes, settable
from specstat.rules.base import ChangeContext, Scope
from specstat.rules.moving import migration

SCOPE = Scope.CHANGE


def check(context: ChangeContext) -> Iterator[Finding]:
    """Report fields that changed their section."""
    old, new = context.old, context.new
    whose = new.version or "this API"
    for pair in context.outline.moved:
        if settable.by_moving(*pair):
            continue
        yield Finding(
            span=pair.new.name_span,
            message=f"moved here from {pair.old.path}: clients of {whose} that use it there break",
            at_most=changes.loudest(old),
            help=migration(old, new, *pair),
            discriminator=pair.old.path,
            on=pair.new,
        )
