"""The words that authors of APIs use, in classes: what an expert knows of them beforehand.

`data/lexicon.json` gives each class a direction and a reason; how much a class weighs is learned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from specstat.judge.traits import is_participle

_SHORTEST_GERUND = 6  # "string" could be one, "king" is none
_PERSISTS = 65_536  # words; names and descriptions use the same ones again and again


class _Lexicon(NamedTuple):
    """From a word to its classes, for words of names and for words of descriptions."""

    name: Mapping[str, tuple[str, ...]]
    text: Mapping[str, tuple[str, ...]]


@cache
def _lexicon() -> _Lexicon:
    data = json.loads(Path(__file__).with_name("data").joinpath("lexicon.json").read_text("utf-8"))
    return _Lexicon(_by_word(data["name"]), _by_word(data["text"]))


def _by_word(classes: Mapping[str, Mapping[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, row in classes.items():
        for word in row["words"].split():
            found[word] = (*found.get(word, ()), name)
    return found


@lru_cache(maxsize=_PERSISTS)
def name_classes(word: str) -> tuple[str, ...]:
    """The classes of a word of a name, never none: a word that is not known has one by its form."""
    known = _lexicon().name
    return known.get(word) or (word[-1:] == "s" and known.get(word[:-1])) or (_form(word),)


@lru_cache(maxsize=_PERSISTS)
def text_classes(word: str) -> tuple[str, ...]:
    """The classes of a word of a description, which may be none."""
    return _lexicon().text.get(word) or (("w-past",) if is_participle(word) else ())


def _form(word: str) -> str:
    """The class of a word by its ending."""
    if is_participle(word):
        return "x-ed"
    if word.endswith("ing") and len(word) >= _SHORTEST_GERUND:
        return "x-ing"
    if word.endswith(("able", "ible")):
        return "x-able"
    if word.endswith(("tion", "sion", "ment", "ance", "ence")):
        return "x-tion"
    return "x-er" if word.endswith(("er", "or")) else "x-other"
