"""A password, token or key that stands in status itself.

## What it does

Reports fields below `status` that hold a secret: strings (in .proto files also bytes) whose name
ends in `password`, `passphrase`, `token`, `apiKey`, `privateKey`, `secretAccessKey` and the like,
and fields that their author declares `sensitive`, which are errors.

Names that only point at a secret are none (`passwordSecretRef`, `tokenSecretName`,
`tokenExpiry`, `passwordHash`), nor are tokens that let nobody in: update, page, continue,
cursor, conflict and client tokens, `httpTokens`, counts of tokens, challenges of ACME. Fields whose
description speaks of a Secret's name, a path, a hash, a public key or a record in DNS are passed
over, and so are deprecated ones, and a whole status that mirrors the spec or another API. Kinds
that are answered and not stored (`...Review`, `...TokenRequest`) are not asked about, nor is a
string named `credentials`: in most APIs it names a Secret.

## Why it is bad

Whoever may read the object reads the secret. Permission to `get` a custom resource is given
away lightly, to dashboards, to support and to `kubectl get -o yaml` in a ticket; that to read
Secrets is not. Status is also stored without the encryption at rest that Secrets often have, and
turns up in audit logs, events and backups of the API.

## How to fix it

- Write the value to a Secret and report its name: `status.tokenSecretRef`.
- If it is an instruction ("present this token"), it belongs in `spec` by its purpose, and there by
  reference too; see SS402.
- A value that was served once is known: change it when the field goes.

## When to ignore it

Where the name misleads: a token that identifies and does not authorize. Let the description say
what it is ("for optimistic locking"), and nothing is reported.

## Example

`Cluster.status.adminPassword`, "password that was generated for the first login".

## Source

Derived from Kubernetes API conventions, "Object references" (minimize copying values of the
object that is referred to); Google AIP-147, "Sensitive fields".
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Section
from specstat.rules import secrecy
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report the fields below status that hold a secret."""
    return secrecy.findings(context.resource, Section.STATUS, Severity.WARNING)
