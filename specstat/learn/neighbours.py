"""What the facts about a field's neighbours weigh, beside the log-odds of the field's own words.

Logistic regression of the section with the own log-odds as they are; they have to come from a
model that has not seen the field's family, or they would look surer than they will be. Signs are
held to where a reviewer would insist, so that no accident of a corpus makes a reason absurd.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from specstat.judge import neighbours
from specstat.judge.around import Neighbour, around
from specstat.judge.neighbours import FactWeights
from specstat.learn.corpus import TooFewError
from specstat.model.resource import Field, Section

CAP = 3.0  # nats; what all facts may say together
_STRENGTH = 0.3  # the inverse of the regularisation
_BALANCE = 0.3  # a family of n fields counts as n ** (1 - this)
_FAR = 500.0  # log-odds beyond which exp() would overflow
_STEPS, _PRECISION = 500, 1e-10
_FEWEST = 200  # fields of each section
# How names are spelled is a thin reason to tell a person.
_THIN = {"case": 0.5}
# Facts that can only speak for spec; all others have the sign of their value.
_TOWARD_SPEC = frozenset({"echoed", "acknowledged", "company"})


class Judged(NamedTuple):
    """A field directly in spec or status, with the log-odds that its own words came to.

    `learned` is false where it is a neighbour only: a near copy, a field that stands in both.
    """

    resource: str
    family: str
    field: Field
    log_odds: float
    learned: bool = True


class Table(NamedTuple):
    """Fields as numbers: facts, own log-odds, labels, weights and families."""

    names: tuple[str, ...]
    facts: np.ndarray
    log_odds: np.ndarray
    in_status: np.ndarray
    weights: np.ndarray
    families: tuple[str, ...]


def fit(judged: Iterable[Judged]) -> FactWeights:
    """Learn what each fact weighs; the same fields in the same order give the same weights."""
    table = tabulate(judged)
    counts = Counter(map(bool, table.in_status))
    if min(counts[True], counts[False]) < _FEWEST:
        message = (
            f"too few fields to learn from: {counts[False]} of spec and {counts[True]} of status "
            f"that have neighbours in both; give at least {_FEWEST} of each"
        )
        raise TooFewError(message)
    return regress(table, np.arange(len(table.families)))


def tabulate(judged: Iterable[Judged]) -> Table:
    """Compute the facts of all fields that are learned from and have neighbours."""
    rows, kept = [], []
    ordered = sorted(judged, key=lambda j: j.resource)
    for _, group in groupby(ordered, key=lambda j: j.resource):
        own = list(group)
        of = around(*(_side(own, section) for section in (Section.SPEC, Section.STATUS)))
        if of is None:
            continue
        for one in own:
            if one.learned:
                rows.append(neighbours.facts(one.field, of))
                kept.append(one)
    share = Counter(one.family for one in kept)
    return Table(
        tuple(fact.name for fact in rows[0]) if rows else (),
        np.array([[fact.value for fact in row] for row in rows]),
        np.array([one.log_odds for one in kept]),
        np.array([one.field.section is Section.STATUS for one in kept]),
        np.array([share[one.family] ** -_BALANCE for one in kept]),
        tuple(one.family for one in kept),
    )


def _side(own: Sequence[Judged], section: Section) -> list[Neighbour]:
    return [Neighbour(j.field, j.log_odds) for j in own if j.field.section is section]


def regress(table: Table, rows: np.ndarray) -> FactWeights:
    """Fit the weights on some rows."""
    x, own = table.facts[rows], table.log_odds[rows]
    signs = np.where(table.in_status[rows], 1.0, -1.0)
    weights = table.weights[rows] * (len(rows) / table.weights[rows].sum())

    def loss(found: np.ndarray) -> tuple[float, np.ndarray]:
        margin = signs * (x @ found + own)
        pull = -weights * signs / (1.0 + np.exp(np.clip(margin, -_FAR, _FAR)))
        ridge = found / _STRENGTH
        return float(weights @ np.logaddexp(0.0, -margin) + ridge @ found / 2), x.T @ pull + ridge

    bounds = [_bounds(name) for name in table.names]
    options = {"maxiter": _STEPS, "ftol": _PRECISION}
    start = np.zeros(x.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    return FactWeights(CAP, dict(zip(table.names, map(float, found), strict=True)))


def _bounds(name: str) -> tuple[float | None, float | None]:
    return (None, 0.0) if name in _TOWARD_SPEC else (0.0, _THIN.get(name))


def log_odds(table: Table, weights: FactWeights, rows: np.ndarray) -> np.ndarray:
    """What the judge will say of rows, with their neighbours."""
    each = np.array([weights.of[name] for name in table.names])
    most = np.minimum(weights.cap, np.abs(table.log_odds[rows]))
    said: np.ndarray = np.clip(table.facts[rows] @ each, -most, most)
    return table.log_odds[rows] + said


def write(weights: FactWeights, path: Path) -> None:
    """Put weights into a file that has a row for each fact, and leave its reasons as they are."""
    data = json.loads(path.read_text("utf-8"))
    data["cap"] = weights.cap
    for row in data["facts"]:
        row["weight"] = round(weights.of[row["name"]], 2)
    path.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
