"""How right the judge is on projects that it has not seen, beside plainer ways to judge.

    python benchmarks/judgement.py [FIELDS.jsonl.gz]

Five weights files are made, each without a fifth of the families, and each is scored on the
families that it lacks, together with the curated signals. Near copies count once; families that
echo a cloud provider are left out. The curated signals were made with sight of all families, so
the last two lines are a little kind to them. Needs the extra `learn`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from specstat.judge import features, signals, traits, wording
from specstat.judge.features import Features
from specstat.learn import corpus, export, fit
from specstat.learn.corpus import Example
from specstat.learn.fit import Fitted, Table

ROOT = Path(__file__).resolve().parents[1]
FIELDS = ROOT.parent / "shared" / "corpus" / "fields.jsonl.gz"
ECHOING = frozenset(
    {"services.k8s.aws", "cnrm.cloud.google.com", "azure.com", "upbound.io", "crossplane.io"}
)
KEYWORDS = frozenset(
    "status state phase condition conditions ready observed current last available message reason "
    "error failed succeeded completed started updated count total time generation".split()
)
FEWEST = 10  # fields of a family that counts in the mean over families
RATES = (0.002, 0.01)  # false alarms at which the recall of swapped fields is told


def folds(table: Table) -> np.ndarray:
    """The fold of each row, by its family."""
    place = {f: n % fit.FOLDS for n, f in enumerate(fit.shuffled(set(table.families)))}
    return np.array([place[family] for family in table.families])


def through_files(examples: Sequence[Example], table: Table) -> np.ndarray:
    """Log-odds by the weights files that lack the family."""
    fold = folds(table)[: table.originals]
    found = np.zeros(table.originals)
    for number in range(fit.FOLDS):
        others = [e for e, own in zip(examples, fold, strict=True) if own != number]
        file = wording.unpack(export.pack(fit.fit(others)), f"fold {number}")
        fitted = Fitted(np.array(file.table) * file.scale, file.bias, file.slope)
        rows = np.flatnonzero(fold == number)
        found[rows] = fit.log_odds(fitted, table, rows)
    return found


def only(examples: Sequence[Example], table: Table, keep: Callable[[Features], Features]) -> Table:
    """The table with some features alone, and without the curated signals."""
    every = [*examples, *corpus.undescribed(examples)]
    kept = [keep(features.of(e.field, traits.of(e.field))) for e in every]
    return table._replace(hashed=fit.hashed(kept, fit.SIZE), signals=table.signals * 0.0)


def words(row: Features) -> Features:
    """The words of name and description and the facts; classes have names in capitals."""
    return Features(*(tuple(f for f in part if not f[0].isupper()) for part in row))


def name(row: Features) -> Features:
    """What the name and the type say."""
    return Features(words(row).name)


def by_keywords(examples: Sequence[Example]) -> np.ndarray:
    """Status where a word of the name is on a list."""
    found = [not KEYWORDS.isdisjoint(traits.of(e.field).words) for e in examples]
    return np.where(found, 1.5, -1.5)


def auc(scores: np.ndarray, labels: np.ndarray) -> float:
    """The chance that a field of status scores above one of spec; ties count half."""
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    positive = labels.sum()
    above = ranks[labels].sum() - positive * (positive + 1) / 2
    return float(above / (positive * (len(labels) - positive)))


def calibration_error(sure: np.ndarray, right: np.ndarray) -> float:
    """How far, on average, a tenth of the scale is from what it promises."""
    tenth = np.minimum((sure * 10).astype(int), 9)
    off = (abs(sure[tenth == n].sum() - right[tenth == n].sum()) for n in range(10))
    return float(sum(off) / len(sure))


def line(title: str, log_odds: np.ndarray, examples: Sequence[Example]) -> str:
    """One row of the table."""
    chance = 1 / (1 + np.exp(-log_odds))
    labels = np.array([e.in_status for e in examples])
    families = np.array([e.family for e in examples])
    right = (chance > 0.5) == labels  # noqa: PLR2004 - even odds
    each = [right[families == f] for f in set(families)]
    mean = np.mean([r.mean() for r in each if len(r) >= FEWEST])
    wrong = np.sort(np.where(labels, 1 - chance, chance))[::-1]
    swapped = np.where(labels, chance, 1 - chance)
    swaps = [(swapped > wrong[int(rate * len(labels))]).mean() for rate in RATES]
    error = calibration_error(np.maximum(chance, 1 - chance), right)
    figures = (right.mean(), mean, auc(chance, labels), *swaps, error)
    return f"{title:<42}" + "".join(f"{figure:>9.3f}" for figure in figures)


def main() -> None:
    """Train, score and print one table."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else FIELDS
    examples = corpus.read([path], ECHOING)
    table = fit.tabulate(examples)
    heads = ("accuracy", "families", "AUC", "swap .2%", "swap 1%", "calibr.")
    print(f"{len(examples)} fields of {len(set(table.families))} families, none seen in training")
    print(" " * 42 + "".join(f"{head:>9}" for head in heads))
    lean = table.signals[: table.originals]
    rows = (
        ("a list of keywords", by_keywords(examples)),
        ("the words of the name", fit.out_of_fold(only(examples, table, name))),
        ("words of name and description", fit.out_of_fold(only(examples, table, words))),
        ("curated signals alone (saw all families)", lean + signals.shipped().bias),
        ("signals and wording (the weights file)", through_files(examples, table)),
    )
    for title, log_odds in rows:
        print(line(title, log_odds, examples))


if __name__ == "__main__":
    main()
