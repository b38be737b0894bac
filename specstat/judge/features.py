"""A field as features: strings such as `head:time`, each of which has a learned weight.

No feature tells who sets the field: what a description says of that is taken out before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from specstat.judge.lexicon import name_classes, text_classes
from specstat.judge.traits import Traits
from specstat.judge.words import split
from specstat.model.resource import Field

_MANY = 8
_OPENING = 4  # words
_VALUES = 12  # of an enum
# The shares of a field's children from which on a class of their names is one of the whole.
_SOME, _MOST = 0.25, 0.6


class Features(NamedTuple):
    """What a field is known by.

    `name` holds what name, type and presence of a description and of children say, `facts` the
    rest of the schema, `opening` the first words of the description and the classes of all of them,
    `prose` the words themselves.
    """

    name: tuple[str, ...]
    facts: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()


def of(field: Field, traits: Traits) -> Features:
    """The features of a field."""
    prose = traits.prose
    tokens = prose.tokens
    name = of_name(traits.words, field.type, bool(tokens), bool(field.children))
    facts = tuple(_facts(field, traits))
    if not tokens:
        return Features(name, facts)
    clause = tokens[: prose.first_end]
    opening = clause[prose.opening : prose.opening + _OPENING]
    told = (*_opening(opening, traits.words), *_told(tokens, clause))
    return Features(name, facts, told, _prose(tokens, clause))


# Names come again and again, in a resource's versions and over resources.
@lru_cache(maxsize=65_536)
def of_name(
    words: tuple[str, ...],
    type_: str,
    described: bool,  # noqa: FBT001 - part of a key, never written as a literal
    parent: bool,  # noqa: FBT001 - as above
) -> tuple[str, ...]:
    """What a name says together with the type; a name that stands alone says it louder."""
    found = [*_by_words(words, type_), *_by_classes(words, type_, parent=parent)]
    heads, starts = _classes(words)
    if described:
        found += [f"NHD:{c}" for c in heads] + [f"NFD:{c}" for c in starts]
    else:
        head = words[-1]
        found += [f"nd:{word}" for word in words]
        found += [f"nd-head:{head}", f"nd-type:{type_}", f"nd-head-type:{head}|{type_}"]
        found += [f"NHN:{c}" for c in heads] + [f"NFN:{c}" for c in starts]
        found += [f"NHTN:{c}|{type_}" for c in heads]
    return tuple(dict.fromkeys(found))


def _classes(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The classes of the last word and of the first one, where it is another."""
    return name_classes(words[-1]), name_classes(words[0]) if len(words) > 1 else ("single",)


def _by_words(words: tuple[str, ...], type_: str) -> Iterator[str]:
    first, head = words[0], words[-1]
    yield from (f"head:{head}", f"first:{first}", f"name:{' '.join(words)}", f"type:{type_}")
    yield f"head-type:{head}|{type_}"
    yield from (f"word:{word}" for word in words)
    if len(words) == 1:
        yield "shape:single"
        return
    yield f"last-two:{words[-2]} {head}"
    yield f"first-two:{first} {words[1]}"
    if len(words) > 2:  # noqa: PLR2004 - with two words the pairs above say the same
        yield f"ends:{first} {head}"


def _by_classes(words: tuple[str, ...], type_: str, *, parent: bool) -> Iterator[str]:
    heads, starts = _classes(words)
    shape = f"{type_}+" if parent else type_
    yield f"NW:{min(len(words), 5)}"
    for c in heads:
        yield f"NH:{c}"
        yield f"NHT:{c}|{shape}"
        yield from (f"NP:{start}|{c}" for start in starts)
    for c in starts:
        yield f"NF:{c}"
        yield f"NFT:{c}|{type_}"
    yield from (f"NN:{c}" for word in words[:-1] for c in name_classes(word))
    if len(words) > 2:  # noqa: PLR2004 - with two words NP says the same
        yield from (f"NL:{before}|{c}" for before in name_classes(words[-2]) for c in heads)


def _facts(field: Field, traits: Traits) -> Iterator[str]:
    if field.format:
        yield f"format:{field.format}"
    if field.has_default:
        yield "has:default"
    if field.required:
        yield "has:required"
    for word, _ in field.constraints:
        yield f"constraint:{word}"
    if field.enum:
        yield "enum:lifecycle" if "enum:lifecycle" in traits.atoms else "enum:choices"
        lasts = {split(value)[-1] for value in field.enum[:_VALUES] if value}
        yield from (f"value:{word}" for word in lasts)
        yield from {f"VC:{c}" for word in lasts for c in name_classes(word)}
    yield f"children:{min(len(field.children), _MANY)}"
    if field.children:
        yield from _children([split(child.name) for child in field.children])


def _children(names: list[tuple[str, ...]]) -> Iterator[str]:
    """Classes of the children's names, and how many of the children have them."""
    counts: dict[str, int] = {}
    for words in names:
        for c in name_classes(words[-1]):
            counts[f"H{c}"] = counts.get(f"H{c}", 0) + 1
        if len(words) > 1:
            for c in name_classes(words[0]):
                counts[f"F{c}"] = counts.get(f"F{c}", 0) + 1
    for c, count in counts.items():
        yield f"CH:{c}"
        if count >= len(names) * _SOME:
            yield f"CS:{c}"
        if count >= len(names) * _MOST:
            yield f"CM:{c}"


def _opening(words: tuple[str, ...], name: tuple[str, ...]) -> tuple[str, ...]:
    """The first one to three words, and the first two to four with the name's own left open."""
    own = set(name)
    masked = ["NAME" if w in own or w[:-1] in own else w for w in words]
    found = [f"o{n}:{' '.join(words[:n])}" for n in (1, 2, 3) if len(words) >= n]
    found += [f"m{n}:{' '.join(masked[:n])}" for n in (2, 3, 4) if len(words) >= n]
    return tuple(found)


def _prose(tokens: tuple[str, ...], clause: tuple[str, ...]) -> tuple[str, ...]:
    """The words, those of the first clause again, and its pairs of neighbours, each once."""
    found = dict.fromkeys([f"d:{word}" for word in tokens])
    found.update(dict.fromkeys([f"c:{word}" for word in clause]))
    found.update(dict.fromkeys([f"cb:{a} {b}" for a, b in pairwise(clause)]))
    return tuple(found)


def _told(tokens: tuple[str, ...], clause: tuple[str, ...]) -> tuple[str, ...]:
    """The classes of the words, and of those of the first clause, each once."""
    found = [f"TC:{c}" for word in clause for c in text_classes(word)]
    found += [f"TD:{c}" for word in tokens for c in text_classes(word)]
    return tuple(dict.fromkeys(found))
