"""A field of spec that a controller fills in, and that is required.

## What it does

Reports required fields below `spec` whose author declares that they are set later than at
creation (`set=reconcile`, `set=execution`, `set=completion`) or given out (`purpose=allocation`),
and, as info, those whose description says that a controller sets them ("set by the operator").

Descriptions earn no more: in kinds that a controller creates as a whole such a field may well be
required, and whether it does they do not say.

## Why it is bad

Whoever creates the object must give a value that is not theirs to give, or the API server refuses
the object. People then write a placeholder, and the controller cannot tell it from a wish.

## How to fix it

- Make the field optional; an absent value is the question that the controller answers.
- If users never set it, it is an observation more often than not: report it in `status`.
- Making a required field optional is compatible within a version, though clients written in Go see
  a pointer or an empty value where there was none.

## When to ignore it

Where the same controller creates the object, and nobody else.

## Example

`Claim.spec.volumeName`, required, "filled in by the binder".

## Source

Kubernetes API conventions, "Late initialization" (such fields must be strictly optional).
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.judge import prose
from specstat.judge.words import split
from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Field, Section
from specstat.rules import surroundings, values
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE
_LATER = frozenset({"reconcile", "execution", "completion"})
_CONTROLLERS = frozenset(
    "admission apiserver autoscaler binder controller controllers engine kubelet operator platform "
    "provisioner reconciler scheduler server system webhook".split()
)
# "the number that can be set by the autoscaler" is a bound for what it sets.
_OTHERS = frozenset({"can", "may", "that", "which", "also"})


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report the required fields below spec that a controller fills in."""
    resource = context.resource
    machine_written = surroundings.is_machine_written(resource, context.verdicts)
    for field, _ in values.held(resource, Section.SPEC):
        if not field.required or field.has_default:
            continue
        declared = _is_declared(field)
        if declared or (not machine_written and _says_so(field)):
            yield Finding(
                span=field.name_span,
                message="is filled in by a controller, and required",
                declared=declared,
                at_most=Severity.INFO,
                help=("make it optional: what a controller fills in is absent at creation",),
                on=field,
            )


def _is_declared(field: Field) -> bool:
    """Whether the author says that the value comes later, or from a stock."""
    return field.declared.set_when in _LATER or field.declared.purpose == "allocation"


def _says_so(field: Field) -> bool:
    """Whether the description says that a controller sets the value."""
    if field.declared or "by" not in field.description:
        return False
    origin = prose.read(field.description, split(field.name)).origin
    if origin is None:
        return False
    words = origin.quote.split()
    by = words.index("by") if "by" in words else 0
    return bool(by) and origin.actor.split()[-1] in _CONTROLLERS and words[0] not in _OTHERS
