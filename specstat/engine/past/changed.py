"""A run over what changed since a revision, beside what that was before."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from specstat.engine.check import FileReport, Settings
from specstat.engine.config.finding import Configurations
from specstat.engine.config.ruling import Ruling
from specstat.engine.declare import lay_over
from specstat.engine.discover import Found, discover
from specstat.engine.past import git, revisions, sides
from specstat.engine.past.before import before
from specstat.engine.past.revisions import Changes
from specstat.engine.past.scope import expanded, scope
from specstat.engine.past.sides import Ground, Side
from specstat.engine.past.since import fresh
from specstat.engine.run import Run, checked, gathered, in_order
from specstat.model.diagnostic import Diagnostic
from specstat.model.reading import Reading

SUBMODULE = "a submodule; lint it from inside"
LINK = "a link; what it leads to is linted where it stands"


class Since(NamedTuple):
    """What is new since a revision.

    `run` holds the new findings only; `base` is the id of the merge base, `changed` counts files
    and `before` the findings that were there already.
    """

    run: Run
    base: str
    changed: int
    before: int


def lint_since(
    paths: Sequence[str],
    revision: str,
    settings: Settings,
    configurations: Configurations | None = None,
    *,
    named: bool = True,
) -> Since:
    """Lint what changed below paths since a revision and HEAD parted, the work tree included.

    RevisionError where git cannot tell, ConfigError where a configuration cannot be used. Both
    sides are ruled by the configurations of today. `named=False` treats files that were passed
    like found ones.
    """
    start = time.perf_counter()
    ruling = Ruling(configurations or Configurations(), settings)
    repo = git.repository(_folder_of(paths[0]))
    base = revisions.merge_base(repo, revision)
    changes = revisions.changes(repo, base)
    ground = Ground(repo, scope(repo.top, paths), changes.files, ruling.configurations)
    importers = ground.importers()
    files = [*_missing(paths, ground), *_found(ground, importers, named=named)]
    new = sides.now(files, ruling.configurations)
    old = sides.then(ground, importers, new.kinds)
    renamed = ground.renamed
    was = before((_laid(p, r, ruling.configurations) for p, r in old.readings.items()), renamed)

    def report_on(found: Found) -> FileReport:
        if found.path in new.reports:
            return new.reports[found.path]
        return checked(found.path, new.readings[found.path], ruling, was)

    run = gathered(files, report_on, ruling)
    known = _known(ground, old, new, ruling) if run.diagnostics else ()
    told = fresh(run.diagnostics, known, renamed)
    complete = replace(
        run,
        diagnostics=in_order((*told.diagnostics, *run.changes)),
        changes=(),
        skipped=run.skipped | _passed_over(changes),
        seconds=time.perf_counter() - start,
    )
    return Since(complete, base, len(ground.asked), told.before)


def _known(ground: Ground, old: Side, new: Side, ruling: Ruling) -> tuple[Diagnostic, ...]:
    """What was found before, in the changed files and in others that hold the same kinds."""
    rules = {was: path for path, was in ground.renamed.items()}
    copies = sides.unchanged(ground, new.kinds - old.kinds)
    readings = {**copies.readings, **old.readings}

    def report_on(found: Found) -> FileReport:
        ruled = rules.get(found.path, found.path)
        return checked(ruled, readings[found.path], ruling)

    return gathered(map(Found, readings), report_on, ruling).diagnostics


def _found(ground: Ground, importers: Iterable[str], *, named: bool) -> Iterator[Found]:
    """The files of today."""
    for name in [c.new for c in ground.asked if c.new] + list(importers):
        path = ground.path_of(name)
        if path is not None:
            yield Found(path, named=named and ground.scope.is_named(name))


def _missing(paths: Iterable[str], ground: Ground) -> Iterator[Found]:
    """What was named and is not there, nor was there before."""
    for path in paths:
        if not expanded(path) or not (Path(path).exists() or _was_there(path, ground)):
            yield from discover((path,))


def _was_there(path: str, ground: Ground) -> bool:
    name = scope(ground.repo.top, (path,)).places[0].name
    return any(c.old == name or c.old.startswith(f"{name}/") for c in ground.changes)


def _laid(path: str, reading: Reading, configurations: Configurations) -> Reading:
    return lay_over(reading, configurations.of(path))[0]


def _passed_over(changes: Changes) -> dict[str, int]:
    counts = {SUBMODULE: changes.submodules, LINK: changes.links}
    return {reason: count for reason, count in counts.items() if count}


def _folder_of(path: str) -> str:
    """The nearest folder of a path that is there."""
    place = Path(path)
    return str(next(p for p in (place, *place.parents, Path()) if p.is_dir()))
