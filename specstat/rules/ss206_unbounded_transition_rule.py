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

from specstat.model.diagnostic import Finding
from specstat.model.resource import Resource, Validation
from specstat.rules import costs
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.costs import Shape, UnknownCostError
from specstat.rules.expressions import parse
from specstat.rules.holes import named, shown
from specstat.rules.outcomes import path_of
from specstat.rules.places import Place, places

SCOPE = Scope.RESOURCE
_WORDS = {"string": "maxLength", "any": "maxLength", "list": "maxItems", "map": "maxProperties"}
_FAR = 100  # times the limit, from which on Kubernetes tells no number
_MOST_BOUNDS = 3
_LARGE = 100_000  # elements or characters: no schema states such a bound


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report transition rules that are too dear, and a version in which all together are."""
    resource = context.resource
    total, alone = 0, True
    for place in places(resource):
        if not any(rule.is_transition for rule in place.rules):
            continue
        shape = shape_at(place, resource)
        if shape is None:
            continue
        for rule in place.rules:
            dear = cost(place, rule, shape)
            total += dear
            if dear > costs.RULE_LIMIT:
                alone = False
                yield _finding(resource, place, rule, shape, dear)
    if alone and total > costs.VERSION_LIMIT:
        yield Finding(
            span=resource.span,
            message="has transition rules that together cost more than the API server allows: "
            f"{_times(total, costs.VERSION_LIMIT)}",
            help=("bound what they compare, and the lists and maps above it",),
        )


def shape_at(place: Place, resource: Resource) -> Shape | None:
    """The shape of what a place is; None where CEL cannot see it."""
    if place.field is None:
        shape = costs.object_of(resource.fields)
        fields = {**costs.OBJECT_FIELDS, **shape.fields, "metadata": costs.METADATA}
        return Shape("object", shape.least, fields=fields)
    levels = place.field.levels
    at = _level(place)
    schema = levels[at - 1] if at else place.field
    return costs.shape_of(schema, levels[at:], place.field.children)


def _level(place: Place) -> int:
    """How many levels of items or values lie between a place and its field."""
    return len([above for above in (place, *place.above) if above.field is place.field]) - 1


def cost(place: Place, rule: Validation, shape: Shape) -> int:
    """What a transition rule costs at most; nothing where that is not known."""
    tree = parse(rule.rule) if rule.is_transition else None
    if tree is None:
        return 0
    try:
        return costs.cost_of(tree, shape) * costs.repeated(_counts(place), shape)
    except UnknownCostError:
        return 0


def _counts(place: Place) -> tuple[int | None, ...]:
    """The bounds of the lists and maps that a place is below of, None for one without."""
    return tuple(_bound(above) for above in (place, *place.above) if above.is_item)


def _bound(items: Place) -> int | None:
    """How many items or values there may be of a list or a map."""
    field, at = items.field, _level(items)
    if field is None:
        return None
    around = field.levels[at - 2].constraints if at > 1 else field.constraints
    stated = dict(around).get("maxItems" if items.steps[-1] == "[]" else "maxProperties", "")
    return int(stated) if stated.isdecimal() else None


def _times(dear: int, limit: int) -> str:
    """By how much a cost is too high, in words."""
    factor = dear / limit
    return f"{factor:.1f} times the limit" if factor <= _FAR else "over 100 times the limit"


def _finding(
    resource: Resource, place: Place, rule: Validation, shape: Shape, dear: int
) -> Finding:
    bounds = [*_missing_above(place), *_missing_in(place, rule, shape)][:_MOST_BOUNDS]
    what = "has items with" if place.is_item else "has"
    return Finding(
        span=place.field.name_span if place.field else resource.span,
        on=place.field,
        message=f"{what} a transition rule that costs more than the API server allows: "
        f"{shown(rule)} is at {_times(dear, costs.RULE_LIMIT)}",
        help=(f"add {', '.join(bounds) or 'lower bounds to what is compared'}",),
    )


def _missing_above(place: Place) -> Iterator[str]:
    """The bounds that the lists and maps above lack, the outermost first."""
    for above in reversed((place, *place.above)):
        if above.is_item and _bound(above) is None:
            word = "maxItems" if above.steps[-1] == "[]" else "maxProperties"
            yield f"{word} to {named(above)[:-2]}"


def _missing_in(place: Place, rule: Validation, shape: Shape) -> Iterator[str]:
    """The bounds that what a rule compares lacks."""
    tree = parse(rule.rule)
    found = [path_of(node) for node in tree.walk()] if tree else []
    for path in sorted({pair[1] for pair in found if pair}):
        read = shape
        for name in path:
            read = read.fields[name]
        if read.most >= _LARGE and read.kind in _WORDS:
            yield f"{_WORDS[read.kind]} to {'.'.join(filter(None, (named(place), *path)))}"
