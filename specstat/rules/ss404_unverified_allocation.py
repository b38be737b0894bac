"""A value in spec that is given out from a stock, and that status never confirms.

## What it does

Reports fields below `spec` which a user may ask for and which are allocated otherwise ("if not
specified, a port will be allocated"), or whose author declares `purpose=allocation`, where no
field of `status` tells what was given. A field of status counts if its name has the same last
word anywhere (`status.assignedPort` for `spec.port`). A default that everybody is given ("else the
default account is assigned") is not allocated.

It is info: that the value stands in `spec` is Kubernetes' own pattern, and older than the advice.

## Why it is bad

A user can claim a value that belongs to another, and nothing tells the claim from what was granted:
an address in `spec` may be a wish, a lie or a fact. Whoever reads it must trust it. Kubernetes
learned it from `externalIPs` of Services, which were believed unverified.

## How to fix it

- Keep what is asked for in `spec`, report what was given in `status` under a name that says so
  (`status.address`, AIP-129 calls it `effective_address`), and let everyone read that.
- Let the controller refuse a claim that it cannot grant with a condition.

## When to ignore it

Where the API server itself grants the value before the object is stored, as it does for
`Service.spec.clusterIP`, so that a stored value is a granted one.

## Example

`Listener.spec.port`, "if empty, a free port is allocated", and no port in `status`.

## Source

Kubernetes API conventions, "Representing allocated values"; Google AIP-129, "Server-modified values
and defaults".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.judge import prose
from specstat.judge.words import split
from specstat.model.diagnostic import Finding
from specstat.model.resource import Field, Section
from specstat.rules import surroundings, values
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE
_HELP = "report the value that holds in status under a name of its own, and let everyone read that"
_ABSENT = (
    r"(?:not (?:been )?(?:specified|set|provided|given|supplied)|unspecified|unset|omitted|empty|"
    r"absent|left (?:empty|blank|unset|out))"
)
_MAY_BE = re.compile(r"alloc|assign|reserv|pool", re.IGNORECASE)  # looked for first, for speed
_GIVEN = r"(?:(?:auto(?:matically)?[- ]?)?(?:allocat|assign|reserv)(?:e|es|ed|s)?|from the pool)\b"
# In one sentence: what happens to a value that was not asked for.
_ALLOCATED = re.compile(
    rf"\b(?:if|when|unless|where)\b[^.;]{{0,60}}?\b{_ABSENT}\b[^.;]{{0,80}}?\b{_GIVEN}"
    rf"|\b{_GIVEN}[^.;]{{0,80}}?\b(?:if|when|unless|where)\b[^.;]{{0,60}}?\b{_ABSENT}\b",
    re.IGNORECASE,
)
# What everybody is given who asks for nothing is no stock.
_COMMON = re.compile(r"\bdefaults?\b", re.IGNORECASE)
_LEAVES = frozenset({"array", "integer", "int-or-string", "string"})


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report the allocated values below spec without a counterpart in status."""
    resource = context.resource
    if surroundings.is_mirror(resource) or not surroundings.has_both_sections(resource):
        return
    told: frozenset[str] | None = None
    for field, _ in values.held(resource, Section.SPEC):
        declared = field.declared.purpose == "allocation"
        if not declared and not _is_allocated(field):
            continue
        if told is None:
            status = (f for f, _ in values.held(resource, Section.STATUS))
            told = frozenset(_singular(word) for f in status for word in split(f.name))
        if _singular(split(field.name)[-1]) not in told and not resource.facts.partial:
            yield Finding(
                span=field.name_span,
                message="may be allocated, and no field of status tells what was given",
                declared=declared,
                help=(_HELP,),
                on=field,
            )


def _is_allocated(field: Field) -> bool:
    """Whether the description says that a value is given out where none is asked for."""
    plain = field.type in _LEAVES and not field.children and not field.declared.purpose
    if not plain or not _MAY_BE.search(field.description):
        return False
    said = " ".join(field.description[: prose.MAX_CHARACTERS].split())
    found = _ALLOCATED.search(said)
    return found is not None and not _COMMON.search(found[0])


def _singular(word: str) -> str:
    """A word without the ending of its plural."""
    return word.removesuffix("es") if word.endswith("sses") else word.removesuffix("s")
