"""`specstat diff`: two sides read, compared, and checked by the rules that see both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from specstat import readers
from specstat.engine.check import Settings, check_changes
from specstat.engine.config.finding import Configurations
from specstat.engine.config.ruling import Ruling
from specstat.engine.declare import lay_over
from specstat.engine.discover import Found, discover
from specstat.engine.inspect import Inspection, judged
from specstat.engine.past import revisions, sides
from specstat.engine.past.before import before
from specstat.engine.past.compare import Comparison, Known, compare
from specstat.engine.past.git import Repository, RevisionError
from specstat.engine.past.revisions import Entry
from specstat.engine.past.scope import Scope, is_wanted, scope
from specstat.engine.past.sides import Ground, Side
from specstat.engine.past.words import Word, resolved
from specstat.engine.run import in_order
from specstat.engine.stamp import stamp_problem
from specstat.model.diagnostic import Diagnostic
from specstat.model.reading import Reading
from specstat.rules import packs


class Difference(NamedTuple):
    """What two sides differ in, what that breaks, and how people name the sides."""

    comparison: Comparison
    diagnostics: tuple[Diagnostic, ...]
    old: str
    new: str


def difference(
    old: str, new: str, settings: Settings, configurations: Configurations | None = None
) -> Difference:
    """Compare files, folders, descriptor sets or revisions; an empty `new` is the work tree.

    RevisionError where a side cannot be had, ConfigError where a configuration cannot be used.
    Both sides are ruled by the configurations of today.
    """
    ruling = Ruling(configurations or Configurations(), settings)
    words = resolved(old, new)
    renamed: Mapping[str, str] = {}
    if words.repo is None:
        one, other = (_here(word, ruling) for word in (words.old, words.new))
    elif not words.new.commit and words.old.path == words.new.path:
        one, other, renamed = _beside_work_tree(words.repo, words.old, ruling)
    else:
        one, other = _apart(words.repo, words.old, words.new, ruling)
    was = _laid(one, ruling.configurations)
    now = _laid(other, ruling.configurations)
    past = before(was, renamed)
    broken = [d for side in (one, other) for d in _unreadable(side)]
    found = [
        diagnostic
        for reading in now
        for diagnostic in check_changes(reading, ruling.of(reading.source.path).settings, past).told
    ]
    return Difference(
        compare(_known(was, ruling, renamed), _known(now, ruling, {})),
        in_order((*broken, *found)),
        words.old.shown,
        words.new.shown,
    )


def _here(word: Word, ruling: Ruling) -> Side:
    return sides.now(discover((word.path,)), ruling.configurations)


def _beside_work_tree(
    repo: Repository, word: Word, ruling: Ruling
) -> tuple[Side, Side, Mapping[str, str]]:
    """A commit and the work tree: what did not change need not be read."""
    changes = revisions.changes(repo, word.commit).files
    ground = Ground(repo, scope(repo.top, (word.path,)), changes, ruling.configurations)
    _refuse_nowhere(repo, word, ground.scope)
    importers = ground.importers()
    names = [*(c.new for c in ground.asked if c.new), *importers]
    paths = [(name, ground.path_of(name)) for name in names]
    files = (Found(p, named=ground.scope.is_named(n)) for n, p in paths if p)
    other = sides.now(files, ruling.configurations)
    return sides.then(ground, importers, other.kinds), other, ground.renamed


def _apart(repo: Repository, old: Word, new: Word, ruling: Ruling) -> tuple[Side, Side]:
    """Two commits, or a commit and something elsewhere; of two commits what they share is left."""
    trees = [revisions.tree(repo, word.commit) if word.commit else () for word in (old, new)]
    shared = frozenset(trees[0]) & frozenset(trees[1])
    found = []
    for word, entries in zip((old, new), trees, strict=True):
        if word.commit:
            left = shared if old.path == new.path else ()
            ground = Ground(repo, scope(repo.top, (word.path,)), (), ruling.configurations)
            found.append(_at(ground, word, entries, left))
        else:
            found.append(_here(word, ruling))
    return found[0], found[1]


def _at(ground: Ground, word: Word, entries: Iterable[Entry], shared: Iterable[Entry]) -> Side:
    repo, where = ground.repo, ground.scope
    entries = tuple(entries)
    _refuse_nowhere(repo, word, where)
    without = frozenset(shared)
    asked = [
        entry
        for entry in entries
        if entry not in without
        and where.path_of(entry.path) is not None
        and (is_wanted(entry.path) or where.is_named(entry.path))
    ]
    protos = frozenset(e for e in entries if readers.is_proto(e.path))
    if protos - without:  # the resource that holds what changed may be in another file
        asked += [e for e in entries if e in protos & without and where.path_of(e.path)]
    return sides.at(ground, entries, asked)


def _refuse_nowhere(repo: Repository, word: Word, where: Scope) -> None:
    """Tell a path that was written out and is not in the commit; it is most likely misspelt."""
    if word.exact and not any(where.path_of(e.path) for e in revisions.tree(repo, word.commit)):
        message = f"there is no file below {where.places[0].name} in {word.shown.partition(':')[0]}"
        raise RevisionError(message)


def _laid(side: Side, configurations: Configurations) -> tuple[Reading, ...]:
    return tuple(
        lay_over(reading, configurations.of(path))[0] for path, reading in side.readings.items()
    )


def _unreadable(side: Side) -> Iterator[Diagnostic]:
    for report in side.reports.values():
        yield from report.diagnostics
    for reading in side.readings.values():
        for problem in reading.problems:
            if packs.find(problem.code).fatal:
                yield stamp_problem(problem.source or reading.source, problem)


def _known(
    readings: Iterable[Reading], ruling: Ruling, renamed: Mapping[str, str]
) -> Iterator[Known]:
    """All resources with their verdicts, by what rules the paths that the files have today."""
    today = {was: path for path, was in renamed.items()}
    for reading in readings:
        path = reading.source.path
        settings = ruling.of(today.get(path, path)).settings
        inspection = Inspection(settings.levels, settings.tests, settings.weights)
        for resource in (*reading.resources, *reading.around):
            every = judged(inspection, resource)
            yield Known(resource, {path: field.verdict for path, field in every.items()})
