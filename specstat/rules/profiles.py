"""Profiles: named sets of rules, each with the severity that it has at most."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from specstat.model.diagnostic import Severity
from specstat.rules.packs import folder

DEFAULT = "recommended"
STRICT = "strict"
_OFF = "off"


class Profile(NamedTuple):
    """A profile: when to use it, and the codes that are on with their severities."""

    name: str
    when: str
    levels: Mapping[str, Severity]


def complaint(name: str) -> str:
    """What is wrong with a word that should be a profile; empty for one, and for no word."""
    if not name or name in profiles():
        return ""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    near = get_close_matches(name, profiles(), 1, 0.6)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(profiles())}"
    return f"unknown profile {name!r}; {hint}"


@cache
def profiles() -> Mapping[str, Profile]:
    """All profiles by name, the default first."""
    import yaml  # noqa: PLC0415 - loaded with the packs, and only once

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = folder().joinpath("profiles.yaml").read_text("utf-8")
    rows = yaml.load(text, loader)  # noqa: S506 - a safe loader, see above
    return {name: Profile(name, row["when"], _levels(rows, name)) for name, row in rows.items()}


def _levels(rows: Mapping[str, Any], name: str) -> Mapping[str, Severity]:
    row = rows[name]
    levels = dict(_levels(rows, row["extends"])) if "extends" in row else {}
    for code, word in row["rules"].items():
        # YAML reads a bare `off` as a boolean.
        if word in {_OFF, False}:
            levels.pop(code, None)
        else:
            levels[code] = Severity[word.upper()]
    return levels
