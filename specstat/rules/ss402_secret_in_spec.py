"""A password, token or key that is written into spec instead of a reference to a Secret.

## What it does

Reports fields below `spec` that hold a secret, by the same names as SS312 does in `status`, and
fields that their author declares `sensitive`.

It is info by default: about every twentieth kind offers such a field, often beside a reference,
and some projects accept that on purpose. Select the profile `strict` for new APIs.

## Why it is bad

A manifest with a secret in it cannot be committed, shown or shared. Whoever may read the object
reads the secret, and permission to read custom resources is given away more lightly than that to
read Secrets. To change the secret one must change every object that repeats it.

## How to fix it

- Take a reference: `passwordSecretRef` with the name of a Secret in the same namespace, and the key
  in it.
- In a served version, add the reference beside the field, mark the field deprecated, and drop it
  with the next version.
- In a .proto API without Secrets, take the name of an entry in the store for secrets that the
  platform has, or mark the field as input only and never return it (AIP-147).

## When to ignore it

Where the value lets nobody in, or the object is never stored, as in Kubernetes' reviews
and token requests (`TokenReview`, `TokenRequest`), which are not reported.

## Example

`Database.spec.password`, "password of the administrator".

## Source

Kubernetes API conventions, "Object references"; Google AIP-147, "Sensitive fields".
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.model.resource import Section
from specstat.rules import secrecy
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report the fields below spec that hold a secret."""
    return secrecy.findings(context.resource, Section.SPEC)
