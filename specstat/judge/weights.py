"""A weights file: what training made of the curated signals and of all words.

A header, the signals' weights as JSON, and a hash table of four bytes an entry: a check, by which
one feature's entry is not taken for another's, and a signed weight, to be multiplied by the
table's scale. All weights are in nats of log-odds, positive toward status.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

MAGIC = b"SPECSTAT"
VERSION = 3
# Magic, version, bytes of JSON, entries of the table, checksum of both; scale, bias, slope.
HEADER = struct.Struct("<8sIIIIfff")
_PLACES = 8
_LARGEST = 64 * 2**20  # bytes; nothing that training writes comes near
HEAVIEST = 1e6  # nats; nothing that training finds comes near, and no sum of these overflows


class WeightsError(ValueError):
    """A weights file that cannot be used; the message says which, why and what to do."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the judge weighs with; two are the same if their `checksum` is.

    `bias` is the log-odds of status before anything is known. `signals` holds the weight of each
    curated signal by its id; one that training did not know weighs `slope` times its own weight.
    """

    checksum: int
    bias: float = field(compare=False)
    slope: float = field(compare=False)
    signals: Mapping[str, float] = field(compare=False, repr=False)
    table: array[int] = field(compare=False, repr=False)
    scale: float = field(compare=False)

    def of_feature(self, feature: str) -> float:
        """The weight of one feature, 0 for one that has none."""
        places, check = places_of(feature, len(self.table))
        for at in places:
            entry = self.table[at]
            if not entry:
                return 0.0
            if entry >> 8 == check:
                return (((entry & 0xFF) ^ 0x80) - 0x80) * self.scale
        return 0.0


def places_of(feature: str, size: int) -> tuple[Iterable[int], int]:
    """The places in a table of so many entries where a feature's weight may stand, and its check.

    It stands in the first of them that was free; nothing stands behind an empty one.
    """
    # Half a character, as JSON and file names may hold one, is no reason to fail.
    told = feature.encode(errors="surrogatepass")
    first = zlib.crc32(told) % size
    # Of the text backwards, so that what wants the same place has another check.
    return (at % size for at in range(first, first + _PLACES)), zlib.crc32(told[::-1]) >> 8


def entries(data: bytes | memoryview) -> array[int]:
    """A table from the bytes of a file, where the lower byte of an entry stands first."""
    found = array("I")
    found.frombytes(data)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def is_weight(number: float) -> bool:
    """Whether a file may hold this number: finite, and not beyond `HEAVIEST`."""
    return -HEAVIEST <= number <= HEAVIEST


def load(path: Path) -> Weights:
    """Read a weights file; a WeightsError says why it cannot be used."""
    try:
        with path.open("rb") as file:
            # What is no weights file may have no end.
            data = file.read(HEADER.size)
            data += file.read(_LARGEST) if data.startswith(MAGIC) else b""
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no file has such a name"
        message = f"cannot read the weights file {path}: {why}"
        raise WeightsError(message) from None
    return unpack(data, str(path))


def unpack(data: bytes, path: str) -> Weights:
    """Read the bytes of a weights file, which messages call `path`."""
    if len(data) < HEADER.size or not data.startswith(MAGIC):
        message = f"{path} is no weights file; specstat learn makes one"
        raise WeightsError(message)
    _, version, told, size, checksum, scale, bias, slope = HEADER.unpack_from(data)
    if version != VERSION:
        message = (
            f"{path} is a weights file of version {version}, this specstat reads version "
            f"{VERSION}; make it anew with specstat learn"
        )
        raise WeightsError(message)
    payload = memoryview(data)[HEADER.size :]  # of which nothing is copied
    usable = size and len(payload) == told + 4 * size and zlib.crc32(payload) == checksum
    signals = _signals(bytes(payload[:told])) if usable else None
    if signals is None or slope < 0 or not all(map(is_weight, (scale, bias, slope))):
        message = f"the weights file {path} is damaged or cut short; make or fetch it anew"
        raise WeightsError(message)
    return Weights(
        zlib.crc32(data[: HEADER.size]), bias, slope, signals, entries(payload[told:]), scale
    )


def _signals(text: bytes) -> Mapping[str, float] | None:
    """The weights by id; none where the text is something else."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    fine = isinstance(found, dict) and all(map(_is_signal_weight, found.values()))
    return found if fine else None


def _is_signal_weight(found: object) -> bool:
    """Whether it is a weight that a signal may have; none is turned round."""
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        return False
    return 0 <= found <= HEAVIEST


@cache
def shipped() -> Weights:
    """The weights that come with the package."""
    return load(Path(__file__).with_name("data") / "weights.bin")
