"""Logistic regression of the section on a field's words, beside the curated signals.

Deterministic: the same examples in the same order give the same weights with the same versions
of scikit-learn and NumPy.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from specstat.judge import features, signals, traits
from specstat.judge.features import Features
from specstat.judge.wording import AGAINST, CAP, CLEAR, prose_share
from specstat.learn.corpus import Example, TooFewError, undescribed

SIZE = 2**17  # half of 2**18 for the same figures in cross-validation
FOLDS = 5
_STRENGTH = 0.1  # the inverse of the regularisation, rows in cross-validation by family
_BALANCE = 0.3  # a family of n examples counts as n ** (1 - this)
_UNDESCRIBED = 0.8  # what a copy without description counts beside its original
_FAR = 500.0  # log-odds beyond which exp() would overflow
_STEPS, _PRECISION = 200, 1e-8
_FEWEST = 200  # examples of each section


class Fitted(NamedTuple):
    """Weights of the hashed features, the bias, and what the curated signals' sum weighs."""

    weights: np.ndarray
    bias: float
    slope: float

    def times(self, factor: float, bias: float) -> Fitted:
        """The same, more or less sure of itself."""
        return Fitted(self.weights * factor, self.bias * factor + bias, self.slope * factor)


class Table(NamedTuple):
    """Examples as numbers: hashed features, the signals' sums, labels, weights and families."""

    hashed: csr_matrix
    signals: np.ndarray
    in_status: np.ndarray
    weights: np.ndarray
    families: tuple[str, ...]
    originals: int


def fit(examples: Sequence[Example], size: int = SIZE) -> Fitted:
    """Learn from examples; calibrated on examples of families that were not learned from."""
    counts = Counter(e.in_status for e in examples)
    if min(counts[True], counts[False]) < _FEWEST or len({e.family for e in examples}) < FOLDS:
        message = (
            f"the corpus is too small to learn from: {counts[False]} fields of spec and "
            f"{counts[True]} of status in {len({e.family for e in examples})} families; give at "
            f"least {_FEWEST} of each, from at least {FOLDS} families"
        )
        raise TooFewError(message)
    table = tabulate(examples, size)
    return calibrated(table, regress(table, np.arange(len(table.families))))


def tabulate(examples: Sequence[Example], size: int = SIZE) -> Table:
    """Compute what is learned from, for the examples and their copies without description."""
    every = [*examples, *undescribed(examples)]
    seen = [(e.field, traits.of(e.field)) for e in every]
    described = Counter(e.family for e in examples)
    share = [1.0] * len(examples) + [_UNDESCRIBED] * (len(every) - len(examples))
    return Table(
        hashed([features.of(*pair) for pair in seen], size),
        np.array([signals.lean(signals.match(signals.shipped(), t)) for _, t in seen]),
        np.array([e.in_status for e in every]),
        np.array([s / described[e.family] ** _BALANCE for s, e in zip(share, every, strict=True)]),
        tuple(e.family for e in every),
        len(examples),
    )


def regress(table: Table, rows: np.ndarray) -> Fitted:
    """Fit what the words of some rows say beyond the curated signals, which keep their weights."""
    x, offset = table.hashed[rows], table.signals[rows]
    signs = np.where(table.in_status[rows], 1.0, -1.0)
    weights = table.weights[rows] * (len(rows) / table.weights[rows].sum())

    def loss(found: np.ndarray) -> tuple[float, np.ndarray]:
        margin = signs * (x @ found[:-1] + found[-1] + offset)
        pull = -weights * signs / (1.0 + np.exp(np.clip(margin, -_FAR, _FAR)))
        ridge = found[:-1] / _STRENGTH
        value = weights @ np.logaddexp(0.0, -margin) + ridge @ found[:-1] / 2
        return float(value), np.append(x.T @ pull + ridge, pull.sum())

    start = np.zeros(x.shape[1] + 1)
    options = {"maxiter": _STEPS, "ftol": _PRECISION}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    return Fitted(found[:-1], float(found[-1]), 1.0)


def out_of_fold(table: Table) -> np.ndarray:
    """Log-odds of the originals, each by what was learned without its family."""
    place = {family: n % FOLDS for n, family in enumerate(shuffled(set(table.families)))}
    folds = np.array([place[family] for family in table.families])
    found = np.zeros(table.originals)
    for fold in range(FOLDS):
        fitted = regress(table, np.flatnonzero(folds != fold))
        own = np.flatnonzero(folds[: table.originals] == fold)
        found[own] = log_odds(fitted, table, own)
    return found


def log_odds(fitted: Fitted, table: Table, rows: np.ndarray) -> np.ndarray:
    """What the judge will say of rows, as long as nothing else is known of them."""
    words = np.clip(table.hashed[rows] @ fitted.weights, -CAP, CAP)
    lean = fitted.slope * table.signals[rows]
    against = (words * lean < 0) & (np.abs(lean) >= CLEAR)
    said: np.ndarray = np.where(against, np.clip(words, -AGAINST, AGAINST), words)
    return said + lean + fitted.bias


def calibrated(table: Table, fitted: Fitted) -> Fitted:
    """Make probabilities mean what they say for families that were not learned from."""
    heard = out_of_fold(table)[:, None]
    model = LogisticRegression(C=1e6, solver="lbfgs", tol=1e-8)
    model.fit(heard, table.in_status[: table.originals])
    return fitted.times(float(model.coef_[0, 0]), float(model.intercept_[0]))


def shuffled(families: set[str]) -> list[str]:
    """Families in an order that has nothing to do with their names' beginnings."""
    return sorted(families, key=lambda family: (zlib.crc32(family.encode()), family))


def hashed(every: Sequence[Features], size: int) -> csr_matrix:
    """Features as rows of a matrix with one column for each byte of a weights file."""
    rows = [[zlib.crc32(f.encode()) % size for f in chain(*row)] for row in every]
    values = [_values(row) for row in every]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter(chain.from_iterable(rows), np.int32, int(ends[-1]))
    data = np.fromiter(chain.from_iterable(values), np.float64, int(ends[-1]))
    matrix = csr_matrix((data, columns, ends), shape=(len(rows), size))
    matrix.sum_duplicates()
    return matrix


def _values(row: Features) -> list[float]:
    plain = len(row.name) + len(row.facts) + len(row.opening)
    return [1.0] * plain + [prose_share(len(row.prose))] * len(row.prose)
