"""What was learned, as a file: the judge reads the same weights, or there is no file."""

from __future__ import annotations

import json
import math
from itertools import islice
from pathlib import Path

import pytest

pytest.importorskip("sklearn", reason="needs the extra specstat[learn]")

from specstat.judge import weights
from specstat.judge.weights import HEADER, HEAVIEST
from specstat.learn import export
from specstat.learn.fit import Fitted

WORDS = {"head:time": 3.0, "d:wanted": -1.27, "cb:run ended": 0.05, "name:a": 0.014}
FITTED = Fitted(WORDS, {"count-head": 1.23456, "none": 0.0}, slope=0.75, bias=-0.5)


def test_the_judge_reads_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "w.bin"

    size = export.write(FITTED, path)
    read = weights.load(path)

    assert size == path.stat().st_size
    assert len(read.table) == export.SIZE
    for feature in ("head:time", "d:wanted", "cb:run ended"):
        assert read.of_feature(feature) == pytest.approx(WORDS[feature], abs=read.scale / 2)
    assert read.signals == {"count-head": 1.2346, "none": 0.0}
    assert (read.bias, read.slope) == (-0.5, 0.75)


def test_what_weighs_next_to_nothing_is_left_out() -> None:
    read = weights.unpack(export.pack(FITTED), "made here")

    assert read.of_feature("name:a") == 0.0
    assert sum(map(bool, read.table)) == 3


@pytest.mark.parametrize(("largest", "byte"), [(9.0, 127), (-9.0, 256 - 127)])
def test_the_largest_weight_is_the_largest_byte(largest: float, byte: int) -> None:
    fitted = FITTED._replace(words={"a": largest, "b": 0.5})
    read = weights.unpack(export.pack(fitted), "made here")

    assert byte in {entry & 0xFF for entry in read.table}
    assert read.of_feature("a") == pytest.approx(largest)


SIZE = 2**10


def rivals(count: int) -> list[str]:
    """Features that want the same places in a table of `SIZE` entries."""
    named = (f"d:word{n}" for n in range(SIZE * SIZE))
    first = list(weights.places_of("d:word0", SIZE)[0])
    return list(islice((f for f in named if list(weights.places_of(f, SIZE)[0]) == first), count))


def kept(words: dict[str, float], size: int = SIZE) -> dict[str, float]:
    """What of these the judge reads."""
    read = weights.unpack(export.pack(FITTED._replace(words=words), size=size), "made here")
    assert len(read.table) == size
    found = {feature: read.of_feature(feature) for feature in words}
    return {feature: round(weight, 1) for feature, weight in found.items() if weight}


def test_two_features_that_want_one_place_both_keep_their_weights() -> None:
    one, other, absent = rivals(3)

    for words in ({one: 1.0, other: -2.0}, {one: -2.0, other: 1.0}):
        assert kept(words) == words
        read = weights.unpack(export.pack(FITTED._replace(words=words), size=SIZE), "made here")
        assert read.of_feature(absent) == 0.0


def test_where_more_want_a_place_than_there_is_room_the_lightest_are_lost() -> None:
    words = {feature: (-1) ** n * (n + 1.0) for n, feature in enumerate(rivals(10))}
    heaviest = dict(list(words.items())[2:])
    assert len(heaviest) == 8

    assert kept(words) == kept(dict(reversed(words.items()))) == heaviest


def test_in_a_table_that_is_full_the_heaviest_are_kept() -> None:
    assert kept({"a": 1.0, "b": -2.0}, size=1) == {"b": -2.0}
    assert kept({"a": 1.0, "b": -2.0, "c": 3.0}, size=2) == {"b": -2.0, "c": 3.0}


@pytest.mark.parametrize("words", [{}, {"a": 0.0}, {"a": 0.001, "b": -0.001}])
def test_no_words_at_all_are_a_file_as_well(words: dict[str, float]) -> None:
    read = weights.unpack(export.pack(FITTED._replace(words=words), size=1), "made here")

    assert read.table.tolist() == [0]


@pytest.mark.parametrize("feature", ["format:\ud800", "child:\udfff", "name:größe"])
def test_half_a_character_has_the_place_where_the_judge_looks(feature: str) -> None:
    read = weights.unpack(export.pack(FITTED._replace(words={feature: 2.0})), "made here")

    assert read.of_feature(feature) == pytest.approx(2.0)


def test_the_same_weights_give_the_same_bytes() -> None:
    turned = FITTED._replace(words=dict(reversed(WORDS.items())))

    assert export.pack(FITTED) == export.pack(FITTED) == export.pack(turned)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf, 2 * HEAVIEST, 1e300])
def test_what_no_reader_would_take_is_not_written(tmp_path: Path, wrong: float) -> None:
    path = tmp_path / "w.bin"
    for spoilt in (
        FITTED._replace(bias=wrong),
        FITTED._replace(slope=wrong),
        FITTED._replace(words=WORDS | {"name:b": wrong}),
        FITTED._replace(signals={"count-head": wrong}),
    ):
        with pytest.raises(ValueError, match="nothing was written"):
            export.write(spoilt, path)
    assert not path.exists()


def test_signals_are_json_between_header_and_table() -> None:
    data = export.pack(FITTED)

    told = data[HEADER.size : -4 * export.SIZE]
    assert json.loads(told) == {"count-head": 1.2346, "none": 0.0}
