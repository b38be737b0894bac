"""A list of conditions that is not merged by their type.

## What it does

Reports `status.conditions` of a CRD without `x-kubernetes-list-type: map` keyed by `type`. Protos
have no such lists, and conditions of another shape are SS305's.

It is an info: most public CRDs lack it, and with a single controller it does no harm. The profile
`strict` makes it a warning.

## Why it is bad

Without it the list is one value to server-side apply: of two controllers that each apply a
condition of their own, the second replaces the first's. The API server also accepts two conditions
of one type.

## How to fix it

- Add `x-kubernetes-list-type: map` and `x-kubernetes-list-map-keys: [type]`, and require `type`
  in the items; in kubebuilder `+listType=map` and `+listMapKey=type`.
- Adding it later is safe as long as no stored object repeats a type.

## When to ignore it

Where one controller writes the whole list and always will.

## Example

`Widget.status.conditions` of type array and nothing more.

## Source

Kubernetes API conventions, "Typical status properties": conditions are a map with the key type.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.model.resource import Field
from specstat.rules import shape
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.conditions import conditions_of

SCOPE = Scope.RESOURCE
_KEYS = ("type",)


def _how(field: Field) -> str:
    """How the list is merged instead."""
    if field.list_type == "map":
        return f"by {' and '.join(field.list_map_keys) or 'nothing'}"
    return "as a set" if field.list_type == "set" else "as one value"


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report conditions of which one controller may overwrite another's."""
    resource = context.resource
    found = conditions_of(resource)
    if shape.status_of(resource) is None or found is None or shape.is_proto(resource):
        return
    if found.type != "array" or not {"type", "status"} <= found.child_names:
        return
    if found.list_type == "map" and found.list_map_keys == _KEYS:
        return
    yield Finding(
        span=found.name_span,
        on=found,
        message=f"is merged {_how(found)}, not by the type of each condition",
        help=(
            shape.change(
                resource,
                "add x-kubernetes-list-type: map and x-kubernetes-list-map-keys: [type], and "
                "require type in the items",
                "put +listType=map and +listMapKey=type on the Go field Conditions",
            ),
        ),
    )
