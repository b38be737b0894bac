"""What plain scalars of YAML mean, as sigs.k8s.io/yaml reads them."""

from __future__ import annotations

import math
import re

from specstat.immutability.equality.prepare import Json

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# The words of YAML 1.1.
_WORDS = {
    **dict.fromkeys("y Y yes Yes YES true True TRUE on On ON".split(), True),
    **dict.fromkeys("n N no No NO false False FALSE off Off OFF".split(), False),
}
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_DECIMAL = re.compile(r"0|[1-9][0-9]*")
_BASES = (("0x", 16), ("0X", 16), ("0b", 2), ("0B", 2), ("0o", 8), ("0O", 8), ("0", 8))
_NOT_JSON = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_LONE = re.compile("[\ud800-\udfff]")
_UINT64 = 2**64
_SHOWN = 40


def meaning(text: str) -> Json:
    """The value of a plain scalar; ValueError for a number that JSON cannot hold."""
    if text in NULLS:
        return None
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-+.0123456789":
        return sound(text)
    digits = text.replace("_", "")
    is_float = _FLOAT.fullmatch(digits) is not None
    if _NOT_JSON.fullmatch(text) or (is_float and math.isinf(float(digits))):
        message = f"{text[:_SHOWN]} is no number that an object can hold; a text needs quotes"
        raise ValueError(message)
    whole = _whole(digits)
    if whole is None:
        return float(digits) if is_float else sound(text)
    return whole


def sound(text: str) -> str:
    """Text with what is no character, half of a pair, replaced as Go's decoder replaces it."""
    return _LONE.sub("\ufffd", text)


def _whole(text: str) -> int | None:
    """A text as an integer; None where it is none."""
    sign, digits = (-1, text[1:]) if text[0] == "-" else (1, text.removeprefix("+"))
    if _DECIMAL.fullmatch(digits):
        return sign * int(digits)
    for prefix, base in _BASES:
        if digits.startswith(prefix):
            found = _of_base(digits.removeprefix(prefix), base)
            if found is not None:
                return sign * found
    return None


def _of_base(digits: str, base: int) -> int | None:
    """An integer of another base, of which only those of 64 bits count as numbers."""
    if not digits.isalnum() or not digits.isascii():
        return None
    try:
        found = int(digits, base)
    except ValueError:
        return None
    return found if found < _UINT64 else None
