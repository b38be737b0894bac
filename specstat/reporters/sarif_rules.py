"""The rules in a SARIF report: name, page and usual level of each code that it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from specstat.model.diagnostic import Severity
from specstat.rules import packs, profiles
from specstat.rules.catalogue import Catalogue, Entry

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

_SECTION = re.compile(r"^## What it does$\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def descriptors(codes: Iterable[str], catalogue: Catalogue) -> list[dict[str, Any]]:
    """A descriptor for each code, in the order of the codes."""
    return [_descriptor(code, catalogue) for code in sorted(set(codes))]


def _descriptor(code: str, catalogue: Catalogue) -> dict[str, Any]:
    entry = catalogue.find(code)
    if entry is None:  # a code of somebody else's
        return {"id": code}
    page = catalogue.page(entry)
    summary, _, rest = page.partition("\n")
    does = _SECTION.search(rest)
    return {
        "id": code,
        "name": entry.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": " ".join((does[1] if does else summary).split())},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": _configuration(entry),
    }


def _configuration(entry: Entry) -> dict[str, Any]:
    """Whether the code is on where its rule is known, and how loud it is at most."""
    known = profiles.profiles()
    own = {row.code: row.severity for row in packs.own()}
    level = entry.severity or own.get(entry.code) or known[profiles.DEFAULT].levels.get(entry.code)
    loudest = level or known[profiles.STRICT].levels.get(entry.code, Severity.WARNING)
    return {"level": LEVELS[loudest], "enabled": level is not None}
