"""An immutability policy whose record has no place.

## What it does

Reports a policy that fails objects (`mode: enforce`) and whose record of what was accepted has no
place: `record` names no field of the schema, a field that is neither a string nor an object, or a
string too short for one. It also reports one that names no record and yet says what to write on a
violation, and what would be written then and has no place: a phase that is no field or not in its
enum, conditions where there is no `status.conditions`.

## Why it is bad

A controller sees only the object as it is. Without the hash of what was accepted it cannot tell
that anything was changed. A status field that the schema does not have is pruned when it is
written, and what is longer than its `maxLength` is refused together with the rest of the status.

## How to fix it

Add a string to status, such as `specHash` without `maxLength`, and name it: `record:
status.specHash`.

## When to ignore it

Where only admission guards the kind, and no controller does: say `mode: warn`, or leave
`on-violation` out.

## Example

`record: status.specHash` where status has no `specHash`.

## Source

Kubernetes, "Extend the Kubernetes API with CustomResourceDefinitions", field pruning. The design of
AgentRun keeps the hash in `status.specHash`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from specstat.model.diagnostic import Finding
from specstat.rules import policies
from specstat.rules.base import ResourceContext, Scope

if TYPE_CHECKING:
    from specstat.immutability.language.mismatches import Mismatch
    from specstat.immutability.schema import Schema
    from specstat.immutability.terms import Terms

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report policies whose record has no place."""
    if context.policies:
        yield from policies.told(context, _troubles)


def _troubles(terms: Terms, schema: Schema) -> Iterator[Mismatch]:
    from specstat.immutability.language.mismatches import Mismatch, record, written  # noqa: PLC0415 - most runs have no policy
    from specstat.immutability.terms import Mode  # noqa: PLC0415 - as above

    if terms.mode is not Mode.ENFORCE:
        return
    writes = any(key == "on-violation" for key, _ in terms.spans)
    if terms.record is None and writes:
        what = "is written on a violation, and no record is kept by which to tell one"
        hint = "name a field of status for the hash: record: status.specHash"
        yield Mismatch(terms.on_violation.phase_field, what, hint, terms.span_of("on-violation"))
    yield from record(terms, schema)
    yield from written(terms, schema)
