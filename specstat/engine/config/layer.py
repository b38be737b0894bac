"""The keys that speak of rules, at the top of a configuration and in its blocks of paths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from specstat.engine.config import values as config_values
from specstat.engine.config.nouns import Layer
from specstat.readers.settings import values
from specstat.readers.settings.items import Line
from specstat.readers.settings.keys import Key, Schema, mapping

# Filled in where the schema is made: names of profiles and codes, and the options of rules.
PROFILE, CODE, OPTIONS = "profile", "code", "options"


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _profile(layer: Layer, line: Line, example: str) -> Layer:
    return replace(layer, profile=values.text(line, "the name of a profile", example))


def _select(layer: Layer, line: Line, example: str) -> Layer:
    return replace(layer, select=values.texts(line, "a list of codes", example))


def _ignore(layer: Layer, line: Line, example: str) -> Layer:
    return replace(layer, ignore=values.texts(line, "a list of codes", example))


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
