"""A field that repeats what the object's own metadata already holds.

## What it does

Reports fields in `spec` or `status` that repeat this object's own ObjectMeta: its uid,
resourceVersion, generation, creation time or name. Another object's uid and the creation time of
something outside are none of these.

## Why it is bad

Every object carries its identity in `metadata`, kept by the API server. A second copy can only
agree or be wrong, and readers must find out which.

## How to fix it

- Leave the field out and read it from `metadata`.
- In a served version, mark it deprecated, keep writing it, drop it with the next version.
- If it is about another object, name that object: `claimUID`, `requestedByUID`.

## When to ignore it

Where the copy is taken on purpose at a certain moment, such as the generation that was acted on;
call it `observedGeneration` then, and nothing is reported.

## Example

`Widget.status.resourceVersion`, "resource version of this object".

## Source

Kubernetes API conventions, "Metadata".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Section
from specstat.rules import placement
from specstat.rules.base import FieldContext, Scope

SCOPE = Scope.FIELD
_OWN = frozenset({"uid", "resourceversion", "generation", "creationtimestamp", "name"})
# In doubt, silence: a word of another object anywhere in the description is doubt enough.
_ANOTHER = re.compile(
    r"\b(?:users?|defaults?|claim|request\w*|source|target|other|another|that|which|references?|referenced)\b",
    re.IGNORECASE,
)
_OBJECT = r"object|custom resource|CR"


def _speaks_of_itself(name: str, description: str, kind: str) -> bool:
    """Whether a description is about the object that the field stands in.

    A name "of the bucket" names the thing outside that the object stands for; only "of the
    object" is the object's own.
    """
    description = " ".join(description.replace("`", "").split())
    if _ANOTHER.search(description):
        return False
    words = " ".join(re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", kind))
    own = _OBJECT if name == "name" else f"{_OBJECT}|resource|{re.escape(kind)}|{re.escape(words)}"
    mine = rf"(?:this|the|its) (?:own )?(?:{own})"
    speaks = rf"\bof {mine}\b|\b{mine}'s\b|\b{mine} (?:object )?(?:was|is) created\b"
    return bool(re.search(speaks, description, re.IGNORECASE))


def check(context: FieldContext) -> Iterator[Finding]:
    """Report a copy of the object's own metadata."""
    field, verdict, resource = context.field, context.verdict, context.resource
    name = field.name.replace("_", "").lower()
    if verdict.declared or field.depth > 1 or name not in _OWN:
        return
    if not field.description and verdict.section is Section.METADATA:
        yield placement.finding(context, Section.METADATA, Severity.INFO)
    elif _speaks_of_itself(name, field.description, resource.kind):
        yield placement.finding(context, Section.METADATA, Severity.WARNING)
