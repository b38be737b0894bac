"""A key of a file of settings, and mappings that are read by a table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from specstat.readers.settings import values
from specstat.readers.settings.items import Line

T = TypeVar("T")
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Key(Generic[T]):
    """One key: what lays its value over what was read so far, its schema, and its page.

    `wants` says in a few words what its value is; `example` is a line of YAML that holds it.
    """

    read: Callable[[T, Line, str], T]
    schema: Schema
    wants: str
    words: str
    example: str


def mapping(values: Schema, names: Schema | None = None) -> Schema:
    """The schema of a mapping of any names, or of names that fit one."""
    schema = {"type": ["object", "null"], "additionalProperties": values}
    return schema if names is None else schema | {"propertyNames": names}


def read_keys(keys: Mapping[str, Key[T]], start: T, lines: Iterable[Line], within: str = "") -> T:
    """What the lines of a mapping say, laid over a start; ConfigError for what cannot be used."""
    for line in lines:
        key = keys.get(line.name)
        if key is None:
            raise values.unknown(line, keys, within)
        start = key.read(start, line, key.example)
    return start


def object_of(keys: Mapping[str, Key[Any]]) -> Schema:
    """The schema of a mapping of keys."""
    return {
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {
            name: {**key.schema, "description": key.words} for name, key in keys.items()
        },
    }
