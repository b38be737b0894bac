"""The rules that exist for a run: the shipped ones, and those of packs and plugins.

Which there are is known without loading any: a module is imported and a shipped entry of a pack is
read when its rule is asked for the first time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from specstat.model.diagnostic import Severity
from specstat.rules import packs
from specstat.rules.base import ChangeRule, FieldRule, ResourceRule, RunRule, Scope

# Letters that are typed or read for digits.
_LOOK_ALIKES = str.maketrans("OIL", "011")
_START = re.compile(r"([A-Z]+)\d*")


class Entry(NamedTuple):
    """A rule that exists: its code, its name, and what checks it.

    That is a module, an entry of a pack, or for the tool's own codes nothing: the engine raises
    them. `pack` is the file of an entry. Of rules that no profile lists, `severity` is what they
    have and `text` their page; `rule` is what is loaded already.
    """

    code: str
    name: str
    module: str = ""
    pack: str = ""
    rule: Any = None
    severity: Severity | None = None
    text: str = ""

    @property
    def is_rule(self) -> bool:
        """Whether something checks it, and not the engine itself."""
        return bool(self.module or self.pack)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Rules by code. The tool's own codes are among them."""

    all: tuple[Entry, ...] = ()
    # What was loaded for which codes: asked for every resource.
    _loaded: dict[frozenset[str], tuple[tuple[Entry, Any], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    # Codes in small letters, and names; filled at the first look-up.
    _words: dict[str, Entry] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """Without what checks: a run that was sent elsewhere still tells of its rules."""
        return Catalogue, (tuple(entry._replace(rule=None) for entry in self.all),)

    def plus(self, entries: Iterable[Entry]) -> Catalogue:
        """A catalogue with further rules; of two with one code the first stays."""
        known = {entry.code: entry for entry in (*entries, *self.all)}
        known |= {entry.code: entry for entry in self.all}
        return Catalogue(tuple(known[code] for code in sorted(known)))

    def entries(self) -> tuple[Entry, ...]:
        """All rules by code."""
        return self.all

    def severities(self) -> dict[str, Severity]:
        """The severity of each rule that no profile lists."""
        return {e.code: e.severity for e in self.all if e.severity is not None}

    def find(self, word: str) -> Entry | None:
        """A rule by its code or its name, in any case."""
        if not self._words:
            # Of two that answer to one word the first.
            every = self.all[::-1]
            words = ((word, entry) for entry in every for word in (entry.name, entry.code.lower()))
            self._words.update(dict(words))
        return self._words.get(word.lower())

    def hint(self, word: str) -> str:
        """What to do about a word that is no code: take the one that was meant, or look it up."""
        from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

        if (start := word.rstrip("*xX")) != word and start and self.matching(start):
            return f"write {start.upper()} for all that begin so"
        known = {e.code: e.code for e in self.all} | {e.name: e.code for e in self.all}
        if (digits := word.upper().translate(_LOOK_ALIKES)) in known:
            return f"did you mean {digits}?"
        close = get_close_matches(word.upper(), known, 1, 0.6) or get_close_matches(
            word.lower(), known, 1, 0.6
        )
        return f"did you mean {known[close[0]]}?" if close else "specstat rules lists all"

    def complaint(self, words: Iterable[str]) -> str:
        """What is wrong with words that should stand for codes; empty where all of them do."""
        for word in words:
            if not self.matching(word):
                return f"unknown code {word}; {self.hint(word)}"
        return ""

    def matching(self, word: str) -> frozenset[str]:
        """The codes that a code, a name or the start of codes (`SS1`) stands for; empty if none."""
        if (entry := self.find(word)) is not None:
            return frozenset({entry.code})
        start = word.upper()
        letters = _START.fullmatch(start)
        if letters is None:
            return frozenset()
        return frozenset(
            e.code
            for e in self.all
            if e.code.startswith(start) and e.code.rstrip("0123456789") == letters[1]
        )

    def page(self, entry: Entry) -> str:
        """The documentation of a rule, in Markdown."""
        if entry.severity is not None:
            return entry.text
        if entry.pack:
            return str(_load(entry).page)
        if not entry.module:
            return packs.find(entry.code).page
        import ast  # noqa: PLC0415 - a run of lint shows no pages

        source = Path(__file__).with_name(entry.module.rpartition(".")[2] + ".py")
        return ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""

    def summary(self, entry: Entry) -> str:
        """The first line of a rule's page."""
        return self.page(entry).partition("\n")[0]

    def field_rules(self, codes: frozenset[str]) -> Iterator[tuple[Entry, FieldRule]]:
        """The selected rules that look at fields, loaded; those of run scope do so, too."""
        for entry, rule in self._rules(codes):
            if rule.SCOPE in {Scope.FIELD, Scope.RUN}:
                yield entry, rule

    def resource_rules(self, codes: frozenset[str]) -> Iterator[tuple[Entry, ResourceRule]]:
        """The selected rules that look at whole resources, loaded."""
        for entry, rule in self._rules(codes):
            if rule.SCOPE is Scope.RESOURCE:
                yield entry, rule

    def change_rules(self, codes: frozenset[str]) -> Iterator[tuple[Entry, ChangeRule]]:
        """The selected rules that look at what a resource was and is, loaded."""
        for entry, rule in self._rules(codes):
            if rule.SCOPE is Scope.CHANGE:
                yield entry, rule

    def run_rules(self, codes: frozenset[str]) -> Mapping[str, RunRule]:
        """The selected rules that look beyond one resource, by code, loaded."""
        return {e.code: rule for e, rule in self._rules(codes) if rule.SCOPE is Scope.RUN}

    def _rules(self, codes: frozenset[str]) -> tuple[tuple[Entry, Any], ...]:
        if codes not in self._loaded:
            wanted = (entry for entry in self.all if entry.is_rule and entry.code in codes)
            self._loaded[codes] = tuple((entry, _load(entry)) for entry in wanted)
        return self._loaded[codes]


def _load(entry: Entry) -> Any:  # noqa: ANN401 - modules and entries of packs have no common class
    """What checks a rule, loaded now if it is not yet."""
    if entry.rule is not None:
        return entry.rule
    if entry.module:
        return import_module(entry.module)
    from specstat.rules.patterns.shipped import rule  # noqa: PLC0415 - for such rules only

    return rule(entry.pack)
