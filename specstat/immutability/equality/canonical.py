"""Values in the form in which equal ones are the same text.

Equal means what Kubernetes' evaluator of CEL rules says of stored values of a schema. The form is
JSON with fixed spelling; docs/immutability-hash.md describes it for other languages.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NewType

from specstat.immutability.equality import scalars
from specstat.immutability.equality.prepare import Json, field_of
from specstat.immutability.schema import UNTYPED, Schema

# The text of a value: JSON with sorted keys and no blanks. Two values of one schema are equal where
# their texts are.
Canonical = NewType("Canonical", str)

ALGORITHM = "v1"


def canonical(value: Json, schema: Schema = UNTYPED) -> Canonical:
    """The text of a prepared value of a schema; what does not fit it counts as plain JSON."""
    if schema is UNTYPED:
        return _plain(value)
    if isinstance(value, Mapping):
        # Rules ask has(), to which a listed field that is null is not there.
        there = ((k, v) for k, v in value.items() if v is not None or k not in schema.properties)
        fields = ((k, canonical(v, field_of(schema, k) or UNTYPED)) for k, v in there)
        return object_text(fields)
    if isinstance(value, (list, tuple)):
        return _list(value, schema)
    return _scalar(value, schema)


def _plain(value: Json) -> Canonical:
    """The text of a value of no schema; with a stack of its own, since it may be of any depth."""
    done: list[Canonical] = []
    todo = [(value, False)]
    while todo:
        here, is_below_done = todo.pop()
        if not isinstance(here, (Mapping, list, tuple)):
            done.append(_scalar(here, UNTYPED))
        elif not is_below_done:
            todo.append((here, True))
            below = here.values() if isinstance(here, Mapping) else here
            todo += [(inner, False) for inner in below][::-1]
        else:
            start = len(done) - len(here)
            texts = done[start:]
            is_object = isinstance(here, Mapping)
            done[start:] = [
                object_text(zip(here, texts, strict=True)) if is_object else list_text(texts)
            ]
    return done[0]


def _scalar(value: Json, schema: Schema) -> Canonical:
    if isinstance(value, str):
        return Canonical(_text(value, schema))
    if value is None or isinstance(value, bool):
        return Canonical(json.dumps(value))
    typed = scalars.double if schema.type == "number" else scalars.number
    return Canonical(scalars.number_text(typed(value)))


def encode(value: Canonical) -> bytes:
    """The bytes that are hashed."""
    return value.encode("utf-8", "surrogatepass")


def object_text(fields: Iterable[tuple[str, Canonical]]) -> Canonical:
    """An object of canonical values, by its keys' code points (the order of their UTF-8)."""
    return Canonical("{" + ",".join(f"{_quoted(k)}:{v}" for k, v in sorted(fields)) + "}")


def list_text(items: Iterable[Canonical]) -> Canonical:
    """A list of canonical values, in their order."""
    return Canonical(f"[{','.join(items)}]")


def set_text(items: Iterable[Canonical]) -> Canonical:
    """A set of canonical values, in the order of their texts.

    Texts that differ may spell one value, which counts once; the last is then repeated to the
    length that was written, because Kubernetes compares lengths first.
    """
    every = list(items)
    unique = sorted(set(every))
    return list_text(unique + unique[-1:] * (len(every) - len(unique)))


def keys_of(item: Json, schema: Schema) -> Canonical:
    """The keys of an item of a map list, as one text.

    They are compared as they are written: to Kubernetes two spellings of one moment are two keys.
    """
    fields = item if isinstance(item, Mapping) else {}
    return list_text(canonical(fields.get(key)) for key in schema.list_keys)


def _list(value: list[Json] | tuple[Json, ...], schema: Schema) -> Canonical:
    inner = schema.items or UNTYPED
    if schema.list_type == "map":
        plain = {**inner.properties, **dict.fromkeys(schema.list_keys, UNTYPED)}
        keyed = replace(inner, properties=plain)
        pairs = [(keys_of(item, schema), canonical(item, keyed)) for item in value]
        return list_text(text for _, text in sorted(pairs))
    items = [canonical(item, inner) for item in value]
    return set_text(items) if schema.list_type == "set" else list_text(items)


def _text(value: str, schema: Schema) -> str:
    """A text by the value that its format gives it; as it is where the format does not fit."""
    if schema.type == "string":
        if schema.format == "date-time":
            return _quoted(scalars.moment_text(value))
        if schema.format == "duration" and (length := scalars.duration(value)) is not None:
            return str(length)
        if schema.format == "byte" and (content := scalars.data(value)) is not None:
            return _quoted(base64.b64encode(content).decode())
    return _quoted(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
