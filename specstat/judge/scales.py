"""What a field is weighed with: curated signals, the wording, and the odds beforehand."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from specstat.judge import signals, weights, wording
from specstat.judge.signals import Model
from specstat.judge.weights import Weights
from specstat.judge.wording import Wording


class Scales(NamedTuple):
    """Signals and wording by the same training; `bias` is the log-odds of status beforehand."""

    model: Model
    wording: Wording
    bias: float


def of(own: Weights | None = None) -> Scales:
    """The scales by some weights, or by those that come with the package."""
    return _by(own or weights.shipped())


@lru_cache(maxsize=4)
def _by(learned: Weights) -> Scales:
    model = signals.weighed(signals.shipped(), learned.signals, learned.slope)
    return Scales(model, wording.of(learned), learned.bias)


def without_words(model: Model, bias: float = 0.0) -> Scales:
    """The scales by curated signals alone."""
    return Scales(model, wording.SILENT, bias)
