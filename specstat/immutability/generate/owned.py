"""Label and annotation keys that belong to the controller, as conditions of admission policies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from specstat.immutability.generate.escape import quote
from specstat.immutability.generate.wording import demand
from specstat.immutability.terms import Terms, Word


class Kept(NamedTuple):
    """That keys with some beginnings stay as they are: a condition, and what it tells."""

    kind: str  # "labels" or "annotations"
    expression: str
    message: str


def kept(terms: Terms) -> Iterator[Kept]:
    """What a policy demands of owned keys, once the object is locked."""
    owned = terms.owned
    for kind, prefixes in (("labels", owned.labels), ("annotations", owned.annotations)):
        if prefixes:
            expression = _condition(kind, prefixes, owned.by)
            names = ", ".join(f"{prefix}*" for prefix in prefixes)
            message = (
                f"metadata.{kind} {names} belong to {' and '.join(owned.by) or 'nobody who asks'}"
                f" and {demand(terms, Word.UNTIL_ACCEPTED)} ({terms.on_violation.reason})"
            )
            yield Kept(kind, expression, " ".join(message.split()))


def variables_of(found: Sequence[Kept]) -> Iterator[tuple[str, str]]:
    """The names and expressions of the maps that the conditions read."""
    for kind in (each.kind for each in found):
        for side, root in (("old", "oldObject"), ("new", "object")):
            own = f"{root}.metadata.{kind}"
            yield _map(side, kind), f"has({own}) ? {own} : {{}}"


def _map(side: str, kind: str) -> str:
    return f"{side}{kind.title()}"


def _condition(kind: str, prefixes: Sequence[str], by: Sequence[str]) -> str:
    """That an owner asks, or no key is gone, changed or new."""
    old, new = (f"variables.{_map(side, kind)}" for side in ("old", "new"))
    is_free = " && ".join(f"!k.startsWith({quote(prefix)})" for prefix in prefixes)
    held = f"{old}.all(k, {is_free} || k in {new} && {new}[k] == {old}[k])"
    none_new = f"{new}.all(k, {is_free} || k in {old})"
    users = ", ".join(map(quote, by))
    owner = f"request.userInfo.username in [{users}] || " if by else ""
    return f"{owner}{held} && {none_new}"
