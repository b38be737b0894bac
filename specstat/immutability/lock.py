"""What a policy says of one object: whether it is locked, exempt, done, and why, in words.

Objects are plain JSON values of any shape: what is not of the expected shape counts as not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from specstat.immutability.paths import Path, text_of
from specstat.immutability.schema import ABSENT
from specstat.immutability.terms import (
    Always,
    ConditionTest,
    Creation,
    Exemption,
    FieldTest,
    KeyTest,
    Terms,
    Trigger,
    in_words,
)


def locked(terms: Terms, obj: object) -> str:
    """Why an object is locked, such as "the condition Accepted is True"; empty where it is not."""
    return next(filter(None, (holds(test, obj) for test in terms.locked_when)), "")


def exempt(terms: Terms, obj: object) -> str:
    """Why a policy does not hold for an object, in words; empty where it holds."""
    return next(filter(None, (holds(test, obj) for test in terms.exempt_when)), "")


def is_terminal(terms: Terms, obj: object) -> str:
    """Why an object is done, such as "status.phase is Failed"; empty where it is not."""
    return "" if terms.terminal is None else holds(terms.terminal, obj)


def holds(test: Trigger | Exemption, obj: object) -> str:
    """That a test holds for an object, in words; empty where it does not."""
    match test:
        case Always():
            return "the policy holds for every object"
        case Creation():
            return "it is stored (it has a metadata.uid)" if at(obj, ("metadata", "uid")) else ""
        case ConditionTest(type=name, status=status):
            found = any(c.get("status") == status for c in conditions(obj) if c["type"] == name)
            return in_words(test) if found else ""
        case KeyTest():
            return _key(test, obj)
        case FieldTest():
            return _field(test, obj)


def conditions(obj: object) -> tuple[Mapping[str, Any], ...]:
    """The conditions of an object's status that have a type, in their order."""
    found = at(obj, ("status", "conditions"))
    if not isinstance(found, list | tuple):
        return ()
    return tuple(c for c in found if isinstance(c, Mapping) and isinstance(c.get("type"), str))


def at(obj: object, path: Path) -> Any:  # noqa: ANN401 - any value of JSON
    """The value at a path of names; ABSENT where nothing is there, or the path has other steps."""
    for step in path:
        if not isinstance(obj, Mapping) or step not in obj:
            return ABSENT
        obj = obj[step]
    return obj


def text(value: object) -> str | None:
    """A scalar as text, as policies write it; None for null, nothing, lists and mappings."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, str | int | float) else None


def _field(test: FieldTest, obj: object) -> str:
    value = at(obj, test.path)
    gone = value is ABSENT or value is None
    found = test.absent if gone else text(value)
    among = found is not None and found in test.values
    if among == test.negated:
        return ""
    shown = "absent" if gone else "no scalar" if found is None else found or "empty"
    unlike = f", not {' or '.join(test.values)}" if test.negated and test.values else ""
    counts = f", which counts as {found}" if gone and found is not None else ""
    return f"{text_of(test.path)} is {shown}{counts}{unlike}"


def _key(test: KeyTest, obj: object) -> str:
    found = at(obj, ("metadata", test.kind, test.key))
    if found is ABSENT or (test.values and text(found) not in test.values):
        return ""
    value = f" is {text(found)}" if test.values else " is there"
    return f"the {test.kind.removesuffix('s')} {test.key}{value}"
