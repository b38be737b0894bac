"""A field of spec that is declared OUTPUT_ONLY.

## What it does

Reports fields of a proto's `spec` that carry `(google.api.field_behavior) = OUTPUT_ONLY`, and
`spec` itself where it does. It tells that the declaration and the section contradict each other,
not where the field belongs: OUTPUT_ONLY says who may write, and that never decides a placement.
Flat resources, which have no sections, have no such contradiction.

It is a warning, and an error in the profile `aip`. Below the first level it is info: a message may
be made for other places, too. A message that stands in `status` as well is passed over.

## Why it is bad

Clients send `spec`, and servers ignore what is OUTPUT_ONLY in a request. A client that sets the
field is not told that it was ignored, and one that compares what it sent with what it gets back
sees a difference that it cannot settle.

## How to fix it

- If clients may set the field, drop OUTPUT_ONLY.
- If the system tells something by it, move it to `status`; `specstat where` says what speaks for
  that. `status` is OUTPUT_ONLY as a whole already.
- If the system writes an order into `spec`, or hands a value out there, say so with
  `specstat: purpose=instruction` or `purpose=allocation`, and nothing is reported.

## When to ignore it

Where a released API documents that the field is ignored in requests.

## Example

`Widget.spec.ready_replicas` with `[(google.api.field_behavior) = OUTPUT_ONLY]`.

## Source

AIP-203, "Output only"; AIP-129, "Single owner fields"; Kubernetes API conventions, "Spec and
Status".
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Section
from specstat.rules import behaviors
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE
# Who says that a field of spec instructs, or is given out, knows that the system writes it.
_MEANT = frozenset({"instruction", "allocation"})
_HELP = (
    "drop OUTPUT_ONLY if clients may set it; move it to status if it tells what is",
    "if the system writes an order here, declare specstat: purpose=instruction",
)


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report fields of spec that no client may set."""
    resource = context.resource
    wrong = frozenset({behaviors.OUTPUT_ONLY})
    for field in behaviors.contradictions(resource, Section.SPEC, wrong):
        if field.declared.purpose not in _MEANT:
            yield Finding(
                span=field.name_span,
                message="is OUTPUT_ONLY, so servers ignore it in requests, and spec is what "
                "clients send",
                at_most=Severity.ERROR if field.depth <= 1 else Severity.INFO,
                help=_HELP,
                on=field,
            )
