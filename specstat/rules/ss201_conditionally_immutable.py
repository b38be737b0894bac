"""A field that is declared IMMUTABLE, though its comment says on what that depends.

## What it does

Reports proto fields with `(google.api.field_behavior) = IMMUTABLE` whose comment says that they
are fixed only from some point on, or as long as something holds: "until", "unless", "while",
"cannot be changed once the run was accepted". So are those reported whose annotation says that
they change. "Once set" and "after creation" are what IMMUTABLE means, and are left alone.

## Why it is bad

IMMUTABLE promises that a field is set when the resource is created and never changes. Clients and
generated code rely on it: they leave the field out of updates, or replace the resource instead. A
field that is open for a while cannot be updated by them although the server would allow it.

## How to fix it

Drop IMMUTABLE, let the server refuse the change when it must, and say when that is. The annotation
`specstat: changes=until-accepted` says it in a form that is checked.

## When to ignore it

Where the comment speaks of another field, or of how the server replaces the resource.

## Example

`Run.spec.image` with `[(google.api.field_behavior) = IMMUTABLE]`, "cannot be changed once the run
has started".

## Source

AIP-203, "Immutable": what is immutable on a condition must not be declared immutable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.model.resource import Field
from specstat.rules import behaviors, shape
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE
_OPEN = frozenset({"until-accepted", "on-request", "append-only", "lifecycle"})
_HELP = "drop IMMUTABLE, and let the server refuse the change when it must"
_DECLARE = "say so in a form that is checked: specstat: changes=until-accepted"
_WHEN = r"\b(?:until|unless|while|as long as|except (?:when|if|while)|before|after|once|when|if)"
# From creation on is what IMMUTABLE means.
_CREATED = (
    r"creat|set\b|specified|provided|assigned|initial|instantiat|given\b|insert|regist|exists?\b"
)
_POINT = rf"{_WHEN} (?!(?:[\w`'-]{{1,40}} ){{0,5}}(?:{_CREATED}))[^.;,]{{0,200}}"
_CHANGED = r"(?:changed?|modif(?:ied|y)|edit(?:ed)?|updated?|altered|mutated|replaced|overwritten)"
_FIXED = r"(?:(?:im)?mutable|read-only|frozen|fixed|locked)"
_MAY = r"\b(?:is|are|becomes?|can|cannot|may|must|could)(?: not| no longer| only)*(?: be)?"
# "immutable once the run was accepted", "mutable until then"
_FIXED_FROM = rf"\b{_FIXED}(?: only)? {_POINT}"
# "may only be changed while it is pending", "cannot be edited once it has started"
_CHANGED_UNTIL = rf"{_MAY} {_CHANGED}(?: only| freely| any ?more)* {_POINT}"
# "once the run was accepted, it is immutable"
_FROM_THEN = rf"{_POINT}, (?:[\w`'-]{{1,40}} ){{0,3}}{_MAY} (?:{_FIXED}|{_CHANGED})\b"
# Compiled when a proto has such a field: that takes longer than linting a small CRD.
_CONDITIONAL = (_FIXED_FROM, _CHANGED_UNTIL, _FROM_THEN)
_MOST_WORDS = 9


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report fields that are declared immutable and are so on a condition."""
    resource = context.resource
    if not shape.is_proto(resource):
        return
    every = (f for root in resource.fields for f in root.walk())
    fixed = (f for f in every if behaviors.IMMUTABLE in behaviors.of(f))
    for field in behaviors.once(resource, fixed):
        if why := _reason(field):
            yield Finding(
                span=field.name_span,
                message=f"is IMMUTABLE, which holds from creation on, but {why}",
                help=(_HELP,) if field.declared.changes else (_HELP, _DECLARE),
                on=field,
            )


def _reason(field: Field) -> str:
    """What says that a field changes for a while, as the rest of a sentence; empty if nothing."""
    if field.declared.changes in _OPEN:
        return f"its annotation says changes={field.declared.changes}"
    text = " ".join(field.description.split())
    found = next(
        filter(None, (re.search(said, text, re.IGNORECASE) for said in _CONDITIONAL)), None
    )
    if found is None:
        return ""
    words = found[0].split()
    more = " ..." if len(words) > _MOST_WORDS else ""
    return f'its comment says "{" ".join(words[:_MOST_WORDS])}{more}"'
