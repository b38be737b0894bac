"""An immutability policy that asks for what the schema does not have.

## What it does

Reports tests of a policy (`locked-when`, `exempt-when`, `terminal`) that the schema knows nothing
of: a field that is not there or is no single value, a value that its enum does not have, a
condition where there is no `status.conditions`. Which types of conditions there are no schema says,
so a type is never doubted. In a proto the values of an enum are not looked at.

## Why it is bad

A test that can never hold never locks, and one that is negated (`not-in`) always does. Either way
the policy means something else than it says.

## How to fix it

Write the field and its values as the schema has them.

## When to ignore it

Where the enum leaves out a value on purpose that older objects still have.

## Example

`{field: status.phase, not-in: [pending]}` where the enum says `Pending`.

## Source

Derived: structural schemas prune fields that they do not know.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.rules import policies
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report tests of policies on what the schema does not have."""
    if context.policies:
        from specstat.immutability.language.mismatches import triggers  # noqa: PLC0415 - most runs have no policy

        yield from policies.told(context, triggers)
