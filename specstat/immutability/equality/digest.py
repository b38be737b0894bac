"""The hash of what a policy fixes in an object, and the names of what it covers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from specstat.immutability.cells import Cell
from specstat.immutability.equality.canonical import Canonical, encode, list_text
from specstat.immutability.equality.prepare import Json, prepare
from specstat.immutability.equality.projection import project
from specstat.immutability.paths import Path, PathError, parse, text_of
from specstat.immutability.schema import Absent, Schema
from specstat.immutability.terms import Word

_BUT = " but "
_HASHED = frozenset({Word.UNTIL_ACCEPTED, Word.NEVER})


def digest(value: Json, cells: Iterable[Cell], schema: Schema) -> str:
    """The SHA-256, in hexadecimal digits, of what an object holds at the cells that are covered.

    `schema` is that of the whole object, which need not be prepared.
    """
    return sha256(encode(canonical_form(value, cells, schema))).hexdigest()


def canonical_form(value: Json, cells: Iterable[Cell], schema: Schema) -> Canonical:
    """The text that is hashed: a list of pairs of a field's name and what it holds, by name."""
    prepared = prepare(value, schema)
    pairs = [
        list_text((Canonical(json.dumps(name_of(cell), ensure_ascii=False)), held))
        for cell in sorted(_covered(prepared, cells, schema), key=name_of)
        if not isinstance(held := project(prepared, cell, schema), Absent)
    ]
    return list_text(pairs)


def covered(value: Json, cells: Iterable[Cell], schema: Schema) -> tuple[Cell, ...]:
    """The cells that the hash of an object covers.

    Those that are fixed, and those that may be set once where they have a value; metadata and
    what may only grow are not in it.
    """
    return _covered(prepare(value, schema), cells, schema)


def names(value: Json, cells: Iterable[Cell], schema: Schema) -> tuple[str, ...]:
    """The names of the cells that the hash of an object covers, sorted; for a record."""
    return tuple(sorted(map(name_of, covered(value, cells, schema))))


def _covered(prepared: Json, cells: Iterable[Cell], schema: Schema) -> tuple[Cell, ...]:
    return tuple(
        cell
        for cell in cells
        if cell.path[:1] != ("metadata",)
        and (
            cell.word in _HASHED
            or (
                cell.word is Word.SET_ONCE
                and not isinstance(project(prepared, cell, schema), Absent)
            )
        )
    )


def name_of(cell: Cell) -> str:
    """A cell's path, with the fields that it leaves out: `spec.config but "debug","trace"`."""
    if not cell.but:
        return text_of(cell.path)
    left_out = json.dumps(sorted(cell.but), ensure_ascii=False, separators=(",", ":"))
    return f"{text_of(cell.path)}{_BUT}{left_out[1:-1]}"


def cell_of(name: str, schema: Schema) -> Cell | None:
    """The cell of such a name, fixed once accepted; None where the schema has no such field.

    Raises PathError where the name is none.
    """
    path, but = _parts(name)
    found = schema.at(path)
    return None if found is None else Cell(path, Word.UNTIL_ACCEPTED, found, but)


def _parts(name: str) -> tuple[Path, frozenset[str]]:
    try:
        return parse(name), frozenset()
    except PathError as error:
        behind = name[error.offset :]
        if not behind.startswith(_BUT):
            raise
        path = parse(name[: error.offset])
        try:
            left_out = json.loads(f"[{behind.removeprefix(_BUT)}]")
        except ValueError:
            raise error from None
        return path, frozenset(map(str, left_out))
