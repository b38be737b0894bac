"""Answers to short texts, remembered: the words of descriptions are few and come again and again.

`functools.lru_cache` does the same and keeps an order besides, which costs as much again as the
look-up; for what is asked for each word of each description, that is most of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_MOST = 16_384  # answers; a bound, so that no input makes the memory grow


class Memo(dict[str, T]):
    """A dict that asks for what it lacks, which needs a subclass, and starts anew when full."""

    __slots__ = ("_answer",)

    def __init__(self, answer: Callable[[str], T]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, text: str) -> T:
        if len(self) >= _MOST:
            self.clear()
        answer = self[text] = self._answer(text)
        return answer
