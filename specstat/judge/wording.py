"""The learned weights of all words together: one number, and the words that weighed most.

A weights file is a header and a table of signed bytes. A feature's weight is the byte at
`crc32(feature) % size`, times the table's scale; features may share a byte, and the training
knows it. All weights are in nats of log-odds, positive toward status.
"""

from __future__ import annotations

import math
import struct
import zlib
from array import array
from collections.abc import Iterable
from functools import cache
from heapq import nlargest
from pathlib import Path
from typing import NamedTuple

from specstat.judge.features import Features

MAGIC = b"SPECSTAT"
VERSION = 1
# Magic, version, number of bytes in the table, their checksum; scale, bias, weight of the signals.
HEADER = struct.Struct("<8sIIIfff")
# The most that words may say, whatever the curated signals say; more gains nothing.
CAP = 2.5
# The most that they may say against curated signals that lean by CLEAR or more.
AGAINST, CLEAR = 1.0, 1.0
# Prose of n features counts SHARE / sqrt(max(n, FEW)) times, so that long texts shout no louder.
SHARE, FEW = 5.0, 16
_QUOTED = 3
_NAMED = ("word:", "head:")
# Words that weigh as others do and say nothing to whoever reads them.
_PLAIN = frozenset(
    "the a an of to in for by on is are was be has have had that which if whether when not no and "
    "or with from this it its as at will can may must should".split()
)


class WeightsError(ValueError):
    """A weights file that cannot be used; the message says which, why and what to do."""


class Said(NamedTuple):
    """What the wording says: capped log-odds of status, and the words that weighed most for it."""

    log_odds: float
    words: tuple[str, ...]


SILENT = Said(0.0, ())


class Wording(NamedTuple):
    """A table of weights.

    `bias` is the log-odds of status before anything is known; `slope` is what the curated signals
    weigh beside the wording, as a multiple of their own weights.
    """

    table: array[int]
    scale: float
    bias: float
    slope: float

    def of(self, features: Features) -> Said:
        """What the words of a field say."""
        share = prose_share(len(features.prose))
        prose = self._weigh(features.prose)
        name = self._weigh(features.name)
        facts = sum(self._weigh(features.facts)) + sum(self._weigh(features.opening))
        total = (sum(name) + facts + share * sum(prose)) * self.scale
        bounded = max(-CAP, min(CAP, total))
        return Said(bounded, _strongest(features, name, prose, share, toward=total))

    def _weigh(self, features: tuple[str, ...]) -> list[int]:
        table, size, crc = self.table, len(self.table), zlib.crc32
        # Half a character, as JSON and file names may hold one, is no reason to fail.
        return [table[crc(f.encode(errors="surrogatepass")) % size] for f in features]


def beside(said: Said, lean: float) -> Said:
    """What the wording may say beside curated signals that lean so far toward status."""
    if abs(lean) < CLEAR or said.log_odds * lean >= 0:
        return said
    return said._replace(log_odds=max(-AGAINST, min(AGAINST, said.log_odds)))


def prose_share(count: int) -> float:
    """How many times each of so many features of prose counts."""
    return SHARE / math.sqrt(max(count, FEW))


def _strongest(
    features: Features, name: Iterable[int], prose: Iterable[int], share: float, toward: float
) -> tuple[str, ...]:
    """The words of name and description that weigh most toward a side, as they are quoted."""
    sums: dict[str, float] = {}
    for feature, weight in zip(features.prose, prose, strict=True):
        word = feature[2:]
        if feature[:2] != "cb" and word not in _PLAIN:
            sums[word] = sums.get(word, 0.0) + weight * share
    for feature, weight in zip(features.name, name, strict=True):
        if feature[:5] in _NAMED:
            word = feature[5:]
            sums[word] = sums.get(word, 0.0) + weight
    sign = 1 if toward > 0 else -1
    best = nlargest(_QUOTED, sums, key=lambda word: sign * sums[word])
    return tuple(word for word in best if sign * sums[word] > 0)


def load(path: Path) -> Wording:
    """Read a weights file; a WeightsError says why it cannot be used."""
    try:
        with path.open("rb") as file:
            # What is no weights file may have no end.
            data = file.read(HEADER.size)
            data += file.read() if data.startswith(MAGIC) else b""
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no file has such a name"
        message = f"cannot read the weights file {path}: {why}"
        raise WeightsError(message) from None
    return unpack(data, str(path))


def unpack(data: bytes, path: str) -> Wording:
    """Read the bytes of a weights file, which messages call `path`."""
    if len(data) < HEADER.size or not data.startswith(MAGIC):
        message = f"{path} is no weights file; specstat learn makes one"
        raise WeightsError(message)
    _, version, size, checksum, scale, bias, slope = HEADER.unpack_from(data)
    if version != VERSION:
        message = (
            f"{path} is a weights file of version {version}, this specstat reads version "
            f"{VERSION}; make it anew with specstat learn"
        )
        raise WeightsError(message)
    table = data[HEADER.size :]
    usable = all(map(math.isfinite, (scale, bias, slope)))
    if not size or len(table) != size or zlib.crc32(table) != checksum or not usable:
        message = f"the weights file {path} is damaged or cut short; make or fetch it anew"
        raise WeightsError(message)
    if slope < 0:
        message = (
            f"the weights file {path} would turn the curated signals around; make it anew with "
            "specstat learn, from more fields"
        )
        raise WeightsError(message)
    return Wording(array("b", table), scale, bias, slope)


@cache
def shipped() -> Wording:
    """The weights that come with the package."""
    return load(Path(__file__).with_name("data") / "wording.bin")
