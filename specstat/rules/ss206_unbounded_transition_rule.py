"""A transition rule that costs more than Kubernetes allows, for want of a bound.

## What it does

Reports a rule that compares with `oldSelf` and whose cost, as the API server estimates it, is over
the limit: because it stands below a list or a map without a bound, compares a value without one, or
both. It is an error in every version, since the API server refuses the definition. Estimated are
rules that are made of comparisons, `has()`, `size()` and logic; of others nothing is said.

## Why it is bad

The definition cannot be installed: "estimated rule cost exceeds budget". What has no bound counts
as if it filled a request of three megabytes, and below a list that happens for every item.

## How to fix it

Add the bounds that the message names: `maxLength` to strings, `maxItems` to lists, `maxProperties`
to maps. Bounds multiply, so the outermost list is the best place to begin. A bound on a field of a
served version must leave room for what exists.

## When to ignore it

Never, where the definition is meant to be installed as it is.

## Example

```yaml
pools:
  type: array # no maxItems
  x-kubernetes-list-type: map
  x-kubernetes-list-map-keys: [name]
  items:
    type: object
    required: [name, image]
    properties:
      image:
        type: string # no maxLength
        x-kubernetes-validations:
        - rule: self == oldSelf
```

## Source

Kubernetes documentation, "Extend the Kubernetes API with CustomResourceDefinitions", "Resource use
by validation functions"; the cost estimates of k8s.io/apiserver.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from specstat.model.diagnostic import Finding
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.holes import shown
from specstat.rules.places import has_transitions

if TYPE_CHECKING:
    from specstat.rules.costs import Estimate

SCOPE = Scope.RESOURCE
_FAR = 100  # times the limit, from which on Kubernetes tells no number
_MOST_BOUNDS = 3


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report transition rules that are too dear, and a version in which all together are."""
    resource = context.resource
    if not has_transitions(resource):
        return
    from specstat.rules import costs  # noqa: PLC0415 - most definitions have no such rule

    known = [*costs.estimates(resource)]
    dear = [estimate for estimate in known if estimate.cost > costs.LIMIT]
    for estimate in dear:
        field, what = estimate.place.field, "has items with" if estimate.place.is_item else "has"
        yield Finding(
            span=field.name_span if field else resource.span,
            on=field,
            message=f"{what} a transition rule that costs more than the API server allows: "
            f"{shown(estimate.rule)} is at {_times(estimate.cost, costs.LIMIT)}",
            help=(_help(estimate),),
        )
    total = sum(estimate.cost for estimate in known)
    if not dear and total > costs.VERSION_LIMIT:
        yield Finding(
            span=resource.span,
            message="has transition rules that together cost more than the API server allows: "
            f"{_times(total, costs.VERSION_LIMIT)}",
            help=("bound what they compare, and the lists and maps above it",),
        )


def _times(dear: int, limit: int) -> str:
    """By how much a cost is too high, in words."""
    factor = dear / limit
    return f"{factor:.1f} times the limit" if factor <= _FAR else "over 100 times the limit"


def _help(estimate: Estimate) -> str:
    bounds = ", ".join(estimate.lacks[:_MOST_BOUNDS])
    return f"add {bounds or 'lower bounds to what is compared'}"
