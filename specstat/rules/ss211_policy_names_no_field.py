"""An immutability policy that names a field which is not there.

## What it does

Compares the policies that the configuration names with the schema of their kind: each path under
`immutable` and `mutable` is a field of it, what is `append-only` is a list or a map, and of what is
immutable something is left when what is mutable below it is taken away. It looks
at the newest version of a kind. A policy of a kind that is in no file of the run is passed over.

## Why it is bad

A guard on a field that does not exist guards nothing: the misspelt field can be changed at will, or
an exception that was meant to stay open is closed. `specstat immutability generate` and `verify`
refuse such a policy.

## How to fix it

Write the path as the schema has it: `spec.steps[].image` for a field of every item, `spec.env{}`
for every value of a map. Take out of the policy what was taken out of the schema.

## When to ignore it

Never: take the path out of the policy.

## Example

`immutable: [spec.agentref]` where the schema has `spec.agentRef`.

## Source

Derived: structural schemas prune fields that they do not know, so nobody can set them.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.rules import policies
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report paths of policies that the schema does not have."""
    if context.policies:
        from specstat.immutability.language.mismatches import unknown_fields  # noqa: PLC0415 - most runs have no policy

        yield from policies.told(context, unknown_fields)
