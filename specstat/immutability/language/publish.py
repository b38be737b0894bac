"""The JSON Schema of a policy, made from the table of its keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from specstat.immutability.language.keys import KEYS
from specstat.readers.settings.keys import Schema, object_of

_NOTHING: Schema = {"type": "null"}


def schema() -> Mapping[str, Any]:
    """The schema of one policy: of each document of a file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An immutability policy of specstat",
        **body(),
    }


def body() -> Mapping[str, Any]:
    """The same as a part of another schema."""
    return {
        **object_of(KEYS),
        "type": "object",
        "required": ["kind"],
        "anyOf": [
            {"required": ["default"], "properties": {"default": {"const": "immutable"}}},
            {
                "required": ["immutable"],
                "properties": {"immutable": {"minItems": 1, "minProperties": 1, "not": _NOTHING}},
            },
            {"required": ["owned"]},
        ],
    }
