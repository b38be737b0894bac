"""Plain values as YAML in block style; what a reader of any YAML reads back as they were."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

# What needs no quotes in YAML 1.1 and 1.2: no word of theirs, no number, no sign of theirs.
_PLAIN = re.compile(r"[A-Za-z_./$][A-Za-z0-9_./$()\[\]' \-=<>+*?;&|!{}\"]*")
_SIGNS = re.compile(r"[ ]\Z|[\[\]{}]|\A[.][0-9]|\A[.](?:inf|nan)\Z", re.IGNORECASE)
_WORDS = frozenset("y n yes no on off true false null".split())
_PRINTABLE = re.compile(
    r"[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
)


def lines_of(value: object, indent: int = 0) -> list[str]:
    """A mapping or a list as lines, each indented by a number of blanks.

    Mappings are written in their order, items of lists with their dash at the indent. Values are
    texts, truth values, integers, and mappings and lists of those.
    """
    blank = " " * indent
    if isinstance(value, Mapping):
        lines: list[str] = []
        for key, inner in value.items():
            name = f"{blank}{scalar(str(key))}:"
            lines += _with(name, inner, indent if _is_list(inner) else indent + 2)
        return lines
    if _is_list(value):
        lines = []
        for item in value:  # type: ignore[attr-defined]  # a list, as was asked above
            own = lines_of(item, indent + 2) if _is_deep(item) else [f"{blank}  {_leaf(item)}"]
            lines += [f"{blank}- {own[0][indent + 2 :]}", *own[1:]]
        return lines
    return [f"{blank}{_leaf(value)}"]


def text_of(*documents: object) -> str:
    """Documents as YAML, one behind the other."""
    return "---\n".join("".join(f"{line}\n" for line in lines_of(each)) for each in documents)


def scalar(text: str) -> str:
    """A text on one line, plain where that is safe, in quotes else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and not _SIGNS.search(text):
        return text
    if _PRINTABLE.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text)


def _with(name: str, inner: object, indent: int) -> list[str]:
    if _is_deep(inner):
        return [name, *lines_of(inner, indent)]
    return [f"{name} {_leaf(inner)}"]


def _leaf(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return scalar(value)
    return "{}" if isinstance(value, Mapping) else "[]"


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_deep(value: object) -> bool:
    return (isinstance(value, Mapping) or _is_list(value)) and bool(value)
