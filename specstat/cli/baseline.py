"""`specstat baseline`: writes the findings there are into a file, and takes out what is over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from specstat.cli.errors import UNUSABLE, UsageError
from specstat.cli.lint import Checked, Options, check, load_baseline, refuse_mistakes
from specstat.cli.output import replace_file
from specstat.engine.baseline import (
    Baseline,
    Entry,
    Everything,
    entries_of,
    is_baseline,
    outdated,
    text_of,
)
from specstat.reporters import concise
from specstat.reporters.layout import paint, visible
from specstat.reporters.summary import plural


class Order(NamedTuple):
    """Which baseline is meant, and what to lint for it."""

    file: str
    options: Options


def write(order: Order) -> int:
    """Write a baseline of all findings; the exit code is 2 where something could not be read."""
    refuse_mistakes(order.options)
    path = Path(order.file)
    if path.exists() and not is_baseline(order.file):
        message = f"{order.file} is there and is no baseline; name another file for it"
        raise UsageError(message)
    checked = check(order.options, Everything())
    baseline = Baseline(order.file)
    entries = entries_of(baseline, checked.run.known).values()
    _replace(path, text_of(entries))
    _tell(
        f"{order.file} holds {plural(len(entries), 'finding')}; lint with --baseline {order.file}"
    )
    return _unreadable(checked)


def update(order: Order, *, add: bool) -> int:
    """Take out of a baseline what no longer occurs, and with `add` take in what is new."""
    refuse_mistakes(order.options)
    baseline = load_baseline(order.file)
    checked = check(order.options, Everything())
    found = entries_of(baseline, checked.run.known)
    # Of files that were picked out, others may confirm what is not found in them.
    strictly = any(Path(path).is_dir() for path in order.options.paths)
    over = set(outdated(baseline, checked.run, strictly=strictly))
    kept = [_moved(baseline, e, found) for e in baseline.entries if e not in over]
    known = baseline.known
    new = [entry for mark, entry in found.items() if mark not in known]
    text = text_of([*kept, *new] if add else kept)
    if Path(order.file).read_text("utf-8-sig") != text:
        _replace(Path(order.file), text)
    told = [f"{plural(len(over), 'finding')} taken out", f"{len(kept):,} kept"]
    if add:
        told.insert(1, f"{len(new):,} added")
    _tell(f"{order.file}: {', '.join(told)}.")
    if new and not add:
        verb = "is" if len(new) == 1 else "are"
        _tell(f"{plural(len(new), 'new finding')} {verb} not in it: --add takes them in.")
    return _unreadable(checked)


def _moved(baseline: Baseline, entry: Entry, found: dict[str, Entry]) -> Entry:
    """An entry with the file in which it is found now, where its own is there no more."""
    now = found.get(entry.fingerprint)
    return entry if now is None or not baseline.is_gone(entry.file) else now


def _replace(path: Path, text: str) -> None:
    try:
        replace_file(path, text.encode())
    except OSError as error:
        message = f"cannot write {path}: {error.strerror}"
        raise UsageError(message) from None


def _tell(line: str) -> None:
    sys.stdout.write(visible(line) + "\n")


def _unreadable(checked: Checked) -> int:
    """Tell what could not be read, which no baseline can hold; the exit code."""
    fatal = [d for d in checked.run.diagnostics if d.fatal]
    paint(concise.report(fatal), sys.stderr, color=False)
    return UNUSABLE if fatal else 0
