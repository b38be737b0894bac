"""A policy's paths against a schema: the cells that are fixed.

A cell is a part of the object that is compared as a whole. What is fixed with exceptions is cut
into cells around them, so nothing above the cells needs to know of exceptions: that an object
which holds an exception is there or not is no change by itself, only what its cells hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from specstat.immutability.paths import Each, Path, Step
from specstat.immutability.schema import Schema
from specstat.immutability.terms import Terms, Word

SPEC: Path = ("spec",)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is compared as a whole: the value at a path, without the fields named in `but`.

    `schema` is that of the value. Behind a list or map in the path, the values of all items count,
    each with its key or position. `but` is not empty only where the schema does not list the
    fields of an object (unknown ones are kept, a map).
    """

    path: Path
    word: Word
    schema: Schema
    but: frozenset[str] = frozenset()


def cells_of(terms: Terms, schema: Schema) -> tuple[Cell, ...]:
    """The cells that a policy fixes in objects of a schema, in the order of the schema.

    Paths that the schema does not know give no cells; `unknown_paths` tells them.
    """
    said: dict[Path, Word | None] = {n.path: n.word for n in (*terms.fixed, *terms.open)}
    if terms.default_fixed:
        said.setdefault(SPEC, Word.UNTIL_ACCEPTED)
    return tuple(_cells((), schema, None, said))


def unknown_paths(terms: Terms, schema: Schema) -> tuple[Path, ...]:
    """The paths of a policy that its schema does not know, in the order of the policy."""
    named = (n.path for n in (*terms.fixed, *terms.open))
    return tuple(path for path in named if schema.at(path) is None)


def _cells(
    path: Path, schema: Schema, word: Word | None, said: Mapping[Path, Word | None]
) -> Iterator[Cell]:
    """The cells at and below a path; `said` are the paths at and below it, with their words.

    `word` holds where nothing else is said below.
    """
    here = len(path)
    named: dict[Step, dict[Path, Word | None]] = {}
    for longer, its in said.items():
        if len(longer) > here:
            named.setdefault(longer[here], {})[longer] = its
    if not named:
        if word is not None:
            yield Cell(path, word, schema)
        return
    steps = [s for s in schema.properties if s in named or word is not None]
    for step in (*steps, *(s for s in named if s not in schema.properties)):
        inner = schema.below(step)
        if inner is not None:
            own = (*path, step)
            below = named.get(step, {})
            yield from _cells(own, inner, below.get(own, word), below)
    if word is not None and (schema.is_open or schema.values is not None):
        known = frozenset(s for s in (*schema.properties, *named) if isinstance(s, str))
        if not any(isinstance(step, Each) for step in named):
            yield Cell(path, word, schema, known)
