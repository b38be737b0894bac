"""Scalars of Kubernetes' formats by their values: moments, spans of time, bytes, numbers."""

from __future__ import annotations

import base64
import binascii
import re

_INT64 = 2**63
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)", re.ASCII
)
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_GO_PART = re.compile(r"(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)", re.ASCII)
_LOOSE_PART = re.compile(r"(\d+)[\t\n\f\r ]*([A-Za-z\u00b5]+)", re.ASCII)
_NANOSECONDS = {
    "ns": 1,
    "us": 1_000,
    "\u00b5s": 1_000,
    "\u03bcs": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
    "d": 86_400_000_000_000,
    "w": 604_800_000_000_000,
}
# The exact words of each unit, and the beginning of a word that is enough.
_LOOSE_UNITS = (
    ("ns", ("ns",), "nano"),
    ("us", ("us", "\u00b5s"), "micro"),
    ("ms", ("ms",), "milli"),
    ("s", ("s",), "sec"),
    ("m", ("m",), "min"),
    ("h", ("h", "hr"), "hour"),
    ("d", ("d",), "day"),
    ("w", ("w", "wk"), "week"),
)


def moment(text: str) -> tuple[int, int] | None:
    """A `date-time` as seconds and nanoseconds since year 0; None for what is no moment.

    What Kubernetes reads is what Go's RFC 3339 parser reads: capital T and Z, no leap seconds,
    offsets below 24:60, digits beyond nanoseconds cut off.
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = map(int, match.group(1, 2, 3, 4, 5, 6))
    if hour > 23 or minute > 59 or second > 59 or not _is_day(year, month, day):  # noqa: PLR2004 - the clock's own limits
        return None
    offset = 0
    if match[8] != "Z":
        hours, minutes = int(match[8][1:3]), int(match[8][4:])
        if hours > 24 or minutes > 60:  # noqa: PLR2004 - as far as Go's parser goes
            return None
        offset = (hours * 60 + minutes) * (-60 if match[8][0] == "-" else 60)
    days = _days(year, month, day)
    return days * 86_400 + hour * 3_600 + minute * 60 + second - offset, _nanoseconds(match[7])


def _nanoseconds(digits: str | None) -> int:
    return int((digits or "")[:9].ljust(9, "0"))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _is_day(year: int, month: int, day: int) -> bool:
    if not 1 <= month <= len(_MONTHS):
        return False
    return 1 <= day <= _MONTHS[month - 1] + (month == 2 and _is_leap(year))  # noqa: PLR2004 - that is February


def _days(year: int, month: int, day: int) -> int:
    """Days from the first of January of year 0, in the calendar that Go counts in."""
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400 + 1 if year else 0
    own = sum(_MONTHS[: month - 1]) + (month > 2 and _is_leap(year))  # noqa: PLR2004 - that is February
    return 365 * year + leaps + own + day - 1


def moment_text(text: str) -> str:
    """A `date-time` as `SECONDS.NANOSECONDS` since 1970 began; what is no moment as it is."""
    found = moment(text)
    if found is None:
        return text
    seconds, nanoseconds = found[0] - _days(1970, 1, 1) * 86_400, found[1]
    return f"{seconds}.{nanoseconds:09}"


def duration(text: str) -> int | None:
    """A `duration` in nanoseconds; None for what is none.

    First as Go reads durations (`1h30m`, `-1.5h`), then as OpenAPI's formats do: the sum of all
    pairs of a whole number and a unit in it (`3 days 2 hours`).
    """
    exact = _go_duration(text)
    return _loose_duration(text) if exact is None else exact


def _go_duration(text: str) -> int | None:
    sign, rest = (-1, text[1:]) if text[:1] == "-" else (1, text.removeprefix("+"))
    if rest == "0":
        return 0
    at, total = 0, 0
    while at < len(rest):
        match = _GO_PART.match(rest, at)
        if match is None or not (match[1] or match[2]):
            return None
        whole = int(match[1] or 0) * _NANOSECONDS[match[3]]
        total += whole + _fraction(match[2] or "", _NANOSECONDS[match[3]])
        if whole > _INT64 or total > _INT64:
            return None
        at = match.end()
    return None if not rest or (total == _INT64 and sign > 0) else sign * total


def _fraction(digits: str, unit: int) -> int:
    """A decimal fraction of a unit, computed in floating point as Go does."""
    number, scale = 0, 1.0
    for digit in digits:
        if number * 10 + int(digit) > _INT64:
            break
        number, scale = number * 10 + int(digit), scale * 10
    return int(float(number) * (float(unit) / scale))


def _loose_duration(text: str) -> int | None:
    total, found = 0, False
    for number, word in _LOOSE_PART.findall(text):
        if int(number) >= _INT64:
            return None
        unit = word.lower()
        for short, words, beginning in _LOOSE_UNITS:
            if unit in words or unit.startswith(beginning):
                total, found = total + int(number) * _NANOSECONDS[short], True
    # Go's sum wraps around where it is too large.
    return (total + _INT64) % (2 * _INT64) - _INT64 if found else None


def data(text: str) -> bytes | None:
    """The bytes of a `byte` text (standard Base64 with its padding); None for what is none.

    Kubernetes does not take the empty text for one.
    """
    if not text:
        return None
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None


def number(value: float) -> int | float:
    """A number as it is after being stored: a whole one that fits 64 bits is an integer.

    A larger integer is the nearest double, as Kubernetes' JSON reader makes it.
    """
    if isinstance(value, int):
        return value if -_INT64 <= value < _INT64 else _double(value)
    whole = value.is_integer() and -_INT64 <= value < _INT64
    return int(value) if whole else value


def double(value: float) -> int | float:
    """A number of type `number`: the nearest double, which is all that Kubernetes compares."""
    return number(_double(value))


def _double(value: float) -> float:
    try:
        return float(value)
    except OverflowError:  # no number of JSON that Kubernetes takes
        return float("inf") if value > 0 else float("-inf")


def number_text(value: float) -> str:
    """A number as ECMAScript writes it, which is the shortest text that reads back the same."""
    if isinstance(value, int):
        return str(value)
    mantissa, _, power = repr(value).partition("e")
    sign, mantissa = ("-", mantissa[1:]) if mantissa[0] == "-" else ("", mantissa)
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    zeros = len(whole + fraction) - len(digits)
    # The decimal point stands behind so many of the digits.
    point = len(whole) - zeros + int(power or 0)
    digits = digits.rstrip("0")
    if 0 < point <= 21:  # noqa: PLR2004 - ECMAScript's own limit
        whole, fraction = digits[:point].ljust(point, "0"), digits[point:]
        return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"
    if -6 < point <= 0:  # noqa: PLR2004 - as above
        return f"{sign}0.{'0' * -point}{digits}"
    rest = f".{digits[1:]}" if digits[1:] else ""
    return f"{sign}{digits[0]}{rest}e{'+' if point > 0 else '-'}{abs(point - 1)}"
