"""What was looked at, in sentences, so that silence can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from specstat.reporters.layout import visible


class SinceCounts(NamedTuple):
    """What a run was compared with: a revision, and the id of the merge base with it.

    `changed` counts the files that changed since, `before` the findings that were there already.
    """

    revision: str
    base: str
    changed: int
    before: int


_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a run: findings shown by severity, hidden ones, and what was read.

    `ignored` and `baselined` are findings that are not told, `outdated` the entries of
    `baselines`, the files of these, that no longer occur. `lost` are kinds with a section that was
    not found.
    """

    errors: int = 0
    warnings: int = 0
    infos: int = 0
    hidden: int = 0
    files: int = 0
    resources: int = 0
    fields: int = 0
    seconds: float = 0.0
    skipped: dict[str, int] = field(default_factory=dict)
    ignored: int = 0
    baselined: int = 0
    outdated: int = 0
    lost: tuple[str, ...] = ()
    baselines: tuple[str, ...] = ()
    since: SinceCounts | None = None


def plural(count: int, noun: str) -> str:
    """A count with its noun: `1 file`, `2 files`, `1,200 fields`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def sentence(counts: Counts) -> list[str]:
    """The closing lines of a report."""
    found = [
        plural(n, noun)
        for n, noun in (
            (counts.errors, "error"),
            (counts.warnings, "warning"),
        )
        if n
    ] + ([f"{counts.infos:,} info"] if counts.infos else [])
    what = ", ".join(found) if found else "nothing"
    looked_at = (
        f"{plural(counts.fields, 'field')}, {plural(counts.files, 'file')}, {counts.seconds:.1f} s"
    )
    lines = [f"Found {what} in {plural(counts.resources, 'resource')} ({looked_at})."]
    if counts.since:
        lines.append(_since(counts.since))
    if counts.hidden:
        lines.append(f"{counts.hidden:,} more at info: --show-info shows them.")
    lines += _untold(counts)
    if counts.lost:
        lines.append(_lost(counts.lost))
    if counts.skipped:
        total = sum(counts.skipped.values())
        if len(counts.skipped) == 1:
            lines.append(
                f"Passed over {plural(total, 'file')}: {visible(next(iter(counts.skipped)))}."
            )
        else:
            lines.append(f"Passed over {plural(total, 'file')}:")
            rows = sorted(counts.skipped.items(), key=lambda item: (-item[1], item[0]))
            lines += [f"  {count:>5,}  {visible(reason)}" for reason, count in rows]
    return lines


def _lost(kinds: tuple[str, ...]) -> str:
    shown = ", ".join(map(visible, kinds[:_SHOWN]))
    more = f" and {len(kinds) - _SHOWN:,} more" if len(kinds) > _SHOWN else ""
    return f"Looked at a part of {shown}{more} only; a message was not found (proto.roots)."


def _since(since: SinceCounts) -> str:
    changed = plural(since.changed, "file")
    before = plural(since.before, "finding")
    were = "was" if since.before == 1 else "were"
    whole = since.revision == since.base  # the commit itself, as CI names it
    revision = since.base[:7] if whole else visible(since.revision)
    return (
        f"{changed} changed since {revision} (merge base {since.base[:7]}); "
        f"{before} {were} there before."
    )


def _untold(counts: Counts) -> Iterator[str]:
    """The findings that are not told for someone said so, and what of that is out of date."""
    if counts.ignored:
        yield f"{counts.ignored:,} ignored."
    if counts.baselined:
        yield f"{counts.baselined:,} in the baseline."
    if counts.outdated:
        entries = "1 entry" if counts.outdated == 1 else f"{counts.outdated:,} entries"
        occur = "occurs" if counts.outdated == 1 else "occur"
        update = " and ".join(f"specstat baseline update {visible(f)}" for f in counts.baselines)
        take = "takes" if len(counts.baselines) == 1 else "take"
        yield f"{entries} of the baseline no longer {occur}: {update} {take} out what is over."
