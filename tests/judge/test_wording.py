"""What the wording says: one sum over a field's features, and the words that weighed most."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings

from specstat.judge import features, traits, wording
from specstat.judge.weights import Weights, shipped
from specstat.judge.wording import AGAINST, CAP, CLEAR, Wording
from specstat.model.resource import Field
from tests.judge.test_numbers import FIELDS
from tests.judge.weighing import weights

RUN = Field("time", type="string", description="When it ended wanted.")


def log_odds(field: Field, **by: int) -> float:
    return made(by).log_odds(field, traits.of(field))


def loudest(field: Field, toward: float, **by: int) -> tuple[str, ...]:
    return made(by).loudest(field, traits.of(field), toward)


def made(by: Mapping[str, int]) -> Wording:
    """The wording by the weights of a few features; an underscore stands for the colon."""
    return wording.of(weights({feature.replace("_", ":"): n for feature, n in by.items()}))


def test_weights_add_up_and_the_strongest_words_are_told() -> None:
    by = {"head_time": 5, "d_ended": 4, "c_ended": 2, "d_wanted": -3}
    share = features.of(RUN, traits.of(RUN)).prose_share

    assert log_odds(RUN, **by) == pytest.approx(0.1 * (5 + share * (4 - 3 + 2)))
    assert loudest(RUN, 1.0, **by) == ("ended", "time")


def test_words_toward_spec_are_told_for_spec() -> None:
    by = {"head_time": 1, "d_wanted": -9}

    assert log_odds(RUN, **by) < 0
    assert loudest(RUN, -1.0, **by) == ("wanted",)


def test_no_more_than_three_words_are_told() -> None:
    by = {f"d_{word}": n for n, word in enumerate(("one", "two", "three", "four"), 1)}

    told = loudest(Field("a", description="One two three four."), 1.0, **by)

    assert told == ("four", "three", "two")


@pytest.mark.parametrize("weight", [127, -127])
def test_wording_is_capped(weight: int) -> None:
    assert log_odds(RUN, head_time=weight) == pytest.approx(CAP if weight > 0 else -CAP)


@pytest.mark.parametrize(
    ("lean", "log_odds", "expected"),
    [
        (2.0, -2.5, -2.0 * AGAINST),
        (-2.0, 2.5, 2.0 * AGAINST),
        (6.0, -4.0, -6.0 * AGAINST),
        (CLEAR, -2.5, -CLEAR * AGAINST),
        (-CLEAR, 2.5, CLEAR * AGAINST),
        (CLEAR / 4, -4.0, -0.75 * CAP),  # the less the signals lean, the more words may say
        (-CLEAR / 10, 2.5, 2.5),
        (0.0, -2.5, -2.5),
        (2.0, 2.5, 2.5),
        (-2.0, -2.5, -2.5),
        (2.0, -0.5, -0.5),
        (2.0, 0.0, 0.0),
    ],
)
def test_wording_takes_back_a_share_of_what_clear_signals_say(
    lean: float, log_odds: float, expected: float
) -> None:
    assert wording.beside(log_odds, lean) == pytest.approx(expected)


def test_wording_never_turns_clear_signals_round() -> None:
    assert 0 < AGAINST < 1


def test_plain_words_are_not_quoted() -> None:
    field = replace(RUN, description="When the run ended.")

    assert loudest(field, 1.0, d_the=9, d_ended=4) == ("ended",)


def _sum_over_features(by: Weights, field: Field) -> float:
    """What `log_odds` adds up, feature by feature."""
    row = features.of(field, traits.of(field))
    total = sum(map(by.of_feature, row.plain))
    total += sum(map(by.of_feature, row.children)) * row.children_share
    total += sum(map(by.of_feature, row.prose)) * row.prose_share
    return max(-CAP, min(CAP, total))


def _every(field: Field) -> Iterable[str]:
    row = features.of(field, traits.of(field))
    return dict.fromkeys((*row.plain, *row.children, *row.prose))


def _weight(feature: str) -> int:
    """A weight that depends on each letter, in tenths of a nat."""
    return zlib.crc32(feature.encode(errors="surrogatepass")) % 31 - 15


KNOWN = wording.of(shipped())  # remembers from field to field


@settings(max_examples=200, deadline=None)
@given(FIELDS)
def test_remembered_sums_are_the_sums_over_the_features(field: Field) -> None:
    own = weights({feature: _weight(feature) for feature in _every(field)})

    for by, words in ((own, wording.of(own)), (shipped(), KNOWN)):
        for _ in range(2):  # the second time from memory
            said = words.log_odds(field, traits.of(field))
            assert said == pytest.approx(_sum_over_features(by, field), abs=1e-9)


def test_half_a_character_is_weighed_like_any_other() -> None:
    half = "\ud800"
    by = weights({f"head:{half}": 5})

    assert by.of_feature(f"head:{half}") == pytest.approx(0.5)
    assert log_odds(Field(half), **{f"head_{half}": 5}) == pytest.approx(0.5)


def test_silence_says_nothing_and_quotes_nothing() -> None:
    seen = traits.of(RUN)

    assert wording.SILENT.log_odds(RUN, seen) == 0.0
    assert wording.SILENT.loudest(RUN, seen, 1.0) == ()
