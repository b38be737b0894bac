"""A policy's text into Terms. Whatever is wrong is told with file, line and column.

Which keys there are is told in `keys`. Policies stand in files of their own, one a document of
YAML, and in configurations, which give the tree of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from specstat.immutability.keys import KEYS
from specstat.immutability.terms import PolicyError, Terms
from specstat.model.source import Source
from specstat.readers.settings import items
from specstat.readers.settings.items import Item, Table
from specstat.readers.settings.keys import read_keys
from specstat.readers.settings.places import EMPTY, ConfigError, Place

_EXAMPLE = "kind: example.org/Backup"
_WITHIN = "a policy"


def read(source: Source) -> tuple[Terms, ...]:
    """The policies of a YAML text; PolicyError where it cannot be used."""
    try:
        documents = items.documents(source)
        if not documents:
            message = f"no policy in it; a policy begins with {_EXAMPLE}"
            raise Place(source).error(message)
        found = tuple(of_item(document) for document in documents)
        refuse_same_names(found)
    except ConfigError as error:
        raise PolicyError(str(error)) from None
    return found


def of_values(policy: Mapping[str, Any]) -> Terms:
    """A policy of plain values; PolicyError where it cannot be used."""
    try:
        return of_item(items.of_value(EMPTY, "policy", policy))
    except ConfigError as error:
        raise PolicyError(str(error)) from None


def of_item(item: Item) -> Terms:
    """A policy out of the tree of a file; ConfigError where it cannot be used."""
    if not isinstance(item, Table):
        message = f"a policy is a mapping of keys, such as {_EXAMPLE}"
        raise item.place.error(message)
    start = Terms("", "", "", source=item.place.source)
    terms = read_keys(KEYS, start, item.lines, _WITHIN)
    if not terms.kind:
        raise item.place.error(f"a policy without kind; write such as {_EXAMPLE}")
    if not terms.default_fixed and not terms.fixed and not terms.owned.by:
        message = (
            "a policy that fixes nothing; name field paths under immutable, or write "
            "default: immutable"
        )
        raise item.place.error(message)
    spans = (("policy", item.place.span), *((line.name, line.place.span) for line in item.lines))
    return replace(terms, name=terms.name or kebab(terms.kind), spans=spans)


def refuse_same_names(found: Iterable[Terms]) -> None:
    """Raise a ConfigError for two policies that go by one name."""
    names: dict[str, Terms] = {}
    for terms in found:
        other = names.setdefault(terms.name, terms)
        if other is not terms:
            message = (
                f"the name {terms.name} is that of the policy at {where(other)} already; "
                "give each its own name"
            )
            raise Place(terms.source, terms.span_of("name")).error(message)


def where(terms: Terms, key: str = "policy") -> str:
    """The place of a policy, or of one of its keys, for people: `policies/backup.yaml:3`."""
    if not terms.source.text:
        return terms.source.path or f"policy {terms.name}"
    return Place(terms.source, terms.span_of(key)).brief


def kebab(kind: str) -> str:
    """A kind in small letters with - between its words."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", kind)
    return words.lower()
