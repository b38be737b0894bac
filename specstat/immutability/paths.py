"""Paths of fields, as policies name them: `spec.steps[].image`, `metadata.labels["a.b/c"]`.

`[]` is an item of a list, `{}` a value of a map; a name that is no plain word stands in brackets
and double quotes. A name behind a map is a key of that map.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from enum import Enum


class Each(Enum):
    """The steps of a path that are no names: into every item of a list, every value of a map."""

    ITEM = "[]"
    VALUE = "{}"


Step = str | Each
Path = tuple[Step, ...]

ROOT: Path = ()
_PLAIN = r"[A-Za-z_$][A-Za-z0-9_$\-]*"
_QUOTED = r'\["(?:[^"\\]|\\.)*"\]'
# The form of a path as regular expressions that JSON Schema knows, too: of any, of a single field.
NAMES = rf"(?:\.{_PLAIN}|{_QUOTED})"
STEPS = rf"(?:\.{_PLAIN}|{_QUOTED}|\[\]|\{{\}})"
BEGINNING = _PLAIN
_STEP = re.compile(
    rf"(?:\A|(?<=.)\.)(?P<name>{_PLAIN})|(?<=.)(?P<each>\[\]|\{{\}})"
    r"|(?<=.)\[(?P<quoted>\"(?:[^\"\\]|\\.)*\")\]"
)
_LONGEST = 2_000


class PathError(ValueError):
    """A text that is no path; `offset` is where in it the trouble begins."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


def parse(text: str) -> Path:
    """The steps of a path; PathError for a text that is none."""
    if not text or len(text) > _LONGEST:
        what = "is empty" if not text else f"is longer than {_LONGEST:,} characters"
        message = f"a path {what}; write one such as spec.image"
        raise PathError(message)
    steps: list[Step] = []
    at = 0
    while at < len(text):
        match = _STEP.match(text, at)
        step = None if match is None else _step(match)
        if match is None or step is None:
            message = (
                f"{text!r} is no path from {text[at : at + 12]!r} on; write one such as spec.image,"
                ' spec.steps[].image (every item), spec.env{} (every value) or spec.map["a.b"]'
            )
            raise PathError(message, at)
        steps.append(step)
        at = match.end()
    return tuple(steps)


def _step(match: re.Match[str]) -> Step | None:
    """The step that a match holds; None for quotes around what is no text of JSON."""
    if match["each"]:
        return Each(match["each"])
    if match["name"]:
        return match["name"]
    try:
        name: str = json.loads(match["quoted"])
    except ValueError:
        return None
    return name


def text_of(path: Path) -> str:
    """A path as it is written; `parse` reads it back."""
    parts: list[str] = []
    for step in path:
        if isinstance(step, Each):
            parts.append(step.value)
        elif re.fullmatch(_PLAIN, step):
            parts.append(f".{step}" if parts else step)
        else:
            parts.append(f"[{json.dumps(step, ensure_ascii=False)}]")
    return "".join(parts)


def covers(outer: Path, inner: Path) -> bool:
    """Whether a path is another one or stands above it."""
    return inner[: len(outer)] == outer


def longest(path: Path, among: Iterable[Path]) -> Path | None:
    """Of some paths, the one that decides about a path: the longest that covers it."""
    return max((p for p in among if covers(p, path)), key=len, default=None)
