"""Tests on objects, as policies write them: what locks an object, exempts it, or says it is done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from specstat.immutability import values as policy_values
from specstat.immutability.paths import Path
from specstat.immutability.terms import (
    Always,
    ConditionTest,
    Creation,
    Exemption,
    FieldTest,
    KeyTest,
    Trigger,
)
from specstat.readers.settings import values
from specstat.readers.settings.items import Item, Items, Line, Scalar, Table
from specstat.readers.settings.keys import Key, Schema, object_of, read_keys
from specstat.readers.settings.places import ConfigError, Said

# A type of conditions, perhaps with a prefix as labels have it.
_CONDITION = r"(?P<type>[A-Za-z0-9][A-Za-z0-9./_\-]*)(?:=(?P<status>.*))?"
_WORDS: Mapping[str, Trigger] = {"creation": Creation(), "always": Always()}
_FIELD = "{field: status.phase, not-in: [Pending], absent: Pending}"


@dataclass(frozen=True, slots=True)
class _Draft:
    """What the keys of one test say, before it is known whether they go together."""

    condition: ConditionTest | None = None
    field: Path | None = None
    label: str | None = None
    annotation: str | None = None
    among: tuple[str, ...] | None = None
    not_among: tuple[str, ...] | None = None
    absent: str | None = None


def _condition(found: _Draft, line: Line, example: str) -> _Draft:
    said = policy_values.text(line, "the type of a condition", example)
    match = re.fullmatch(_CONDITION, said.value)
    if match is None:
        message = f"{said.value!r} is no condition; write its type and status: {example}"
        raise said.place.error(message)
    status = "True" if match["status"] is None else match["status"]
    if status not in policy_values.STATUSES:
        raise said.place.error(policy_values.no_status(match["type"], status, example))
    return replace(found, condition=ConditionTest(match["type"], status))


def _field(found: _Draft, line: Line, example: str) -> _Draft:
    said = policy_values.text(line, "the path of a field", example)
    return replace(found, field=policy_values.single(said))


def _label(found: _Draft, line: Line, example: str) -> _Draft:
    said = policy_values.matching(line, _LABEL_KEY, "the key of a label", example)
    return replace(found, label=said.value)


def _annotation(found: _Draft, line: Line, example: str) -> _Draft:
    said = policy_values.matching(line, _LABEL_KEY, "the key of an annotation", example)
    return replace(found, annotation=said.value)


def _among(found: _Draft, line: Line, example: str) -> _Draft:
    return replace(found, among=policy_values.scalars(line, example))


def _not_among(found: _Draft, line: Line, example: str) -> _Draft:
    return replace(found, not_among=policy_values.scalars(line, example))


def _absent(found: _Draft, line: Line, example: str) -> _Draft:
    return replace(found, absent=policy_values.scalar(line, example))


_LABEL_KEY = r"(?:[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?/)?[A-Za-z0-9](?:[A-Za-z0-9._\-]*[A-Za-z0-9])?"
_VALUES: Schema = {"type": "array", "minItems": 1, "items": policy_values.SCALAR}
_KEY_TEXT: Schema = {"type": "string", "pattern": f"^{_LABEL_KEY}$"}
CONDITION_KEYS: Mapping[str, Key[_Draft]] = {
    "condition": Key(
        _condition,
        {"type": "string", "pattern": r"^[A-Za-z0-9][A-Za-z0-9./_\-]*(?:=(?:True|False|Unknown))?$"},
        "TYPE=STATUS",
        "A condition of that type in `status.conditions` has that status; `Accepted` alone means "
        "`Accepted=True`.",
        "condition: Accepted=True",
    ),
}
FIELD_KEYS: Mapping[str, Key[_Draft]] = {
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
LABEL_KEYS: Mapping[str, Key[_Draft]] = {
    "label": Key(
        _label,
        _KEY_TEXT,
        "a key",
        "The object has a label with this key.",
        "label: example.org/template",
    ),
    "in": Key(_among, _VALUES, "a list", "It has one of these values.", 'in: ["true"]'),
}
ANNOTATION_KEYS: Mapping[str, Key[_Draft]] = {
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
    return object_of(keys) | {"type": "object", "required": list(required)}


_CONDITION_TEST = _schema(CONDITION_KEYS, "condition")
FIELD_TEST: Schema = _schema(FIELD_KEYS, "field") | {
    "oneOf": [{"required": ["in"]}, {"required": ["not-in"]}]
}
TRIGGERS: Schema = {
    "type": "array",
    "minItems": 1,
    "items": {"anyOf": [{"enum": list(_WORDS)}, _CONDITION_TEST, FIELD_TEST]},
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


def triggers(line: Line, example: str) -> tuple[Trigger, ...]:
    """What locks an object: tests, `creation` or `always`."""
    return tuple(_trigger(line.name, item) for item in _listed(line, example))


def exemptions(line: Line, example: str) -> tuple[Exemption, ...]:
    """What exempts an object: tests on its labels, annotations, fields or conditions."""
    return tuple(_exemption(line.name, item) for item in _listed(line, example))


def field_test(line: Line, example: str) -> FieldTest:
    """One test on a field."""
    found = _read(line.name, line.item, FIELD_KEYS)
    return _field_test(found, line.item) if found.field else _fail(line.item, example)


def _listed(line: Line, example: str) -> tuple[Item, ...]:
    if not isinstance(line.item, Items) or not line.item.items:
        raise values.wrong(line, "a list of tests, of which any counts", example)
    return line.item.items


def _trigger(within: str, item: Item) -> Trigger:
    if isinstance(item, Scalar):
        return _WORDS[_word(item)]
    found = _read(within, item, CONDITION_KEYS | FIELD_KEYS)
    return _condition_or_field(found, item)


def _word(item: Scalar) -> str:
    hint = values.close(item.text, _WORDS) or (
        f"write {' or '.join(_WORDS)}, {{condition: Accepted=True}}, or {_FIELD}"
    )
    if item.value not in _WORDS:
        raise item.place.error(f"unknown trigger {item.text!r}; {hint}")
    return item.text


def _exemption(within: str, item: Item) -> Exemption:
    known = LABEL_KEYS | ANNOTATION_KEYS | CONDITION_KEYS | FIELD_KEYS
    found = _read(within, item, known)
    for kind, key in (("labels", found.label), ("annotations", found.annotation)):
        if key is not None:
            _refuse_more(found, item, "label" if kind == "labels" else "annotation")
            return KeyTest(kind, key, found.among or ())
    return _condition_or_field(found, item)


def _condition_or_field(found: _Draft, item: Item) -> ConditionTest | FieldTest:
    if found.condition is not None:
        _refuse_more(found, item, "condition")
        return found.condition
    if found.field is None:
        raise item.place.error(f"a test without a subject; write such as {_FIELD}")
    return _field_test(found, item)


def _field_test(found: _Draft, item: Item) -> FieldTest:
    if (found.among is None) == (found.not_among is None):
        message = f"a test on a field has either in or not-in, such as {_FIELD}"
        raise item.place.error(message)
    told = found.among if found.not_among is None else found.not_among
    return FieldTest(found.field or (), told or (), found.not_among is not None, found.absent)


def _refuse_more(found: _Draft, item: Item, subject: str) -> None:
    """Of several subjects, or keys that the subject has no use for, none may be dropped."""
    also = {
        "condition": found.condition,
        "field": found.field,
        "label": found.label,
        "annotation": found.annotation,
        "not-in": found.not_among,
        "absent": found.absent,
        "in": found.among if subject == "condition" else None,
    }
    more = [key for key, value in also.items() if value is not None and key != subject]
    if more:
        message = f"{subject} does not go with {more[0]}; write a test of its own for each"
        raise item.place.error(message)


def _read(within: str, item: Item, keys: Mapping[str, Key[_Draft]]) -> _Draft:
    if not isinstance(item, Table):
        raise item.place.error(f"{within} holds tests, such as {_FIELD}")
    return read_keys(keys, _Draft(), item.lines, within)
