"""The keys within `owned` and `on-violation`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from specstat.immutability.language import values as policy_values
from specstat.immutability.terms import OnViolation, Owned
from specstat.readers.settings import values
from specstat.readers.settings.items import Line, Table
from specstat.readers.settings.keys import Key, Schema, object_of, read_keys

T = TypeVar("T")
_PREFIX = r"[A-Za-z0-9][A-Za-z0-9./_\-]*"
_REASON = r"[A-Za-z](?:[A-Za-z0-9_,:]*[A-Za-z0-9_])?"
_PHASE_EXAMPLE = "phase: Failed"
_TEXTS: Schema = {"type": "array", "minItems": 1, "items": policy_values.TEXT}


def form(pattern: str) -> Schema:
    """The schema of a text of some form."""
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def within(keys: Mapping[str, Key[T]], start: T, line: Line, example: str) -> T:
    """What a mapping of such keys says; it is not left empty."""
    if not isinstance(line.item, Table) or not line.item.lines:
        raise values.wrong(line, f"some of {', '.join(keys)}", example)
    return read_keys(keys, start, line.item.lines, line.name)


def mapping_of(keys: Mapping[str, Key[T]]) -> Schema:
    """The schema of a mapping of such keys that is not left empty."""
    return {**object_of(keys), "type": "object", "minProperties": 1}


def _prefixes(line: Line, example: str) -> tuple[str, ...]:
    said = policy_values.texts(line, "a list of beginnings of keys", example)
    for one in said:
        if not re.fullmatch(_PREFIX, one):
            message = f"{one!r} begins no key of {line.name}; write such as {example}"
            raise line.at.error(message)
    return said


def _labels(found: Owned, line: Line, example: str) -> Owned:
    return found._replace(labels=_prefixes(line, example))


def _annotations(found: Owned, line: Line, example: str) -> Owned:
    return found._replace(annotations=_prefixes(line, example))


def _by(found: Owned, line: Line, example: str) -> Owned:
    return found._replace(by=policy_values.texts(line, "a list of users", example))


def _phase(found: OnViolation, line: Line, example: str) -> OnViolation:
    return found._replace(phase=policy_values.text(line, "a phase", example).value)


def _phase_field(found: OnViolation, line: Line, example: str) -> OnViolation:
    return found._replace(phase_field=policy_values.below_status(line, example))


def _conditions(found: OnViolation, line: Line, example: str) -> OnViolation:
    if not isinstance(line.item, Table) or not line.item.lines:
        raise values.wrong(line, "a status for each type of condition", example)
    for inner in line.item.lines:
        if not re.fullmatch(policy_values.CONDITION, inner.name):
            message = f"{inner.name!r} is no type of a condition; write such as {example}"
            raise inner.place.error(message)
    told = tuple((inner.name, policy_values.status(inner, example)) for inner in line.item.lines)
    return found._replace(conditions=told)


def _reason(found: OnViolation, line: Line, example: str) -> OnViolation:
    what = "a reason in one word, as conditions have it"
    return found._replace(reason=policy_values.matching(line, _REASON, what, example).value)


def _event(found: OnViolation, line: Line, example: str) -> OnViolation:
    return found._replace(event=values.boolean(line, example).value)


OWNED_KEYS: Mapping[str, Key[Owned]] = {
    "labels": Key(
        _labels,
        {"type": "array", "minItems": 1, "items": form(_PREFIX)},
        "beginnings of keys",
        "Labels whose keys begin so.",
        "labels: [example.org/]",
    ),
    "annotations": Key(
        _annotations,
        {"type": "array", "minItems": 1, "items": form(_PREFIX)},
        "beginnings of keys",
        "Annotations whose keys begin so.",
        "annotations: [example.org/]",
    ),
    "by": Key(
        _by,
        _TEXTS,
        "users",
        "Who may still add, change and remove them.",
        'by: ["system:serviceaccount:example:controller"]',
    ),
}
VIOLATION_KEYS: Mapping[str, Key[OnViolation]] = {
    "phase": Key(
        _phase,
        policy_values.TEXT,
        "a text",
        "The phase that the object gets; none where nothing is said.",
        _PHASE_EXAMPLE,
    ),
    "phase-field": Key(
        _phase_field,
        policy_values.BELOW_STATUS,
        "a field path below status",
        "Where the phase is written; `status.phase` where nothing is said.",
        "phase-field: status.state",
    ),
    "conditions": Key(
        _conditions,
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": form(policy_values.CONDITION),
            "additionalProperties": {"enum": [*policy_values.STATUSES, True, False]},
        },
        "a status for each type",
        "The conditions that are set, and to which status.",
        'conditions: {Succeeded: "False", Ready: "False"}',
    ),
    "reason": Key(
        _reason,
        form(_REASON),
        "a word",
        "The reason of conditions and of the Event; `SpecImmutableViolation` where nothing is "
        "said.",
        "reason: SpecImmutableViolation",
    ),
    "event": Key(
        _event,
        {"type": "boolean"},
        "true or false",
        "Whether a Kubernetes Event is emitted; `true` where nothing is said.",
        "event: true",
    ),
}
