"""A floating-point number in spec.

## What it does

Reports fields below `spec` of type `number`, in .proto files `float` and `double`. Resources whose
status mirrors another API are passed over: they repeat that API's types.

It is info by default, since released APIs cannot change it any more and about one kind in thirty
has one. Select the profile `strict` for new APIs.

## Why it is bad

A floating-point number does not survive a round trip for certain: languages read and write it
differently, so that what was asked for and what is stored can differ in the last digit. A
controller that compares the two sees a change that nobody made, and reconciles for ever.
controller-gen refuses such types unless it is told that they are dangerous.

## How to fix it

- Take an integer of a smaller unit: `thresholdPercent`, `timeoutMilliseconds`, `cpuMillis`.
- Take a quantity (`"1.5"`, int-or-string with the pattern of `resource.Quantity`), which is exact.
- In a served version, add the new field beside the old one, read both, mark the old one
  deprecated, and drop it with the next version.

## When to ignore it

Where a value of another API is only handed on, and nobody compares it: a temperature of a model,
a geographic position.

## Example

`Rollout.spec.trafficShare: 0.15`; better `trafficPercent: 15`.

## Source

Kubernetes API conventions, "Primitive types".
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.model.resource import Section
from specstat.rules import surroundings, values
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report the floating-point numbers below spec."""
    resource = context.resource
    if surroundings.is_mirror(resource):
        return
    for field, _ in values.held(resource, Section.SPEC):
        if field.type == "number":
            yield Finding(
                span=field.name_span,
                message="is a floating-point number, which does not compare exactly",
                help=("take an integer of a smaller unit, or a quantity such as 1500m",),
                on=field,
            )
