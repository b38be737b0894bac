"""Weights made for a test."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Mapping

from specstat.judge.weights import Weights, place

SIZE = 2**16
NONE: Mapping[str, float] = {}


def weights(
    features: Mapping[str, int] | None = None,
    *,
    signals: Mapping[str, float] = NONE,
    bias: float = 0.0,
    slope: float = 1.0,
) -> Weights:
    """Weights of a few features, in tenths of a nat."""
    table = array("b", bytes(SIZE))
    for feature, weight in (features or {}).items():
        table[place(feature, SIZE)] = weight
    # Two are the same if their checksum is.
    checksum = zlib.crc32(repr((features, signals, bias, slope)).encode(errors="surrogatepass"))
    return Weights(checksum, bias, slope, signals, table, 0.1)
