"""The identity of an object: what ObjectMeta already holds.

Metadata is no learned section. `data/identity.json` lists ObjectMeta's fields with the
probability that a field of this name means the object's own, before its description is read
(Kubernetes API conventions, "Metadata"). A description that speaks of the object itself takes most
of the doubt away, one that speaks of another object divides the probability by ten,
any other one takes a fifth of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from specstat.judge.traits import Traits
from specstat.judge.words import split

_OTHER_OBJECT = 0.1
_NEITHER = 0.8
_DOUBT_LEFT = 0.15


class Identity(NamedTuple):
    """How likely a field repeats the object's own ObjectMeta, and why."""

    probability: float
    reason: str


class _Table(NamedTuple):
    owner: tuple[str, ...]
    other: tuple[str, ...]
    fields: Mapping[str, Identity]


@cache
def _table() -> _Table:
    data = json.loads(Path(__file__).with_name("data").joinpath("identity.json").read_text("utf-8"))
    fields = {row["name"]: Identity(row["probability"], row["reason"]) for row in data["fields"]}
    return _Table(tuple(data["owner"]), tuple(data["other"]), fields)


def of(traits: Traits, kind: str) -> Identity | None:
    """The identity of a field by its name and description; None where its name is none.

    `kind` is the kind that the field stands in, if it is known: "this widget" is the object then.
    """
    table = _table()
    known = table.fields.get(" ".join(traits.words))
    if known is None or not traits.prose.tokens:
        return known
    text = f" {' '.join(traits.prose.tokens)} "
    words = split(kind)
    if kind and any(f" this {name} " in text for name in {" ".join(words), "".join(words)}):
        return Identity(1 - (1 - known.probability) * _DOUBT_LEFT, known.reason)
    if any(f" {phrase} " in text for phrase in table.other):
        return Identity(known.probability * _OTHER_OBJECT, known.reason)
    if any(f" {phrase} " in text for phrase in table.owner):
        return Identity(1 - (1 - known.probability) * _DOUBT_LEFT, known.reason)
    return Identity(known.probability * _NEITHER, known.reason)
