"""Weights files: read as they were written, or one sentence that says why not."""

from __future__ import annotations

import json
import math
import struct
import zlib
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specstat.judge import signals, weights
from specstat.judge.weights import HEADER, HEAVIEST, MAGIC, VERSION, WeightsError

TABLE = bytes([1, 0, 0, 0, 0, 0, 0, 0, 255, 2, 0, 0, 128, 0, 0, 3])
NEIGHBOURSS = b'{"count-head":1.25, "unknown":0}'
HALF = 0.5  # nats for each step of a weight, in `file`


def file(  # noqa: PLR0913 - each is a part of the file that a test spoils
    table: bytes = TABLE,
    told: bytes = NEIGHBOURSS,
    *,
    version: int = VERSION,
    scale: float = HALF,
    bias: float = -0.5,
    slope: float = 0.75,
) -> bytes:
    sums = len(told), len(table) // 4, zlib.crc32(told + table)
    return HEADER.pack(MAGIC, version, *sums, scale, bias, slope) + told + table


def other_lengths(told: int, size: int) -> bytes:
    """A file whose header tells other lengths than its parts have."""
    data = bytearray(file())
    struct.pack_into("<II", data, len(MAGIC) + 4, told, size)
    return bytes(data)


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "w.bin"
    path.write_bytes(file())

    read = weights.load(path)

    assert read.table.tolist() == [0x1, 0x0, 0x2FF, 0x3000080]
    assert (read.scale, read.bias, read.slope) == (0.5, -0.5, 0.75)
    assert read.signals == {"count-head": 1.25, "unknown": 0}


def standing(feature: str, *weights_of: int | None, size: int = 64) -> weights.Weights:
    """Weights with bytes at the places of a feature in turn; None leaves a place empty."""
    places, check = weights.places_of(feature, size)
    table = [0] * size
    for at, byte in zip(places, weights_of, strict=False):
        if byte is not None:
            table[at] = check << 8 | byte
    return weights.unpack(file(struct.pack(f"<{size}I", *table)), "w.bin")


def taken(feature: str, places: int, *, size: int = 64) -> weights.Weights:
    """Weights whose table has other features at the first places of a feature, which follows."""
    wanted, check = weights.places_of(feature, size)
    table = [0] * size
    *first, last = islice(wanted, places + 1)
    for n, at in enumerate(first, 1):
        table[at] = (check ^ n) << 8 | 127
    table[last] = check << 8 | 3
    return weights.unpack(file(struct.pack(f"<{size}I", *table)), "w.bin")


@pytest.mark.parametrize(
    ("byte", "steps"), [(0, 0), (1, 1), (127, 127), (128, -128), (129, -127), (255, -1)]
)
def test_a_feature_weighs_the_signed_byte_beside_its_check(byte: int, steps: int) -> None:
    assert standing("head:time", byte).of_feature("head:time") == steps * HALF


@pytest.mark.parametrize("size", [1, 4, 64, 2**16])
def test_an_unknown_feature_weighs_nothing_though_its_place_is_taken(size: int) -> None:
    _, check = weights.places_of("head:time", size)
    table = struct.pack("<I", (check ^ 1) << 8 | 127) * size
    read = weights.unpack(file(table), "w.bin")

    assert all(read.table)
    assert read.of_feature("head:time") == 0.0


@pytest.mark.parametrize("bit", range(24))
def test_each_bit_of_the_check_counts(bit: int) -> None:
    _, check = weights.places_of("head:time", 1)
    one = file(struct.pack("<I", (check ^ 1 << bit) << 8 | 127))

    assert weights.unpack(one, "w.bin").of_feature("head:time") == 0.0


@pytest.mark.parametrize("others", range(8))
def test_a_feature_whose_places_are_taken_is_found_behind_them(others: int) -> None:
    assert taken("head:time", others).of_feature("head:time") == 3 * HALF


def test_places_behind_the_last_are_the_first_of_the_table() -> None:
    size = next(n for n in range(9, 999) if zlib.crc32(b"head:time") % n == n - 1)

    assert list(weights.places_of("head:time", size)[0]) == [size - 1, *range(7)]
    assert taken("head:time", 3, size=size).of_feature("head:time") == 3 * HALF


def test_nothing_is_looked_for_behind_an_empty_place_or_the_eighth() -> None:
    assert standing("head:time", None, 127).of_feature("head:time") == 0.0
    assert len(list(weights.places_of("head:time", 64)[0])) == 8


def test_of_two_entries_with_one_check_the_first_counts() -> None:
    assert standing("head:time", 5, 9).of_feature("head:time") == 5 * HALF


def test_weights_are_the_same_if_their_bytes_are() -> None:
    one, copy = weights.unpack(file(), "a"), weights.unpack(file(), "b")

    assert one == copy
    assert hash(one) == hash(copy)
    assert one != weights.unpack(file(bias=-0.25), "a")
    assert one != weights.unpack(file(told=b"{}"), "a")


NOT_OURS = "{path} is no weights file; specstat learn makes one"
DAMAGED = "the weights file {path} is damaged or cut short; make or fetch it anew"
VERSIONED = (
    "{path} is a weights file of version {version}, this specstat reads version {own}; make it "
    "anew with specstat learn"
)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        MAGIC,
        file()[: HEADER.size - 1],
        b"kind: Widget\n" * 9,
        b"\x89PNG\r\n\x1a\n" + bytes(99),
        MAGIC.lower() + file()[len(MAGIC) :],
        b" " + file(),
    ],
    ids=["empty", "magic alone", "cut in its head", "yaml", "png", "lower case", "shifted"],
)
def test_what_is_not_ours_is_told(tmp_path: Path, data: bytes) -> None:
    assert told_of(tmp_path, data) == NOT_OURS.format(path=tmp_path / "w.bin")


@pytest.mark.parametrize("version", [0, VERSION - 1, VERSION + 1, 2**32 - 1])
def test_another_version_is_told(tmp_path: Path, version: int) -> None:
    told = told_of(tmp_path, file(version=version))

    assert told == VERSIONED.format(path=tmp_path / "w.bin", version=version, own=VERSION)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(file()[:-1], id="cut"),
        pytest.param(file()[: HEADER.size], id="header alone"),
        pytest.param(file()[:-1] + b"\x05", id="changed table"),
        pytest.param(file().replace(b"1.25", b"9.25"), id="changed signals"),
        pytest.param(file() + b"\0", id="longer"),
        pytest.param(file(table=b""), id="no table"),
        pytest.param(other_lengths(len(NEIGHBOURSS) + len(TABLE), 0), id="all signals"),
        pytest.param(other_lengths(0, (len(NEIGHBOURSS) + len(TABLE)) // 4), id="all table"),
        pytest.param(file(table=TABLE + b"\0\0"), id="half an entry"),
        pytest.param(other_lengths(2**32 - 1, 2**32 - 1), id="endless"),
        pytest.param(file(scale=math.nan), id="scale nan"),
        pytest.param(file(scale=math.inf), id="scale infinite"),
        pytest.param(file(scale=2 * HEAVIEST), id="scale too heavy"),
        pytest.param(file(bias=math.nan), id="bias nan"),
        pytest.param(file(bias=-math.inf), id="bias infinite"),
        pytest.param(file(bias=-2 * HEAVIEST), id="bias too heavy"),
        pytest.param(file(slope=math.nan), id="slope nan"),
        pytest.param(file(slope=math.inf), id="slope infinite"),
        pytest.param(file(slope=-0.1), id="slope below zero"),
        pytest.param(file(slope=2 * HEAVIEST), id="slope too heavy"),
    ],
)
def test_a_damaged_file_is_told(tmp_path: Path, data: bytes) -> None:
    assert told_of(tmp_path, data) == DAMAGED.format(path=tmp_path / "w.bin")


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut"),
        pytest.param(b"[]", id="list"),
        pytest.param(b"3", id="number"),
        pytest.param(b"null", id="null"),
        pytest.param(b'"a"', id="text"),
        pytest.param(b'{"a":1}{}', id="two"),
        pytest.param(b'{"a":-0.1}', id="below zero"),
        pytest.param(b'{"a":NaN}', id="nan"),
        pytest.param(b'{"a":Infinity}', id="infinite"),
        pytest.param(b'{"a":1e999}', id="overflow"),
        pytest.param(b'{"a":1e300}', id="too heavy"),
        pytest.param(b'{"a":1' + b"0" * 400 + b"}", id="long integer"),
        pytest.param(b'{"a":1' + b"0" * 9000 + b"}", id="longer integer"),
        pytest.param(b'{"a":"1"}', id="text as weight"),
        pytest.param(b'{"a":true}', id="true as weight"),
        pytest.param(b'{"a":null}', id="null as weight"),
        pytest.param(b'{"a":{"b":1}}', id="object as weight"),
        pytest.param(b'{"\xff":1}', id="no text"),
        pytest.param(b"[" * 200_000, id="deep lists"),
        pytest.param(b'{"a":' * 200_000, id="deep objects"),
        pytest.param(b"[" * 200_000 + b"]" * 200_000, id="deep and closed"),
    ],
)
def test_signals_that_are_none_are_damage(tmp_path: Path, told: bytes) -> None:
    assert told_of(tmp_path, file(told=told)) == DAMAGED.format(path=tmp_path / "w.bin")


def told_of(folder: Path, data: bytes) -> str:
    """The one sentence that a file is refused with."""
    path = folder / "w.bin"
    path.write_bytes(data)
    with pytest.raises(WeightsError) as caught:
        weights.load(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@given(st.integers(0, len(file()) - 1), st.integers(0, 255))
def test_any_one_byte_may_be_another_and_only_a_weights_error_comes_of_it(
    at: int, byte: int
) -> None:
    data = bytearray(file())
    data[at] = byte
    try:
        read = weights.unpack(bytes(data), "w.bin")
    except WeightsError:
        return
    assert math.isfinite(read.of_feature("head:time"))
    assert all(map(math.isfinite, (read.bias, read.slope)))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="cannot read the weights file"):
        weights.load(tmp_path / "none.bin")


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_a_name_that_no_file_has_is_told(name: str) -> None:
    with pytest.raises(WeightsError, match="no file has such a name"):
        weights.load(Path(name))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no endless file")
def test_what_is_no_weights_file_is_not_read_to_its_end() -> None:
    with pytest.raises(WeightsError, match="no weights file"):
        weights.load(Path("/dev/zero"))


def test_a_weights_file_without_end_is_not_read_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "_LARGEST", 1000)
    path = tmp_path / "w.bin"
    path.write_bytes(file(table=bytes(100_000)))

    with pytest.raises(WeightsError, match="damaged or cut short"):
        weights.load(path)


@pytest.mark.parametrize("feature", ["", "head:\ud800", "d:\udfff", "name:größe", "d:" + "a" * 999])
def test_every_feature_has_places_and_a_check(feature: str) -> None:
    for size in (1, 4, 2**19):
        places, check = weights.places_of(feature, size)
        assert {0 <= at < size for at in places} == {True}
        assert 0 <= check < 2**24


def test_the_shipped_weights_know_every_signal_and_are_small() -> None:
    shipped = weights.shipped()

    assert shipped.signals.keys() == {s.id for s in signals.shipped().signals.values()}
    size = 4 * len(shipped.table) + HEADER.size + len(json.dumps(dict(shipped.signals)))
    assert size < 2_200_000
    # The fuller a table, the longer the way to an answer, and the more is lost.
    assert sum(map(bool, shipped.table)) < len(shipped.table) / 2
    assert 0.0 < shipped.scale < 0.1
    assert 0 < shipped.slope < 3
