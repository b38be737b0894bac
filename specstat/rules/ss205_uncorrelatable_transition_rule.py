"""A transition rule where Kubernetes cannot tell which old value belongs to which new one.

## What it does

Reports a rule of `x-kubernetes-validations` that reads `oldSelf` and stands on the items of a list
which is no map list, or anywhere below them: a list with `x-kubernetes-list-type: set` or
`atomic`, or without a list type, which is the same as `atomic`. It is an error in every version,
since the API server refuses the definition.

## Why it is bad

The definition cannot be installed: "oldSelf cannot be used on the uncorrelatable portion of the
schema". Items of such a list have no identity, so there is no old item that belongs to a new one.

## How to fix it

- Make the list a map list: `x-kubernetes-list-type: map` with the keys that name an item in
  `x-kubernetes-list-map-keys`. Note that a client may still remove an item and add it anew.
- Or put the rule on the list itself, or above it, and compare the list as a whole:
  `self == oldSelf` on the list fixes it with all its items.

## When to ignore it

Never, where the definition is meant to be installed as it is.

## Example

```yaml
disks:
  type: array # no list type: atomic
  items:
    type: object
    properties:
      size:
        type: integer
        x-kubernetes-validations:
        - rule: self == oldSelf
```

## Source

Kubernetes documentation, "Extend the Kubernetes API with CustomResourceDefinitions", "Field path
correlation"; the validation of CustomResourceDefinitions in k8s.io/apiextensions-apiserver.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.model.resource import Validation
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.expressions import parse
from specstat.rules.holes import named, shown
from specstat.rules.outcomes import OLD
from specstat.rules.places import Place, places

SCOPE = Scope.RESOURCE
_HELP = "make {} a map list (x-kubernetes-list-type: map and its keys), or put the rule on the list"


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report transition rules that the API server refuses."""
    for place in places(context.resource):
        rule = None if place.correlated else _transition(place)
        if rule is None or place.field is None:
            continue
        items = _uncorrelated(place)
        kind = f"a list of type {items.list_type}" if items.list_type else "an atomic list"
        what = "has items with" if place.is_item else "has"
        whole = named(items).removesuffix("[]")
        yield Finding(
            span=place.field.name_span,
            on=place.field,
            message=f"{what} a transition rule that the API server refuses: {shown(rule)} stands "
            f"below {whole}, {kind}, whose items have no identity",
            help=(_HELP.format(whole),),
        )


def _transition(place: Place) -> Validation | None:
    """A rule on a place that reads the old value."""
    for rule in place.rules:
        tree = parse(rule.rule) if rule.is_transition else None
        if tree and any(node.kind == "name" and node.name == OLD for node in tree.walk()):
            return rule
    return None


def _uncorrelated(place: Place) -> Place:
    """The outermost items without identity that a place is, or is below of."""
    return [p for p in (place, *place.above) if not p.correlated][-1]
