"""Objects out of YAML or JSON text, as Kubernetes' clients read them, with the places of values."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field

from specstat.immutability.prepare import Json
from specstat.model.reading import UnreadableError
from specstat.model.source import Source, Span
from specstat.readers.yamltree import Mapping, Node, Scalar, Sequence, follow, load

# A key or a position on the way to a value.
Where = tuple[str | int, ...]

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# As sigs.k8s.io/yaml reads them: the words of YAML 1.1.
_WORDS = {
    **dict.fromkeys("y Y yes Yes YES true True TRUE on On ON".split(), True),
    **dict.fromkeys("n N no No NO false False FALSE off Off OFF".split(), False),
}
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_DECIMAL = re.compile(r"0|[1-9][0-9]*")
_BASES = (("0x", 16), ("0X", 16), ("0b", 2), ("0B", 2), ("0o", 8), ("0O", 8), ("0", 8))
_NOT_JSON = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_LONE = re.compile("[\ud800-\udfff]")
_LONGEST_NUMBER = 400


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
        documents = load(source.text).documents
    except UnreadableError as error:
        at = error.offset
        raise ObjectError(str(error), None if at is None else Span(at, at)) from None
    full = [d for d in documents if not _is_null(d)]
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
    if not text.lstrip().startswith("{"):
        return value
    try:
        return _clean(json.loads(text, parse_constant=_refuse))
    except (ValueError, RecursionError):
        return value  # YAML in braces


def _refuse(constant: str) -> Json:
    raise ValueError(constant)


def _clean(value: Json) -> Json:
    if isinstance(value, dict):
        return {_sound(k): _clean(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return _sound(value) if isinstance(value, str) else value


def _is_null(node: Node) -> bool:
    node = follow(node)
    return isinstance(node, Scalar) and node.plain and node.value in _NULLS


def value_of(node: Node) -> Json:
    """The plain value of a node, whose places nobody asks for; ObjectError as above."""
    return _value(node, (), {})


def _value(node: Node, where: Where, places: dict[Where, Span]) -> Json:
    places.setdefault(where, Span(node.start, node.end))
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
    text = node.value
    if not node.plain:
        return _sound(text)
    if text in _NULLS:
        return None
    if text in _WORDS:
        return _WORDS[text]
    if _NOT_JSON.fullmatch(text):
        raise ObjectError(
            f"{text} is no number that an object can hold", Span(node.start, node.end)
        )
    found = _number(text)
    return _sound(text) if found is None else found


def _number(text: str) -> int | float | None:
    """A plain scalar as a number; None where it is a text."""
    if not text or text[0] not in "-+.0123456789" or len(text) > _LONGEST_NUMBER:
        return None
    plain = text.replace("_", "")
    sign, digits = (-1, plain[1:]) if text[0] == "-" else (1, plain.removeprefix("+"))
    if _DECIMAL.fullmatch(digits):
        return sign * int(digits)
    for prefix, base in _BASES:
        if (
            digits.startswith(prefix)
            and (found := _integer(digits[len(prefix) :], base)) is not None
        ):
            return sign * found
    found = float(plain) if _FLOAT.fullmatch(plain) else None
    return None if found is None or math.isinf(found) else found


def _integer(digits: str, base: int) -> int | None:
    if not digits.isalnum() or not digits.isascii():
        return None
    try:
        return int(digits, base)
    except ValueError:
        return None


def _sound(text: str) -> str:
    """Text with what is no character, half of a pair, replaced as Go's decoder replaces it."""
    return _LONE.sub("\ufffd", text)
