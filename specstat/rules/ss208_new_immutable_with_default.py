"""A new field that is immutable and has a default.

## What it does

Compares a version with what it was, where both are known (`specstat lint --since`, `specstat
diff`). Reports a field of spec that is new, has a default, and may never be changed: a transition
rule freezes it (`self == oldSelf`), or its annotation says `changes=never`.

It is an info: for many fields the default is just what existing objects should keep.

## Why it is bad

- Objects that exist get the default as soon as they are read, and can never get another value.
  Who wants one has to delete the object and make it anew.
- A client that was built before does not know the field and leaves it out when it writes the whole
  object (PUT). The default takes the field's place, and where the object has another value, that
  is a change: the update is refused, though the client changed nothing of it.

## How to fix it

- Leave the default out, and let the controller treat a missing field as the default: then it can
  still be set once.
- Or let it be changed once: `oldSelf == 'the default' || self == oldSelf`.

## When to ignore it

Where existing objects must keep the default forever, and all clients patch or apply.

## Example

```yaml
mode: # new
  type: string
  default: Shared
  x-kubernetes-validations:
  - rule: self == oldSelf
```

## Source

Kubernetes API conventions, "Defaulting", considerations for PUT.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.model.resource import Section
from specstat.rules import changes, mutability
from specstat.rules.base import ChangeContext, Scope

SCOPE = Scope.CHANGE
_SHOWN = 40
_HELP = "leave the default out and treat a missing field as the default: then it can be set once"


def check(context: ChangeContext) -> Iterator[Finding]:
    """Report new fields that existing objects get a value of and can never change."""
    fresh = [f for f in context.outline.added if f.has_default and f.section is Section.SPEC]
    if not fresh:
        return
    locked = mutability.locks(context.new)
    for field in fresh:
        lock = locked.get(field.path)
        frozen = lock.words if lock and lock.always else ""
        if field.declared.changes == "never":
            frozen = "its annotation"
        if not frozen:
            continue
        default = f" {field.default}" if field.default and len(field.default) <= _SHOWN else ""
        yield Finding(
            span=field.name_span,
            on=field,
            message=f"is new, and every existing object keeps its default{default} forever: "
            f"{frozen} freezes it",
            at_most=changes.loudest(context.old),
            help=(_HELP,),
        )
