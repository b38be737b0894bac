"""An immutable field in an optional object that can be dropped and added again.

## What it does

Reports an optional object that holds a field which a transition rule freezes, where the field
itself cannot be unset but the object can: it is not required and has no default, or may be null,
and no rule above refuses that it goes or that it comes back. Told once for each such object, the
nearest one above the field. Items of lists and values of maps are left alone: to remove one and add
another is what they are for. Told of the newest version only.

Of `spec` itself it is told at info: one in ten public CRDs freezes fields in a spec that is not
required, and nobody drops that by accident.

## Why it is bad

Kubernetes asks a transition rule only where there is an old value and a new one. When the whole
object goes, there is no new value to compare, and when it comes back there is no old one: two
updates change what the rule calls immutable.

## How to fix it

- Require the object, or give it a default (`{}`).
- Or put a guard on what holds it: `!has(oldSelf.storage) || has(self.storage)`.

## When to ignore it

Where the object may be dropped and configured anew on purpose.

## Example

```yaml
storage: # optional
  type: object
  required: [class]
  properties:
    class:
      type: string
      x-kubernetes-validations:
      - rule: self == oldSelf
```

## Source

Kubernetes documentation, "Extend the Kubernetes API with CustomResourceDefinitions", transition
rules. The documentation of controller-gen's `+k8s:immutable` says it in so many words.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Section
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.holes import closing, frozen, is_null, named, shown
from specstat.rules.places import Place, is_hole

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report objects that take frozen fields with them when they go."""
    told: set[tuple[str, ...]] = set()
    for place, _, rule in frozen(context.resource):
        hole = None if is_hole(place) else _hole_above(place)
        if hole is None or hole.field is None or hole.steps in told:
            continue
        told.add(hole.steps)
        field = hole.field
        gone = "set to null" if is_null(field) else "dropped"
        inside = named(place).removeprefix(f"{named(hole)}.")
        quiet = field.section is Section.STATUS or field.depth == 0
        yield Finding(
            span=field.name_span,
            on=field,
            message=f"can be {gone} and added again with another {inside}, which {shown(rule)} "
            "freezes",
            at_most=Severity.INFO if quiet else Severity.ERROR,
            help=(closing(context.resource, hole, field),),
        )


def _hole_above(place: Place) -> Place | None:
    """The nearest object above that can be dropped and come back, within the same item or value."""
    for above in place.above:
        if above.is_item:
            return None
        if is_hole(above):
            return above
    return None
