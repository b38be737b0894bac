"""What was learned, as the weights file that the judge reads."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

from specstat.judge.weights import HEADER, MAGIC, VERSION, entries, is_weight, places_of
from specstat.learn.fit import Fitted

SIZE = 2**19  # entries, two thirds of which are empty
_LEAST = 0.015  # nats; what weighs less is left out
_STEPS = 127  # what a signed byte holds on either side


def pack(fitted: Fitted, size: int = SIZE) -> bytes:
    """A weights file; the largest weight is the largest byte.

    A ValueError says why there is none: no reader would take its numbers.
    """
    heavy = {f: w for f, w in fitted.words.items() if not abs(w) < _LEAST}
    told = (*heavy.values(), *fitted.signals.values(), fitted.bias, fitted.slope)
    if not all(map(is_weight, told)):
        message = (
            "training gave weights that are not finite or beyond all measure, so nothing was "
            "written; give other examples, or more of them"
        )
        raise ValueError(message)
    scale = (max(map(abs, heavy.values()), default=0.0) or 1.0) / _STEPS
    table = entries(bytes(4 * size))
    for feature in sorted(heavy, key=lambda f: -abs(heavy[f])):  # should one be lost, a light one
        places, check = places_of(feature, size)
        free = next((at for at in places if not table[at]), None)
        if free is not None:
            table[free] = check << 8 | round(heavy[feature] / scale) & 0xFF
    signals = {name: round(weight, 4) for name, weight in fitted.signals.items()}
    text = json.dumps(signals, separators=(",", ":")).encode()
    payload = text + entries(table.tobytes()).tobytes()
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
