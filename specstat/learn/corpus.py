"""Labelled fields: JSON lines, each a field and the section that its maintainers keep it in."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from specstat.model.resource import Field, Section
from specstat.model.types import openapi

_NEAR = 80  # characters of a description; near copies have them in common


class CorpusError(ValueError):
    """A corpus that cannot be used; the message says which, where and what to do."""


class TooFewError(ValueError):
    """A corpus that is too small to learn from; the message says how much is missing."""


class Example(NamedTuple):
    """A field, whether it stands in status (else in spec), and the project that it is from.

    `source` tells examples of another sort apart (nested fields, other languages), which count
    `weight` times. No figure is measured on these.
    """

    field: Field
    in_status: bool
    family: str
    source: str = ""
    weight: float = 1.0


class Place(NamedTuple):
    """A field of a kind in the section that its maintainers keep it in."""

    kind: str
    section: str
    field: str


def read(
    paths: Collection[Path],
    without: Collection[str] = (),
    corrections: Mapping[Place, str] = MappingProxyType({}),
) -> list[Example]:
    """The fields of some files, those of the families `without` left out.

    Fields that stand in both sections have no one answer, and near copies within a family count
    once: the same name, section and start of the description. `corrections` says of single
    fields where they belong instead, or with an empty section that nobody can say.
    """
    found: dict[tuple[str, ...], Example] = {}
    for row in _labelled(paths, without):
        own = _place(row)
        section = corrections.get(own, own.section)
        if section and not row.get("in_both"):
            is_status = section == Section.STATUS
            example = Example(_field(row), is_status, _family(row))
            found.setdefault(_likeness(row, section), example)
    return list(found.values())


class Placed(NamedTuple):
    """A field with its place in a resource, for learning from its neighbours.

    `telling` is false for what tells nothing new: near copies, fields that stand in both sections.
    """

    resource: str
    family: str
    field: Field
    telling: bool


def placed(
    paths: Collection[Path],
    without: Collection[str] = (),
    corrections: Mapping[Place, str] = MappingProxyType({}),
) -> list[Placed]:
    """All fields of spec and status of some files, but for the families `without`.

    Fields with a correction are neighbours, and nothing is learned from them.
    """
    seen, found = set(), []
    for row in _labelled(paths, without):
        own, both = _place(row), bool(row.get("in_both"))
        likeness = _likeness(row, own.section)
        telling = not (likeness in seen or own in corrections or both)
        if not both:
            seen.add(likeness)
        field = replace(
            _field(row), section=Section(own.section), path=f"{own.section}.{own.field}"
        )
        found.append(Placed(str(row.get("resource") or ""), _family(row), field, telling))
    return found


def _labelled(paths: Collection[Path], without: Collection[str]) -> Iterator[dict[str, Any]]:
    """The rows of spec and status, but for the families `without`."""
    left_out = frozenset(without)
    for path in paths:
        for row in _rows(path):
            if row.get("section") in {Section.SPEC, Section.STATUS} and (
                _family(row) not in left_out
            ):
                yield row


def _family(row: dict[str, Any]) -> str:
    return row.get("family") or row.get("group") or ""


def _place(row: dict[str, Any]) -> Place:
    kind = (row.get("resource") or "").rpartition("_")[0]
    return Place(kind, row["section"], row["name"])


def _likeness(row: dict[str, Any], section: str) -> tuple[str, ...]:
    """What near copies within a family have in common."""
    return _family(row), row["name"], section, (row.get("description") or "")[:_NEAR]


def undescribed(examples: Collection[Example]) -> list[Example]:
    """Copies of the described examples without description: a name must do on its own, too."""
    return [
        e._replace(field=replace(e.field, description="")) for e in examples if e.field.description
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        data = path.read_bytes()
        text = gzip.decompress(data) if path.suffix == ".gz" else data
    except (OSError, EOFError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        message = f"cannot read the corpus {path}: {why}"
        raise CorpusError(message) from None
    for number, line in enumerate(text.splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or not row.get("name") or not _is_well_formed(row):
            message = (
                f"{path}:{number}: not a labelled field; a line is a JSON object with name and "
                'section, such as {"name": "retries", "section": "spec", "type": "integer"}'
            )
            raise CorpusError(message)
        yield row


def _is_well_formed(row: dict[str, Any]) -> bool:
    """Whether what is read of a row has the types that it must have."""
    texts = ("name", "section", "description", "format", "family", "group", "resource")
    lists = ("children", "constraints", "enum")
    return (
        all(isinstance(row.get(key) or "", str) for key in texts)
        and all(isinstance(row.get(key) or [], list) for key in lists)
        and all(isinstance(x, str) for key in lists[:2] for x in row.get(key) or ())
    )


def _field(row: dict[str, Any]) -> Field:
    written = row.get("type") or ""
    if not isinstance(written, str):
        written = next((t for t in written if t != "null"), "")
    type_, format_ = openapi(written, row.get("format") or "")
    return Field(
        name=row["name"],
        type=type_,
        format=format_,
        description=row.get("description") or "",
        enum=tuple(map(str, row.get("enum") or ())),
        has_default=bool(row.get("has_default")),
        required=bool(row.get("required")),
        constraints=tuple(
            (word, "") for word in row.get("constraints") or () if not word.startswith("x-")
        ),
        children=tuple(Field(name=child) for child in row.get("children") or ()),
    )
