"""The entries of packs that come with specstat: one a file, which is named like a rule's module."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from specstat.model.source import Source
from specstat.rules.patterns.reading import read
from specstat.rules.patterns.rule import PatternRule


@cache
def rule(path: str) -> PatternRule:
    """The one rule of a shipped pack, read once."""
    (only,) = read(Source(path, Path(path).read_text("utf-8")), shipped=True).rules
    return only
