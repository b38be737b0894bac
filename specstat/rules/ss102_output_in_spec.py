"""A field of spec that reports what is, not what is wanted.

## What it does

Reports fields in `spec` that are outputs by their purpose: what happened, what was found, how
far things have come.

## Why it is bad

Spec is what someone wants. A controller that writes its observations there fights whoever
applies the spec from a repository, raises the generation with every write, and leaves readers
unsure which values they may change.

## How to fix it

- While the field can still move (an alpha version, or nothing released yet), move it to `status`.
- In a served version it cannot move. Add the field to `status`, write both, mark the one in
  `spec` deprecated, drop it with the next version.
- If it is an instruction after all, say so in its description ("the time at which to ..."), or
  declare `specstat: purpose=instruction`.

It is an error only where the author's own annotation says so; words alone give a warning at most,
and values that are allocated from a stock are info, since what was given out may be asked for. So
are fields that are named as a status: in spec that is often the one that is asked for. Of a kind
that wraps another API only what is next to certain is more than info.

## When to ignore it

Kinds whose whole spec is written by a machine for another one to act on. If three or more fields
of a spec report, and more than half of them, specstat takes it for such a kind and tells them as
info.

## Example

`Backup.spec.lastBackupTime`, "when the last backup was completed".

## Source

Spec/status philosophy, "Decision Framework"; Kubernetes API conventions, "Spec and Status".
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Section
from specstat.rules import placement, surroundings
from specstat.rules.base import FieldContext, Scope

SCOPE = Scope.FIELD
# Whoever wraps another API takes over its names and descriptions, so more must speak for a warning.
_WRAPPED = 0.985


def check(context: FieldContext) -> Iterator[Finding]:
    """Report a field of spec that belongs in status."""
    field, resource, verdict = context.field, context.resource, context.verdict
    if field.section is not Section.SPEC or verdict.section is not Section.STATUS:
        return
    if verdict.declared:
        yield placement.finding(context, Section.STATUS)
        return
    if placement.is_settled(context):
        return
    contested = (
        surroundings.is_scale_path(resource, field)
        or surroundings.is_allocated(field)
        or surroundings.names_a_status(field)
        or (surroundings.wraps_an_api(resource) and verdict.confidence < _WRAPPED)
        or surroundings.is_machine_written(resource, context.verdicts)
    )
    at_most = Severity.INFO if contested else Severity.WARNING
    yield placement.finding(context, Section.STATUS, at_most)
