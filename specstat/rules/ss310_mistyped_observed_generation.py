"""An observedGeneration that cannot hold every generation.

## What it does

Reports `observedGeneration`, in status or in its conditions, that is no integer or an integer of
32 bits. An integer without a format holds 64 bits and is fine, and so are a number that may also be
written as text (`x-kubernetes-int-or-string`, as generators write the int64 of Protobuf) and a
default of -1, by which some projects say that nothing was acted on yet.

## Why it is bad

`metadata.generation` is an integer of 64 bits. Clients compare the two: a text never equals a
number, and generic clients fail to read the object at all.

## How to fix it

- Make it `type: integer` with `format: int64`, in Go and in protos `int64`.
- In a released version wider is safe for CRDs; a text has to stay until the next version.

## When to ignore it

Where the version is released and all clients know.

## Example

`Widget.status.observedGeneration` of type string.

## Source

Kubernetes API conventions, "Metadata": generation; `metav1.Condition`.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Field
from specstat.rules import shape
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.conditions import observed_generations

SCOPE = Scope.RESOURCE
# Types of which the schema does not say enough, or that hold an integer of any size as well.
_HOLDS_ANY = frozenset({"", "any", "int-or-string"})


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report a generation of another type than that of metadata.generation."""
    if shape.status_of(context.resource) is None:
        return
    for field in observed_generations(context.resource):
        if wrong := _wrong(field):
            yield Finding(
                span=field.name_span,
                on=field,
                message=f"{wrong}, while metadata.generation is an integer of 64 bits",
                at_most=Severity.WARNING,
                help=("make it an integer of the format int64",),
            )


def _wrong(field: Field) -> str:
    """What is wrong with its type; empty if nothing is, or the schema does not say."""
    if field.type in _HOLDS_ANY:
        return ""
    if field.type != "integer":
        return f"is of type {field.type}"
    return "has 32 bits" if field.format == "int32" else ""
