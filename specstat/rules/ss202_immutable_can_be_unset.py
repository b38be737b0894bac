"""An immutable field that can be unset, and then set to another value.

## What it does

Reports an optional field that a transition rule freezes (`self == oldSelf` on it, or
`self.size == oldSelf.size` and its like above it), where no rule keeps it from being unset, and a
field that may be null (`nullable`), which for rules is the same, required or not. Other fields with
a default are left alone, and those that are guarded: by `has(self.size) ==
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

- Require the field, or give it a default: then it is never unset. It must not be `nullable`.
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
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.holes import closing, frozen, is_null, shown
from specstat.rules.places import is_hole

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report frozen fields that two updates can change."""
    for place, field, rule in frozen(context.resource):
        if is_hole(place):
            gone = "set to null" if is_null(field) else "unset"
            yield Finding(
                span=field.name_span,
                on=field,
                message=f"can be {gone} and then set to another value: {shown(rule)} is asked only "
                "where there is a value before and after",
                at_most=Severity.INFO if field.section is Section.STATUS else Severity.ERROR,
                help=(closing(context.resource, place, field),),
            )
