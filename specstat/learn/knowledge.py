"""What an expert knows of words beforehand, as ratings of features.

`knowledge.tsv` rates words and phrases that authors of APIs use from -4 (nearly always spec) to
4 (nearly always status), written from knowledge of such APIs, without sight of labels. Training
learns how much each kind of rating weighs, and starts from it: what it finds in the corpus moves
a word away from its rating, and a word that the corpus lacks keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

FULL = 4  # the highest rating
_TYPES = {"string": 1, "integer": 2, "number": 2, "boolean": 3, "object": 4, "array": 5}
# From a kind of feature to the ratings that speak of it. Words of a name are rated by where they
# stand, last ones by type as well.
_SOURCES = {
    "head": "last",
    "single": "last",
    "child-head": "last",
    "child": "last-two",
    "head-type": "typed",
    "single-type": "typed",
    "first": "earlier",
    "earlier": "earlier",
    "child-first": "earlier",
    "last-two": "last-two",
    "first-two": "first-two",
    "ends": "ends",
    "name": "name",
    "d": "prose",
    "c": "prose",
    "o1": "prose",
    "op": "prose",
    "cb": "phrase",
    "o2": "phrase",
    "o3": "phrase",
}
_BARE = "nd-"
# What a name says louder where it stands alone.
_SAID_BARE = "head single head-type single-type first earlier last-two first-two ends".split()
KINDS = (*_SOURCES, *(f"{_BARE}{kind}" for kind in _SAID_BARE))


@cache
def ratings() -> Mapping[str, Mapping[str, tuple[int, ...]]]:
    """The ratings by what is rated; last words have one in general and one for each type."""
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    text = Path(__file__).with_name("knowledge.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        source, entry, numbers = line.split("\t")
        found.setdefault(source, {})[entry] = tuple(map(int, numbers.split()))
    return found


def rate(feature: str) -> tuple[str, float] | None:
    """The kind of a feature and its rating from -1 to 1; nothing where none is known."""
    kind, _, rest = feature.partition(":")
    source = _SOURCES.get(kind.removeprefix(_BARE))
    if source is None:
        return None
    if source == "typed":
        word, _, type_ = rest.rpartition("|")
        numbers, at = _last(word), _TYPES.get(type_, 0)
    else:
        numbers = _last(rest) if source == "last" else _plain(source, rest)
        at = 0
    return (kind, numbers[at] / FULL) if numbers and numbers[at] else None


def _last(word: str) -> tuple[int, ...]:
    return _plain("last", word)


def _plain(source: str, entry: str) -> tuple[int, ...]:
    """The ratings of an entry; a word in the plural has those of its singular."""
    known = ratings().get(source, {})
    return known.get(entry) or (entry.endswith("s") and known.get(entry[:-1])) or ()


def rated() -> Iterator[str]:
    """Every feature that has a rating, whether or not a corpus has it."""
    known = ratings()
    for kind in KINDS:
        source = _SOURCES[kind.removeprefix(_BARE)]
        if source == "typed":
            yield from (f"{kind}:{w}|{type_}" for w in known["last"] for type_ in _TYPES)
        else:
            yield from (f"{kind}:{entry}" for entry in known.get(source, ()))
