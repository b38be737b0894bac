"""`specstat lint`: from options to a run, and from a run to reports and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from specstat import __version__
from specstat.cli import reports
from specstat.cli.errors import UsageError
from specstat.cli.limits import Limits, exit_code
from specstat.cli.weights import named
from specstat.engine.check import Settings, settings_for
from specstat.engine.configuration import ConfigError, NamedFile
from specstat.engine.configurations import Configurations
from specstat.engine.discover import Found, discover
from specstat.engine.run import Run
from specstat.engine.run import lint as run_lint
from specstat.model.diagnostic import Diagnostic, Severity
from specstat.reporters.report import Look, Report
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


def execute(options: Options) -> int:
    """Lint and report; the exit code is 0, 1 or 2."""
    refuse_mistakes(options)
    outputs = reports.outputs(options.formats, options.paths)
    configurations = Configurations(options.config, trust=options.trust)
    said = None if options.baseline else _configured_baseline(configurations)
    path = said.file.as_posix() if said else options.baseline
    baseline = load_baseline(path, said.place.exact if said else "") if path else None
    checked = check(options, baseline.known if baseline else frozenset(), configurations)
    run = checked.run
    limits = Limits(options.fail_on, configurations)
    shown = tuple(
        d
        for d in run.diagnostics
        if options.show_info or d.severity > Severity.INFO or limits.of(d) == Severity.INFO
    )
    counts = replace(_counts(run, shown), since=checked.since)
    if baseline is not None:
        from specstat.engine.baseline import outdated

        over = outdated(baseline, run, checked.settings.codes)
        counts = replace(counts, outdated=len(over), baseline=baseline.path)
    report = _report(run, shown, counts, limits, options)
    reports.write(outputs, report)
    return report.exit_code


def _report(
    run: Run,
    shown: tuple[Diagnostic, ...],
    counts: Counts,
    limits: Limits,
    options: Options,
) -> Report:
    return Report(
        shown,
        counts,
        checked=run.paths,
        limits={d.location.file: limits.of(d) for d in shown},
        exit_code=exit_code(run.diagnostics, limits),
        look=Look(options.quiet, options.statistics, options.no_color),
        version=__version__,
        catalogue=run.catalogue,
    )


class Checked(NamedTuple):
    """A run, the settings that it was made with, and what it was compared with."""

    run: Run
    settings: Settings
    since: SinceCounts | None = None


def check(
    options: Options,
    known: Container[str] = frozenset(),
    configurations: Configurations | None = None,
) -> Checked:
    """Lint what the options name; what is known is kept apart."""
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
        return Checked(run_lint(_files(options), settings, stdin, configurations), settings)
    except ConfigError as error:
        raise UsageError(str(error)) from None


def _check_since(
    options: Options, revision: str, settings: Settings, configurations: Configurations
) -> Checked:
    from specstat.engine.changed import lint_since
    from specstat.engine.git import RevisionError

    named = not options.as_found
    try:
        told = lint_since(options.paths, revision, settings, configurations, named=named)
    except RevisionError as error:
        raise UsageError(str(error)) from None
    counts = SinceCounts(revision, told.base, told.changed, told.before)
    return Checked(told.run, settings, counts)


def _configured_baseline(configurations: Configurations) -> NamedFile | None:
    """The baseline that the configuration of the current folder names; None where it does not."""
    try:
        said = configurations.of("").baseline
    except (ConfigError, OSError):  # it is told where a file is ruled by it
        return None
    try:
        if said is not None:
            said.refuse_device()
    except ConfigError as error:
        raise UsageError(str(error)) from None
    return said


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


def _counts(run: Run, shown: tuple[Diagnostic, ...]) -> Counts:
    loudness = [d.severity for d in shown]
    return Counts(
        errors=loudness.count(Severity.ERROR),
        warnings=loudness.count(Severity.WARNING),
        infos=loudness.count(Severity.INFO),
        hidden=len(run.diagnostics) - len(shown),
        files=run.files,
        resources=run.resources,
        fields=run.fields,
        seconds=run.seconds,
        skipped=run.skipped,
        ignored=len(run.ignored),
        baselined=len({d.fingerprint for d in run.known}),
    )
