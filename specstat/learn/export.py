"""What was learned, as the weights file that the judge reads."""

from __future__ import annotations

import math
import zlib
from array import array
from pathlib import Path

from specstat.judge.wording import HEADER, MAGIC, VERSION
from specstat.learn.fit import Fitted

_STEPS = 127  # what a signed byte holds on either side


def pack(fitted: Fitted) -> bytes:
    """A weights file; the largest weight is the largest byte."""
    largest = float(abs(fitted.weights).max()) or 1.0
    scale = largest / _STEPS
    if not all(map(math.isfinite, (scale, fitted.bias, fitted.slope))):
        message = "training gave weights that are no finite numbers; nothing was written"
        raise ValueError(message)
    table = array("b", [round(float(weight) / scale) for weight in fitted.weights]).tobytes()
    header = HEADER.pack(
        MAGIC, VERSION, len(table), zlib.crc32(table), scale, fitted.bias, fitted.slope
    )
    return header + table


def write(fitted: Fitted, path: Path) -> int:
    """Write a weights file and return its size in bytes."""
    return path.write_bytes(pack(fitted))
