"""A key of a configuration; those that speak of rules, at its top and in the blocks of paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from specstat.engine.config import values as config_values
from specstat.engine.config.items import Line
from specstat.engine.config.nouns import Layer

T = TypeVar("T")
Schema = Mapping[str, Any]

# Filled in where the schema is made: names of profiles and codes, and the options of rules.
PROFILE, CODE, OPTIONS = "profile", "code", "options"


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


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def mapping(values: Schema, names: Schema | None = None) -> Schema:
    """The schema of a mapping of any names, or of names that fit one."""
    schema = {"type": ["object", "null"], "additionalProperties": values}
    return schema if names is None else schema | {"propertyNames": names}


def read_keys(keys: Mapping[str, Key[T]], start: T, lines: Iterable[Line], within: str = "") -> T:
    """What the lines of a mapping say, laid over a start; ConfigError for what cannot be used."""
    for line in lines:
        key = keys.get(line.name)
        if key is None:
            raise config_values.unknown(line, keys, within)
        start = key.read(start, line, key.example)
    return start


def _profile(layer: Layer, line: Line, example: str) -> Layer:
    return replace(layer, profile=config_values.text(line, "the name of a profile", example))


def _select(layer: Layer, line: Line, example: str) -> Layer:
    return replace(layer, select=config_values.texts(line, "a list of codes", example))


def _ignore(layer: Layer, line: Line, example: str) -> Layer:
    return replace(layer, ignore=config_values.texts(line, "a list of codes", example))


def _severity(layer: Layer, line: Line, example: str) -> Layer:
    said = tuple(config_values.severities(line, example))
    return replace(layer, severity=(said,) if said else ())


def _options(layer: Layer, line: Line, example: str) -> Layer:
    return replace(layer, options=tuple(config_values.options(line, example)))


LAYER_KEYS: Mapping[str, Key[Layer]] = {
    "profile": Key(
        _profile,
        _ref(PROFILE),
        "a name",
        "The profile to begin with: which rules are on, and how loud each may be at most. "
        "recommended where none is named.",
        "profile: strict",
    ),
    "select": Key(
        _select,
        {"type": ["array", "null"], "items": _ref(CODE)},
        "a list of codes",
        "Only these rules, by code, name or start of codes; an empty list means those of the "
        "profile.",
        "select: [SS1, missing-conditions]",
    ),
    "ignore": Key(
        _ignore,
        {"type": ["array", "null"], "items": _ref(CODE)},
        "a list of codes",
        "Not these rules, by code, name or start of codes.",
        "ignore: [SS309]",
    ),
    "severity": Key(
        _severity,
        mapping({"enum": ["error", "warning", "info", "off", False]}, _ref(CODE)),
        "severities by code",
        "How loud a rule may be at most: error, warning, info, or off. It also switches a rule "
        "on. Of several words for one rule the most exact counts. A finding that is less certain "
        "stays quieter.",
        "severity: {SS309: warning, SS4: info, status-without-subresource: off}",
    ),
    "options": Key(
        _options,
        _ref(OPTIONS),
        "options by rule",
        "Options of rules, by code or name. `specstat config show FILE` lists all of them.",
        "options: {SS303: {allow: [owner]}}",
    ),
}


def object_of(keys: Mapping[str, Key[Any]]) -> Schema:
    """The schema of a mapping of keys."""
    return {
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {
            name: {**key.schema, "description": key.words} for name, key in keys.items()
        },
    }
