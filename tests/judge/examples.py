"""The examples of the two documents as fields, and ways to say the same in another form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from specstat.judge.verdict import judge
from specstat.model.evidence import Verdict
from specstat.model.resource import Field, Section

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "fixtures" / "seeds" / "examples.jsonl"
# Beside the checkout, where there is one.
SHARED = ROOT.parent / "shared" / "seeds" / "examples.jsonl"


@dataclass(frozen=True, slots=True)
class Example:
    """One row: a field, and the sections that are right for it, the expected one first."""

    id: str
    field: Field
    right: tuple[Section, ...]

    @property
    def bare(self) -> Field:
        """The field as its name alone."""
        return Field(name=self.field.name)


def read(path: Path) -> list[Example]:
    """The examples of a file of JSON lines."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Example(
            row["id"],
            Field(
                name=row["name"],
                type=row["type"],
                description=row["description"],
                enum=tuple(row.get("enum", ())),
                children=tuple(Field(name=child) for child in row.get("children", ())),
            ),
            tuple(map(Section, [row["expected"], *row["also_acceptable"]])),
        )
        for row in rows
    ]


def everything() -> list[Example]:
    """Our own examples, and the shared ones where they are."""
    return read(OWN) + (read(SHARED) if SHARED.exists() else [])


def told(verdict: Verdict) -> dict[Section, float]:
    """The probabilities, rounded to where sums of the same weights in another order agree."""
    return {section: round(p, 12) for section, p in verdict.probabilities.items()}


def section(field: Field) -> Section:
    """Where the shipped judge puts a field."""
    return judge(field).section


def snake(name: str) -> str:
    """`lastScheduleTime` as `last_schedule_time`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def camel(name: str) -> str:
    """`last_schedule_time` as `lastScheduleTime`."""
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), name)


def rewrapped(text: str) -> Iterator[str]:
    """A text with its line breaks elsewhere: at each gap once, and at all of them."""
    gaps = [match.start() for match in re.finditer(" ", text)]
    yield from (f"{text[:gap]}\n{text[gap + 1 :]}" for gap in gaps)
    yield re.sub(" +", "\n", text)  # an empty line would end a paragraph


def marked_up(text: str) -> Iterator[str]:
    """A text with each of its words in code or bold, and with all of them so."""
    words = list(re.finditer(r"[\w'-]+", text))
    for mark in ("`", "**"):
        for word in words:
            yield f"{text[: word.start()]}{mark}{word[0]}{mark}{text[word.end() :]}"
        yield re.sub(r"([\w'-]+)", rf"{mark}\1{mark}", text)
