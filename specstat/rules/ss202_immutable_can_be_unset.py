"""An immutable field that can be unset, and then set to another value.

## What it does

Reports an optional field that a transition rule freezes (`self == oldSelf` on it, or
`self.size == oldSelf.size` and its like above it), where no rule keeps it from being unset. Fields
with a default are left alone, and those that are guarded: by `has(self.size) ==
has(oldSelf.size)`, `!has(oldSelf.size) || has(self.size)` or any other rule on an object above
which refuses that the field goes, or that it comes back. In doubt nothing is said. Told of the
newest version only.

It is an info: one in twelve public CRDs has such a field, some of them dozens. The profiles
`strict` and `kubebuilder` make it a warning.

## Why it is bad

Kubernetes asks a transition rule only where there is an old value and a new one. To unset the field
is allowed, and to set it afterwards as well: two updates change what the rule calls immutable. A
controller that relies on the rule never expects the second value.

## How to fix it

- Require the field, or give it a default: then it is never unset.
- Or put a guard on the object that holds it, beside the rule on the field:
  `!has(oldSelf.size) || has(self.size)` lets it be set later and never be unset,
  `has(self.size) == has(oldSelf.size)` fixes also whether it is there.
- In Go the guard is a marker on the struct, `+kubebuilder:validation:XValidation`; recent versions
  of controller-gen write both rules for `+k8s:immutable`.

Objects that exist stay valid: a transition rule is asked on updates only.

## When to ignore it

Where the field may be unset and set anew on purpose.

## Example

```yaml
properties:
  size: # optional
    type: integer
    x-kubernetes-validations:
    - rule: self == oldSelf
```

## Source

Kubernetes documentation, "Extend the Kubernetes API with CustomResourceDefinitions", transition
rules: for an optional field, `self == oldSelf` allows it to go from set to unset and back.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Section
from specstat.rules import shape
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.expressions import escaped
from specstat.rules.holes import locked_places, named, shown
from specstat.rules.places import Place, is_hole

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report frozen fields that two updates can change."""
    for place, lock in locked_places(context.resource):
        if place.field is None or place.is_item or not is_hole(place):
            continue
        status = place.field.section is Section.STATUS
        yield Finding(
            span=place.field.name_span,
            on=place.field,
            message=f"can be unset and then set to another value: {shown(lock)} is asked only "
            "where there is a value before and after",
            at_most=Severity.INFO if status else Severity.ERROR,
            help=(shape.change(context.resource, _by_hand(place), _marker(place)),),
        )


def _guard(place: Place) -> str:
    name = escaped(place.steps[-1])
    return f"!has(oldSelf.{name}) || has(self.{name})"


def _by_hand(place: Place) -> str:
    above = named(place.parent) if place.parent else ""
    return (
        f"require it, give it a default, or guard it with a rule on {above or 'the root'}: "
        f"{_guard(place)}"
    )


def _marker(place: Place) -> str:
    return (
        "require the field, give it a default, or add to the struct that holds it "
        f'+kubebuilder:validation:XValidation:rule="{_guard(place)}"'
    )
