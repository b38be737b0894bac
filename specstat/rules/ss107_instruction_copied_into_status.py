"""An instruction that stands in spec, and once more in status.

## What it does

Reports fields that stand in both sections of a resource where the one in `status` is the same
instruction again: it neither observes what is in effect nor resolves or defaults the one in
`spec`. It is an error where the author declares it (`purpose=instruction` on the field in
status), or where the description says what to do and another resource of the family keeps the
same field in `spec` alone; without such a relative it is info at most.

A family is an API group or, for .proto files, the packages below one parent.

## Why it is bad

The same name in both sections is normal: what was asked, and what is so. An order that is only
copied is neither. Two places can disagree and nobody knows which of them is obeyed; whoever
obeys the one in status loses it with the next restore, since a backup leaves status out.

## How to fix it

- `spec` carries it already: mark the one in `status` deprecated, stop writing it, drop it with the
  next version. Readers take it from `spec`.
- If it tells what is in effect after all, let its description say so ("the token in use"), or
  declare `specstat: purpose=observation` or `specstat: echo-of=spec.token`.

## When to ignore it

Where status repeats on purpose what was applied. specstat is silent by itself where three or more
fields do, where name or description speak of a resolved, effective, current or last value, where
the two differ in type, and on names so common that they mean little (`name`, `image`, `replicas`).

## Example

`AgentExecution.status.callback_token`, "must be presented when reporting completion", beside
`AgentExecution.spec.callback_token`; `WorkflowExecution` has it in spec alone.

## Source

Spec/status philosophy, "Consistent Across Resources"; Kubernetes API conventions, "Spec and
Status".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from specstat.judge import prose
from specstat.judge.words import split
from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Field, Section
from specstat.rules import placement, surroundings
from specstat.rules.base import FieldContext, Scope
from specstat.rules.sighting import Sighting, is_generic, likeness

SCOPE = Scope.RUN
# The relative must mean the same: some words in common beside those of the name, however much
# longer one description is than the other; and the verdict must be strong, as for other errors.
_ALIKE = 0.15
_STRONG = 0.9
# What the one in spec says of the one in status: a value is worked out where none is given.
_FILLED_IN = frozenset("status default defaults defaulted generated allocated derived".split())


def check(context: FieldContext) -> Iterator[Finding]:
    """Report a field of status that gives the same order as one of spec."""
    # Two resources are compared by what each field says, whatever it stands beside.
    context = context.alone
    field, verdict = context.field, context.verdict
    if field.section is not Section.STATUS or verdict.section is not Section.SPEC:
        return
    twin = surroundings.twin(context.resource, field)
    if twin is None or field.depth > 1:
        return
    if verdict.declared:
        yield replace(placement.finding(context, Section.SPEC), beside=(twin,))
    elif surroundings.says_what_to_do(verdict) and not _is_report(context, twin):
        yield replace(placement.finding(context, Section.SPEC, Severity.INFO), beside=(twin,))


def _is_report(context: FieldContext, twin: Field) -> bool:
    """Whether there may be a reason to repeat the field: status tells what became of it."""
    field, resource = context.field, context.resource
    return (
        not field.description
        or is_generic(field.name)
        or bool(field.declared)
        or (field.type, field.child_names) != (twin.type, twin.child_names)
        or twin.has_default
        or not _FILLED_IN.isdisjoint(prose.read(twin.description, split(twin.name)).tokens)
        or surroundings.is_scale_path(resource, field)
        or surroundings.is_mirror(resource)
        or surroundings.is_worked_out(field)
        or surroundings.tells_what_is(field)
        or surroundings.has_many_inputs_in_status(resource, context.verdicts)
    )


def confirm(own: Sighting, other: Sighting) -> Severity | None:
    """An error, where another resource keeps the same field in spec alone."""
    is_same = (own.type, own.shape) == (other.type, other.shape) and likeness(own, other) >= _ALIKE
    if other.section is not Section.SPEC or not is_same:
        return None
    return Severity.ERROR if 1 - own.fits >= _STRONG else Severity.WARNING
