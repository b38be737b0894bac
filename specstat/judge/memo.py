"""Answers to small questions, remembered: words and names are few and come again and again.

`functools.lru_cache` does the same and keeps an order besides, which costs as much again as the
look-up; for what is asked for each word of each description, that is most of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

MOST = 16_384  # answers; a bound, so that no input makes the memory grow


class Memo(dict[K, T]):
    """A dict that asks for what it lacks, which needs a subclass, and starts anew when full."""

    __slots__ = ("_answer", "_most")

    def __init__(self, answer: Callable[[K], T], most: int = MOST) -> None:
        super().__init__()
        self._answer = answer
        self._most = most

    def __missing__(self, asked: K) -> T:
        if len(self) >= self._most:
            self.clear()
        answer = self[asked] = self._answer(asked)
        return answer
