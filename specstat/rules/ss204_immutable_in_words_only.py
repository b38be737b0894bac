"""A field that is immutable in its description, and in nothing that enforces it.

## What it does

Reports fields of spec whose description says that they are immutable, or cannot be changed once
they are set, where no transition rule of the definition says so: none on the field, above it, at
the root or below it that mentions it. In a proto it is the comment that says so, and IMMUTABLE that
is missing, in resources that use `google.api.field_behavior`. More than three in one kind are told
once, of spec. Claims on a condition ("until", "unless") and of other fields are left alone, and so
is what comes with Kubernetes' own types. Told of the newest version only.

It is an info: a webhook may enforce what the schema does not, and no schema tells.

## Why it is bad

Where nothing refuses the change, it is made: the object then says something else than what runs,
and the controller has to cope with what the documentation rules out. Documentation without
enforcement is not enough.

## How to fix it

- Add the rule: `self == oldSelf` on the field, with a guard above it where the field is optional
  (SS202).
- In a proto, add `(google.api.field_behavior) = IMMUTABLE` and let the server refuse the change.

## When to ignore it

Where an admission webhook or a policy refuses the change.

## Example

`Widget.spec.zone`, "Zone of the widget. Immutable.", without a rule.

## Source

Derived: Kubernetes API conventions, "Validation"; AIP-203, "Immutable".
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.model.resource import Field, Resource, Section
from specstat.rules import behaviors, mutability, outcomes, shape
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.claims import claim
from specstat.rules.fields import own_fields
from specstat.rules.places import Place, places

SCOPE = Scope.RESOURCE
_SETTLED = frozenset({behaviors.IMMUTABLE, behaviors.OUTPUT_ONLY, behaviors.IDENTIFIER})
_WORDS = 9
_MANY = 3  # more are a custom of the API, and told as one
_OPEN = "nothing in the schema refuses a change"
_IN_PROTO = "declare it IMMUTABLE, and let the server refuse the change"
_IN_CRD = "add the rule self == oldSelf, or leave it where a webhook refuses the change"
# What Kubernetes says of a container's resource claims comes along with the type.
_RESOURCES = frozenset({"limits", "requests", "claims"})
_OBJECTS = frozenset({"apiVersion", "kind", "metadata"})


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report claims that nothing enforces."""
    resource = context.resource
    if not resource.facts.newest:
        return
    own = own_fields(resource)
    found = {f.path: said for f in own if _may_claim(f) and (said := claim(f))}
    is_proto = shape.is_proto(resource)
    if not found or (is_proto and not _uses_behaviors(resource)):
        return
    copied = {id(child) for f in own if f.child_names >= _RESOURCES for child in f.children}
    enforced = _enforced_proto if is_proto else _enforced
    open_ = (f for f in own if f.path in found and id(f) not in copied)
    told = (f for f in open_ if not enforced(resource, f))
    fields = [*behaviors.once(resource, told)]
    help_ = _IN_PROTO if is_proto else _IN_CRD
    spec = resource.root(Section.SPEC)
    if spec is not None and len(fields) > _MANY:
        first = ", ".join(field.name for field in fields[:_MANY])
        message = (
            f"has {len(fields)} fields that are immutable in words only ({first}, ...): {_OPEN}"
        )
        yield Finding(span=spec.name_span, on=spec, message=message, help=(help_,))
        return
    for field in fields:
        words = found[field.path].split()
        quote = " ".join(words[:_WORDS]) + (" ..." if len(words) > _WORDS else "")
        message = f'is immutable in words only ("{quote}"): {_OPEN}'
        yield Finding(span=field.name_span, on=field, message=message, help=(help_,))


def _may_claim(field: Field) -> bool:
    return field.section is Section.SPEC and field.depth > 0 and field.name not in _OBJECTS


def _uses_behaviors(resource: Resource) -> bool:
    return any(behaviors.of(f) for root in resource.fields for f in root.walk())


def _enforced_proto(resource: Resource, field: Field) -> bool:
    del resource
    return not _SETTLED.isdisjoint(behaviors.of(field)) or field.declared.changes != ""


def _enforced(resource: Resource, field: Field) -> bool:
    """Whether some transition rule may be about a field."""
    if field.declared.changes in mutability.FROZEN:
        return True
    every = places(resource)
    own = [p for p in every if p.field is field]
    if not own:
        return False
    place = own[0]
    depth = len(place.steps)
    return any(_is_about(p, place) for p in every if p.steps[:depth] == place.steps) or any(
        _is_about(p, place) for p in place.above
    )


def _is_about(holder: Place, place: Place) -> bool:
    """Whether a transition rule on a schema is about a field in it, or about all of it."""
    below = place.steps[len(holder.steps) :]
    for rule in holder.rules:
        if not rule.is_transition:
            continue
        if not below or below[-1] in outcomes.names(rule):
            return True
        change = outcomes.Change(below)
        if not outcomes.of_rule(rule, change) & outcomes.Outcome.TRUE:
            return True
    return False
