"""A value that the server chooses where clients leave it out, told nowhere else.

## What it does

Reports proto fields that clients set, and that the server fills with a value of its own choice
where they do not, by the words of the comment: "if empty, the service picks a zone". Told is only
where nothing says which value came of it: no field of `status` of the same name or one that ends
in it (`effective_zone`, `allocated_zone`), in a flat resource none that is OUTPUT_ONLY. A fixed
default is none of these: everybody knows its value.

## Why it is bad

If the server writes its choice into the field, the client's wish is lost: one that applies the
same resource again sees a difference, and nobody can tell what was asked from what was chosen. If
it does not, nobody can tell what is in effect.

## How to fix it

Keep the field as the client sent it, and tell the value in effect beside it: `status.zone` or
`status.effective_zone`, in a flat resource `effective_zone` declared OUTPUT_ONLY.

It is info only: in Kubernetes' own types the API server fills such fields in by long custom.

## When to ignore it

Where the choice may change at any time and nobody has to know it.

## Example

`Disk.spec.zone`, "if unset, the service chooses one".

## Source

AIP-129, "Effective values"; Kubernetes API conventions, "Representing Allocated Values".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.judge.words import plain
from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Field, Resource, Section
from specstat.rules import behaviors, shape
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE
_LEFT = r"unset|empty|omitted|unspecified|blank|absent|undefined|missing"
_GIVEN = r"(?:set|specified|provided|given|present|supplied|defined)"
_NOT = r"(?:not|isn't|no \w+ is)"
# Compiled when a proto has a field that may be so: that takes longer than linting a small CRD.
_UNSET = (
    rf"\b(?:if|when|where)\b[^.;]{{0,60}}?\b(?:{_LEFT}|{_NOT}\b[^.;]{{0,30}}?\b{_GIVEN})\b"
    rf"|\bunless\b[^.;]{{0,40}}?\b{_GIVEN}\b|\b(?:left|leave|leaving)(?: \w+)? (?:{_LEFT})\b"
    r"|\busually\b"
)
_SERVER = r"(?:server|service|system|controller|backend|platform|operator|scheduler|we)"
_CHOICE = r"(?:assign|allocat|generat|cho[os]s?|pick|select|comput|calculat|determin|infer)\w*"
_DONE = (
    r"(?:assigned|allocated|generated|chosen|picked|selected|computed|calculated|determined"
    r"|inferred)"
)
_CHOSEN = (
    rf"\b{_SERVER}(?: will| may| shall|'ll)?(?: automatically| randomly)? {_CHOICE}"
    rf"|\b(?:automatically|randomly|auto)[ -]{_DONE}"
    rf"|\b{_DONE} (?:automatically|randomly|by (?:the |a )?(?:\w+ )?{_SERVER})\b"
)
_SENTENCE = re.compile(r"(?<=[.;])\s+")
_MOST_WORDS = 12


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report settable fields whose value in effect is told nowhere."""
    resource = context.resource
    if resource.facts.partial or not shape.is_proto(resource):
        return
    told = _told(resource)
    for field in behaviors.settable(resource):
        said = _server_chooses(field)
        name = plain(field.name)
        if said and not any(other.endswith(name) for other in told):
            beside = "effective_" + field.name
            where = f"{beside}, OUTPUT_ONLY," if resource.facts.flat else f"status.{beside}"
            yield Finding(
                span=field.name_span,
                message=f'is left to the server at times ("{said}"), and nothing tells which '
                "value is in effect",
                at_most=Severity.INFO,
                help=(f"keep what the client sent in {field.name}, and let {where} tell the rest",),
                on=field,
            )


def _told(resource: Resource) -> frozenset[str]:
    """The plain names of all that the server tells."""
    tops = resource.fields if resource.facts.flat else resource.top(Section.STATUS)
    fields = (f for top in tops if top.section is Section.STATUS for f in top.walk())
    return frozenset(plain(f.name) for f in fields)


def _server_chooses(field: Field) -> str:
    """The words that say so; empty where none do."""
    told = {behaviors.OUTPUT_ONLY, behaviors.IDENTIFIER}
    # A switch says what the server shall do, and is no value of its choice.
    if field.type == "boolean" or field.name == "etag" or not told.isdisjoint(behaviors.of(field)):
        return ""
    for sentence in _SENTENCE.split(" ".join(field.description.split())):
        unset = re.search(_UNSET, sentence, re.IGNORECASE)
        if unset and (chosen := re.search(_CHOSEN, sentence, re.IGNORECASE)):
            words = sentence[chosen.start() :].rstrip(".;").split()
            return " ".join(words[:_MOST_WORDS]) + " ..." * (len(words) > _MOST_WORDS)
    return ""
