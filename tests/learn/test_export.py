"""What was learned, as a file: the judge reads the same weights, or there is no file."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

pytest.importorskip("sklearn", reason="needs the extra specstat[learn]")

from specstat.judge import weights
from specstat.judge.weights import HEADER, HEAVIEST
from specstat.learn import export
from specstat.learn.fit import Fitted

WORDS = {"head:time": 3.0, "d:wanted": -1.27, "cb:run ended": 0.05, "name:a": 0.029}
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
    assert sum(byte != 0 for byte in read.table) == 3


def test_the_largest_weight_is_the_largest_byte() -> None:
    for largest in (9.0, -9.0):
        fitted = FITTED._replace(words={"a": largest, "b": 0.5})
        table = weights.unpack(export.pack(fitted), "made here").table
        assert math.copysign(127, largest) in table


def test_features_of_one_place_add_up() -> None:
    fitted = FITTED._replace(words={"a": 1.0, "b": 2.0})

    read = weights.unpack(export.pack(fitted, size=1), "made here")

    assert read.of_feature("a") == read.of_feature("b") == pytest.approx(3.0)


@pytest.mark.parametrize("words", [{}, {"a": 1.0, "b": -1.0}, {"a": 0.001}])
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

    told = data[HEADER.size : -export.SIZE]
    assert json.loads(told) == {"count-head": 1.2346, "none": 0.0}
