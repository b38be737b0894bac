"""Which release brought which codes; the table is `rules/releases.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from specstat.rules.packs import folder

Release = tuple[int, ...]


class Releases(NamedTuple):
    """The first release, and the codes that each later one brought."""

    first: str
    later: Mapping[str, tuple[str, ...]]


@cache
def releases() -> Releases:
    """The table as it is shipped."""
    import yaml  # noqa: PLC0415 - only what is pinned needs it

    text = folder().joinpath("releases.yaml").read_text("utf-8")
    table = yaml.safe_load(text)
    return Releases(table["first"], {r: tuple(codes) for r, codes in table["later"].items()})


def release(text: str) -> Release:
    """A release such as `0.10` as numbers, to compare it with others; `0.1.0` is `0.1`."""
    numbers = [int(part) for part in text.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def after(pinned: str, table: Releases | None = None) -> frozenset[str]:
    """The codes that came with releases later than one: they are off where that is pinned."""
    later = (table or releases()).later
    limit = release(pinned)
    return frozenset(c for r, codes in later.items() if release(r) > limit for c in codes)
