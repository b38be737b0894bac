"""Which rules there are. A rule registers by its file name; nothing is listed twice.

Codes, names and pages are read from names and source text, so that none of this imports a rule
and pages work where docstrings are stripped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from specstat.rules import packs
from specstat.rules.base import ChangeRule, FieldRule, ResourceRule, RunRule, Scope

_FILE = re.compile(r"(ss\d{3})_(\w+)\.py")


class Entry(NamedTuple):
    """A rule that exists: its code, its name, and the module that checks it.

    `module` is empty for the tool's own codes, which the engine raises.
    """

    code: str
    name: str
    module: str = ""


@cache
def entries() -> tuple[Entry, ...]:
    """All rules by code, the tool's own first."""
    found = [Entry(row.code, row.name) for row in packs.own()]
    for path in Path(__file__).parent.iterdir():
        if match := _FILE.fullmatch(path.name):
            name = match[2].replace("_", "-")
            found.append(Entry(match[1].upper(), name, f"specstat.rules.{path.name[:-3]}"))
    return tuple(sorted(found, key=lambda entry: entry.code))


def find(word: str) -> Entry | None:
    """A rule by its code or its name, in any case."""
    wanted = word.lower()
    return next((e for e in entries() if wanted in {e.code.lower(), e.name}), None)


def hint(word: str) -> str:
    """What to do about a word that is no code: take the one that was meant, or look it up."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    known = {e.code: e.code for e in entries()} | {e.name: e.code for e in entries()}
    close = get_close_matches(word.upper(), known, 1, 0.6) or get_close_matches(
        word.lower(), known, 1, 0.6
    )
    return f"did you mean {known[close[0]]}?" if close else "specstat rules lists all"


def complaint(words: Iterable[str]) -> str:
    """What is wrong with words that should stand for codes; empty where all of them do."""
    for word in words:
        if not matching(word):
            return f"unknown code {word}; {hint(word)}"
    return ""


def matching(word: str) -> frozenset[str]:
    """The codes that a code, a name or the start of codes (`SS1`) stands for; empty if none."""
    if (entry := find(word)) is not None:
        return frozenset({entry.code})
    start = word.upper()
    if not re.fullmatch(r"SS\d{0,3}", start):
        return frozenset()
    return frozenset(e.code for e in entries() if e.code.startswith(start))


def page(entry: Entry) -> str:
    """The documentation of a rule, in Markdown."""
    import ast  # noqa: PLC0415 - a run of lint shows no pages

    if not entry.module:
        return packs.find(entry.code).page
    source = Path(__file__).with_name(entry.module.rpartition(".")[2] + ".py")
    return ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""


def summary(entry: Entry) -> str:
    """The first line of a rule's page."""
    return page(entry).partition("\n")[0]


def field_rules(codes: frozenset[str]) -> Iterator[tuple[Entry, FieldRule]]:
    """The selected rules that look at fields, loaded; those of run scope do so, too."""
    for entry, module in _loaded(codes):
        if module.SCOPE in {Scope.FIELD, Scope.RUN}:
            yield entry, module


def resource_rules(codes: frozenset[str]) -> Iterator[tuple[Entry, ResourceRule]]:
    """The selected rules that look at whole resources, loaded."""
    for entry, module in _loaded(codes):
        if module.SCOPE is Scope.RESOURCE:
            yield entry, module


def change_rules(codes: frozenset[str]) -> Iterator[tuple[Entry, ChangeRule]]:
    """The selected rules that look at what a resource was and is, loaded."""
    for entry, module in _loaded(codes):
        if module.SCOPE is Scope.CHANGE:
            yield entry, module


def run_rules(codes: frozenset[str]) -> Mapping[str, RunRule]:
    """The selected rules that look beyond one resource, by code, loaded."""
    return {e.code: module for e, module in _loaded(codes) if module.SCOPE is Scope.RUN}


@lru_cache(maxsize=16)
def _loaded(codes: frozenset[str]) -> tuple[tuple[Entry, Any], ...]:
    wanted = (entry for entry in entries() if entry.module and entry.code in codes)
    return tuple((entry, import_module(entry.module)) for entry in wanted)
