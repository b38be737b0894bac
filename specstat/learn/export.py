"""What was learned, as the weights file that the judge reads."""

from __future__ import annotations

import json
import zlib
from array import array
from pathlib import Path

from specstat.judge.weights import HEADER, MAGIC, VERSION, is_weight, place
from specstat.learn.fit import Fitted

SIZE = 2**19  # bytes, most of which are zero: features seldom share one
_LEAST = 0.03  # nats; what weighs less is left out
_STEPS = 127  # what a signed byte holds on either side


def pack(fitted: Fitted, size: int = SIZE) -> bytes:
    """A weights file; the largest weight is the largest byte.

    A ValueError says why there is none: no reader would take its numbers.
    """
    sums: dict[int, float] = {}
    for feature, weight in fitted.words.items():
        if not abs(weight) < _LEAST:  # so that what is no number is not left out
            at = place(feature, size)
            sums[at] = sums.get(at, 0.0) + weight
    told = (*sums.values(), *fitted.signals.values(), fitted.bias, fitted.slope)
    if not all(map(is_weight, told)):
        message = (
            "training gave weights that are not finite or beyond all measure, so nothing was "
            "written; give other examples, or more of them"
        )
        raise ValueError(message)
    scale = (max(map(abs, sums.values()), default=0.0) or 1.0) / _STEPS
    table = array("b", bytes(size))
    for at, weight in sums.items():
        table[at] = round(weight / scale)
    signals = {name: round(weight, 4) for name, weight in fitted.signals.items()}
    text = json.dumps(signals, separators=(",", ":")).encode()
    payload = text + table.tobytes()
    header = HEADER.pack(
        MAGIC,
        VERSION,
        len(text),
        size,
        zlib.crc32(payload),
        scale,
        fitted.bias,
        fitted.slope,
    )
    return header + payload


def write(fitted: Fitted, path: Path) -> int:
    """Write a weights file and return its size in bytes."""
    return path.write_bytes(pack(fitted))
