"""Names of fields as CEL identifiers, the way Kubernetes escapes them in rules of definitions."""

from __future__ import annotations

import re

RESERVED = frozenset(
    "as break const continue else false for function if import in let loop namespace null package "
    "return true var void while".split()
)
_ESCAPES = {"__": "__underscores__", ".": "__dot__", "-": "__dash__", "/": "__slash__"}
_SIGNS = {escaped: sign for sign, escaped in _ESCAPES.items()}
# Compiled when there is a name to escape: linting needs this module, and mostly none of these.
_ESCAPABLE = r"[A-Za-z_./\-][A-Za-z0-9_./\-]*"
_IDENTIFIER = r"[A-Za-z_][A-Za-z0-9_]*"
_UNQUOTABLE = r"[\\'\x00-\x1f\x7f-\x9f]"
_ESCAPED = r"__[^_]+__"


def escape(name: str) -> str | None:
    """The identifier of a field; None for a name that rules cannot reach, such as `$ref`."""
    if name in RESERVED:
        return f"__{name}__"
    if not re.fullmatch(_ESCAPABLE, name):
        return None
    escaped = re.sub(r"__|[.\-/]", lambda match: _ESCAPES[match[0]], name)
    # A leading character such as "." becomes an underscore, so this holds for whatever is escaped.
    return escaped if re.fullmatch(_IDENTIFIER, escaped) else None


def unescape(name: str) -> str:
    """The field that an identifier stands for: `namespace` for `__namespace__`."""
    if name[:2] == "__" == name[-2:] and name[2:-2] in RESERVED:
        return name[2:-2]
    return re.sub("|".join(_SIGNS), lambda match: _SIGNS[match[0]], name)


def is_identifier(name: str) -> bool:
    """Whether a name can stand behind a dot as it is."""
    return name not in RESERVED and re.fullmatch(_IDENTIFIER, name) is not None


def looks_escaped(name: str) -> bool:
    """Whether Kubernetes takes a name for an escaped one where it compares whole objects."""
    return re.search(_ESCAPED, name) is not None


def quote(text: str) -> str:
    """A text as a literal of CEL, in single quotes."""
    return f"'{re.sub(_UNQUOTABLE, _quoted, text)}'"


def _quoted(match: re.Match[str]) -> str:
    char = match[0]
    return f"\\{char}" if char in "\\'" else f"\\u{ord(char):04x}"
