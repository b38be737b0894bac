"""What people found when they looked at a sample of a rule's findings in real schemas.

`tools/precision/SSnnn.jsonl` holds a finding a line: the resource as `group/Kind`, the field's
path, whether the finding is right, and why in one line. A sample is twenty findings, or all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).with_name("precision")
SAMPLE = 20
ENOUGH = 0.9  # of the sample of a rule that warns by default


class Row(NamedTuple):
    """One finding, and whether a reviewer would defend it."""

    resource: str
    field: str
    right: bool
    reason: str


def codes() -> Iterator[str]:
    """The rules of which there is a sample."""
    yield from (path.stem for path in sorted(FOLDER.glob("*.jsonl")))


def load(code: str) -> tuple[Row, ...]:
    """The sample of a rule, none if there is none; a ValueError says which line is malformed."""
    path = FOLDER / f"{code}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return tuple(_row(line, f"{path.name}:{number}") for number, line in enumerate(lines, 1))


def _row(line: str, place: str) -> Row:
    try:
        return Row(**json.loads(line))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{place} is no finding with {', '.join(Row._fields)}: {error}") from error
