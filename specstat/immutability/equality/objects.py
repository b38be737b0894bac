"""Objects out of YAML or JSON text, as Kubernetes' clients read them, with the places of values."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from specstat.immutability.equality.plain import NULLS, meaning, sound
from specstat.immutability.equality.prepare import Json
from specstat.model.reading import UnreadableError
from specstat.model.source import Source, Span
from specstat.readers.yamltree import Mapping, Node, Scalar, Sequence, follow, load

# A key or a position on the way to a value.
Where = tuple[str | int, ...]

# Halves of characters, as JSON escapes them and YAML cannot; only places are taken from there.
_SURROGATE = re.compile(r"(?<!\\)((?:\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
# A few frames a level must fit the interpreter's stack, for everyone who walks over an object.
_DEEPEST = 150
_SHOWN = 40


class ObjectError(ValueError):
    """A text that holds no object to be used; `span` is where in it the trouble is."""

    def __init__(self, message: str, span: Span | None = None) -> None:
        super().__init__(message)
        self.span = span


@dataclass(frozen=True, slots=True)
class Document:
    """One object of a file: its plain values, and where each of them is written."""

    value: Json
    source: Source
    places: dict[Where, Span] = field(default_factory=dict, repr=False, compare=False)

    def place_of(self, where: Where) -> Span:
        """The place of a value; that of the nearest one around it where it is not written."""
        while where and where not in self.places:
            where = where[:-1]
        return self.places.get(where, Span(0, 0))


def read(source: Source) -> Document:
    """The one object in a text; ObjectError where there is none, or more than one."""
    try:
        tree = load(_readable(source.text))
    except UnreadableError as error:
        at = error.offset
        raise ObjectError(str(error), None if at is None else Span(at, at)) from None
    if tree.repeated:
        key = tree.repeated[0]
        message = f"the key {key.value[:_SHOWN]} stands here a second time; keep one of them"
        raise ObjectError(message, Span(key.start, key.end))
    full = [d for d in tree.documents if not _is_null(d)]
    if not full:
        raise ObjectError("there is no object in it; give it one object with apiVersion and kind")
    if len(full) > 1:
        message = f"it holds {len(full)} objects; keep one object in a file"
        raise ObjectError(message, Span(full[1].start, full[1].start))
    places: dict[Where, Span] = {}
    root = follow(full[0])
    if not isinstance(root, Mapping):
        raise ObjectError(
            "this is no object; write a mapping with apiVersion and kind",
            Span(root.start, root.end),
        )
    value = _value(root, (), places)
    return Document(_json(source.text, value), source, places)


def _json(text: str, value: Json) -> Json:
    """JSON by its own rules, which are not those of YAML for escapes and numbers."""
    if not _is_json(text):
        return value
    try:
        return _clean(json.loads(text, parse_constant=_refuse))
    except (ValueError, RecursionError):
        return value  # YAML in braces


def _is_json(text: str) -> bool:
    return text.lstrip().startswith("{")


def _readable(text: str) -> str:
    """A text that YAML can read, of the same length."""
    return _SURROGATE.sub(r"\1xxxxxx", text) if _is_json(text) else text


def _refuse(constant: str) -> Json:
    raise ValueError(constant)


def _clean(value: Json) -> Json:
    if isinstance(value, dict):
        return {sound(k): _clean(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return sound(value) if isinstance(value, str) else value


def _is_null(node: Node) -> bool:
    node = follow(node)
    return isinstance(node, Scalar) and node.plain and node.value in NULLS


def value_of(node: Node) -> Json:
    """The plain value of a node, whose places nobody asks for; ObjectError as above."""
    return _value(node, (), {})


def _value(node: Node, where: Where, places: dict[Where, Span]) -> Json:
    places.setdefault(where, Span(node.start, node.end))
    if len(where) > _DEEPEST:
        message = f"nested deeper than {_DEEPEST} levels; nothing real is"
        raise ObjectError(message, Span(node.start, node.end))
    node = follow(node)
    if isinstance(node, Mapping):
        return _fields(node, where, places)
    if isinstance(node, Sequence):
        return [_value(item, (*where, at), places) for at, item in enumerate(node.items)]
    return scalar(node) if isinstance(node, Scalar) else None


def _fields(node: Mapping, where: Where, places: dict[Where, Span]) -> dict[str, Json]:
    """The fields of a mapping, those that it merges (`<<`) behind its own."""
    values: dict[str, Json] = {}
    merged: list[Node] = []
    for key, inner in node.entries.values():
        if key.plain and key.value == "<<":
            below = follow(inner)
            merged += below.items if isinstance(below, Sequence) else [below]
            continue
        name = _name(key)
        places.setdefault((*where, name), Span(key.start, key.end))
        values[name] = _value(inner, (*where, name), places)
    for other in map(follow, merged):
        if isinstance(other, Mapping):
            values = {**_fields(other, where, places), **values}
    return values


def _name(key: Scalar) -> str:
    """A key as text; what would be another value by itself is written as JSON writes it."""
    found = scalar(key)
    return found if isinstance(found, str) else json.dumps(found)


def scalar(node: Scalar) -> Json:
    """What a scalar means; ObjectError for a number that JSON cannot hold."""
    try:
        return meaning(node.value) if node.plain else sound(node.value)
    except ValueError as error:
        raise ObjectError(str(error), Span(node.start, node.end)) from None
