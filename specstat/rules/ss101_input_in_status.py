"""A field of status that says what to do, not what is.

## What it does

Reports fields in `status` that are inputs by their purpose: an instruction to someone, a choice
about how the resource behaves. Who sets the field does not matter.

## Why it is bad

Status is what was observed; anyone may throw it away and observe again. A backup is restored
without it, and clients may not write it. An order kept there, such as the token with which to
report completion or a request to abort, is lost with it, and a reader takes for a fact what is a
wish. That a system sets the field is no reason: the scheduler sets `Pod.spec.nodeName`, an order
to the kubelet.

## How to fix it

- While the field can still move (an alpha version, or nothing released yet), move it to `spec`.
- In a served version it cannot move. Add the field to `spec`, write and read both, mark the one
  in `status` deprecated, drop it with the next version.
- If it is an observation after all, let its description say what it reports, or declare
  `specstat: purpose=observation`.

Values that a controller computed or was allocated, and the paths of the scale subresource, are
told as info at most: the conventions want allocated values in status. So are references and names
that a controller may have made, unless all else is clear, and selectors, which tell by what to find
what was made. It is an error only where the
description says what to do; name, shape and neighbours alone give a warning at most.

## When to ignore it

Where status repeats on purpose what was applied. If three or more fields do, or status wraps
another API, specstat takes it for a mirror and tells only what is next to certain: as a warning
where the description says what to do and status wraps no other API, else as info.

## Example

`AgentExecution.status.callback_token`, "token with which to report completion".

## Source

Spec/status philosophy, "The Key Question"; Kubernetes API conventions, "Spec and Status" and
"Representing Allocated Values".
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.model.evidence import SURE
from specstat.model.resource import Section
from specstat.rules import placement, surroundings
from specstat.rules.base import FieldContext, Scope

SCOPE = Scope.FIELD
# Status may repeat configuration. What is only named or shaped like it, without a word on what to
# do, must be this sure to be told, and nearly so without its neighbours.
_ALONE = 0.9
# Surer to be more than info where it may name what was made, and to be told at all where status is
# known to repeat things.
_POINTED = 0.985
_REPEATED = 0.996


def check(context: FieldContext) -> Iterator[Finding]:
    """Report a field of status that belongs in spec."""
    field, resource, verdict = context.field, context.resource, context.verdict
    if field.section is not Section.STATUS or verdict.section is not Section.SPEC:
        return
    if verdict.declared:
        yield placement.finding(context, Section.SPEC)
        return
    repeats = surroundings.is_mirror(resource)
    if placement.is_settled(context) or (repeats and verdict.confidence < _REPEATED):
        return
    orders = surroundings.says_what_to_do(verdict)
    if not orders and (_is_open(context) or surroundings.is_output(field)):
        return
    contested = (
        surroundings.is_scale_path(resource, field)
        or surroundings.is_output(field)
        or surroundings.is_worked_out(field)
        or surroundings.answers_in_status(resource)
        or (surroundings.is_pointed_at(field) and verdict.confidence < _POINTED)
        or surroundings.is_selector(field)
        or surroundings.holds_mostly_inputs(resource, context.verdicts)
        or (repeats and not orders)
        or surroundings.wraps_an_api(resource)
    )
    loudest = Severity.ERROR if orders and not repeats else Severity.WARNING
    yield placement.finding(context, Section.SPEC, Severity.INFO if contested else loudest)


def _is_open(context: FieldContext) -> bool:
    """Whether too little says that the field is an input, or its neighbours do most of it."""
    alone = context.alone.verdict.probabilities[Section.SPEC]
    return context.verdict.confidence < SURE or alone < _ALONE
