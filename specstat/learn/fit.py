"""Logistic regression of the section on a field's words, beside the curated signals.

Three things are fitted together: how much the signals weigh as they were curated, and how far
each moves from there; how much each kind of an expert's ratings weighs; and how far each word
moves from its rating. Deterministic: the same examples in the same order give the same weights
with the same versions of scikit-learn and NumPy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from specstat.judge import signals
from specstat.judge.wording import AGAINST, CAP, CLEAR
from specstat.learn import knowledge
from specstat.learn.corpus import CorpusError, Example, TooFewError
from specstat.learn.matrix import CURATED, FOLDS, Table, folds, tabulate
from specstat.model.resource import Section

_STRENGTH = 0.05  # the inverse of the regularisation
_STEPS, _PRECISION = 200, 5e-3
_SEED = 1  # of the order in which the solver visits the rows
# Of calibration: caps hold for what is calibrated, so that one correction asks for another.
_ROUNDS = 4
# What a signal weighs beside what is the best guess: a verdict must be explained, and the words
# that say the same explain nothing. It costs 0.001 of accuracy.
_EMPHASIS = 1.5
# A signal of n families keeps exp(-n / 10) of what training would take from its curated weight:
# what the corpus hardly knows it cannot refute.
_RARE = 10
_FEWEST = 200  # examples of each section


class Fitted(NamedTuple):
    """Weights of the features and of the signals, in nats toward status, and the bias.

    `slope` is what a signal weighs that no example has, as a multiple of its curated weight.
    """

    words: Mapping[str, float]
    signals: Mapping[str, float]
    slope: float
    bias: float

    def times(self, factor: float, bias: float) -> Fitted:
        """The same, more or less sure of itself."""
        return Fitted(
            {word: weight * factor for word, weight in self.words.items()},
            {name: weight * factor for name, weight in self.signals.items()},
            self.slope * factor,
            self.bias * factor + bias,
        )


class Learned(NamedTuple):
    """What was learned from all families, and from all but those of each fold, in their order."""

    whole: Fitted
    parts: tuple[Fitted, ...]


def fit(examples: Sequence[Example]) -> Fitted:
    """Learn from examples; calibrated on examples of families that were not learned from."""
    counts = Counter(e.in_status for e in examples)
    families = len({e.family for e in examples})
    if min(counts[True], counts[False]) < _FEWEST or families < FOLDS:
        message = (
            f"the corpus is too small to learn from: {counts[False]} fields of spec and "
            f"{counts[True]} of status in {families} families; give at least {_FEWEST} of each, "
            f"from at least {FOLDS} families"
        )
        raise TooFewError(message)
    return learn(tabulate(examples)).whole


def regress(table: Table, rows: np.ndarray) -> Fitted:
    """Fit some rows."""
    if len(set(table.in_status[rows].tolist())) == 1:
        message = "all fields of one section are of one family; give those of further families"
        raise TooFewError(message)
    weights = table.weights[rows] * (len(rows) / table.weights[rows].sum())
    model = LogisticRegression(
        C=_STRENGTH, solver="liblinear", max_iter=_STEPS, tol=_PRECISION, random_state=_SEED
    )
    model.fit(table.of(rows), table.in_status[rows], sample_weight=weights)
    found, bias = model.coef_[0], float(model.intercept_[0])
    slope, found = max(0.0, float(found[0])), found[1:]
    moved, found = found[: table.heard.shape[1]] * CURATED, found[table.heard.shape[1] :]
    kinds, own = found[: len(knowledge.KINDS)], found[len(knowledge.KINDS) :]
    return Fitted(
        _words(dict(zip(knowledge.KINDS, kinds, strict=True)), table.features, own),
        _signals(slope, moved, _families_of(table, rows)),
        slope,
        bias,
    )


def _words(
    kinds: Mapping[str, float], names: Iterable[str], own: Iterable[float]
) -> dict[str, float]:
    """The weight of each feature: what its rating weighs, and what the corpus adds."""
    found = dict(zip(names, map(float, own), strict=True))
    for feature in dict.fromkeys(chain(knowledge.rated(), found)):
        if (rating := knowledge.rate(feature)) is not None:
            kind, value = rating
            found[feature] = found.get(feature, 0.0) + float(kinds[kind]) * value
    return found


def _families_of(table: Table, rows: np.ndarray) -> np.ndarray:
    """In how many families each signal was heard."""
    heard, families = table.heard[rows].tocsc(), table.families[rows]
    columns = (heard.getcol(n).indices for n in range(heard.shape[1]))
    return np.array([len(set(families[column])) for column in columns])


def _signals(slope: float, moved: np.ndarray, families: np.ndarray) -> dict[str, float]:
    """The weight of each signal in its own direction; none is turned round."""
    every = signals.shipped().signals.values()
    kept = np.exp(-families / _RARE)
    found = {}
    for signal, by, rare in zip(every, moved, kept, strict=True):
        toward = 1.0 if signal.toward is Section.STATUS else -1.0
        learned = max(0.0, slope * signal.weight + toward * float(by)) * _EMPHASIS
        found[signal.id] = learned + float(rare) * max(0.0, signal.weight - learned)
    return found


def log_odds(fitted: Fitted, table: Table, rows: np.ndarray) -> np.ndarray:
    """What the judge will say of rows, as long as nothing else is known of them."""
    words = np.array([fitted.words.get(name, 0.0) for name in table.features])
    every = signals.shipped().signals.values()
    weights = [fitted.signals[s.id] * (1 if s.toward is Section.STATUS else -1) for s in every]
    lean = table.heard[rows] @ np.array(weights)
    said = np.clip(table.words[rows] @ words, -CAP, CAP)
    most = np.maximum(AGAINST * np.abs(lean), CAP * (1 - np.abs(lean) / CLEAR))
    found: np.ndarray = np.where(said * lean < 0, np.clip(said, -most, most), said)
    return found + lean + fitted.bias


def learn(table: Table) -> Learned:
    """Fit all rows, and all but each fold's; calibrated on the folds that each has not seen."""
    fold = folds(table.families)
    whole = regress(table, np.arange(len(fold)))
    parts = [regress(table, np.flatnonzero(fold != number)) for number in range(FOLDS)]
    for _ in range(_ROUNDS):
        factor, bias = _correction(table, out_of_fold(table, parts))
        whole, parts = whole.times(factor, bias), [part.times(factor, bias) for part in parts]
    return Learned(whole, tuple(parts))


def out_of_fold(table: Table, parts: Sequence[Fitted]) -> np.ndarray:
    """Log-odds of the originals, each by what was learned without its family."""
    fold = folds(table.families)
    found = np.zeros(len(fold))
    for number, fitted in enumerate(parts):
        own = np.flatnonzero(fold == number)
        found[own] = log_odds(fitted, table, own)
    return found[table.originals]


def _correction(table: Table, heard: np.ndarray) -> tuple[float, float]:
    """By what log-odds must be multiplied, and what added, for their promises to come true."""
    model = LogisticRegression(C=1e6, solver="lbfgs", tol=1e-8)
    model.fit(heard[:, None], table.in_status[table.originals])
    factor = float(model.coef_[0, 0])
    if factor <= 0:
        message = (
            "the families of the corpus contradict each other: what some of them teach is wrong "
            "for the others; look whether all of them mean the same by spec and status"
        )
        raise CorpusError(message)
    return factor, float(model.intercept_[0])
