"""Findings that are not told: what annotations ignore, and what a baseline knows.

They are kept apart before findings on one field are told as one, so that ignoring a code reveals
the others on that field.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple

from specstat.engine.stamp import locate, stamp_problem
from specstat.model.diagnostic import Diagnostic, ResourceRef, Severity, Suppression
from specstat.model.ignoring import Ignore, written
from specstat.model.reading import Problem, Reading
from specstat.model.resource import Resource
from specstat.rules import packs, registry
from specstat.rules.catalogue import Catalogue

UNUSED, NO_REASON = "SS002", "SS008"
# Our rules between two versions: the other one may come, and go, with the next release.
_BETWEEN_VERSIONS = "SS5"


class Parted(NamedTuple):
    """Findings that are told, that annotations ignore, and that a baseline knows."""

    told: tuple[Diagnostic, ...] = ()
    ignored: tuple[Diagnostic, ...] = ()
    known: tuple[Diagnostic, ...] = ()


class IgnoreUse(NamedTuple):
    """What became of one code of an ignore in one file.

    `place` is the file and offset of the ignore with the code as written, `told` the finding that
    nothing was ignored by it; None where something was, or where that cannot be known.
    """

    place: tuple[str, int, str]
    told: Diagnostic | None


class _State(Enum):
    """How much can be known of a resource: all, a part, or little, as it is an older version."""

    WHOLE = 0
    PART = 1
    OLD = 2


class _Block(NamedTuple):
    """What one ignore covers in one resource; `paths` is None for the resource as a whole."""

    ignore: Ignore
    what: str
    paths: tuple[str, ...] | None
    state: _State

    @property
    def named(self) -> str:
        """What it speaks of, in words for messages; empty where a place tells that."""
        return "" if self.ignore.source.text else f" on {self.what}"


@dataclass(slots=True)
class _Blocks:
    """The blocks of one resource, those that cover a field by its path."""

    every: list[_Block] = field(default_factory=list)
    whole: list[_Block] = field(default_factory=list)
    by_path: dict[str, list[_Block]] = field(default_factory=dict)

    def add(self, block: _Block) -> None:
        """One block more."""
        self.every.append(block)
        if block.paths is None:
            self.whole.append(block)
        for path in block.paths or ():
            self.by_path.setdefault(path, []).append(block)

    def over(self, path: str) -> Iterator[_Block]:
        """The blocks that a field is in, the outermost first; an empty path is the resource."""
        yield from self.whole
        yield from self.by_path.get(path, ())


@dataclass(slots=True)
class Ignores:
    """All ignores of one reading, and which of them were of use."""

    catalogue: Catalogue = field(default_factory=registry.shipped)
    blocks: dict[ResourceRef, _Blocks] = field(default_factory=dict)
    used: set[tuple[str, int, str]] = field(default_factory=set)

    @property
    def _every(self) -> Iterator[_Block]:
        return (block for blocks in self.blocks.values() for block in blocks.every)

    def marked(self, diagnostic: Diagnostic) -> Diagnostic:
        """The finding, with the reason and place of the first ignore that covers it, if any."""
        resource = diagnostic.resource
        if diagnostic.fatal or resource is None or resource not in self.blocks:
            return diagnostic
        first: Ignore | None = None
        path = diagnostic.field.path if diagnostic.field else ""
        for block in self.blocks[resource].over(path):
            for word in block.ignore.said.codes:
                if diagnostic.code in codes_of(self.catalogue, word):
                    self.used.add(_place(block.ignore, word))
                    first = first or block.ignore
        if first is None:
            return diagnostic
        where = locate(first.source, first.span)
        return replace(diagnostic, suppressed=Suppression(first.said.reason, where))

    def of(self, resource: Resource, path: str, codes: frozenset[str]) -> Ignore | None:
        """The ignore that covers all of some codes on a field already; an empty path is none."""
        ref = ResourceRef(resource.group, resource.version, resource.kind)
        for block in self.blocks[ref].over(path) if ref in self.blocks else ():
            covered = (codes_of(self.catalogue, word) for word in block.ignore.said.codes)
            if codes <= frozenset().union(*covered):
                return block.ignore
        return None

    def uses(self, codes: frozenset[str], level: Severity) -> Iterator[IgnoreUse]:
        """What became of every code of every ignore, once all findings were marked."""
        if not self.blocks:
            return
        open_ = need_more(self.catalogue, codes)
        for block in self._every:
            ignore = block.ignore
            for word in ignore.said.codes:
                place = _place(ignore, word)
                message = _mistake(self.catalogue, word, block.named)
                meant = codes_of(self.catalogue, word)
                is_part = block.state is _State.PART
                is_open = is_part or not meant <= codes or not open_.isdisjoint(meant)
                if block.state is _State.OLD and not message:
                    continue  # what is seldom looked at says nothing, for or against
                if not message and not is_open and place not in self.used:
                    words = written((word,), "")
                    message = f"{words} ignores nothing: there is no such finding on {block.what}"
                problem = Problem(UNUSED, message, ignore.span)
                told = stamp_problem(ignore.source, problem, level) if message else None
                yield IgnoreUse(place, told)

    def without_reason(self, level: Severity) -> Iterator[Diagnostic]:
        """The ignores that give no reason, as findings."""
        for block in self._every:
            ignore = block.ignore
            if not ignore.said.reason:
                words = f"{written(*ignore.said)}{block.named}"
                message = f"{words} gives no reason; write it behind the ]"
                yield stamp_problem(ignore.source, Problem(NO_REASON, message, ignore.span), level)


def need_more(catalogue: Catalogue, codes: frozenset[str]) -> frozenset[str]:
    """Those of the codes whose findings may need another file or another side."""
    two_sided = {entry.code for entry, _ in catalogue.change_rules(codes)}
    beyond = two_sided | set(catalogue.run_rules(codes))
    return frozenset(c for c in codes if c in beyond or c.startswith(_BETWEEN_VERSIONS))


def gather(reading: Reading, catalogue: Catalogue) -> Ignores:
    """All that is ignored in a reading over which the configuration was laid."""
    found = Ignores(catalogue)
    for resource in reading.resources:
        _gather(found, resource, _State.PART if resource.facts.partial else _State.WHOLE)
    for resource in reading.around:
        _gather(found, resource, _State.PART)
    return found


def _gather(found: Ignores, resource: Resource, state: _State) -> None:
    """The blocks of one resource."""
    state = state if resource.facts.newest else _State.OLD
    whole = (_Block(each, resource.kind, None, state) for each in resource.ignores)
    parts = (
        _Block(each, f"{resource.kind}.{on.path}", tuple(f.path for f in on.walk()), state)
        for root in resource.fields
        for on in root.walk()
        for each in on.ignores
    )
    ref = ResourceRef(resource.group, resource.version, resource.kind)
    for block in (*whole, *parts):
        found.blocks.setdefault(ref, _Blocks()).add(block)


def part(diagnostics: Iterable[Diagnostic], known: Container[str]) -> Parted:
    """Keep apart what is not told; what made a run useless always is."""
    told: list[Diagnostic] = []
    ignored: list[Diagnostic] = []
    baselined: list[Diagnostic] = []
    for diagnostic in diagnostics:
        if diagnostic.suppressed is not None:
            ignored.append(diagnostic)
        elif not diagnostic.fatal and diagnostic.fingerprint in known:
            baselined.append(diagnostic)
        else:
            told.append(diagnostic)
    return Parted(tuple(told), tuple(ignored), tuple(baselined))


def unused(uses: Iterable[IgnoreUse]) -> Iterator[Diagnostic]:
    """The codes of ignores that no file of a run has a use for.

    As with entries of a configuration that name no field, a further file can take such a finding
    back: another definition of the kind may have what is ignored.
    """
    by_place: dict[tuple[str, int, str], list[Diagnostic | None]] = {}
    for use in uses:
        by_place.setdefault(use.place, []).append(use.told)
    for told in by_place.values():
        found = [diagnostic for diagnostic in told if diagnostic is not None]
        if len(found) == len(told):
            yield min(found, key=lambda d: d.message)


def _place(ignore: Ignore, word: str) -> tuple[str, int, str]:
    return (ignore.source.path, ignore.span.start, word)


def codes_of(catalogue: Catalogue, word: str) -> frozenset[str]:
    """The codes that a word of an ignore stands for; the tool's own are none of a field."""
    return catalogue.matching(word) - {row.code for row in packs.own()}


def _mistake(catalogue: Catalogue, word: str, on: str) -> str:
    """What is wrong with a word of an ignore itself; empty where it stands for codes.

    `on` are the words that say of what it is, if need be.
    """
    if codes_of(catalogue, word):
        return ""
    if catalogue.matching(word):
        words = written((word,), "") + on
        return f"{words} has no effect, as {word} is told of no field; --ignore {word} works"
    return catalogue.complaint([word]).replace(";", f" in an ignore{on};", 1)
