"""Values in a YAML schema, such as defaults, as compact JSON."""

from __future__ import annotations

import json
import re

from specstat.readers.yamltree import Mapping, Node, Scalar, Sequence, follow

# More than any real default has, and an end to values that hold themselves.
_MOST_NODES = 500
_MOST_LEVELS = 20
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), "null"),
    **dict.fromkeys("yes Yes YES true True TRUE on On ON y Y".split(), "true"),
    **dict.fromkeys("no No NO false False FALSE off Off OFF n N".split(), "false"),
}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def literal(node: Node) -> str:
    """A value as compact JSON, keys in the order of the source; empty if it is beyond reason."""
    parts: list[str] = []
    return "".join(parts) if _write(node, parts, _MOST_LEVELS) else ""


def _write(node: Node, parts: list[str], levels: int) -> bool:
    """Append the JSON of a node; False where it is too deep or too large."""
    node = follow(node)
    if not levels or len(parts) > _MOST_NODES:
        return False
    if type(node) is Mapping:
        for index, (name, (_, value)) in enumerate(node.entries.items()):
            parts.append(f"{',' if index else '{'}{_text(name)}:")
            if not _write(value, parts, levels - 1):
                return False
        parts.append("}" if node.entries else "{}")
    elif type(node) is Sequence:
        for index, item in enumerate(node.items):
            parts.append("," if index else "[")
            if not _write(item, parts, levels - 1):
                return False
        parts.append("]" if node.items else "[]")
    elif type(node) is Scalar:
        parts.append(_scalar(node))
    return True


def _scalar(node: Scalar) -> str:
    """A scalar by the rules of YAML's core, as far as JSON has such a value; else a text."""
    if not node.plain:
        return _text(node.value)
    if node.value in _WORDS:
        return _WORDS[node.value]
    return node.value if _NUMBER.fullmatch(node.value) else _text(node.value)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
