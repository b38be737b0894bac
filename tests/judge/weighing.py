"""Weights made for a test."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Mapping

from specstat.judge.weights import Weights, entries, places_of

SIZE = 2**16
NONE: Mapping[str, float] = {}


def table(features: Mapping[str, int], size: int = SIZE) -> array[int]:
    """A table that holds the weights of a few features, each from -127 to 127."""
    made = entries(bytes(4 * size))
    for feature, weight in features.items():
        places, check = places_of(feature, size)
        free = next(at for at in places if not made[at])
        made[free] = check << 8 | weight & 0xFF
    return made


def weights(
    features: Mapping[str, int] | None = None,
    *,
    signals: Mapping[str, float] = NONE,
    bias: float = 0.0,
    slope: float = 1.0,
) -> Weights:
    """Weights of a few features, in tenths of a nat."""
    # Two are the same if their checksum is.
    checksum = zlib.crc32(repr((features, signals, bias, slope)).encode(errors="surrogatepass"))
    return Weights(checksum, bias, slope, signals, table(features or {}), 0.1)
