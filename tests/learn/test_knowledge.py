"""An expert's ratings: a sound file, and what is rated by which of them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from specstat.judge import features, traits
from specstat.judge.features import OWN
from specstat.judge.words import split
from specstat.learn import knowledge
from specstat.learn.knowledge import FULL, KINDS, rate, rated, ratings
from specstat.model.resource import Field

TEXT = Path(knowledge.__file__).with_name("knowledge.tsv").read_text(encoding="utf-8")
LINES = [line for line in TEXT.splitlines() if not line.startswith("#")]
# How many words an entry may have.
LENGTHS = {
    "last": {1},
    "earlier": {1},
    "prose": {1},
    "first-two": {2},
    "last-two": {2},
    "ends": {2},
    "phrase": {2, 3},
    "name": {3, 4, 5, 6, 7, 8},
}
OF_NAMES = LENGTHS.keys() - {"prose", "phrase"}
# Where the rating for each type stands; numbers are rated alike, whole or not.
TYPES = {"string": 1, "integer": 2, "number": 2, "boolean": 3, "object": 4, "array": 5}


def test_every_line_is_a_source_an_entry_and_its_ratings() -> None:
    ill = [
        line
        for line in LINES
        if not re.fullmatch(r"last\t\S+\t-?\d( -?\d){5}|(?!last\t)[a-z-]+\t\S.*\S?\t-?\d", line)
    ]

    assert LINES
    assert ill == []


def test_all_ratings_lie_between_nearly_always_spec_and_nearly_always_status() -> None:
    beyond = [
        line for line in LINES if not all(abs(int(n)) <= FULL for n in line.split("\t")[2].split())
    ]

    assert beyond == []
    used = {n for numbers in ratings()["last"].values() for n in numbers}
    assert (min(used), max(used)) == (-FULL, FULL)


def test_nothing_is_rated_twice() -> None:
    entries = Counter(tuple(line.split("\t")[:2]) for line in LINES)

    assert [entry for entry, count in entries.items() if count > 1] == []
    assert sum(map(len, ratings().values())) == len(LINES)


def test_every_source_is_one_that_a_feature_is_rated_by() -> None:
    assert ratings().keys() == LENGTHS.keys()
    for source in LENGTHS:
        entry, number = known(source)
        assert number / FULL in {found[1] for k in KINDS if (found := rate(f"{k}:{entry}"))}


@pytest.mark.parametrize("source", sorted(LENGTHS))
def test_every_entry_is_written_as_names_and_descriptions_are_read(source: str) -> None:
    token = re.compile(rf"[a-z][a-z0-9]*(?:['-][a-z0-9]+)*|[0-9]+|{OWN}")
    dead = [
        entry
        for entry in ratings()[source]
        if len(words := tuple(entry.split(" "))) not in LENGTHS[source]
        or (source in OF_NAMES and split("_".join(words)) != words)
        or (source not in OF_NAMES and not all(map(token.fullmatch, words)))
    ]

    assert dead == [], "no field can have it"


def test_every_kind_that_is_rated_is_one_that_a_field_has() -> None:
    text = "How often the size was read. It is kept."
    children = (Field("maxSize"),)
    fields = [
        Field(name, type="integer", description=words, children=children)
        for name in ("size", "maxSize", "maxPoolSize")
        for words in ("", text)
    ]
    rows = [features.of(field, traits.of(field)) for field in fields]
    kinds = {f.partition(":")[0] for row in rows for f in (*row.plain, *row.children, *row.prose)}

    assert [kind for kind in KINDS if kind not in kinds] == []
    assert len(set(KINDS)) == len(KINDS)


def known(source: str, place: int = 0) -> tuple[str, int]:
    """An entry that has a rating there, and the rating."""
    return next((entry, n[place]) for entry, n in ratings()[source].items() if n[place])


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("head", "last"),
        ("single", "last"),
        ("child-head", "last"),
        ("nd-head", "last"),
        ("first", "earlier"),
        ("nd-earlier", "earlier"),
        ("last-two", "last-two"),
        ("nd-ends", "ends"),
        ("name", "name"),
        ("d", "prose"),
        ("op", "prose"),
        ("cb", "phrase"),
        ("o2", "phrase"),
    ],
)
def test_a_feature_is_rated_by_the_entry_of_its_source(kind: str, source: str) -> None:
    entry, number = known(source)

    assert rate(f"{kind}:{entry}") == (kind, number / FULL)
    assert rate(f"{kind}:no such entry") is None


@pytest.mark.parametrize(("type_", "place"), TYPES.items())
def test_last_words_are_rated_by_type(type_: str, place: int) -> None:
    entry, number = known("last", place)

    assert rate(f"head-type:{entry}|{type_}") == ("head-type", number / FULL)


def test_last_words_of_a_type_that_is_not_rated_are_rated_in_general() -> None:
    entry, number = known("last")

    for type_ in ("", "any", "int-or-string"):
        assert rate(f"single-type:{entry}|{type_}") == ("single-type", number / FULL)


def test_a_plural_is_rated_like_its_singular_if_it_has_no_rating_of_its_own() -> None:
    last = ratings()["last"]
    entry = next(e for e, n in last.items() if n[0] and f"{e}s" not in last)
    own = next(e for e, n in last.items() if last.get(f"{e}s", n)[0] not in {n[0], 0})

    assert rate(f"head:{entry}s") == ("head", last[entry][0] / FULL)
    assert rate(f"head:{own}s") == ("head", last[f"{own}s"][0] / FULL)


@pytest.mark.parametrize(
    "feature",
    ["shape:string", "format:date-time", "children:0", "constraint:minimum", "head:", "", ":", "d"],
)
def test_what_no_expert_was_asked_about_has_no_rating(feature: str) -> None:
    assert rate(feature) is None


def test_a_rating_of_nothing_is_none() -> None:
    entry = next(e for e, n in ratings()["last"].items() if not n[0])

    assert rate(f"head:{entry}") is None


def test_every_rated_feature_is_told_once() -> None:
    told = list(rated())

    assert len(set(told)) == len(told)
    assert {feature.partition(":")[0] for feature in told} == set(KINDS)
    assert all(-1 <= found[1] <= 1 for f in told if (found := rate(f)))
