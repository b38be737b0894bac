"""The two sides of what changed since a commit: the files of today, and what they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from specstat import readers
from specstat.engine.check import FileReport
from specstat.engine.config.finding import Configurations
from specstat.engine.discover import Found
from specstat.engine.past import revisions
from specstat.engine.past.git import Repository
from specstat.engine.past.revisions import Change, Entry
from specstat.engine.past.scope import Scope, is_wanted
from specstat.engine.run import opened
from specstat.model.reading import Reading
from specstat.model.resource import Resource
from specstat.readers import Neighbours, collector
from specstat.readers.past import Past

_Kind = tuple[str, str]
_YAML = ("*.yaml", "*.yml", "*.json")


class Side(NamedTuple):
    """What was read, by path; `reports` are on files that have no reading."""

    readings: Mapping[str, Reading]
    reports: Mapping[str, FileReport]

    @property
    def kinds(self) -> frozenset[_Kind]:
        """Group and kind of all resources."""
        every = (r for reading in self.readings.values() for r in _resources(reading))
        return frozenset((r.group, r.kind) for r in every)


@dataclass(frozen=True, slots=True)
class Ground:
    """The repository, the part of it that was asked for, and all files that changed in it.

    `configurations` are those of today; they rule both sides.
    """

    repo: Repository
    scope: Scope
    changes: Sequence[Change]
    configurations: Configurations

    @property
    def asked(self) -> tuple[Change, ...]:
        """The changed files that a run is about."""
        return tuple(c for c in self.changes if self.path_of(c.new or c.old) is not None)

    @property
    def renamed(self) -> dict[str, str]:
        """The old paths of files that have a new one, by that."""
        pairs = ((c.new, c.old) for c in self.changes if c.old and c.new and c.old != c.new)
        return {self.scope.anywhere(new): self.scope.anywhere(old) for new, old in pairs}

    def path_of(self, name: str) -> str | None:
        """A file as it is written here; None where it was not asked for or holds no resources."""
        path = self.scope.path_of(name)
        return path if is_wanted(name) or self.scope.is_named(name) else None

    def importers(self) -> tuple[str, ...]:
        """The unchanged protos that import one that changed: their resources may have, too."""
        protos = [c.new for c in self.changes if c.new and readers.is_proto(c.new)]
        if not protos:
            return ()
        names = revisions.one_of(name.rpartition("/")[2] for name in protos)
        pattern = f'^[[:space:]]*import .*["/]({names})"'
        new = {change.new for change in self.changes}
        found = revisions.grep(self.repo, (pattern,), ("*.proto",))
        return tuple(n for n in found if n not in new and self.path_of(n) is not None)


def now(files: Iterable[Found], configurations: Configurations) -> Side:
    """The files as they are."""
    files = tuple(files)
    linted = frozenset(found.path for found in files)
    return _read(files, Neighbours(linted, roots=configurations.roots_of), configurations)


def then(ground: Ground, importers: Iterable[str], kinds: frozenset[_Kind]) -> Side:
    """The changed files as they were; those elsewhere only where a kind of today lacks its past."""
    asked = [c for c in ground.asked if c.old]
    side = _past(ground, asked, importers)
    if kinds <= side.kinds:
        return side
    others = [c for c in ground.changes if c.old and c not in asked and is_wanted(c.old)]
    rest = _past(ground, others, ())
    return Side({**rest.readings, **side.readings}, {})


def unchanged(ground: Ground, kinds: Iterable[_Kind]) -> Side:
    """The files that did not change and hold some kinds: one that came may be a copy."""
    names = revisions.one_of(kind for _, kind in kinds)
    crd = ("CustomResourceDefinition", f"""kind["']?: *["']?({names})""")
    found = [*revisions.grep(ground.repo, crd, _YAML)] if names else []
    if names:
        message = f"^[[:space:]]*message +({names})(Spec|Status)? *[{{]"
        found += revisions.grep(ground.repo, (message,), ("*.proto",))
    new = {change.new for change in ground.changes}
    return _past(ground, (), [name for name in found if name not in new])


def at(ground: Ground, entries: Iterable[Entry], wanted: Iterable[Entry]) -> Side:
    """Some files of a commit, by the paths that they have in the work tree.

    `entries` are all that the commit holds: nothing else is around them.
    """
    wanted = tuple(wanted)
    asked = [e for e in entries if readers.is_proto(e.path)]
    if not any(readers.is_proto(entry.path) for entry in wanted):
        asked = []
    where = ground.scope
    bytes_of = revisions.blobs(ground.repo, [e.blob for e in (*asked, *wanted)])
    given = {where.anywhere(e.path): bytes_of[e.blob] for e in (*asked, *wanted)}
    files = [Found(where.anywhere(e.path), named=where.is_named(e.path)) for e in wanted]
    linted = frozenset(found.path for found in files)
    around = _around(ground, linted, given, Past(given, whole=True))
    return _read(files, around, ground.configurations)


def _past(ground: Ground, changes: Sequence[Change], unchanged: Iterable[str]) -> Side:
    """Files as they were, by the paths that they had; all protos that changed are around them."""
    where = ground.scope
    files = [Found(where.anywhere(c.old), named=where.is_named(c.old)) for c in changes]
    same = [Found(where.anywhere(name)) for name in unchanged]
    protos = [c for c in ground.changes if _is_about_protos(c)]
    if not any(readers.is_proto(found.path) for found in (*files, *same)):
        protos = []
    wanted = {c.old: c.blob for c in (*changes, *protos) if c.old}
    bytes_of = revisions.blobs(ground.repo, wanted.values())
    given = {where.anywhere(name): bytes_of[blob] for name, blob in wanted.items()}
    gone = [where.anywhere(c.new) for c in protos if c.new and c.new not in wanted]
    linted = frozenset(found.path for found in (*files, *same))
    around = _around(ground, linted, given, Past(given, gone))
    return _read((*files, *same), around, ground.configurations)


def _around(
    ground: Ground, linted: frozenset[str], given: Mapping[str, bytes], past: Past
) -> Neighbours:
    return Neighbours(linted, given, past, ground.configurations.roots_of)


def _is_about_protos(change: Change) -> bool:
    return readers.is_proto(change.old or change.new) or readers.is_proto(change.new)


def _read(files: Iterable[Found], neighbours: Neighbours, configurations: Configurations) -> Side:
    readings: dict[str, Reading] = {}
    reports: dict[str, FileReport] = {}
    for found in files:
        with collector.off():
            held = opened(found, neighbours, configurations)
        if isinstance(held, FileReport):
            reports[found.path] = held
        else:
            readings[found.path] = held
    return Side(readings, reports)


def _resources(reading: Reading) -> Iterator[Resource]:
    yield from reading.resources
    yield from reading.around
