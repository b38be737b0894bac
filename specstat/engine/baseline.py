"""Baselines: the findings that were there when specstat was switched on, and are not told.

    {
      "version": 1,
      "findings": [
        {"fingerprint": "...", "code": "SS101", "subject": "Widget.status.token", "file": "..."}
      ]
    }

One finding a line and in order, so that differences and merges can be read. The fingerprint alone
decides; the rest is for people, and to tell which findings no longer occur. Files are given as
seen from the folder of the baseline.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from specstat.engine.run import Run
from specstat.engine.suppress import need_more
from specstat.model.diagnostic import Diagnostic
from specstat.model.source import Source

VERSION = 1
_BEGINNING = re.compile(r'\s*\{\s*"version"\s*:\s*\d+\s*,\s*"findings"')
_SUBJECT = re.compile(r"(?:(?P<group>[^/]*)/)?(?P<kind>[^./]+)(?:\..*)?", re.DOTALL)


class BaselineError(ValueError):
    """A baseline that cannot be used; the message tells file, place and what to do."""


class Everything:
    """Knows every finding: a run with it tells none, and keeps each of them apart."""

    def __contains__(self, fingerprint: object) -> bool:
        """Whether it knows a finding, which it does."""
        return True


class Entry(NamedTuple):
    """One finding: what it is of, as `[GROUP/]KIND[.PATH]`, and its file; empty for none."""

    file: str
    subject: str
    code: str
    fingerprint: str

    @property
    def kind(self) -> tuple[str, str] | None:
        """Group and kind of the resource; None where it is about a file."""
        match = _SUBJECT.fullmatch(self.subject)
        return (match["group"] or "", match["kind"]) if match else None


@dataclass(frozen=True, slots=True)
class Baseline:
    """What one baseline file holds."""

    path: str
    entries: tuple[Entry, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        """The fingerprints of its findings."""
        return frozenset(entry.fingerprint for entry in self.entries)

    def seen(self, path: str) -> str:
        """A file as seen from the folder of the baseline; empty for what is no file."""
        if not Path(path).exists():
            return ""
        folder = PurePath(self.path).parent
        try:
            return Path(os.path.relpath(path, folder)).as_posix()
        except ValueError:  # on another drive
            return PurePath(path).as_posix()

    def is_gone(self, file: str) -> bool:
        """Whether a file that an entry names is there no more."""
        return bool(file) and not Path(self.path).parent.joinpath(file).exists()


def load(path: str) -> Baseline:
    """Read a baseline; BaselineError where it cannot be used."""
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        message = f"there is no baseline {path}; specstat baseline write {path} makes it"
        raise BaselineError(message) from None
    except OSError as error:
        message = f"cannot read the baseline {path}: {error.strerror}"
        raise BaselineError(message) from None
    except UnicodeDecodeError as error:
        message = f"the baseline {path} is not UTF-8, at byte {error.start}; {_anew(path)}"
        raise BaselineError(message) from None
    return Baseline(path, tuple(_entries(path, text)))


def is_baseline(path: str) -> bool:
    """Whether a file begins as a baseline does, so that it may be written anew."""
    try:
        text = Path(path).read_text("utf-8-sig", "replace")
    except OSError:
        return False
    return not text.strip() or _BEGINNING.match(text) is not None


def _entries(path: str, text: str) -> list[Entry]:
    try:
        root = json.loads(text)
    except json.JSONDecodeError as error:
        what = "it is cut" if error.pos >= len(text.rstrip()) else f"no JSON: {error.msg}"
        place = f"{path}:{error.lineno}:{error.colno}"
        raise BaselineError(f"the baseline {place}: {what}; {_anew(path)}") from None
    except RecursionError:
        message = f"the baseline {path} is nested beyond reason; {_anew(path)}"
        raise BaselineError(message) from None
    if not isinstance(root, dict) or "version" not in root:
        raise BaselineError(f"{path} is no baseline: it has no version; {_anew(path)}")
    if root["version"] != VERSION:
        written = json.dumps(root["version"])[:20]
        message = f"the baseline {path} is of version {written}, and this specstat reads {VERSION}"
        raise BaselineError(f"{message}; {_anew(path)}")
    rows = root.get("findings")
    if not isinstance(rows, list):
        raise BaselineError(f"the baseline {path} has no list of findings; {_anew(path)}")
    return [_entry(path, text, number, row) for number, row in enumerate(rows)]


def _entry(path: str, text: str, number: int, row: Any) -> Entry:  # noqa: ANN401 - whatever JSON holds
    if isinstance(row, dict) and row.keys() == set(Entry._fields):
        entry = Entry(**row)
        if all(isinstance(part, str) for part in entry) and entry.fingerprint and entry.code:
            return entry
    place = _place(path, text, number)
    wanted = ", ".join(Entry._fields[::-1])
    raise BaselineError(f"the baseline {place}: a finding has {wanted}, all texts; {_anew(path)}")


def _place(path: str, text: str, number: int) -> str:
    """Where an entry stands. JSON's reader does not say; YAML's does, and JSON is YAML."""
    from specstat.readers import yamltree  # noqa: PLC0415 - only a broken baseline needs it

    offset = 0
    for document in yamltree.load(text).documents:
        findings = yamltree.dig(document, "findings")
        if isinstance(findings, yamltree.Sequence):
            offset = findings.items[number].start
    place = Source(path, text).position(offset)
    return f"{path}:{place.line}:{place.column}"


def _anew(path: str) -> str:
    begin = "mend it, or" if is_baseline(path) else "if it is the right file, remove it and"
    return f"{begin} make it anew: specstat baseline write {path}"


def text_of(entries: Iterable[Entry]) -> str:
    """The text of a baseline with these entries."""
    rows = []
    for entry in sorted(set(entries)):
        row = {name: getattr(entry, name) for name in Entry._fields[::-1]}
        rows.append(f"    {json.dumps(row, ensure_ascii=False)}")
    inside = "\n" + ",\n".join(rows) + "\n  " if rows else ""
    return f'{{\n  "version": {VERSION},\n  "findings": [{inside}]\n}}\n'


def entries_of(baseline: Baseline, diagnostics: Iterable[Diagnostic]) -> dict[str, Entry]:
    """Findings as entries of a baseline, by fingerprint; of several the first counts."""
    found: dict[str, Entry] = {}
    for diagnostic in sorted(diagnostics, key=lambda d: d.order):
        if not diagnostic.fatal:
            file = baseline.seen(diagnostic.location.file)
            entry = Entry(file, _subject(diagnostic), diagnostic.code, diagnostic.fingerprint)
            found.setdefault(diagnostic.fingerprint, entry)
    return found


def _subject(diagnostic: Diagnostic) -> str:
    """What a finding is of, without the version; empty where it is about a file."""
    if diagnostic.resource is None:
        return ""
    group, _, kind = diagnostic.resource
    named = f"{group}/{kind}" if group else kind
    return f"{named}.{diagnostic.field.path}" if diagnostic.field else named


def outdated(baseline: Baseline, run: Run, *, strictly: bool = False) -> tuple[Entry, ...]:
    """The entries that no longer occur: their file is gone, or was looked at without them.

    What a run cannot know stays: codes that were off for the file, files and kinds that it did not
    see or only in part, and codes that need other files, unless `strictly` is set and all files
    were seen that the baseline names.
    """
    found = {d.fingerprint for d in run.known}
    looked = {baseline.seen(path): codes for path, codes in run.looked.files.items()}
    missed = [e for e in baseline.entries if e.fingerprint not in found]
    unseen = {e.file for e in baseline.entries} - looked.keys()
    whole = strictly and all(not file or baseline.is_gone(file) for file in unseen)
    codes = frozenset(entry.code for entry in missed)
    open_ = frozenset() if whole else need_more(run.catalogue, codes)

    def is_over(entry: Entry) -> bool:
        if baseline.is_gone(entry.file):
            return True
        if entry.code in open_:
            return False
        if not entry.file:
            on = any(entry.code in codes for codes in looked.values())
            return on and entry.kind in run.looked.kinds
        is_whole = entry.kind not in run.looked.partly
        return entry.code in looked.get(entry.file, ()) and is_whole

    return tuple(entry for entry in missed if is_over(entry))
