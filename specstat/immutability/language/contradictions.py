"""Paths of one policy that do not go together: no rule says which of them decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from specstat.immutability.paths import Each, Path, covers, text_of
from specstat.immutability.terms import Named, Terms, Word


class Contradiction(NamedTuple):
    """The path to complain about, and what is wrong with it and what to do, in words."""

    named: Named
    message: str


def contradictions(terms: Terms) -> Iterator[Contradiction]:
    """Paths for which the longer one cannot win, in the order of the policy."""
    named = sorted((*terms.fixed, *terms.open), key=lambda one: one.span)
    yield from _keys_beside_values(named)
    yield from _below_growing(named)


def _keys_beside_values(named: list[Named]) -> Iterator[Contradiction]:
    """Every value of a map and a key of it: neither is longer."""
    seen: dict[tuple[Path, bool], Named] = {}
    for one in named:
        for at, step in enumerate(one.path):
            if step is Each.ITEM:
                continue
            above = one.path[:at]
            seen.setdefault((above, step is Each.VALUE), one)
            if (other := seen.get((above, step is not Each.VALUE))) is not None:
                message = (
                    f"{text_of(one.path)} and {text_of(other.path)} speak of the same value of a "
                    f"map; name keys of {text_of(above)} only, or {text_of(above)} itself with "
                    "keys as exceptions"
                )
                yield Contradiction(one, message)


def _below_growing(named: list[Named]) -> Iterator[Contradiction]:
    """What only grows has its items as they are: none of them has parts with words of their own."""
    growing = [one for one in named if one.word is Word.APPEND_ONLY]
    for one in named:
        for outer in growing:
            below = one.path[len(outer.path) :]
            is_key = len(below) == 1 and isinstance(below[0], str)
            if covers(outer.path, one.path) and below and not is_key:
                message = (
                    f"{text_of(one.path)} lies below {text_of(outer.path)}, which is append-only, "
                    "so its items stay as they are; take one of the two out"
                )
                yield Contradiction(one, message)
