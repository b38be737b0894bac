"""Plain values as YAML in block style; what a reader of any YAML reads back as they were."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

# What needs no quotes in YAML 1.1 and 1.2: no word of theirs, no number, no sign of theirs.
_PLAIN = re.compile(r"[A-Za-z_./$][A-Za-z0-9_./$()\[\]' \-=<>+*?;&|!{}\"]*")
_SIGNS = re.compile(r"[ ]\Z|[\[\]{}]|\A[.][0-9]|\A[.](?:inf|nan)\Z", re.IGNORECASE)
_WORDS = frozenset("y n yes no on off true false null".split())
_PRINTABLE = re.compile(
    r"[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
)
# What expressions are broken at, the loosest first, and what they may not be broken in.
_OPERATORS = ("?:", "||", "&&")
_TOKEN = re.compile(r"'(?:[^'\\]|\\.)*'|[()\[\]{}]| (?P<operator>&&|\|\||[?:])(?= )")
_WIDTH = 100


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
    line = f"{name} {_leaf(inner)}"
    if isinstance(inner, str) and len(line) > _WIDTH and _folds(inner):
        parts = _filled(_broken(inner, _WIDTH - indent), _WIDTH - indent)
        if len(parts) > 1:
            return [f"{name} >-", *(f"{' ' * indent}{part}" for part in parts)]
    return [line]


def _folds(text: str) -> bool:
    """Whether lines of a text come back as one text with a blank between each two."""
    return _PRINTABLE.fullmatch(text) is not None and text == " ".join(text.split())


def _filled(parts: Iterable[str], width: int) -> list[str]:
    """Lines of an expression, of which those that only go on with `&&` share one if they fit."""
    lines: list[str] = []
    for part in parts:
        if lines and part.startswith("&&") and len(lines[-1]) + 1 + len(part) <= width:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return lines


def _broken(text: str, width: int) -> Iterator[str]:
    """An expression in lines, broken in front of its loosest operators where it is too long."""
    found: list[tuple[int, int, int]] = []
    depth = 0
    for token in _TOKEN.finditer(text) if len(text) > width else ():
        if operator := token["operator"]:
            level = next(n for n, those in enumerate(_OPERATORS) if operator in those)
            found.append((depth, level, token.start()))
        depth += (token[0] in "([{") - (token[0] in ")]}")
    loosest = min((each[:2] for each in found), default=(0, 0))
    cuts = [at for *each, at in found if tuple(each) == loosest]
    if not cuts:
        yield text
        return
    for start, stop in zip([-1, *cuts], [*cuts, len(text)], strict=True):
        yield from _broken(text[start + 1 : stop], width)


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
