"""A default value in status.

## What it does

Reports a default of `status` or of a field directly in it. It is an info: no convention forbids
it, and maintainers of Kubernetes advise it now and then. In the profile `strict` it is a warning
where the default claims something (`Active`, `3`, `true`), and an info where it only says that
nobody has looked yet (`Pending`, `Unknown`, `0`, `false`, an empty list).

Not reported are the known idioms: a default of the whole status or of its conditions in which each
condition is Unknown, as Gateway API has it; a status that is empty at first; an observedGeneration
of -1, as Flux and kstatus have it. They tell a client truly that no controller came by, which an
absent field cannot. Below the first level types are shared with spec and with Kubernetes, whose
defaults come along; nothing is said of them, nor of a field that has the same default in spec.

## Why it is bad

A default is for what was left open in a wish. Status is what a controller saw; here the API server
says it instead, on behalf of nobody. When the controller is down or late, users read a report that
was never made, and a controller cannot leave the field out to say that it does not know.

## How to fix it

Drop the default and let the controller write the value with its first report. Printer columns and
clients have to cope with an absent field in any case.

## When to ignore it

Where the value truly says that nothing was observed yet.

## Example

`Widget.status.phase` with `default: Running`.

## Source

Derived: Kubernetes API conventions, "Defaulting", speak of the desired state only and do not
forbid a default in status.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from specstat.judge.words import plain, split
from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Field, Resource, Section
from specstat.rules import shape, surroundings
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE
_SHOWN = 40
_WAITING = frozenset(
    "pending unknown new none waiting unset undefined initial initializing initialising "
    "uninitialized uninitialised unspecified unreconciled unobserved".split()
)
_NOT_YET = frozenset({"not", "no", "un", "never"})
_EPOCH = "1970-01-01"
_NEVER = -1  # the generation that was acted on, before any was


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report values in status that no controller wrote."""
    resource = context.resource
    status = shape.status_of(resource)
    if status is None:
        return
    for field in (status, *status.children):
        if field.has_default and not _is_shared(resource, field) and not _is_idiom(field):
            yield Finding(
                span=field.name_span,
                on=field,
                message=f"has a default{_shown(field)}: users read a report that nobody made",
                at_most=Severity.WARNING if _claims(_value(field)) else Severity.INFO,
                help=("drop the default, and let the controller write it with its first report",),
            )


def _value(field: Field) -> Any:  # noqa: ANN401 - a default may be any JSON value
    """The default; what cannot be read claims nothing."""
    try:
        return json.loads(field.default)
    except (ValueError, RecursionError):
        return None


def _shown(field: Field) -> str:
    value = _value(field)
    return f" of {field.default}" if value is not None and len(field.default) <= _SHOWN else ""


def _is_shared(resource: Resource, field: Field) -> bool:
    """Whether the default comes with a type that spec has as well."""
    if field.section is not Section.STATUS or field.depth == 0:
        return False
    twin = surroundings.twin(resource, field)
    return twin is not None and twin.default == field.default


def _is_idiom(field: Field) -> bool:
    """Whether the default is one of those by which projects say that nobody came by yet."""
    value = _value(field)
    if plain(field.name) == "observedgeneration":
        return bool(value == _NEVER)
    whole = field.depth == 0 or plain(field.name) == "conditions"
    return whole and value is not None and not _claims(value)


def _claims(value: Any) -> bool:  # noqa: ANN401 - a default may be any JSON value
    """Whether a value says more than that nothing was observed yet."""
    if isinstance(value, dict):
        if {"type", "status"} <= value.keys():
            return bool(value["status"] != "Unknown")
        return any(_claims(inner) for inner in value.values())
    if isinstance(value, list):
        return any(map(_claims, value))
    if isinstance(value, str):
        words = split(value) if value.strip() else ("none",)
        return not (value.startswith(_EPOCH) or words[0] in _WAITING | _NOT_YET)
    return bool(value) and value != _NEVER
