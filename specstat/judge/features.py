"""A field as features: strings such as `head:time`, each of which has a learned weight.

No feature tells who sets the field: what a description says of that is taken out before.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from specstat.judge.traits import MOST_CHILDREN, Traits, bounds, is_participle
from specstat.judge.words import split
from specstat.model.resource import Field

_MANY = 8
OPENING = 4  # words
_VALUES = 12  # of an enum
_SHORTEST_GERUND = 6  # "string" could be one, "king" is none
# Stands for a word of the field's own name where its description repeats it.
OWN = "NAME"
# Prose of n features counts 5 / sqrt(max(n, 16)) times, so that long texts shout no louder; the
# names of n children count 2 / sqrt(max(n, 4)) times, for the same reason.
_PROSE, _FEW_WORDS = 5.0, 16
_CHILDREN, _FEW_CHILDREN = 2.0, 4


class Features(NamedTuple):
    """What a field is known by.

    `plain` holds what name, type, facts and the first words of the description say, `children`
    the names of the field's own fields, `prose` the words of the description. The last two count
    `children_share` and `prose_share` times.
    """

    plain: tuple[str, ...]
    children: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    children_share: float = 0.0
    prose_share: float = 0.0


def of(field: Field, traits: Traits) -> Features:
    """The features of a field."""
    words, prose = traits.words, traits.prose
    described = bool(prose.tokens)
    plain = [*of_name(words, field.type, described, bool(field.children)), *of_facts(facts(field))]
    told: dict[str, None] = {}
    if described:
        clause = masked(prose.tokens[: prose.first_end], words)
        plain += of_opening(clause[prose.opening : prose.opening + OPENING])
        told.update(dict.fromkeys(map(of_word, prose.tokens)))
        told.update(dict.fromkeys(map(of_clause_word, prose.tokens[: prose.first_end])))
        told.update(dict.fromkeys(of_pair(*pair) for pair in pairwise(clause)))
    names = [child.name for child in field.children[:MOST_CHILDREN]]
    children = [feature for name in names for feature in of_child(name)]
    return Features(
        tuple(plain),
        tuple(children),
        tuple(told),
        children_share(len(names)),
        prose_share(len(told)),
    )


def prose_share(count: int) -> float:
    """How many times each of so many features of prose counts."""
    return _PROSE / math.sqrt(max(count, _FEW_WORDS))


def children_share(count: int) -> float:
    """How many times the features of each of so many children count."""
    return _CHILDREN / math.sqrt(max(count, _FEW_CHILDREN))


def masked(clause: Iterable[str], words: Iterable[str]) -> tuple[str, ...]:
    """A clause in which the words of the field's own name are left open."""
    own = frozenset(words)
    return tuple([OWN if w in own or w[:-1] in own else w for w in clause])


def of_name(
    words: tuple[str, ...],
    type_: str,
    described: bool,  # noqa: FBT001 - part of a key, never written as a literal
    parent: bool,  # noqa: FBT001 - as above
) -> tuple[str, ...]:
    """What a name says together with the type; a name that stands alone says it louder."""
    found = list(_by_name(words, type_, parent=parent))
    if not described:
        found += [f"nd-{feature}" for feature in found if not feature.startswith("name:")]
    return tuple(dict.fromkeys(found))


def _by_name(words: tuple[str, ...], type_: str, *, parent: bool) -> Iterator[str]:
    first, head = words[0], words[-1]
    shape = f"{type_}+" if parent else type_
    yield f"shape:{shape}"
    yield f"head:{head}"
    yield f"head-type:{head}|{type_}"
    yield f"head-form:{_form(head)}|{shape}"
    yield f"name:{' '.join(words)}"
    if len(words) == 1:
        yield f"single:{head}"
        yield f"single-type:{head}|{type_}"
        return
    yield f"first:{first}"
    yield f"first-form:{_form(first)}|{_form(head)}"
    yield from (f"earlier:{word}" for word in dict.fromkeys(words[:-1]))
    yield f"last-two:{words[-2]} {head}"
    if len(words) > 2:  # noqa: PLR2004 - with two words the pair above says the same
        yield f"first-two:{first} {words[1]}"
        yield f"ends:{first} {head}"


def _form(word: str) -> str:
    """What a word is by its ending."""
    if is_participle(word):
        return "ed"
    if word.endswith("ing") and len(word) >= _SHORTEST_GERUND:
        return "ing"
    if word.endswith(("able", "ible")):
        return "able"
    if word.endswith(("tion", "sion", "ment", "ance", "ence")):
        return "tion"
    return "s" if word.endswith("s") and not word.endswith("ss") else "other"


class Facts(NamedTuple):
    """What the rest of the schema holds; `children` is their number, up to a bound."""

    type: str
    format: str
    has_default: bool
    required: bool
    constraints: tuple[str, ...]
    enum: tuple[str, ...]
    children: int


def facts(field: Field) -> Facts:
    """The facts of a field."""
    return Facts(
        field.type,
        field.format,
        field.has_default,
        field.required,
        bounds(field) if field.constraints else (),
        field.enum,
        min(len(field.children), _MANY),
    )


def of_facts(own: Facts) -> tuple[str, ...]:
    """What the rest of the schema says."""
    found = [f"children:{own.children}"]
    if own.format:
        found.append(f"format:{own.format}")
    if own.has_default:
        found.append("has:default")
    if own.required:
        found.append(f"required:{own.type}")
    found += [f"constraint:{word}" for word in own.constraints]
    found += of_values(own.enum)
    return tuple(found)


def of_values(values: tuple[str, ...]) -> tuple[str, ...]:
    """The last words of an enum's values, and their forms."""
    words = dict.fromkeys(split(value)[-1] for value in values[:_VALUES] if value)
    forms = dict.fromkeys(f"value-form:{_form(word)}" for word in words)
    return (*(f"value:{word}" for word in words), *forms)


def of_child(name: str) -> tuple[str, ...]:
    """What the name of a field of the field says."""
    words = split(name)
    found = (f"child:{' '.join(words)}", f"child-head:{words[-1]}")
    return found if len(words) == 1 else (*found, f"child-first:{words[0]}")


def of_word(word: str) -> str:
    """A word, wherever in the description."""
    return f"d:{word}"


def of_clause_word(word: str) -> str:
    """A word of the first clause."""
    return f"c:{word}"


def of_pair(one: str, other: str) -> str:
    """Two neighbours in the first clause."""
    return f"cb:{one} {other}"


def of_opening(words: tuple[str, ...]) -> tuple[str, ...]:
    """The first words of a description, behind the name, articles and "is"."""
    starts = tuple(f"o{n}:{' '.join(words[:n])}" for n in range(1, len(words) + 1))
    return (*starts, *(f"op:{word}" for word in dict.fromkeys(words[:3])))
