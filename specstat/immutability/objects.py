"""Objects out of YAML or JSON text, as Kubernetes' clients read them, with the places of values."""

from __future__ import annotations

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
# As sigs.k8s.io/yaml reads them: YAML 1.1's words, without its single letters y and n.
_WORDS = {
    **dict.fromkeys("yes Yes YES true True TRUE on On ON".split(), True),
    **dict.fromkeys("no No NO false False FALSE off Off OFF".split(), False),
}
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BASES = (("0x", 16), ("0b", 2), ("0o", 8))
_OCTAL = re.compile(r"[-+]?0[0-7_]+")
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
    return Document(_value(root, (), places), source, places)


def _is_null(node: Node) -> bool:
    node = follow(node)
    return isinstance(node, Scalar) and node.plain and node.value in _NULLS


def _value(node: Node, where: Where, places: dict[Where, Span]) -> Json:
    places.setdefault(where, Span(node.start, node.end))
    node = follow(node)
    if isinstance(node, Mapping):
        values = {}
        for name, (key, inner) in node.entries.items():
            own = (*where, name)
            places[own] = Span(key.start, key.end)
            values[_sound(name)] = _value(inner, own, places)
        return values
    if isinstance(node, Sequence):
        return [_value(item, (*where, at), places) for at, item in enumerate(node.items)]
    return scalar(node) if isinstance(node, Scalar) else None


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
    if found is None:
        return _sound(text)
    if isinstance(found, float) and math.isinf(found):
        raise ObjectError("the number is too large to be stored", Span(node.start, node.end))
    return found


def _number(text: str) -> int | float | None:
    """A plain scalar as a number; None where it is a text."""
    if not text or text[0] not in "-+.0123456789" or len(text) > _LONGEST_NUMBER:
        return None
    sign, digits = (-1, text[1:]) if text[0] == "-" else (1, text.removeprefix("+"))
    for prefix, base in _BASES:
        if digits.startswith(prefix):
            return _integer(digits[2:], base, sign)
    if _OCTAL.fullmatch(text):
        return _integer(digits[1:], 8, sign)
    if _DECIMAL.fullmatch(text):
        return _integer(digits, 10, sign)
    return float(text) if _FLOAT.fullmatch(text) else None


def _integer(digits: str, base: int, sign: int) -> int | None:
    try:
        return sign * int(digits.replace("_", ""), base)
    except ValueError:
        return None


def _sound(text: str) -> str:
    """Text with what is no character, half of a pair, replaced as Go's decoder replaces it."""
    return _LONE.sub("\ufffd", text)
