"""How findings are ignored: a part of the annotation grammar.

    specstat: sensitive ignore[SS312] the value is a digest, not the secret

The codes are codes, names of rules or starts of codes (`SS1`); the reason runs to the end of the
annotation. Which codes there are is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from specstat.model.source import Source, Span

# Where the words of one ignore begin; prose that says "ignore" is none.
BEGIN = re.compile(r"(?<!\S)ignore\[")
_BARE = re.compile(r"(?<!\S)ignore(?![\w\[-])")
_IGNORE = re.compile(r"ignore\[(?P<codes>[^\[\]]*)(?P<end>\]?)\s*(?P<reason>.*)", re.DOTALL)
_CODE = re.compile(r"[\w-]+")
_EXAMPLE = "write for example ignore[SS101] and a reason"


class Ignoring(NamedTuple):
    """What an annotation says is to be ignored: words that stand for codes, and why."""

    codes: tuple[str, ...]
    reason: str = ""


class Parted(NamedTuple):
    """An annotation parted into its other words and what it ignores, with what is wrong there."""

    words: str
    ignores: tuple[Ignoring, ...] = ()
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ignore:
    """What is ignored on a field or a resource, with everything below it, and the place of that."""

    said: Ignoring
    source: Source
    span: Span


def part(text: str) -> Parted:
    """Part the words of an annotation, without its mark, at each `ignore[`."""
    starts = [match.start() for match in BEGIN.finditer(text)]
    words = text[: starts[0]] if starts else text
    ignores: list[Ignoring] = []
    errors: list[str] = []
    if bare := _BARE.search(words):
        words = words[: bare.start()]  # behind it stands the reason
        errors.append("ignore wants its codes right behind it, in brackets: ignore[SS101]")
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        errors += _read(text[start:end].rstrip(), ignores)
    return Parted(words, tuple(ignores), tuple(errors))


def _read(text: str, ignores: list[Ignoring]) -> Iterator[str]:
    """Read one ignore into the list; what is wrong with it."""
    match = _IGNORE.match(text)
    if match is None or not match["end"]:
        yield f"ignore[ wants a ] behind its codes; {_EXAMPLE}"
        return
    words = [word for word in re.split(r"[\s,]+", match["codes"]) if word]
    if not words:
        yield f"ignore[] names no code; {_EXAMPLE}"
    elif wrong := next((word for word in words if not _CODE.fullmatch(word)), ""):
        yield f"{wrong!r} in ignore[...] is no code; {_EXAMPLE}"
    else:
        ignores.append(Ignoring(tuple(dict.fromkeys(words)), match["reason"].strip()))


def written(codes: tuple[str, ...], reason: str) -> str:
    """An ignore as it is written in an annotation."""
    return f"ignore[{','.join(codes)}] {reason}".rstrip()
