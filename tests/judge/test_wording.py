"""Weights files, and what the wording says."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from specstat.judge import wording
from specstat.judge.features import Features
from specstat.judge.wording import AGAINST, CAP, HEADER, MAGIC, VERSION, Said, Wording

SIZE = 4096


def weights(**of: int) -> Wording:
    """Weights of a few features; scale 0.1."""
    table = array("b", bytes(SIZE))
    for feature, weight in of.items():
        table[zlib.crc32(feature.replace("_", ":").encode()) % SIZE] = weight
    return Wording(table, 0.1, 0.0, 1.0)


def file(
    table: bytes = bytes(SIZE), version: int = VERSION, scale: float = 0.1, slope: float = 0.8
) -> bytes:
    return HEADER.pack(MAGIC, version, len(table), zlib.crc32(table), scale, -0.5, slope) + table


def test_weights_add_up_and_the_strongest_words_are_told() -> None:
    said = weights(word_time=5, d_ended=4, c_ended=2, d_wanted=-3).of(
        Features(name=("word:time",), prose=("d:ended", "d:wanted", "c:ended"))
    )

    share = wording.prose_share(3)
    assert said.log_odds == pytest.approx(0.1 * (5 + share * (4 - 3 + 2)))
    assert said.words == ("ended", "time")


def test_words_toward_spec_are_told_for_spec() -> None:
    said = weights(word_time=1, d_wanted=-9).of(Features(("word:time",), prose=("d:wanted",)))

    assert said.log_odds < 0
    assert said.words == ("wanted",)


@pytest.mark.parametrize("weight", [127, -127])
def test_wording_is_capped(weight: int) -> None:
    said = weights(word_time=weight).of(Features(("word:time",)))

    assert said.log_odds == pytest.approx(CAP if weight > 0 else -CAP)


@pytest.mark.parametrize(
    ("lean", "log_odds", "expected"),
    [
        (2.0, -2.5, -AGAINST),
        (-2.0, 2.5, AGAINST),
        (2.0, 2.5, 2.5),
        (0.5, -2.5, -2.5),
        (2, -0.5, -0.5),
    ],
)
def test_wording_contradicts_clear_signals_by_little(
    lean: float, log_odds: float, expected: float
) -> None:
    assert wording.beside(Said(log_odds, ("word",)), lean) == Said(expected, ("word",))


def test_plain_words_are_not_quoted() -> None:
    said = weights(d_the=9, d_ended=4).of(Features((), prose=("d:the", "d:ended")))

    assert said.words == ("ended",)


def test_long_prose_shouts_no_louder() -> None:
    assert wording.prose_share(1) == wording.prose_share(16) > wording.prose_share(17)


def test_a_weights_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "w.bin"
    path.write_bytes(file(bytes([1, 255])))

    read = wording.load(path)

    assert read.table.tolist() == [1, -1]
    assert (read.scale, read.bias, read.slope) == pytest.approx((0.1, -0.5, 0.8))


def _cut(data: bytes) -> bytes:
    return data[:-1]


def _changed(data: bytes) -> bytes:
    return data[:-1] + b"\x05"


def _no_number(_: bytes) -> bytes:
    return file(scale=float("nan"))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda _: b"", "no weights file"),
        (lambda data: data[: HEADER.size - 1], "no weights file"),
        (lambda _: b"kind: Widget\n" * 9, "no weights file"),
        (lambda _: file(version=99), "of version 99"),
        (lambda _: file(table=b""), "damaged"),
        (_cut, "damaged"),
        (_changed, "damaged"),
        (_no_number, "damaged"),
        (lambda _: file(slope=float("inf")), "damaged"),
        (lambda _: file(slope=-0.1), "would turn the curated signals around"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path, spoil: Callable[[bytes], bytes], message: str
) -> None:
    path = tmp_path / "w.bin"
    path.write_bytes(spoil(file()))

    with pytest.raises(wording.WeightsError, match=message) as caught:
        wording.load(path)

    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(wording.WeightsError, match="cannot read the weights file"):
        wording.load(tmp_path / "none.bin")


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_a_name_that_no_file_has_is_told(name: str) -> None:
    with pytest.raises(wording.WeightsError, match="no file has such a name"):
        wording.load(Path(name))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no endless file")
def test_what_is_no_weights_file_is_not_read_to_its_end() -> None:
    with pytest.raises(wording.WeightsError, match="no weights file"):
        wording.load(Path("/dev/zero"))


def test_half_a_character_is_weighed_like_any_other() -> None:
    assert weights().of(Features(("word:\ud800",), prose=("d:\udfff",))).log_odds == 0.0


def test_the_shipped_weights_are_small_and_of_this_version() -> None:
    shipped = wording.shipped()

    assert len(shipped.table) + HEADER.size < 300_000
    assert 0.0 < shipped.scale < 0.1
