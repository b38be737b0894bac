"""Examples as numbers: one row each, one column for each word, rating and signal."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
from scipy.sparse import csr_matrix, hstack

from specstat.judge import features, signals, traits
from specstat.judge.features import Features
from specstat.learn import knowledge
from specstat.learn.corpus import Example, undescribed

FOLDS = 5
CURATED = 0.5  # how freely a signal moves from its curated weight, beside a word
_BALANCE = 0.3  # a family of n examples counts as n ** (1 - this)
_UNDESCRIBED = 0.8  # what a copy without description counts beside its original


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Examples and their copies without description as numbers.

    `words` has a column for each of `features`, `ratings` one for each kind of rating, `heard`
    one for each signal; `curated` is the sum of the signals' own weights. `families` holds the
    family of each row, and the first `originals` rows are no copies and of no other source.
    """

    words: csr_matrix
    ratings: csr_matrix
    heard: csr_matrix
    curated: np.ndarray
    features: tuple[str, ...]
    in_status: np.ndarray
    weights: np.ndarray
    families: np.ndarray
    originals: np.ndarray

    def of(self, rows: np.ndarray) -> csr_matrix:
        """What is fitted for some rows: the signals' sum, signals, ratings, words."""
        parts = (
            csr_matrix(self.curated[rows, None]),
            CURATED * self.heard[rows],
            self.ratings[rows],
            self.words[rows],
        )
        return hstack(parts).tocsr()


def tabulate(examples: Sequence[Example]) -> Table:
    """Compute what is learned from, for the examples and their copies without description."""
    every = [*examples, *undescribed(examples)]
    seen = [(e.field, traits.of(e.field)) for e in every]
    rows = [features.of(*pair) for pair in seen]
    names = _worth_learning(rows, [e.family for e in every])
    model = signals.shipped()
    heard = [signals.match(model, t) for _, t in seen]
    share = [e.weight for e in examples]
    share += [e.weight * _UNDESCRIBED for e in every[len(examples) :]]
    size = Counter((e.family, e.source) for e in examples)
    return Table(
        _matrix(rows, {name: at for at, name in enumerate(names)}),
        _rated(rows),
        _indicators([[s.id for s, _ in h] for h in heard], [s.id for s in model.signals.values()]),
        np.array([signals.lean(h) for h in heard]),
        names,
        np.array([e.in_status for e in every]),
        np.array(
            [s / size[e.family, e.source] ** _BALANCE for s, e in zip(share, every, strict=True)]
        ),
        np.array([e.family for e in every]),
        np.array([n < len(examples) and not e.source for n, e in enumerate(every)]),
    )


def folds(families: np.ndarray) -> np.ndarray:
    """The fold of each row, by its family."""
    names = set(families.tolist())
    place = {f: n % FOLDS for n, f in enumerate(shuffled(names))}
    return np.array([place[family] for family in families.tolist()])


def shuffled(families: set[str]) -> list[str]:
    """Families in an order that has nothing to do with their names' beginnings."""
    return sorted(families, key=lambda f: (zlib.crc32(f.encode(errors="surrogatepass")), f))


def _worth_learning(rows: Iterable[Features], families: Iterable[str]) -> tuple[str, ...]:
    """The features that more than one family has, and those that are rated, in order."""
    seen: dict[str, str] = {}
    common: set[str] = set()
    for row, family in zip(rows, families, strict=True):
        for feature in _all(row):
            if seen.setdefault(feature, family) != family:
                common.add(feature)
    return tuple(sorted(common | {f for f in seen if knowledge.rate(f) is not None}))


def _all(row: Features) -> Iterable[str]:
    return chain(row.plain, row.children, row.prose)


def _values(row: Features) -> Iterable[float]:
    """What each feature of a row counts, in the order of `_all`."""
    return chain(
        repeat(1.0, len(row.plain)),
        repeat(row.children_share, len(row.children)),
        repeat(row.prose_share, len(row.prose)),
    )


def _matrix(rows: Sequence[Features], place: Mapping[str, int]) -> csr_matrix:
    """Features as rows of a matrix with one column for each feature that has a place."""
    cells = (
        [(place[f], v) for f, v in zip(_all(r), _values(r), strict=True) if f in place]
        for r in rows
    )
    return _sparse(cells, len(rows), len(place))


def _rated(rows: Sequence[Features]) -> csr_matrix:
    """The sums of a row's ratings, one column for each kind."""
    place = {kind: at for at, kind in enumerate(knowledge.KINDS)}
    known = {f: knowledge.rate(f) for row in rows for f in _all(row)}

    def cells(row: Features) -> Iterable[tuple[int, float]]:
        for feature, share in zip(_all(row), _values(row), strict=True):
            if (rating := known[feature]) is not None:
                yield place[rating[0]], rating[1] * share

    return _sparse((list(cells(row)) for row in rows), len(rows), len(place))


def _indicators(rows: Sequence[Sequence[str]], names: Sequence[str]) -> csr_matrix:
    place = {name: at for at, name in enumerate(names)}
    return _sparse(([(place[n], 1.0) for n in row] for row in rows), len(rows), len(names))


def _sparse(rows: Iterable[Sequence[tuple[int, float]]], height: int, width: int) -> csr_matrix:
    """A matrix from the cells of its rows; cells of one place add up."""
    kept = list(rows)
    ends = np.cumsum([0, *map(len, kept)])
    cells = np.array(list(chain.from_iterable(kept)), dtype=np.float64).reshape(-1, 2)
    matrix = csr_matrix((cells[:, 1], cells[:, 0].astype(np.int32), ends), shape=(height, width))
    matrix.sum_duplicates()
    return matrix
