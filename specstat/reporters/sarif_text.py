"""How texts and paths are written in SARIF."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from urllib.parse import quote

# The name by which code scanning knows the root of the repository.
ROOT = "%SRCROOT%"

# Both would be acted on: `{0}` stands for an argument, `[text](target)` is a link.
_PLACEHOLDER = re.compile(r"\{(\d+)\}")
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")


def message(lines: Iterable[str]) -> str:
    """Lines as the text of a message that says what they say."""
    text = "\n".join(lines)
    return _LINK.sub(r"\\[", _PLACEHOLDER.sub(r"{{\1}}", text))


def uri(file: str) -> dict[str, str]:
    """A path as an artifact location; one that is relative is so to the root."""
    escaped = quote(_encoded(file))
    if file.startswith("/"):
        return {"uri": f"file://{escaped}"}
    return {"uri": escaped, "uriBaseId": ROOT}


def _encoded(file: str) -> bytes:
    """The bytes of a path; a name that no file can have keeps what can be written of it."""
    try:
        return os.fsencode(file)
    except UnicodeEncodeError:
        return file.encode("utf-8", "replace")
