"""A policy's text into Terms. Whatever is wrong is told with file, line and column.

Which keys there are is told in `keys`. Policies stand in files of their own, one a document of
YAML, and in configurations, which give the tree of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from specstat.immutability.language.contradictions import contradictions
from specstat.immutability.language.keys import KEYS
from specstat.immutability.paths import Path, covers, text_of
from specstat.immutability.terms import PolicyError, Terms
from specstat.model.source import Source
from specstat.readers.settings import items
from specstat.readers.settings.items import Item, Scalar, Table
from specstat.readers.settings.keys import read_keys
from specstat.readers.settings.places import EMPTY, ConfigError, Place

_EXAMPLE = "kind: example.org/Backup"
_WITHIN = "a policy"
_SPEC: Path = ("spec",)
_CONDITIONS: Path = ("status", "conditions")


def read(source: Source) -> tuple[Terms, ...]:
    """The policies of a YAML text; PolicyError where it cannot be used."""
    try:
        documents = [d for d in items.documents(source) if not _is_empty(d)]
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
    _refuse_idle(terms, item)
    _refuse_overwritten(terms, item)
    _refuse_contradictions(terms, item)
    spans = (("policy", item.place.span), *((line.name, line.place.span) for line in item.lines))
    return replace(terms, name=terms.name or kebab(terms.kind), spans=spans)


def _is_empty(document: Item) -> bool:
    """Whether nothing stands between two lines of dashes."""
    return isinstance(document, Scalar) and document.value is None and not document.text


def _refuse_idle(terms: Terms, item: Table) -> None:
    """A policy that fixes nothing is hardly meant."""
    by_default = terms.default_fixed and all(named.path != _SPEC for named in terms.open)
    if not by_default and not terms.fixed and not terms.owned.by:
        hint = "take spec out of mutable" if terms.default_fixed else "write default: immutable"
        message = f"a policy that fixes nothing; name field paths under immutable, or {hint}"
        raise item.place.error(message)


def _refuse_overwritten(terms: Terms, item: Table) -> None:
    """A record that a violation overwrites is none."""
    said = terms.on_violation
    taken = {said.phase_field} if said.phase else set()
    if terms.record is not None and (terms.record in taken or covers(_CONDITIONS, terms.record)):
        place = next(line.place for line in item.lines if line.name == "record")
        message = (
            f"{text_of(terms.record)} is written on a violation, so it cannot keep the hash; "
            "name a field of its own: record: status.specHash"
        )
        raise place.error(message)


def _refuse_contradictions(terms: Terms, item: Table) -> None:
    for found in contradictions(terms):
        place = Place(terms.source, found.named.span) if terms.source.text else item.place
        raise place.error(found.message)


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


def exactly(terms: Terms, key: str = "policy") -> str:
    """The same with the column, for mistakes: `policies/backup.yaml:3:1`."""
    if not terms.source.text:
        return where(terms, key)
    return Place(terms.source, terms.span_of(key)).exact


def kebab(kind: str) -> str:
    """A kind in small letters with - between its words."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", kind)
    return words.lower()
