"""Which rules are shipped. A rule registers by its file name; nothing is listed twice.

Codes, names and pages are read from names and source text, so that none of this imports a rule
and pages work where docstrings are stripped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from specstat.rules import packs
from specstat.rules.catalogue import Catalogue, Entry

_FILE = re.compile(r"(ss\d{3})_(\w+)\.(py|yaml)")


@cache
def shipped() -> Catalogue:
    """The rules that come with specstat: modules, entries of packs, and the tool's own codes."""
    return Catalogue(tuple(sorted(_entries(), key=lambda entry: entry.code)))


def _entries() -> Iterator[Entry]:
    for row in packs.own():
        yield Entry(row.code, row.name)
    for folder in (Path(__file__).parent, packs.folder()):
        for path in folder.iterdir():
            if match := _FILE.fullmatch(path.name):
                code, name = match[1].upper(), match[2].replace("_", "-")
                if match[3] == "py":
                    yield Entry(code, name, module=f"specstat.rules.{path.stem}")
                else:
                    yield Entry(code, name, pack=str(path))
