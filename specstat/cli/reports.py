"""The reports of a run: which formats there are, where each goes, and writing them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from specstat.cli.errors import UsageError
from specstat.cli.output import try_out, whole_file
from specstat.reporters.layout import Line, paint, wants_color
from specstat.reporters.report import Report
from specstat.reporters.rooted import root_of, rooted

_STDOUT = "-"


class Output(NamedTuple):
    """A format and the file that it goes into; empty: standard output."""

    name: str
    target: str


def _people(lines: Iterable[Line], told: Report, stream: TextIO) -> None:
    from specstat.reporters import text

    every = list(lines)
    if told.look.statistics:
        every += text.statistics(told.shown)
    paint(every, stream, color=wants_color(stream, no_color=told.look.no_color))


def _text(told: Report, stream: TextIO) -> None:
    from specstat.reporters import text

    quiet = told.look.quiet
    _people(text.report(told.shown, told.counts, quiet=quiet, untold=told.ignored), told, stream)


def _concise(told: Report, stream: TextIO) -> None:
    from specstat.reporters import concise

    _people(concise.report(told.shown), told, stream)


def _json(told: Report, stream: TextIO) -> None:
    from specstat.reporters import json_report

    stream.write(json_report.report(told.shown, told.counts))


def _jsonl(told: Report, stream: TextIO) -> None:
    from specstat.reporters import json_report

    stream.write(json_report.lines(told.shown))


def _sarif(told: Report, stream: TextIO) -> None:
    from specstat.reporters import sarif

    stream.write(sarif.report(_from_root(told)))


def _github(told: Report, stream: TextIO) -> None:
    from specstat.reporters import github

    stream.write(github.report(_from_root(told)))


def _gitlab(told: Report, stream: TextIO) -> None:
    from specstat.reporters import gitlab

    stream.write(gitlab.report(_from_root(told)))


def _junit(told: Report, stream: TextIO) -> None:
    from specstat.reporters import junit

    stream.write(junit.report(_from_root(told)))


def _markdown(told: Report, stream: TextIO) -> None:
    from specstat.reporters import markdown

    stream.write(markdown.report(_from_root(told)))


# A forge knows files by their place in the repository, people and scripts by the one they gave.
FORMATS: dict[str, Callable[[Report, TextIO], None]] = {
    "text": _text,
    "concise": _concise,
    "json": _json,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _junit,
    "markdown": _markdown,
}


def _from_root(told: Report) -> Report:
    return rooted(told, root_of(Path.cwd(), os.environ))


def outputs(formats: Iterable[str], paths: Iterable[str] = ()) -> tuple[Output, ...]:
    """What `--format` asks for, tried out as far as that is possible before the run.

    `paths` are what is linted. Raises UsageError.
    """
    wanted = tuple(map(_output, formats))
    if sum(not output.target for output in wanted) > 1:
        message = "two formats cannot share standard output; give one a file: --format json=FILE"
        raise UsageError(message)
    linted = {Path(path).resolve() for path in paths if path != _STDOUT}
    taken: set[Path] = set()
    for target in (output.target for output in wanted if output.target):
        with _telling(target):
            path = Path(target).resolve()
            if path in linted and path.is_file():
                message = f"cannot write {target}: it is one of the files to lint"
                raise UsageError(message)
            if path in taken and not (path.exists() and not path.is_file()):
                message = f"two formats cannot share the file {target}; give each its own"
                raise UsageError(message)
            try_out(target)
        taken.add(path)
    return wanted


def write(wanted: Iterable[Output], told: Report) -> None:
    """Write each report to its place; UsageError where a file cannot be written."""
    for name, target in wanted:
        if not target:
            FORMATS[name](told, sys.stdout)
            continue
        with _telling(target), whole_file(target) as stream:
            FORMATS[name](told, stream)


@contextmanager
def _telling(target: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"cannot write {target}: {error.strerror}"
        raise UsageError(message) from None


def _output(word: str) -> Output:
    name, equals, target = word.partition("=")
    if equals and not target:
        message = f"--format {word} wants a file behind the =: --format {word}report"
        raise UsageError(message)
    if name not in FORMATS:
        message = f"unknown format {name!r} in --format; there are {', '.join(FORMATS)}"
        raise UsageError(message)
    return Output(name, "" if target == _STDOUT else target)
