"""The keys of tests on objects, and their JSON Schemas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from specstat.immutability.language import values as policy_values
from specstat.immutability.paths import Path
from specstat.immutability.terms import Always, ConditionTest, Creation, Trigger
from specstat.readers.settings.items import Line
from specstat.readers.settings.keys import Key, Schema, object_of

_CONDITION = rf"(?P<type>{policy_values.CONDITION})(?:=(?P<status>.*))?"
# Kubernetes' own limits: 253 characters before the slash, 63 behind it.
_LABEL_KEY = (
    r"(?:(?=[^/]{1,253}/)[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?/)?"
    r"[A-Za-z0-9](?:[A-Za-z0-9._\-]{0,61}[A-Za-z0-9])?"
)
TRIGGER_WORDS: Mapping[str, Trigger] = {"creation": Creation(), "always": Always()}


@dataclass(frozen=True, slots=True)
class Draft:
    """What the keys of one test say, before it is known whether they go together."""

    condition: ConditionTest | None = None
    field: Path | None = None
    label: str | None = None
    annotation: str | None = None
    among: tuple[str, ...] | None = None
    not_among: tuple[str, ...] | None = None
    absent: str | None = None


def _condition(found: Draft, line: Line, example: str) -> Draft:
    said = policy_values.text(line, "the type of a condition", example)
    match = re.fullmatch(_CONDITION, said.value)
    if match is None:
        message = f"{said.value!r} is no condition; write its type and status: {example}"
        raise said.place.error(message)
    status = "True" if match["status"] is None else match["status"]
    if status not in policy_values.STATUSES:
        raise said.place.error(policy_values.no_status(match["type"], status, example))
    return replace(found, condition=ConditionTest(match["type"], status))


def _field(found: Draft, line: Line, example: str) -> Draft:
    said = policy_values.text(line, "the path of a field", example)
    return replace(found, field=policy_values.single(said))


def _label(found: Draft, line: Line, example: str) -> Draft:
    said = policy_values.matching(line, _LABEL_KEY, "the key of a label", example)
    return replace(found, label=said.value)


def _annotation(found: Draft, line: Line, example: str) -> Draft:
    said = policy_values.matching(line, _LABEL_KEY, "the key of an annotation", example)
    return replace(found, annotation=said.value)


def _among(found: Draft, line: Line, example: str) -> Draft:
    return replace(found, among=policy_values.scalars(line, example))


def _not_among(found: Draft, line: Line, example: str) -> Draft:
    return replace(found, not_among=policy_values.scalars(line, example))


def _absent(found: Draft, line: Line, example: str) -> Draft:
    return replace(found, absent=policy_values.scalar(line, example))


_VALUES: Schema = {"type": "array", "minItems": 1, "items": policy_values.SCALAR}
_KEY_TEXT: Schema = {"type": "string", "pattern": f"^{_LABEL_KEY}$"}
CONDITION_KEYS: Mapping[str, Key[Draft]] = {
    "condition": Key(
        _condition,
        {
            "type": "string",
            "pattern": rf"^{policy_values.CONDITION}(?:=(?:{'|'.join(policy_values.STATUSES)}))?$",
        },
        "TYPE=STATUS",
        "A condition of that type in `status.conditions` has that status; `Accepted` alone means "
        "`Accepted=True`.",
        "condition: Accepted=True",
    ),
}
FIELD_KEYS: Mapping[str, Key[Draft]] = {
    "field": Key(
        _field,
        policy_values.PATH,
        "a field path",
        "The field of a single value that is looked at.",
        "field: status.phase",
    ),
    "in": Key(_among, _VALUES, "a list", "The field has one of these values.", "in: [Failed]"),
    "not-in": Key(
        _not_among, _VALUES, "a list", "The field has none of these values.", "not-in: [Pending]"
    ),
    "absent": Key(
        _absent,
        policy_values.SCALAR,
        "a value",
        "The value that counts where the field is absent or null. Where none is named, an absent "
        "field is `not-in` anything and `in` nothing.",
        "absent: Pending",
    ),
}
LABEL_KEYS: Mapping[str, Key[Draft]] = {
    "label": Key(
        _label,
        _KEY_TEXT,
        "a key",
        "The object has a label with this key.",
        "label: example.org/template",
    ),
    "in": Key(_among, _VALUES, "a list", "It has one of these values.", 'in: ["true"]'),
}
ANNOTATION_KEYS: Mapping[str, Key[Draft]] = {
    "annotation": Key(
        _annotation,
        _KEY_TEXT,
        "a key",
        "The object has an annotation with this key.",
        "annotation: example.org/template",
    ),
    "in": LABEL_KEYS["in"],
}


def _schema(keys: Mapping[str, Key[Any]], *required: str) -> Schema:
    return {**object_of(keys), "type": "object", "required": list(required)}


_CONDITION_TEST = _schema(CONDITION_KEYS, "condition")
FIELD_TEST: Schema = {
    **_schema(FIELD_KEYS, "field"),
    "oneOf": [{"required": ["in"]}, {"required": ["not-in"]}],
}
TRIGGERS: Schema = {
    "type": "array",
    "minItems": 1,
    "items": {"anyOf": [{"enum": list(TRIGGER_WORDS)}, _CONDITION_TEST, FIELD_TEST]},
}
EXEMPTIONS: Schema = {
    "type": "array",
    "minItems": 1,
    "items": {
        "anyOf": [
            _schema(LABEL_KEYS, "label"),
            _schema(ANNOTATION_KEYS, "annotation"),
            _CONDITION_TEST,
            FIELD_TEST,
        ]
    },
}
