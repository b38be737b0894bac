"""Where a policy and the schema of its kind do not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from specstat.immutability.cells import cells_of
from specstat.immutability.lock import text
from specstat.immutability.paths import Each, Path, text_of
from specstat.immutability.schema import Schema
from specstat.immutability.terms import (
    ConditionTest,
    FieldTest,
    PolicyError,
    Terms,
    Word,
)
from specstat.model.source import Span
from specstat.readers.settings.places import Place

# A hash in hexadecimal digits, the generation and the keys around them; the fields come on top.
_RECORD = 130
_QUOTED = 3
_CONDITIONS: Path = ("status", "conditions")
_SHOWN = 12


class Mismatch(NamedTuple):
    """What does not fit: a path of the policy, the trouble with it in words, what to do, where."""

    path: Path
    what: str
    hint: str
    span: Span


def unknown_fields(terms: Terms, schema: Schema) -> Iterator[Mismatch]:
    """Paths under `immutable` and `mutable` that the schema does not have, or not for the word."""
    cells = cells_of(terms, schema)
    fixed = {cell.path[:length] for cell in cells for length in range(len(cell.path) + 1)}
    for named in (*terms.fixed, *terms.open):
        found = schema.at(named.path)
        if found is None:
            yield Mismatch(named.path, "names no field", _near(named.path, schema), named.span)
        elif named.word is Word.APPEND_ONLY and not _grows(found):
            what = f"is append-only, but of type {found.type or 'int-or-string'}"
            hint = "append-only is for lists and maps; take set-once"
            yield Mismatch(named.path, what, hint, named.span)
        elif named.word is not None and named.path not in fixed:
            what = "is immutable, and all of it is left open under mutable"
            yield Mismatch(named.path, what, "take one of the two out", named.span)


def _grows(schema: Schema) -> bool:
    return (schema.type in {"array", ""} and not schema.int_or_string) or (
        schema.type == "object" and (schema.is_open or schema.values is not None)
    )


def _near(path: Path, schema: Schema) -> str:
    """What was probably meant, or what there is at the first step that is not there."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    here = schema
    known = 0
    while known < len(path) - 1 and (below := here.below(path[known])) is not None:
        here = below
        known += 1
    step, above = path[known], text_of(path[:known]) or "an object"
    if isinstance(step, Each):
        return f"{above} is of type {here.type}; take {step.value} out"
    if here.type == "array" or here.values is not None:
        each = Each.ITEM if here.type == "array" else Each.VALUE
        return f"write {text_of((*path[:known], each, *path[known:]))} to reach into {above}"
    near = get_close_matches(step, list(here.properties), 1, 0.6)
    if near:
        return f"did you mean {text_of((*path[:known], near[0], *path[known + 1 :]))}?"
    known_names = sorted(here.properties)
    more = len(known_names) - _SHOWN
    there = ", ".join(known_names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
    return f"{above} has {there}" if there else f"{above} has no fields"


def record(terms: Terms, schema: Schema) -> Iterator[Mismatch]:
    """A record that has no place in the schema."""
    if terms.record is None:
        return
    span = terms.span_of("record")
    found = schema.at(terms.record)
    if found is None:
        hint = f"add it to the schema, a string; {_near(terms.record, schema)}"
        yield Mismatch(terms.record, "is no field that could hold the hash", hint, span)
        return
    limit = found.bounds.get("maxLength")
    if found.type not in {"string", "object", ""} or found.int_or_string:
        what = f"is of type {found.type or 'int-or-string'}, which holds no record"
        yield Mismatch(terms.record, what, "make it a string or an object", span)
    elif limit is not None and limit < (needed := _length(terms, schema)):
        what = f"takes {limit:g} characters at most, and a record has about {needed}"
        yield Mismatch(terms.record, what, f"let maxLength be {2 * needed} or more", span)


def _length(terms: Terms, schema: Schema) -> int:
    """How long a record is at least, which names what it covers."""
    covered = (cell for cell in cells_of(terms, schema) if cell.word is not Word.APPEND_ONLY)
    return _RECORD + sum(len(text_of(cell.path)) + _QUOTED for cell in covered)


def written(terms: Terms, schema: Schema) -> Iterator[Mismatch]:
    """What is written on a violation, and the status cannot hold: the write is lost or refused."""
    said, span = terms.on_violation, terms.span_of("on-violation")
    if said.phase:
        found = schema.at(said.phase_field)
        known = [text(value) or "" for value in found.enum] if found else []
        if found is None:
            what = f"is no field, and {said.phase} is written there on a violation"
            yield Mismatch(said.phase_field, what, "name the field in phase-field", span)
        elif known and said.phase not in known:
            what = f"is set to {said.phase} on a violation, and can only be {', '.join(known)}"
            yield Mismatch(said.phase_field, what, f"add {said.phase} to its enum", span)
    if said.conditions and schema.at(_CONDITIONS) is None:
        what = f"is no field, and {said.conditions[0][0]} is written there on a violation"
        yield Mismatch(_CONDITIONS, what, "add status.conditions, or write no conditions", span)


def triggers(terms: Terms, schema: Schema) -> Iterator[Mismatch]:
    """Tests on what the schema does not have: they never hold, or always."""
    keys = (
        ("locked-when", terms.locked_when),
        ("exempt-when", terms.exempt_when),
        ("terminal", (terms.terminal,)),
    )
    for key, tests in keys:
        span = terms.span_of(key)
        for test in tests:
            if isinstance(test, ConditionTest) and schema.at(_CONDITIONS) is None:
                what = f"is asked for {test.type} by {key}, and is no field"
                hint = "a condition that cannot be reported locks nothing; add status.conditions"
                yield Mismatch(_CONDITIONS, what, hint, span)
            if isinstance(test, FieldTest):
                yield from _field(test, key, schema, span)


def _field(test: FieldTest, key: str, schema: Schema, span: Span) -> Iterator[Mismatch]:
    found = schema.at(test.path)
    if found is None:
        what = f"is tested by {key}, and is no field"
        yield Mismatch(test.path, what, _near(test.path, schema), span)
    elif found.type in {"object", "array"}:
        what = f"is tested by {key}, and is of type {found.type}"
        yield Mismatch(test.path, what, "only a single value can be tested", span)
    elif found.enum:
        known = [text(value) or "" for value in found.enum]
        for value in test.values:
            if value not in known and value != test.absent:
                what = f"is tested for {value} by {key}, and can only be {', '.join(known)}"
                yield Mismatch(test.path, what, "write one of its values", span)


def refuse(terms: Terms, schema: Schema, told: str) -> None:
    """Raise a PolicyError at the first path that a schema does not have; `told` names it."""
    for found in (*unknown_fields(terms, schema), *record(terms, schema)):
        place = Place(terms.source, found.span) if terms.source.text else None
        at = f"{place.exact}: " if place else f"policy {terms.name}: "
        message = f"{at}{text_of(found.path)} {found.what} ({terms.kind} {told}); {found.hint}"
        raise PolicyError(message)
