"""What was looked at, in sentences, so that silence can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from specstat.reporters.layout import visible


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a run: findings shown by severity, hidden ones, and what was read.

    `ignored` and `baselined` are findings that are not told, `outdated` the entries of the
    `baseline`, a file, that no longer occur.
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
    baseline: str = ""


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
    if counts.hidden:
        lines.append(f"{counts.hidden:,} more at info: --show-info shows them.")
    lines += _untold(counts)
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


def _untold(counts: Counts) -> Iterator[str]:
    """The findings that are not told for someone said so, and what of that is out of date."""
    if counts.ignored:
        yield f"{counts.ignored:,} ignored."
    if counts.baselined:
        yield f"{counts.baselined:,} in the baseline."
    if counts.outdated:
        entries = "1 entry" if counts.outdated == 1 else f"{counts.outdated:,} entries"
        occur = "occurs" if counts.outdated == 1 else "occur"
        update = visible(f"specstat baseline update {counts.baseline}")
        yield f"{entries} of the baseline no longer {occur}: {update} takes out what is over."
