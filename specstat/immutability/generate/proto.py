"""A policy as annotations of the fields of a proto resource.

Annotations say how far a field may change, and nothing enforces them; what they cannot say is
refused where a reader would take the field for freer than it is, and told where not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from specstat.immutability.cells import Cell, cells_of
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.paths import Path, parse, text_of
from specstat.immutability.schema import Schema
from specstat.immutability.terms import Always, ConditionTest, Creation, Named, Terms, Word
from specstat.model.resource import NOWHERE, Field, Resource

_OTHER = "To do: name the fields one by one, or use another target"


class Annotated(NamedTuple):
    """A field and the word that its annotation says."""

    field: Field
    word: Word


def annotated(
    terms: Terms, resource: Resource, *, without_metadata: bool = False
) -> tuple[Annotated, ...]:
    """The fields of a resource that a policy fixes, each with its word, in their order.

    Raises CannotExpress where annotations cannot say what the policy says, or the resource has no
    such field.
    """
    if not without_metadata:
        _refuse_metadata(terms)
    fields = {parse(f.path): f for root in resource.fields for f in root.walk()}
    own = _in_names_of(terms, fields)
    schema = Schema("object", properties={f.name: schema_of(f) for f in resource.fields})
    cells = [c for c in cells_of(own, schema) if c.path[0] != "metadata"]
    words = {cell.path: _word(own, cell) for cell in cells}
    for cell in cells:
        _refuse_cell(cell, fields)
    for path, field in fields.items():
        _refuse_shared(path, field, fields, words)
    if not words:
        raise CannotExpress(f"the policy fixes no field of {resource.kind}", _OTHER)
    places: dict[tuple[str, int], Annotated] = {}
    for path, word in words.items():
        field = fields[path]
        key = (resource.source_of(field).path, field.name_span.start)
        places.setdefault(key, Annotated(field, word))
    return tuple(places.values())


def unsaid(terms: Terms) -> Iterator[str]:
    """What annotations leave out of a policy, without anybody taking a field for freer."""
    plain = (ConditionTest("Accepted"), Creation(), Always())
    if any(test not in plain for test in terms.locked_when):
        yield "annotations do not say what locks an object: until-accepted stands for all of it"
    if terms.exempt_when:
        yield "annotations know no exempt objects: for them, too, the fields are told to be fixed"


def schema_of(field: Field) -> Schema:
    """The schema of a field as far as paths need it: what it holds, and in lists or maps."""
    inner = Schema("object", properties={c.name: schema_of(c) for c in field.children})
    suffixes = [field.children[0].path[len(field.path) :]] if field.children else []
    is_map = field.type == "object" and any(s.startswith("{}") for s in suffixes)
    if any(s.startswith("[]") for s in suffixes):
        return Schema("array", items=inner)
    if is_map:
        return Schema("object", values=inner)
    if field.children:
        return inner
    return Schema(field.type or "string")


def _in_names_of(terms: Terms, fields: Iterable[Path]) -> Terms:
    """The policy with its paths in the names of the proto: `agentRef` may stand for `agent_ref`."""
    known = {_folded(path): path for path in fields}

    def named(one: Named) -> Named:
        if one.path[0] == "metadata":
            return one
        path = known.get(_folded(one.path))
        if path is None:
            from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

            close = get_close_matches(text_of(one.path), map(text_of, known.values()), 1)
            hint = f"Did you mean {close[0]}?" if close else "Name a field that it has"
            raise CannotExpress(f"the proto has no field {text_of(one.path)}", hint.rstrip("?"))
        return one._replace(path=path)

    return replace(terms, fixed=tuple(map(named, terms.fixed)), open=tuple(map(named, terms.open)))


def _folded(path: Path) -> Path:
    return tuple(s.replace("_", "").lower() if isinstance(s, str) else s for s in path)


def _word(terms: Terms, cell: Cell) -> Word:
    """The word of a cell; what is locked as soon as it is created never changes."""
    at_once = any(isinstance(test, (Creation, Always)) for test in terms.locked_when)
    return Word.NEVER if at_once and cell.word is Word.UNTIL_ACCEPTED else cell.word


def _refuse_metadata(terms: Terms) -> None:
    held = [text_of(n.path) for n in terms.fixed if n.path[0] == "metadata"]
    keys = [*terms.owned.labels, *terms.owned.annotations]
    if held or keys:
        what = held[0] if held else f"owned keys such as {keys[0]}"
        raise CannotExpress(
            f"the policy fixes {what}, of which fields of a proto say nothing",
            "To do: leave the metadata to another target (--without-metadata)",
        )


def _refuse_cell(cell: Cell, fields: dict[Path, Field]) -> None:
    told = text_of(cell.path)
    field = fields.get(cell.path)
    if cell.but:
        raise CannotExpress(f"{told} is fixed but for {', '.join(sorted(cell.but))}", _OTHER)
    if field is None or field.name_span == NOWHERE:
        raise CannotExpress(f"{told} is no field that could be annotated by itself", _OTHER)


def _refuse_shared(
    path: Path, field: Field, fields: dict[Path, Field], words: dict[Path, Word]
) -> None:
    """Refuse a field of a message that several fields have as their type, and fix differently."""
    word = words.get(path)
    if word is None:
        return
    for other, same in fields.items():
        is_same = same.name_span == field.name_span and same.source == field.source
        if is_same and words.get(other) is not word:
            reason = f"{text_of(path)} and {text_of(other)} are one field of a shared message"
            raise CannotExpress(
                f"{reason}, and the policy says different things of them",
                "To do: give one of them a message of its own, or name the fields that hold them",
            )
