"""Names into words: `lastScheduleTime` and `last_schedule_time` are one name."""

from __future__ import annotations

import re
from functools import lru_cache

# An acronym ends before the capital of the next word (`IPAddress`), a plural `s` belongs to it
# (`podIPs`), and digits go with the letters around them (`ipv4`, `k8s`).
_WORD = re.compile(
    r"[A-Z]{2,}s?(?![a-z])[0-9]*|[A-Z]{2,}(?=[A-Z][a-z])|[A-Z]?[a-z]+(?:[0-9]+[a-z]*)?|[A-Z](?:[0-9]+[a-z]*)?|[0-9]+"
)


@lru_cache(maxsize=65_536)
def split(name: str) -> tuple[str, ...]:
    """The words of a field name, in lower case."""
    return tuple(word.lower() for word in _WORD.findall(name)) or (name.lower(),)


@lru_cache(maxsize=65_536)
def plain(name: str) -> str:
    """A name without case and separators, by which fields of two sections are the same."""
    return name.lower().replace("_", "").replace("-", "")
