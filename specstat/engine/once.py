"""What several rules or files find about one field is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from specstat.model.diagnostic import Diagnostic, Severity

_Copied = tuple[str, Severity, tuple[str, ...], str, str]


def told_once(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """One diagnostic a field and place: the strongest first, the others named in it."""
    by_place: dict[tuple[str, ...], list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        by_place.setdefault(_place(diagnostic), []).append(diagnostic)
    for group in by_place.values():
        first, *others = sorted(group, key=lambda d: (-d.severity, d.code))
        codes = [*first.also, *(code for d in others for code in (d.code, *d.also))]
        also = tuple(code for code in dict.fromkeys(codes) if code != first.code)
        places = tuple(dict.fromkeys(place for d in (first, *others) for place in d.elsewhere))
        yield replace(first, also=also, elsewhere=places, help=_advice(first, others))


def _advice(first: Diagnostic, others: Iterable[Diagnostic]) -> tuple[str, ...]:
    """What to do by all of them: of each other code why, and the first thing that is new."""
    told = dict.fromkeys(first.help)
    for diagnostic in others:
        # What was told within one of them names its code already.
        own = [line for line in diagnostic.help if not line.startswith(diagnostic.also or "\0")]
        # What is told within another line stands at its end.
        new = next((line for line in own if not any(t.endswith(line) for t in told)), None)
        if diagnostic.code != first.code and new:
            why = f"{diagnostic.code} {diagnostic.name}: it {diagnostic.label}"
            told[f"{why}; {new}"] = None
        within = (line for line in diagnostic.help if line not in own)
        told |= dict.fromkeys(line for line in within if not line.startswith(first.code))
    return tuple(told)


def _place(diagnostic: Diagnostic) -> tuple[str, ...]:
    """What a diagnostic is about; two resources may share the message that holds a field."""
    # What failed stands for itself and hides no finding.
    field = None if diagnostic.fatal else diagnostic.field
    path = field.path if field else diagnostic.code + diagnostic.message
    group, _, kind = diagnostic.resource or ("", "", "")
    where = diagnostic.location
    return where.file, str(where.line), str(where.column), group, kind, path


def _said(diagnostic: Diagnostic) -> str:
    """What copies must say alike; how sure a placement is may differ by a word."""
    is_placement = diagnostic.field is not None and diagnostic.field.expected is not None
    return "" if is_placement else diagnostic.label


def merge_copies(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Tell a finding on one field of one kind once; the other files that hold it are named."""
    told: dict[_Copied, Diagnostic] = {}
    copies: dict[_Copied, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        # Problems with files are never copies of each other.
        # Two versions are none either: what to do differs.
        place = diagnostic.resource.version if diagnostic.resource else str(diagnostic.location)
        # What is told within one of them must not be lost with the other.
        key = (
            diagnostic.fingerprint,
            diagnostic.severity,
            diagnostic.also,
            place,
            _said(diagnostic),
        )
        if key in told:
            copies.setdefault(key, []).append(diagnostic)
        else:
            told[key] = diagnostic
    for key, diagnostic in told.items():
        others = (d.location for d in copies.get(key, ()))
        yield replace(diagnostic, copies=tuple(others))
