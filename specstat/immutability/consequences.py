"""The keys within `owned` and `on-violation`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from specstat.immutability import values as policy_values
from specstat.immutability.terms import OnViolation, Owned
from specstat.readers.settings import values
from specstat.readers.settings.items import Line, Table
from specstat.readers.settings.keys import Key, Schema, read_keys

T = TypeVar("T")
_PREFIX = r"[A-Za-z0-9][A-Za-z0-9./_\-]*"
_REASON = r"[A-Za-z](?:[A-Za-z0-9_,:]*[A-Za-z0-9_])?"
_TYPE = r"[A-Za-z0-9][A-Za-z0-9./_\-]*"
_PREFIXES: Schema = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "string", "pattern": f"^{_PREFIX}$"},
}


def within(keys: Mapping[str, Key[T]], start: T, line: Line, example: str) -> T:
    """What a mapping of such keys says; it is not left empty."""
    if not isinstance(line.item, Table) or not line.item.lines:
        raise values.wrong(line, f"some of {', '.join(keys)}", example)
    return read_keys(keys, start, line.item.lines, line.name)


def _prefixes(line: Line, example: str) -> tuple[str, ...]:
    import re  # noqa: PLC0415 - few policies own keys

    said = policy_values.texts(line, "a list of beginnings of keys", example)
    for one in said:
        if not re.fullmatch(_PREFIX, one):
            message = f"{one!r} begins no key of a {line.name.removesuffix('s')}; write {example}"
            raise line.at.error(message)
    return said


def _labels(found: Owned, line: Line, example: str) -> Owned:
    return replace_tuple(found, labels=_prefixes(line, example))


OWNED_KEYS: Mapping[str, Key[Owned]] = {}
VIOLATION_KEYS: Mapping[str, Key[OnViolation]] = {}
