"""The record of an accepted object: which fields were hashed how, when, and to what.

In a field of type string a record is a line of compact JSON, in a field of type object it is that
object. Its fields are the names that the hash has for cells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from specstat.immutability.cells import Cell
from specstat.immutability.equality.digest import cell_of
from specstat.immutability.paths import PathError
from specstat.immutability.schema import ABSENT, Schema

_HASH = re.compile(r"[0-9a-fA-F]{64}")
_RESTORE = "restore it, or remove it and have the controller accept the object anew"


class RecordError(ValueError):
    """What stands where a record should be and is none; the message says what to do.

    `plain` is the hash where somebody wrote 64 hex digits and nothing beside.
    """

    def __init__(self, message: str, plain: str = "") -> None:
        super().__init__(message)
        self.plain = plain


class Record(NamedTuple):
    """What was accepted: the hash of some fields, made by an algorithm, at a generation.

    `generation` is the latest `metadata.generation` at which the fields were seen to be as
    accepted. `fields` are the names of cells.
    """

    algorithm: str
    fields: tuple[str, ...]
    generation: int
    hash: str


def to_value(record: Record, schema: Schema) -> str | dict[str, Any]:
    """A record as the field of a schema holds it: an object where it is one, else a text."""
    plain = {
        "algorithm": record.algorithm,
        "generation": record.generation,
        "hash": record.hash,
        "fields": list(record.fields),
    }
    if schema.type == "object":
        return plain
    return json.dumps(plain, separators=(",", ":"), ensure_ascii=False)


def of_value(value: object, where: str = "the record") -> Record | None:
    """The record that a field holds; None where it holds none (absent, null, empty).

    Raises RecordError for anything else, also for a plain hash; `where` names the field in it.
    """
    if value is ABSENT or value is None or value in ("", {}):
        return None
    if isinstance(value, Record):
        return value
    found = _of_text(value, where) if isinstance(value, str) else value
    if not isinstance(found, Mapping):
        message = (
            f"{where} holds no record but a value of another kind ({type(found).__name__});"
            f" {_RESTORE}"
        )
        raise RecordError(message)
    return _of_mapping(found, where)


def _of_text(text: str, where: str) -> object:
    if _HASH.fullmatch(text.strip()):
        message = (
            f"{where} holds a plain hash and nothing beside, as another controller may have"
            " written it: which fields it covers, and at which generation, nobody can say; remove"
            " it and have the controller accept the object anew"
        )
        raise RecordError(message, text.strip().lower())
    try:
        return json.loads(text)
    except RecursionError:
        place = "from the start"
    except json.JSONDecodeError as error:
        place = f"from character {error.pos + 1} of {len(text)}"
    except ValueError:
        place = "in a number"
    raise RecordError(f"{where} holds a record that is cut or damaged {place}; {_RESTORE}")


def _of_mapping(found: Mapping[str, Any], where: str) -> Record:
    algorithm, fields = found.get("algorithm"), found.get("fields")
    generation, digest = found.get("generation"), found.get("hash")
    wrong = [
        key
        for key, fits in (
            ("algorithm", isinstance(algorithm, str) and algorithm),
            (
                "fields",
                isinstance(fields, list | tuple) and all(isinstance(f, str) for f in fields),
            ),
            ("generation", type(generation) is int and generation >= 0),
            ("hash", isinstance(digest, str) and digest),
        )
        if not fits
    ]
    if wrong:
        some = [f"{key} is {'wrong' if key in found else 'missing'}" for key in wrong]
        raise RecordError(f"the record in {where} is damaged: {', '.join(some)}; {_RESTORE}")
    return Record(str(algorithm), tuple(fields or ()), int(generation or 0), str(digest).lower())


def cells_of_record(
    record: Record, schema: Schema, where: str = "the record"
) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
    """The cells that a record names, and those of its fields that the schema does not know.

    Raises RecordError where it names what is no path.
    """
    cells: list[Cell] = []
    unknown: list[str] = []
    for name in record.fields:
        try:
            cell = cell_of(name, schema)
        except PathError as error:
            message = f"the record in {where} is damaged: {error}; {_RESTORE}"
            raise RecordError(message) from None
        if cell is None:
            unknown.append(name)
        else:
            cells.append(cell)
    return tuple(cells), tuple(unknown)
