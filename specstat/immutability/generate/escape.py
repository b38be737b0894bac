"""Names of fields as CEL identifiers, the way Kubernetes escapes them in rules of definitions."""

from __future__ import annotations

import re

RESERVED = frozenset(
    "as break const continue else false for function if import in let loop namespace null package "
    "return true var void while".split()
)
_ESCAPES = {"__": "__underscores__", ".": "__dot__", "-": "__dash__", "/": "__slash__"}
_ESCAPABLE = re.compile(r"[A-Za-z_./\-][A-Za-z0-9_./\-]*", re.ASCII)
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_UNQUOTABLE = re.compile(r"[\\'\x00-\x1f\x7f-\x9f]")
_ESCAPED = re.compile(r"__[^_]+__")


def escape(name: str) -> str | None:
    """The identifier of a field; None for a name that rules cannot reach, such as `$ref`."""
    if name in RESERVED:
        return f"__{name}__"
    if not _ESCAPABLE.fullmatch(name):
        return None
    escaped = re.sub(r"__|[.\-/]", lambda match: _ESCAPES[match[0]], name)
    # A leading character such as "." becomes an underscore, so this holds for whatever is escaped.
    return escaped if _IDENTIFIER.fullmatch(escaped) else None


def is_identifier(name: str) -> bool:
    """Whether a name can stand behind a dot as it is."""
    return name not in RESERVED and _IDENTIFIER.fullmatch(name) is not None


def looks_escaped(name: str) -> bool:
    """Whether Kubernetes takes a name for an escaped one where it compares whole objects."""
    return _ESCAPED.search(name) is not None


def quote(text: str) -> str:
    """A text as a literal of CEL, in single quotes."""
    return f"'{_UNQUOTABLE.sub(_quoted, text)}'"


def _quoted(match: re.Match[str]) -> str:
    char = match[0]
    return f"\\{char}" if char in "\\'" else f"\\u{ord(char):04x}"
