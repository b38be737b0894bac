"""What a field has that a neighbour may have too: words, stems, and the manner of its schema."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from specstat.judge import prose
from specstat.judge.traits import bounds, is_participle
from specstat.judge.words import split
from specstat.model.resource import Field

# Words around a stem that tell what was done with it or how it is held: `networkDataName` is
# about `networkData`, and so is `currentNetworkData`.
_BEFORE = frozenset(
    "current observed last latest resolved actual effective applied active desired requested "
    "target handled".split()
)
_BEHIND = frozenset(
    "name ref reference status config configuration spec id info list count url uri address".split()
)
# A request and its acknowledgement are of one verb: `restartAt` and `restartedAt`.
_DONE = frozenset(
    "last observed handled processed completed acknowledged applied current executed".split()
)
_ASKED = frozenset("requested request desired wanted".split())
_STAMPS = frozenset("at time timestamp token id generation nonce".split())
# Words of a name that other names have whatever they are about.
_JOINING = frozenset("a an and as at by for from in is of on or per the to with".split())
_SHORT = 4  # letters; a verb that is shorter loses none, and prose words that are count for nothing

Stem = tuple[str, ...]


class Marks(NamedTuple):
    """The marks of one field.

    `words` are those of its name that are about something, without plurals, in their order.
    `stem` is all of it, `core` it without the words that tell what became of it, `parts` are what
    the stem begins and ends with. `done` and `asked` hold the verb of an acknowledgement or of what
    it may acknowledge. `manner` are the habits of its schema and description, by what they are a
    habit of.
    """

    words: Stem
    stem: Stem
    core: Stem
    parts: frozenset[Stem]
    done: Stem
    asked: Stem
    prose: frozenset[str]
    manner: dict[str, str]


def of(field: Field) -> Marks:
    """The marks of a field; who sets it is none of them."""
    name = _of_name(field.name)
    words = split(field.name)
    tokens = prose.read(field.description, words).tokens if field.description else ()
    told = frozenset(token for token in tokens if len(token) >= _SHORT)
    return Marks(*name, told, _manner(field, described=bool(tokens)))


# Names come again and again, in a resource's versions and over resources.
@lru_cache(maxsize=16_384)
def _of_name(name: str) -> tuple[Stem, Stem, Stem, frozenset[Stem], Stem, Stem]:
    words = split(name)
    stem = tuple(map(_singular, words))
    ends = range(1, len(stem))
    parts = frozenset([stem[:n] for n in ends] + [stem[n:] for n in ends])
    verbs = tuple(_verb(w) for w in words if w not in _DONE | _ASKED | _STAMPS)
    is_done = any(w in _DONE or (w not in _ASKED and is_participle(w)) for w in words)
    about = tuple(dict.fromkeys(word for word in stem if word not in _JOINING))
    return about, stem, _core(stem), parts, verbs if is_done else (), () if is_done else verbs


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORT:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) < _SHORT - 1 or word.endswith(("ss", "us", "is")):
        return word
    return word.removesuffix("s")


def _core(stem: Stem) -> Stem:
    start, end = 0, len(stem)
    while end > 1 and stem[end - 1] in _BEHIND:
        end -= 1
    while start < end - 1 and stem[start] in _BEFORE:
        start += 1
    return stem[start:end]


def _verb(word: str) -> str:
    """What a verb and its participle have in common: restart, scal, stop."""
    if is_participle(word) and word not in _ASKED:
        word = word[:-2]
    if len(word) > _SHORT and word[-1] == "e":
        word = word[:-1]
    return word[:-1] if len(word) > _SHORT and word[-1] == word[-2] else word


def _manner(field: Field, *, described: bool) -> dict[str, str]:
    """How the field is written down, as far as whoever writes a section may have a habit of it.

    Who sets it is no description, and neither markup nor the spelling of a sentence is a habit.
    """
    found = {
        "described": "a description" if described else "no description",
        "default": "a default" if field.has_default else "no default",
        "required": "required" if field.required else "optional",
        "constrained": "constraints" if bounds(field) else "no constraints",
    }
    if case := _case(field.name):
        found["case"] = case
    return found


def _case(name: str) -> str:
    """How words are joined in a name; a single word does not tell."""
    if "_" in name or "-" in name:
        return "snake_case" if "_" in name else "kebab-case"
    if name[:1].isupper():
        return "PascalCase"
    return "camelCase" if name != name.lower() else ""
