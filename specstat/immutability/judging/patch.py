"""What is written to an object's status, as a merge patch that holds only what is to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any, NamedTuple

from specstat.immutability.equality.fit import misfits
from specstat.immutability.judging.decision import Code, Note
from specstat.immutability.lock import at
from specstat.immutability.paths import Each, Path, text_of
from specstat.immutability.schema import ABSENT, Schema

CONDITIONS: Path = ("status", "conditions")
_LONGEST_MESSAGE = 32768  # that of metav1.Condition, where a schema names none


class Wanted(NamedTuple):
    """A condition to be had, of this generation.

    `head` is how its message begins whenever the same is told: a condition that tells it already
    is left alone, so that a message with more in it is not lost.
    """

    type: str
    status: str
    reason: str
    message: str
    head: str


class Written(NamedTuple):
    """A patch, and what could not be written because the schema has no place for it."""

    patch: dict[str, Any]
    notes: tuple[Note, ...] = ()


def merged(patch: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Two merge patches as one; the second wins."""
    found = dict(patch)
    for key, value in more.items():
        there = found.get(key)
        both = isinstance(value, Mapping) and isinstance(there, dict)
        found[key] = merged(there, value) if both and there is not None else value
    return found


def with_version(patch: dict[str, Any], obj: object) -> dict[str, Any]:
    """A patch that holds only for an object as it was read; an empty one stays empty."""
    version = at(obj, ("metadata", "resourceVersion"))
    if not patch or not isinstance(version, str):
        return patch
    return merged({"metadata": {"resourceVersion": version}}, patch)


def field(schema: Schema, obj: object, path: Path, value: object) -> Written:
    """A field to be set; nothing where it has the value, a note where the schema has no place."""
    there = schema.at(path)
    why = "the schema has no such field" if there is None else _misfit(there, value)
    if why:
        return Written({}, (_no_place(path, why),))
    return Written({} if at(obj, path) == value else nested(path, value))


def nested(path: Path, value: object) -> dict[str, Any]:
    """A value as a patch at a path of names."""
    for step in reversed(path):
        value = {str(step): value}
    return dict(value) if isinstance(value, Mapping) else {}


def declares(schema: Schema, path: Path) -> bool:
    """Whether a schema lists a field, rather than merely keeping what it does not know."""
    above = schema.at(path[:-1])
    return above is not None and path[-1] in above.properties


def conditions(
    schema: Schema, obj: object, wanted: Sequence[Wanted], generation: int, now: datetime
) -> Written:
    """The whole list of conditions with the wanted ones in it, since merge patches replace lists.

    Conditions of other types stay as they are. A transition time moves only with the status.
    """
    inner = schema.at((*CONDITIONS, Each.ITEM))
    listed = at(obj, CONDITIONS)
    if listed is None or listed is ABSENT:
        listed = []
    if inner is None or not isinstance(listed, list):
        why = "the schema has none" if inner is None else "it is no list"
        return Written({}, (_no_place(CONDITIONS, why),) * bool(wanted))
    result = list(listed)
    notes: list[Note] = []
    for one in wanted:
        mine = [n for n, c in enumerate(result) if isinstance(c, Mapping) and _is(c, one.type)]
        first = result[mine[0]] if mine else {}
        if len(mine) == 1 and _tells(first, one, generation, inner):
            continue
        made = _condition(first, one, generation, now, inner)
        if why := _refused(inner, made) or ("" if mine else _full(schema, result)):
            notes.append(_no_place(CONDITIONS, f"{one.type}: {why}"))
            continue
        place = mine[0] if mine else len(result)
        rest = [c for n, c in enumerate(result) if n not in mine]
        result = [*rest[:place], made, *rest[place:]]
    changed = result != list(listed)
    return Written(nested(CONDITIONS, deepcopy(result)) if changed else {}, tuple(notes))


def stamp(now: datetime, timespec: str = "seconds") -> str:
    """A moment as Kubernetes writes it, in UTC; ValueError for one without a zone."""
    if now.tzinfo is None:
        raise ValueError("now has no time zone; give a moment in UTC: datetime.now(UTC)")
    text = now.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=timespec)
    return f"{text}Z"


def cut(text: str, longest: float | None) -> str:
    """A text that is at most so long."""
    if longest is None or len(text) <= longest:
        return text
    return text[: max(int(longest) - 3, 0)] + "..."


def _is(condition: Mapping[str, Any], name: str) -> bool:
    return condition.get("type") == name


def _tells(there: Mapping[str, Any], one: Wanted, generation: int, inner: Schema) -> bool:
    """Whether a condition tells already what is wanted of it."""
    message = str(there.get("message") or "")
    head = cut(one.head, _longest(inner, "message"))
    return (
        there.get("status") == one.status
        and there.get("reason") == one.reason
        and (message.startswith(head) or not _has(inner, "message"))
        and (there.get("observedGeneration") == generation or not _has(inner, "observedGeneration"))
    )


def _condition(
    there: Mapping[str, Any], one: Wanted, generation: int, now: datetime, inner: Schema
) -> dict[str, Any]:
    since = there.get("lastTransitionTime") if there.get("status") == one.status else None
    made = {
        "type": one.type,
        "status": one.status,
        "reason": one.reason,
        "message": cut(one.message, _longest(inner, "message")),
        "observedGeneration": generation,
        "lastTransitionTime": since or stamp(now),
    }
    return {**there, **{name: value for name, value in made.items() if _has(inner, name)}}


def _has(schema: Schema, name: str) -> bool:
    return schema.below(name) is not None


def _longest(schema: Schema, name: str) -> float:
    inner = schema.below(name)
    found = None if inner is None else inner.bounds.get("maxLength")
    return _LONGEST_MESSAGE if found is None else found


def _full(schema: Schema, listed: Sequence[object]) -> str:
    """Why a list of conditions takes no more of them; empty where it does."""
    there = schema.at(CONDITIONS)
    most = None if there is None else there.bounds.get("maxItems")
    return f"the list takes {most:g} at most" if most is not None and len(listed) >= most else ""


def _misfit(schema: Schema, value: object) -> str:
    """Why the API server would refuse or drop a value; empty where it fits."""
    if schema.enum and value not in schema.enum:
        return f"its enum lacks {value}"
    longest = schema.bounds.get("maxLength")
    if isinstance(value, str) and longest is not None and len(value) > longest:
        return f"it takes {int(longest)} characters at most, not {len(value)}"
    kind = "object" if isinstance(value, Mapping) else "string"
    if schema.type not in {kind, ""} or (not schema.type and not schema.is_open):
        return f"it is of type {schema.type or 'integer or string'}, not {kind}"
    if not isinstance(value, Mapping):
        return ""
    lost = [name for name in value if not _has(schema, name)]
    return f"it has no {', '.join(lost)}" if lost else _refused(schema, value)


def _refused(schema: Schema, value: Mapping[str, Any]) -> str:
    """Why the API server would refuse an object, and all that is sent with it."""
    for name, inner in value.items():
        below = schema.below(name)
        why = _misfit(below, inner) if below is not None and isinstance(inner, str) else ""
        if why:
            return f"{name}: {why}"
    return next((found.message for found in misfits(value, schema)), "")


def _no_place(path: Path, why: str) -> Note:
    return Note(Code.NO_PLACE, f"{text_of(path)} cannot be written: {why}.")
