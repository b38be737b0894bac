"""A field that one resource keeps in spec and another of its family in status.

## What it does

Compares fields of one name over the resources of a family: an API group or, for .proto files, the
packages below one parent. Where two have the same type, the same fields below them and similar
descriptions, and one stands in `spec`, the other in `status`, the one is reported whose place its
purpose contradicts; the other is named.

## Why it is bad

Who knows one resource of a family expects the next one to work alike. A client written for both
must look in two places, and a reader wonders what the difference means.

## How to fix it

- While the field can still move, put it where the other resource has it.
- In a served version it cannot move. Add the field to the other section, write and read both,
  mark this one deprecated, drop it with the next version.
- If the two are different things, let names or descriptions say so: what is asked of one resource
  may well be what another one reports.

It is a warning only where descriptions say the same and the purpose is clear, else info. It is
silent on names so common that they mean little (`id`, `source`, `version`), where status mirrors
another API, and on values that were worked out, copied or allocated.

## When to ignore it

Where one resource takes a snapshot of the other, or acts on what the other found out.

## Example

`AgentExecution.status.callback_token` beside `WorkflowExecution.spec.callback_token`.

## Source

Spec/status philosophy, "Consistent Across Resources".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Section
from specstat.rules import placement, surroundings
from specstat.rules.base import FieldContext, Scope
from specstat.rules.sighting import Sighting, is_generic, likeness

SCOPE = Scope.RUN
# To be told at all: how sure it is itself, the share of words in both, that the other one fits.
_WRONG, _RELATED, _LIKELY = 0.8, 0.2, 0.5
# To be more than info: hardly a word differs, and neither place is in doubt.
_SAME, _CLEAR, _STRONG = 0.75, 0.8, 0.9
# So few words beside the name say too little to be the same by.
_TELLING = 4


def check(context: FieldContext) -> Iterator[Finding]:
    """Report, if another resource agrees, a field on the side that its purpose contradicts."""
    # Two resources are compared by what each field says, whatever it stands beside.
    context = context.alone
    field, resource, verdict = context.field, context.resource, context.verdict
    expected = surroundings.other_section(field.section)
    if field.section is expected or verdict.probabilities[expected] < _WRONG:
        return
    contested = (
        field.depth > 1
        or is_generic(field.name)
        or placement.is_settled(context)
        or surroundings.is_scale_path(resource, field)
        or surroundings.is_mirror(resource)
        or surroundings.is_machine_written(resource, context.verdicts)
        or surroundings.has_many_inputs_in_status(resource, context.verdicts)
        or surroundings.is_allocated(field)
    )
    in_use = expected is Section.SPEC and (
        surroundings.is_worked_out(field) or surroundings.tells_what_is(field)
    )
    if not (contested or in_use):
        yield replace(placement.finding(context, expected, Severity.INFO), alone=False)


def confirm(own: Sighting, other: Sighting) -> Severity | None:
    """A warning where everything agrees but the section, info where most does."""
    alike = likeness(own, other)
    if (
        other.section is own.section
        or (own.type, own.shape) != (other.type, other.shape)
        or other.fits < _LIKELY
        or alike < _RELATED
    ):
        return None
    is_same = alike >= _SAME and min(len(own.said), len(other.said)) >= _TELLING
    is_clear = 1 - own.fits >= _STRONG and other.fits >= _CLEAR
    return Severity.WARNING if is_same and is_clear else Severity.INFO
