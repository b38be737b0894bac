"""An enum in status whose description does not say that values may be added.

## What it does

Reports strings with an `enum` below `status` of a CRD if neither their description nor the one of
the field that holds them says that further values may come. Enums that repeat one of `spec`, those
of conditions, those of deprecated fields and those with fewer than three values are passed over.

Enums of .proto files are not asked about: proto3 keeps values that it does not know.

It is info, since only the author knows whether the list is complete.

## Why it is bad

What a controller observes grows with every release. A client that was promised three phases has
no branch for the fourth, and one that validates refuses the object. The API server does as well:
while a new controller meets an old CRD, or a rollback leaves one, every update of the status fails
that holds the new value.

## How to fix it

- Say it in the description: "Further values may be added; treat those that you do not know as
  ...", before the first client relies on the list.
- Or leave the enum out and name the values in the description. Conditions carry the same without a
  closed list.

## When to ignore it

Where the list is complete by nature: two modes of one protocol, a result that passes or fails.

## Example

`Backup.status.phase` with the enum `New`, `InProgress`, `Completed`.

## Source

Kubernetes, "Changing the API", on backward compatibility of enumerated values; Google AIP-216,
"States".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.model.resource import Section
from specstat.rules import surroundings, values
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE
_HELP = (
    "say in its description that values may be added, and what clients do with one that they do "
    "not know; or leave the enum out"
)
_FEWEST = 3  # of two values, each is most often what the other is not
_OPEN = re.compile(
    r"\b(?:may|might|can|could|will) (?:also )?(?:be (?:added|extended|introduced)|grow|change"
    r"|include|appear)\b|\b(?:other|more|new|additional|further|unknown|unrecogni[sz]ed|future) "
    r"(?:\w+ )?(?:values?|states?|phases?|types?|reasons?|releases?|versions?)\b"
    r"|\bnot (?:exhaustive|complete|closed|final)\b|\bopen(?:-ended| set| enum)\b|\bextensible\b"
    r"|\bin (?:the )?future\b|\bamong others\b|\bsuch as\b|\be\.g\.|\bfor example\b",
    re.IGNORECASE,
)


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report the enums below status that are closed."""
    resource = context.resource
    found = [
        field
        for field, holder in values.held(resource, Section.STATUS)
        if len(field.enum) >= _FEWEST
        and field.type == "string"
        and not field.number
        and not surroundings.holds_conditions(holder)
        and not values.is_deprecated(field)
        and not _OPEN.search(field.description)
        and not _OPEN.search(holder.description)
    ]
    if not found:
        return
    wanted = {(f.name, frozenset(f.enum)) for f, _ in values.held(resource, Section.SPEC) if f.enum}
    for field in found:
        if (field.name, frozenset(field.enum)) not in wanted and not _is_truth(field.enum):
            yield Finding(
                span=field.name_span,
                message="is an enum that does not say whether values may be added",
                help=(_HELP,),
                on=field,
            )


def _is_truth(enum: tuple[str, ...]) -> bool:
    """Whether the values are those of a condition, which are complete."""
    return {value.lower() for value in enum} <= {"true", "false", "unknown"}
