"""`specstat lint`: from options to a run, and from a run to reports and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from specstat import __version__
from specstat.cli import reports
from specstat.cli.errors import UsageError
from specstat.cli.limits import Limits, exit_code
from specstat.cli.weights import named
from specstat.engine.check import Settings, settings_for
from specstat.engine.config.finding import Configurations, shown
from specstat.engine.discover import Found, discover
from specstat.engine.run import Run
from specstat.engine.run import lint as run_lint
from specstat.model.diagnostic import Diagnostic, Severity
from specstat.readers.settings.places import ConfigError, NamedFile
from specstat.reporters.report import Ignored, Look, Report
from specstat.reporters.summary import Counts, SinceCounts
from specstat.rules import profiles, registry

if TYPE_CHECKING:
    from specstat.engine.baseline import Baseline


class Options(NamedTuple):
    """What the command line asked for."""

    paths: tuple[str, ...]
    formats: tuple[str, ...] = ("text",)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = ""
    show_info: bool = False
    statistics: bool = False
    quiet: bool = False
    no_color: bool = False
    stdin_filename: str = ""
    as_found: bool = False
    config: str = ""
    weights: str | None = None
    trust: bool = False
    since: str | None = None
    profile: str = ""
    baseline: str = ""
    require_reason: bool = False
    show_ignored: bool = False


def execute(options: Options) -> int:
    """Lint and report; the exit code is 0, 1 or 2."""
    refuse_mistakes(options)
    outputs = reports.outputs(options.formats, options.paths)
    configurations = Configurations(options.config, trust=options.trust)
    files = tuple(_files(options)) if options.since is None else ()
    baselines = _baselines(options, files, configurations)
    known = {mark: each.path for each in baselines for mark in each.known}
    checked = check(options, known, configurations, files)
    run = checked.run
    limits = Limits(options.fail_on, configurations)
    told = tuple(
        d
        for d in run.diagnostics
        if options.show_info or d.severity > Severity.INFO or limits.of(d) == Severity.INFO
    )
    counts = replace(_counts(run, told), since=checked.since)
    if baselines:
        from specstat.engine.baseline import outdated

        over = {each.path: count for each in baselines if (count := len(outdated(each, run)))}
        counts = replace(counts, outdated=sum(over.values()), baselines=tuple(over))
    report = _report(run, told, counts, limits, options)
    if options.show_ignored:
        report = replace(report, ignored=ignored(run, known))
    reports.write(outputs, report)
    return report.exit_code


def _report(
    run: Run,
    told: tuple[Diagnostic, ...],
    counts: Counts,
    limits: Limits,
    options: Options,
) -> Report:
    return Report(
        told,
        counts,
        checked=run.paths,
        limits={d.location.file: limits.of(d) for d in told},
        exit_code=exit_code(run.diagnostics, limits),
        look=Look(options.quiet, options.statistics, options.no_color),
        version=__version__,
        catalogue=run.catalogue,
    )


def ignored(run: Run, known: Mapping[str, str]) -> tuple[Ignored, ...]:
    """What a run found and does not tell, in the order of every report, each with why not.

    `known` has the file of a baseline for each fingerprint in it.
    """
    reasons = {mark: f"in the baseline {path}" for mark, path in known.items()}
    found = [Ignored(d, in_source=False, reason=reasons[d.fingerprint]) for d in run.known]
    for diagnostic in run.ignored:
        if said := diagnostic.suppressed:
            in_source = said.location.file in {diagnostic.location.file, *run.paths}
            found.append(Ignored(diagnostic, in_source, said.reason))
    return tuple(sorted(found, key=lambda each: each.diagnostic.order))


class Checked(NamedTuple):
    """A run, and what it was compared with."""

    run: Run
    since: SinceCounts | None = None


def check(
    options: Options,
    known: Container[str] = frozenset(),
    configurations: Configurations | None = None,
    files: Iterable[Found] | None = None,
) -> Checked:
    """Lint what the options name; what is known is kept apart. `files` are what was found there."""
    settings = replace(
        settings_for(options.select, options.ignore, options.profile, named(options.weights)),
        known=known,
        require_reason=options.require_reason,
    )
    configurations = configurations or Configurations(options.config, trust=options.trust)
    try:
        if options.since is not None:
            return _check_since(options, options.since, settings, configurations)
        stdin = sys.stdin.buffer.read() if "-" in options.paths else b""
        return Checked(
            run_lint(_files(options) if files is None else files, settings, stdin, configurations)
        )
    except ConfigError as error:
        raise UsageError(str(error)) from None


def _check_since(
    options: Options, revision: str, settings: Settings, configurations: Configurations
) -> Checked:
    from specstat.engine.past.changed import lint_since
    from specstat.engine.past.git import RevisionError

    named = not options.as_found
    try:
        told = lint_since(options.paths, revision, settings, configurations, named=named)
    except RevisionError as error:
        raise UsageError(str(error)) from None
    counts = SinceCounts(revision, told.base, told.changed, told.before)
    return Checked(told.run, counts)


def _baselines(
    options: Options, files: Iterable[Found], configurations: Configurations
) -> tuple[Baseline, ...]:
    """The baseline that is asked for, else all that the configurations of the files name."""
    if options.baseline:
        return (load_baseline(options.baseline),)
    named: dict[str, NamedFile] = {}
    # isdir is false of what may not be looked at; a slash at the end is what pathlib drops.
    inside = (os.path.join(path, "") for path in options.paths if os.path.isdir(path))  # noqa: PTH112, PTH118 - see above
    for path in (*inside, *options.paths, *(found.path for found in files)):
        try:
            said = configurations.of(path).baseline
        except (ConfigError, OSError):  # it is told where a file is ruled by it
            continue
        if said:
            named.setdefault(shown(said.file), said)
    return tuple(_named_baseline(path, said) for path, said in named.items())


def _named_baseline(path: str, said: NamedFile) -> Baseline:
    """The baseline that a configuration names."""
    try:
        said.refuse_device()
    except ConfigError as error:
        raise UsageError(str(error)) from None
    return load_baseline(path, said.place.exact)


def load_baseline(path: str, place: str = "") -> Baseline:
    """The baseline in a file; a UsageError says why it cannot be used, and where it is named."""
    from specstat.engine import baseline

    try:
        return baseline.load(path)
    except baseline.BaselineError as error:
        raise UsageError(f"{place}: {error}" if place else str(error)) from None


def _files(options: Options) -> Iterable[Found]:
    for path in options.paths:
        if path == "-":
            yield Found(options.stdin_filename or "stdin.yaml", named=True, stdin=True)
    yield from discover((p for p in options.paths if p != "-"), named=not options.as_found)


def refuse_mistakes(options: Options) -> None:
    """Mistakes that would otherwise pass for an empty or strange run."""
    for option, words in (("--select", options.select), ("--ignore", options.ignore)):
        if complaint := _complaint(words, options):
            message = complaint.replace(";", f" in {option};", 1)
            raise UsageError(message)
    if complaint := profiles.complaint(options.profile):
        raise UsageError(complaint.replace(";", " in --profile;", 1))
    for path in options.paths:
        if registry.shipped().find(path) and not Path(path).exists():
            message = f"{path} is a code, not a path; separate codes by commas: SS101,SS102"
            raise UsageError(message)
    if options.since is not None and "-" in options.paths:
        message = "standard input has no past to compare with; name files with --since"
        raise UsageError(message)
    if options.stdin_filename and "-" not in options.paths:
        message = "--stdin-filename names standard input; give the path - with it"
        raise UsageError(message)


def _complaint(words: tuple[str, ...], options: Options) -> str:
    """What is wrong with words for codes; packs and plugins are looked at only if need be."""
    if not registry.shipped().complaint(words):
        return ""
    from specstat.cli.catalogue import around

    paths = (found.path for found in _files(options))
    return around(paths, options.config, trust=options.trust).complaint(words)


def _counts(run: Run, told: tuple[Diagnostic, ...]) -> Counts:
    loudness = [d.severity for d in told]
    return Counts(
        errors=loudness.count(Severity.ERROR),
        warnings=loudness.count(Severity.WARNING),
        infos=loudness.count(Severity.INFO),
        hidden=len(run.diagnostics) - len(told),
        files=run.files,
        resources=run.resources,
        fields=run.fields,
        seconds=run.seconds,
        skipped=run.skipped,
        ignored=len(run.ignored),
        baselined=len({d.fingerprint for d in run.known}),
        lost=tuple(sorted(kind for _, kind in run.looked.lost)),
    )
