"""The JSON Schema of a configuration, made from the table of its keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from specstat.engine.config.keys import KEYS
from specstat.engine.config.layer import CODE, OPTIONS, POLICY, PROFILE
from specstat.engine.config.mistakes import options_of
from specstat.immutability.language import publish
from specstat.readers.settings.keys import object_of
from specstat.rules import profiles, registry

_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}


def schema() -> Mapping[str, Any]:
    """The schema, for TOML below `[tool.specstat]` as well."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A configuration of specstat",
        **object_of(KEYS),
        "$defs": {
            PROFILE: _profiles(),
            CODE: _codes(),
            OPTIONS: _options(),
            POLICY: publish.body(),
        },
    }


def _profiles() -> Mapping[str, Any]:
    return {
        "description": "A profile: a named set of rules.",
        "oneOf": [{"const": p.name, "description": p.when} for p in profiles.profiles().values()],
    }


def _codes() -> Mapping[str, Any]:
    """Codes and names for editors to offer; the start of codes and those of packs fit as well."""
    known = [word for entry in registry.shipped().entries() for word in (entry.code, entry.name)]
    return {
        "description": "A rule by its code or name, or the start of codes such as SS3.",
        "anyOf": [{"enum": known}, {"type": "string", "pattern": r"\S"}],
    }


def _options() -> Mapping[str, Any]:
    rules: dict[str, Any] = {}
    for entry in registry.shipped().entries():
        if options := options_of(entry):
            of_rule = {
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": {name: _value(default) for name, default in options.items()},
            }
            rules |= {entry.code: of_rule, entry.name: of_rule}
    return {
        "type": ["object", "null"],
        "properties": rules,
        "additionalProperties": {"type": ["object", "null"]},
    }


def _value(default: object) -> Mapping[str, Any]:
    """What an option may be set to; `default` here is an example, not what a validator fills in."""
    if isinstance(default, (tuple, list, frozenset, set)):
        return {"type": "array", "items": {"type": "string"}, "default": sorted(default)}
    return {"type": _TYPES[type(default)], "default": default}
