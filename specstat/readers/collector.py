"""The garbage collector, kept out of the way of growing trees."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def off() -> Iterator[None]:
    """Switch the collector off; it would walk a growing tree again and again (half the time).

    Trees and fields hold no cycles, so nothing piles up: they go when their file is done.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
