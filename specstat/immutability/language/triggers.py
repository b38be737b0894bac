"""Tests on objects, as policies write them: what locks one, exempts it, or says it is done."""

from __future__ import annotations

from collections.abc import Mapping

from specstat.immutability.language.testkeys import (
    ANNOTATION_KEYS,
    CONDITION_KEYS,
    FIELD_KEYS,
    LABEL_KEYS,
    TRIGGER_WORDS,
    Draft,
)
from specstat.immutability.terms import ConditionTest, Exemption, FieldTest, KeyTest, Trigger
from specstat.readers.settings import values
from specstat.readers.settings.items import Item, Items, Line, Scalar, Table
from specstat.readers.settings.keys import Key, read_keys

_FIELD = "{field: status.phase, not-in: [Pending], absent: Pending}"


def triggers(line: Line, example: str) -> tuple[Trigger, ...]:
    """What locks an object: tests, `creation` or `always`."""
    return tuple(_trigger(line.name, item) for item in _listed(line, example))


def exemptions(line: Line, example: str) -> tuple[Exemption, ...]:
    """What exempts an object: tests on its labels, annotations, fields or conditions."""
    return tuple(_exemption(line.name, item) for item in _listed(line, example))


def field_test(line: Line, example: str) -> FieldTest:
    """One test on a field."""
    if not isinstance(line.item, Table):
        raise values.wrong(line, "a test on a field", example)
    found = _read(line.name, line.item, FIELD_KEYS)
    if found.field is None:
        raise line.at.error(f"{line.name} tests a field; write such as {example}")
    return _field_test(found, line.item)


def _listed(line: Line, example: str) -> tuple[Item, ...]:
    if not isinstance(line.item, Items) or not line.item.items:
        raise values.wrong(line, "a list of tests, of which any counts", example)
    return line.item.items


def _trigger(within: str, item: Item) -> Trigger:
    if isinstance(item, Scalar):
        return TRIGGER_WORDS[_word(item)]
    found = _read(within, item, {**CONDITION_KEYS, **FIELD_KEYS})
    return _condition_or_field(found, item)


def _word(item: Scalar) -> str:
    hint = values.close(item.text, TRIGGER_WORDS) or (
        f"write {' or '.join(TRIGGER_WORDS)}, {{condition: Accepted=True}}, or {_FIELD}"
    )
    if item.value not in TRIGGER_WORDS:
        raise item.place.error(f"unknown trigger {item.text!r}; {hint}")
    return item.text


def _exemption(within: str, item: Item) -> Exemption:
    known = {**LABEL_KEYS, **ANNOTATION_KEYS, **CONDITION_KEYS, **FIELD_KEYS}
    found = _read(within, item, known)
    for kind, key in (("labels", found.label), ("annotations", found.annotation)):
        if key is not None:
            _refuse_more(found, item, "label" if kind == "labels" else "annotation")
            return KeyTest(kind, key, found.among or ())
    return _condition_or_field(found, item)


def _condition_or_field(found: Draft, item: Item) -> ConditionTest | FieldTest:
    if found.condition is not None:
        _refuse_more(found, item, "condition")
        return found.condition
    if found.field is None:
        raise item.place.error(f"a test without a subject; write such as {_FIELD}")
    return _field_test(found, item)


def _field_test(found: Draft, item: Item) -> FieldTest:
    if (found.among is None) == (found.not_among is None):
        message = f"a test on a field has either in or not-in, such as {_FIELD}"
        raise item.place.error(message)
    told = found.among if found.not_among is None else found.not_among
    return FieldTest(found.field or (), told or (), found.not_among is not None, found.absent)


def _refuse_more(found: Draft, item: Item, subject: str) -> None:
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


def _read(within: str, item: Item, keys: Mapping[str, Key[Draft]]) -> Draft:
    if not isinstance(item, Table):
        raise item.place.error(f"{within} holds tests, such as {_FIELD}")
    return read_keys(keys, Draft(), item.lines, within)
