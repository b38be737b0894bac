"""YAML nodes as texts, flags and numbers. What is something else is told with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from specstat.model.reading import UnreadableError
from specstat.readers.yamltree import Mapping, Node, Scalar, Sequence, follow

_CONTROLS = r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})


def fault(message: str, node: Node) -> UnreadableError:
    """What is wrong, at the place of a node."""
    return UnreadableError(message, node.start)


def pairs(node: Node, what: str) -> Iterator[tuple[Scalar, Node]]:
    """The keys and values of a mapping; `what` names it in the message where it is none."""
    node = follow(node)
    if not isinstance(node, Mapping):
        message = f"{what} is a mapping, with lines such as `key: value`"
        raise fault(message, node)
    for key, value in node.entries.values():
        yield key, follow(value)


def table(node: Node, what: str, known: Iterable[str]) -> dict[str, Node]:
    """The values of a mapping by key; an unknown key is told with what was probably meant."""
    found = {}
    for key, value in pairs(node, what):
        refuse_unknown(key, known, what)
        found[key.value] = value
    return found


def refuse_unknown(key: Scalar, known: Iterable[str], what: str) -> None:
    """Tell a key that is not known, with the nearest one, or with all."""
    known = tuple(known)
    if key.value not in known:
        message = f"unknown key {key.value!r} in {what}; {nearest(key.value, known)}"
        raise fault(message, key)


def nearest(word: str, known: Iterable[str]) -> str:
    """What to write for a word that is not known."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    known = tuple(known)
    close = get_close_matches(word, known, 1, 0.6)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"


def items(node: Node) -> tuple[Node, ...]:
    """The items of a sequence; anything else stands for itself."""
    node = follow(node)
    if not isinstance(node, Sequence):
        return (node,)
    if not node.items:
        raise fault("an empty list; write one item at least, or leave the key out", node)
    return tuple(map(follow, node.items))


def text(node: Node, what: str) -> str:
    """A text that is not empty."""
    if not isinstance(node, Scalar) or not node.value.strip():
        message = f"{what} wants a text"
        raise fault(message, node)
    if control := re.search(_CONTROLS, node.value):
        message = f"{what} holds U+{ord(control.group()):04X}, which steers a terminal; remove it"
        raise fault(message, node)
    return node.value


def texts(node: Node, what: str) -> tuple[str, ...]:
    """One text, or a list of them."""
    return tuple(text(item, what) for item in items(node))


def flag(node: Node, what: str) -> bool:
    """`true` or `false`."""
    if isinstance(node, Scalar) and node.plain and node.value in _TRUE | _FALSE:
        return node.value in _TRUE
    message = f"{what} wants true or false"
    raise fault(message, node)


def is_flag(node: Node) -> bool:
    """Whether a node is `true` or `false`."""
    return isinstance(node, Scalar) and node.plain and node.value in _TRUE | _FALSE


def number(node: Node, what: str) -> int:
    """A whole number from 0."""
    if isinstance(node, Scalar) and node.value.isdecimal():
        return int(node.value)
    message = f"{what} wants a whole number"
    raise fault(message, node)


def word(node: Node, what: str, known: Iterable[str]) -> str:
    """One of the known words."""
    written = text(node, what)
    known = tuple(known)
    if written not in known:
        message = f"unknown {what} {written!r}; {nearest(written, known)}"
        raise fault(message, node)
    return written
