"""A proto field that holds a credential, and nothing says so.

## What it does

Reports proto fields, also of flat resources, that hold a password, a token or a key by their name
and comment, and that are neither declared INPUT_ONLY or `debug_redact`, nor annotated `sensitive`,
nor stand within a field that is.

## Why it is bad

Whoever may read the resource reads the credential, and so does every log of its requests and
responses. Generated clients, gateways and reviewers can only guard what is marked.

## How to fix it

- Hand the credential over by reference: keep it in a store for secrets and name it here.
- Else declare `(google.api.field_behavior) = INPUT_ONLY`, so that no response holds it; where
  clients must know whether it is set, tell that in `password_set`, OUTPUT_ONLY.
- In `status`, which clients do not send, INPUT_ONLY says nothing.
- `debug_redact = true` keeps it out of debug output; `specstat: sensitive` says that you know.

It is info by default: where the field stands in `spec` or `status`, SS402 and SS312 say how grave
it is. The profiles `krm-proto` and `aip` make it a warning.

## When to ignore it

Where the value lets nobody in, such as a token of an example.

## Example

`string db_password = 4;` in `Widget`.

## Source

AIP-147, "Sensitive fields"; protobuf, `FieldOptions.debug_redact`.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.model.resource import Field, Resource, Section
from specstat.rules import behaviors, secrecy, shape, surroundings
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE
_REDACTED = "debug_redact"
_MARK = "else declare INPUT_ONLY, so that no response holds it, or specstat: sensitive"
# What is INPUT_ONLY in status could be neither sent nor seen.
_MARK_TOLD = "else set debug_redact, and declare specstat: sensitive"


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report credentials that nothing marks."""
    resource = context.resource
    if not shape.is_proto(resource) or surroundings.answers_in_status(resource):
        return
    unmarked = tuple(_unmarked(resource))
    held = {field.path: what for field, what in unmarked}
    for field in behaviors.once(resource, (field for field, _ in unmarked)):
        yield Finding(
            span=field.name_span,
            message=f"holds {held[field.path]}, and nothing marks it as sensitive",
            help=(
                secrecy.advice(field),
                _MARK_TOLD if field.section is Section.STATUS else _MARK,
            ),
            on=field,
        )


def _unmarked(resource: Resource) -> Iterator[tuple[Field, str]]:
    """The fields that hold a credential and are not marked, each with what it holds."""
    top = Field(resource.kind, children=resource.fields)
    for holder in behaviors.below(top, _is_marked):
        if not _is_marked(holder):
            for field in holder.children:
                if not _is_marked(field) and (what := secrecy.secret(field, holder)):
                    yield field, what


def _is_marked(field: Field) -> bool:
    return (
        field.declared.sensitive
        or _REDACTED in field.declarations
        or behaviors.INPUT_ONLY in behaviors.of(field)
    )
