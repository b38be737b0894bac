"""A list of other objects in status that may grow without end.

## What it does

Reports lists below `status` without `maxItems` (in .proto files without a rule for the most items)
and without a number in the description ("at most 16"), whose items are references (objects of
name, namespace, kind, uid and the like), or plain strings that name objects: `podNames`, `nodes`,
`claimRefs`. Deprecated lists and those further down than two levels are not asked about.

It is info: a short list is a useful summary, and only the author knows how long it gets.

## Why it is bad

An object has a limit of about 1.5 MB, and every change of one entry writes all of it and sends it
to every watcher. A list with an entry for each pod or node makes the largest users fail first.
Who refers to an object can be found by a label or an index, and is then never out of date.

## How to fix it

- Tell a count, and the few names that matter (those that fail, the oldest ten) with `maxItems`.
- Put the list into objects of its own, as EndpointSlices do, or let the objects be found by a
  label; `status.selector` tells which.
- If there can only be a few, say so: `maxItems: 16`.

## When to ignore it

Where something else bounds the list: the items of a list in `spec` with `maxItems`, the zones of
a region.

## Example

`Pool.status.nodes`, a list of all nodes in the pool.

## Source

Kubernetes API conventions, "Spec and Status" (what may be large belongs in separate objects) and
"References to related objects"; "Validation" (lists have a bound).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.judge.words import plain, split
from specstat.model.diagnostic import Finding
from specstat.model.resource import Field, Section
from specstat.rules import surroundings, values
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE
_HELP = (
    "tell a count and the few names that matter, with maxItems; or let the objects be found by a "
    "label"
)
_DEEPEST = 2
_AT_MOST = re.compile(r"\b(?:at most|maximum of|no more than|up to) \d+", re.IGNORECASE)
# The fields of a reference; one with more tells something of each object.
_REFERENCE = frozenset(
    "apigroup apiversion fieldpath group id kind name namespace resource resourceversion uid "
    "version".split()
)
_WHICH = frozenset({"id", "kind", "namespace", "uid"})
_REFERENCES = frozenset({"refs", "references"})
# Objects of which a cluster has as many as it likes.
_OBJECTS = frozenset(
    "claims configmaps deployments jobs machines namespaces nodes pods pvcs replicasets secrets "
    "services statefulsets".split()
)


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report the lists of objects below status that have no bound."""
    if surroundings.answers_in_status(context.resource):
        return
    for field, holder in values.held(context.resource, Section.STATUS):
        if field.type != "array" or field.depth > _DEEPEST:
            continue
        if (
            not _is_bounded(field)
            and not values.is_deprecated(field)
            and _names_objects(field)
            and not surroundings.holds_conditions(holder)
        ):
            yield Finding(
                span=field.name_span,
                message="lists other objects and has no bound",
                help=(_HELP,),
                on=field,
            )


def _is_bounded(field: Field) -> bool:
    """Whether the schema or the description says how long the list gets."""
    said = any(word == "maxItems" for word, _ in field.constraints)
    return said or bool(_AT_MOST.search(field.description))


def _names_objects(field: Field) -> bool:
    """Whether the items are references, or strings that name objects."""
    words = split(field.name)
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if field.children:
        names = {plain(name) for name in field.child_names}
        known = last in _REFERENCES or last in _OBJECTS or not names.isdisjoint(_WHICH)
        return "name" in names and known and names <= _REFERENCE
    if last == "names":
        return before == "ref" or f"{before}s" in _OBJECTS
    return last in _REFERENCES or last in _OBJECTS
