"""A field as the judge sees it: name words, prose, and facts as atoms.

An atom is a kind and a value, such as `head:time` or `child:last transition time`; signals are
made of atoms. One set of atoms is computed for a field and all tests look at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from specstat.judge import prose
from specstat.judge.prose import Prose
from specstat.judge.words import split
from specstat.model.resource import Field

_LIFECYCLE = frozenset(
    "active available bound complete degraded done error false healthy inactive lost "
    "ready success true unavailable unhealthy unknown new".split()
)
_NOT_PARTICIPLES = frozenset(
    "advanced bed based dedicated embed embedded encrypted exceed feed fixed indeed "
    "limited named need privileged required restricted seed shared speed trusted unified".split()
)
_CHECKS = frozenset(
    "pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength minItems "
    "minProperties uniqueItems".split()
)
_MANY_CHILDREN = 8
# A bound, so that no field costs more.
MOST_CHILDREN = 256
_SHORTEST = 5  # "based" could be one, "need" and "bed" are none


@dataclass(frozen=True, slots=True, eq=False)
class Atoms:
    """Atoms that come together, and the words of the field behind each.

    They come again in many fields as the same object and are told apart as such, so that what
    they satisfy is looked up and not worked out again.
    """

    quotes: Mapping[str, str]


class Traits(NamedTuple):
    """What the signals may look at."""

    words: tuple[str, ...]
    prose: Prose
    groups: tuple[Atoms, ...]


_UNDESCRIBED = Atoms({"has:no-description": ""})


def is_participle(word: str) -> bool:
    """Whether a name word tells that something was done or is going on."""
    return len(word) >= _SHORTEST and word.endswith("ed") and word not in _NOT_PARTICIPLES


def _enum(values: tuple[str, ...]) -> str:
    """`lifecycle` where at least half of the values tell a state, else `choices`."""
    words = [split(value)[-1] for value in values if value]
    states = sum(w in _LIFECYCLE or is_participle(w) or w.endswith("ing") for w in words)
    return "lifecycle" if words and 2 * states >= len(words) else "choices"


def bounds(field: Field) -> tuple[str, ...]:
    """The constraints that somebody chose to check a value by.

    Lists, texts and maps must be bounded for the sake of CEL's cost, whatever they are for
    (KEP-2876), and words that are no constraints count for nothing.
    """
    return tuple([word for word, _ in field.constraints if word in _CHECKS])


def of(field: Field) -> Traits:
    """Compute the traits of a field; only its name, description and facts are looked at."""
    words, named = _of_name(field.name)
    text = prose.read(field.description, words) if field.description else prose.EMPTY
    facts = _of_facts(
        field.type,
        field.format,
        field.enum,
        field.has_default,
        field.required,
        bounds(field),
        bool(field.validations) and any(rule.is_transition for rule in field.validations),
    )
    groups = [named, facts]
    if field.children:
        names = [child.name for child in field.children[:MOST_CHILDREN]]
        groups.append(_of_children(tuple(names)))
    if not text.tokens:
        groups.append(_UNDESCRIBED)
    return Traits(words, text, tuple(groups))


# Names come again and again, in a resource's versions and over resources; so do lists of facts.
@lru_cache(maxsize=65_536)
def _of_name(name: str) -> tuple[tuple[str, ...], Atoms]:
    """A name's words and atoms."""
    words = split(name)
    found = [f"head:{words[-1]}", f"first:{words[0]}", f"name:{' '.join(words)}"]
    found += [f"word:{word}" for word in words]
    if len(words) == 1:
        found.append("shape:single")
    if any(map(is_participle, words)):
        found.append("shape:participle")
    if is_participle(words[0]):
        found.append("shape:participle-first")
    if words[-1].endswith("ing") and len(words[-1]) > _SHORTEST:
        found.append("shape:gerund-last")
    if is_participle(words[-1]):
        found.append("shape:participle-last")
    return words, Atoms(dict.fromkeys(found, name))


@lru_cache(maxsize=16_384)
def _of_facts(  # noqa: PLR0913, PLR0917 - they are the key
    type_: str,
    format_: str,
    enum: tuple[str, ...],
    has_default: bool,  # noqa: FBT001 - part of the key, never written as a literal
    required: bool,  # noqa: FBT001 - as above
    constraints: tuple[str, ...],
    transition: bool,  # noqa: FBT001 - as above
) -> Atoms:
    atoms = {f"type:{type_}": ""}
    if format_:
        atoms[f"format:{format_}"] = f"format {format_}"
    if enum:
        atoms[f"enum:{_enum(enum)}"] = " | ".join(enum[:4])
    if has_default:
        atoms["has:default"] = ""
    if required:
        atoms["has:required"] = ""
    if constraints:
        atoms["has:constraints"] = ", ".join(constraints)
    if transition:
        atoms["has:transition"] = "oldSelf"
    return Atoms(atoms)


@lru_cache(maxsize=16_384)
def _of_children(names: tuple[str, ...]) -> Atoms:
    atoms = {"shape:many-children": ""} if len(names) >= _MANY_CHILDREN else {}
    for name in names:
        for atom in _of_child(name):
            atoms[atom] = name
    return Atoms(atoms)


@lru_cache(maxsize=65_536)
def _of_child(name: str) -> tuple[str, str, str]:
    words = split(name)
    return f"child:{' '.join(words)}", f"child-head:{words[-1]}", f"child-first:{words[0]}"
