"""A field as the judge sees it: name words, prose, and facts as atoms.

An atom is a kind and a value, such as `head:time` or `child:last transition time`; signals are
made of atoms. One set of atoms is computed for a field and all tests look at it.
"""

from __future__ import annotations

from collections.abc import Mapping
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
_MANY_CHILDREN = 8
_SHORTEST = 5  # "based" could be one, "need" and "bed" are none


class Traits(NamedTuple):
    """What the signals may look at. `atoms` maps each atom to the words of the field behind it."""

    words: tuple[str, ...]
    prose: Prose
    atoms: dict[str, str]


def is_participle(word: str) -> bool:
    """Whether a name word tells that something was done or is going on."""
    return len(word) >= _SHORTEST and word.endswith("ed") and word not in _NOT_PARTICIPLES


def _enum(values: tuple[str, ...]) -> str:
    """`lifecycle` where at least half of the values tell a state, else `choices`."""
    words = [split(value)[-1] for value in values if value]
    states = sum(w in _LIFECYCLE or is_participle(w) or w.endswith("ing") for w in words)
    return "lifecycle" if words and 2 * states >= len(words) else "choices"


def of(field: Field) -> Traits:
    """Compute the traits of a field; only its name, description and facts are looked at."""
    words = split(field.name)
    text = prose.read(field.description, words) if field.description else prose.EMPTY
    atoms = {**_of_name(field.name, words), **_of_facts(field)}
    if field.children:
        _add_children(field, atoms)
    if not text.tokens:
        atoms["has:no-description"] = ""
    return Traits(words, text, atoms)


# Names come again and again, in a resource's versions and over resources.
@lru_cache(maxsize=65_536)
def _of_name(name: str, words: tuple[str, ...]) -> Mapping[str, str]:
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
    return dict.fromkeys(found, name)


def _of_facts(field: Field) -> dict[str, str]:
    atoms = {f"type:{field.type}": ""}
    if field.format:
        atoms[f"format:{field.format}"] = f"format {field.format}"
    if field.enum:
        atoms[f"enum:{_enum(field.enum)}"] = " | ".join(field.enum[:4])
    if field.has_default:
        atoms["has:default"] = ""
    if field.required:
        atoms["has:required"] = ""
    if field.constraints:
        atoms["has:constraints"] = ", ".join(word for word, _ in field.constraints)
    if any(rule.is_transition for rule in field.validations):
        atoms["has:transition"] = "oldSelf"
    return atoms


def _add_children(field: Field, atoms: dict[str, str]) -> None:
    if len(field.children) >= _MANY_CHILDREN:
        atoms["shape:many-children"] = ""
    for child in field.children:
        for atom in _of_child(child.name):
            atoms[atom] = child.name


@lru_cache(maxsize=65_536)
def _of_child(name: str) -> tuple[str, str, str]:
    words = split(name)
    return f"child:{' '.join(words)}", f"child-head:{words[-1]}", f"child-first:{words[0]}"
