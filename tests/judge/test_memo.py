"""Answers that are remembered, and not without bound."""

from __future__ import annotations

from specstat.judge.memo import Memo

MANY = 50_000


def test_what_was_answered_is_not_asked_again() -> None:
    asked: list[str] = []

    def upper(text: str) -> str:
        asked.append(text)
        return text.upper()

    memo = Memo(upper)

    assert [memo["a"], memo["b"], memo["a"]] == ["A", "B", "A"]
    assert asked == ["a", "b"]


def test_it_does_not_grow_without_bound_and_answers_on() -> None:
    memo: Memo[str, int] = Memo(len)

    assert [memo["x" * number] for number in range(MANY // 100)] == list(range(MANY // 100))
    for number in range(MANY):
        assert memo[str(number)] == len(str(number))
    assert len(memo) < MANY // 2
