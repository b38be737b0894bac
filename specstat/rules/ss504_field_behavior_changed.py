"""A proto field whose field_behavior changed in a way that breaks callers.

## What it does

Compares an API with what it was, where both are known (`specstat lint --since`, `specstat diff`).
Reports an existing field that gets `REQUIRED`, `OUTPUT_ONLY`, `INPUT_ONLY` or `IMMUTABLE`, and one
that loses `OUTPUT_ONLY` or `IDENTIFIER`. The reverse of each is compatible and not reported.

What only writes down what held before is passed over: a field whose comment said so already, and
`OUTPUT_ONLY` within a status message, which nobody may write anyway. In a resource that had no
`field_behavior` at all it is told at info, as it is most likely the same.

## Why it is bad

`REQUIRED` refuses calls that were right, `OUTPUT_ONLY` drops what callers send without a word,
`INPUT_ONLY` takes a value from those who read it, and a field that was ignored and now counts acts
on values that nobody meant.

## How to fix it

- Take the change back, and make it in the next version of the package.
- Or add a second field with the new behavior, and mark this one deprecated.

## When to ignore it

Where the service always behaved so and the annotation was wrong.

## Example

```proto
string region = 3 [(google.api.field_behavior) = REQUIRED]; // was OPTIONAL
```

## Source

AIP-203, "Backwards compatibility".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Field, Resource, Section
from specstat.rules import changes
from specstat.rules.base import ChangeContext, Scope
from specstat.rules.moving import may_still_change

SCOPE = Scope.CHANGE
_PREFIX = "field_behavior="
_ADDED = {
    "REQUIRED": "calls without it are refused from now on",
    "OUTPUT_ONLY": "what callers send is ignored from now on",
    "INPUT_ONLY": "callers that read it get nothing from now on",
    "IMMUTABLE": "calls that change it are refused from now on",
}
_REMOVED = {
    "OUTPUT_ONLY": "what callers sent was ignored and takes effect from now on",
    "IDENTIFIER": "clients that address resources by it can no longer know that they may",
}


class _Break(NamedTuple):
    verb: str
    word: str
    why: str


def check(context: ChangeContext) -> Iterator[Finding]:
    """Report fields whose behavior changed incompatibly."""
    old = context.old
    if not any(f.number for root in old.fields for f in (root, *root.children)):
        return  # no proto
    limit = changes.loudest(old) if _is_annotated(old) else Severity.INFO
    told: set[tuple[str, str]] = set()
    for pair in context.outline.kept:
        for verb, word, why in _breaks(old, *pair):
            if any((path, word) in told for path in _above(pair.new)):
                continue  # what is below a field goes with it
            told.add((pair.new.path, word))
            yield Finding(
                span=pair.new.name_span,
                message=f"{verb} {word}: {why}",
                at_most=limit,
                help=(_advice(old, pair.new),),
                discriminator=f"{verb} {word}",
                on=pair.new,
            )


def _breaks(resource: Resource, old: Field, new: Field) -> Iterator[_Break]:
    had, has = _behaviors(old), _behaviors(new)
    unwritable = old.section is Section.STATUS and not resource.facts.flat
    idle = {"OUTPUT_ONLY"} if unwritable else set()
    if new.section is Section.STATUS:
        idle.add("IMMUTABLE")
    for word, why in _ADDED.items():
        said = re.search(word.replace("_", "[ _-]"), old.description, re.IGNORECASE)
        if word in has - had - idle and not said:
            yield _Break("gets", word, why)
    for word, why in _REMOVED.items():
        if word in had - has - idle:
            yield _Break("loses", word, why)


def _above(field: Field) -> Iterator[str]:
    """The paths of the fields that a field is within."""
    path = field.path
    while "." in path:
        path = path.rpartition(".")[0]
        yield path.removesuffix("[]").removesuffix("{}")


def _behaviors(field: Field) -> frozenset[str]:
    words = (word for word in field.declarations if word.startswith(_PREFIX))
    return frozenset(word.removeprefix(_PREFIX) for word in words)


def _is_annotated(resource: Resource) -> bool:
    return any(_behaviors(f) for root in resource.fields for f in root.walk())


def _advice(old: Resource, field: Field) -> str:
    if may_still_change(old):
        return f"{old.version} may still change: tell its callers"
    return (
        f"leave {field.name} as it was and change it in the next version, or add a second field "
        "that behaves so and mark this one deprecated"
    )
