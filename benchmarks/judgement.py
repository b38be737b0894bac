"""How right the judge is on projects that it has not seen, beside plainer ways to judge.

    python benchmarks/judgement.py [--lint] [CORPUS]

Weights are trained five times, each time without a fifth of the families, and what comes out as a
weights file judges the fields of the families that it lacks. Near copies count once, families
that echo a cloud provider are left out, and labels are as the maintainers set them. The curated
signals were written, and the expert's ratings of words were made, with sight of the names and
words of all families, though not of the labels. `--lint` also runs the scorer of whole CRDs that
stands beside the corpus, fold by fold. Needs the extra `learn`; takes some minutes.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from specstat.judge import scales, weights  # noqa: E402 - the checkout's own
from specstat.judge.verdict import judge  # noqa: E402 - as above
from specstat.judge.words import split  # noqa: E402 - as above
from specstat.learn import corpus, export, fit, matrix  # noqa: E402 - as above
from specstat.learn.corpus import Example  # noqa: E402 - as above
from specstat.model.resource import Section  # noqa: E402 - as above
from tools import train  # noqa: E402 - as above

KEYWORDS = frozenset(
    "status state phase condition conditions ready observed current last available message reason "
    "error failed succeeded completed started updated count total time generation".split()
)
FEWEST = 10  # fields of a family that counts in the mean over families
RATES = (0.002, 0.01)  # false alarms at which the recall of swapped fields is told
HEADS = ("accuracy", "families", "AUC", "swap .2%", "swap 1%", "calibr.")


def by_weights_files(
    every: Sequence[Example], scored: Sequence[Example], fold: np.ndarray, folder: Path
) -> np.ndarray:
    """Log-odds by weights files that lack the family; the files are left in the folder."""
    found = np.zeros(len(scored))
    for number in range(matrix.FOLDS):
        rows = np.flatnonzero(fold == number)
        left_out = {scored[row].family for row in rows}
        learned = fit.fit([e for e in every if e.family not in left_out])
        export.write(learned, folder / f"{number}.bin")
        (folder / f"{number}.txt").write_text("\n".join(sorted(left_out)), encoding="utf-8")
        by = scales.of(weights.load(folder / f"{number}.bin"))
        for row in rows:
            chances = judge(scored[row].field, by=by).probabilities
            found[row] = np.log(chances[Section.STATUS] / chances[Section.SPEC])
    return found


def by_words(
    scored: Sequence[Example], fold: np.ndarray, told: Callable[[Example], str]
) -> np.ndarray:
    """Log-odds by logistic regression over words and pairs of words, in the same folds."""
    labels = np.array([e.in_status for e in scored])
    found = np.zeros(len(scored))
    counter = CountVectorizer(analyzer=str.split, min_df=3, binary=True)
    table = counter.fit_transform([told(e) for e in scored])
    for number in range(matrix.FOLDS):
        model = LogisticRegression(C=0.1, solver="liblinear", random_state=1)
        model.fit(table[fold != number], labels[fold != number])
        found[fold == number] = model.decision_function(table[fold == number])
    return found


def without_expert(scored: Sequence[Example], fold: np.ndarray) -> np.ndarray:
    """Log-odds by our own words, without signals, ratings and further examples."""
    table = matrix.tabulate(scored)
    plain = replace(
        table,
        ratings=table.ratings * 0,
        heard=table.heard * 0,
        curated=table.curated * 0,
    )
    folds = matrix.folds(plain.families)
    found = np.zeros(len(scored))
    for number in range(matrix.FOLDS):
        fitted = fit.regress(plain, np.flatnonzero(folds != number))
        own = {name: fitted.words.get(name, 0.0) for name in plain.features}
        rows = np.flatnonzero(fold == number)
        found[rows] = plain.words[rows] @ np.array(list(own.values())) + fitted.bias
    return found


def of_name(example: Example) -> str:
    """The words of the name, its ends, and the type."""
    words = split(example.field.name)
    found = [f"name:{word}" for word in words]
    found += [f"first:{words[0]}", f"last:{words[-1]}", f"type:{example.field.type}"]
    return " ".join([*found, f"last:{words[-1]}:{example.field.type}"])


def of_everything(example: Example) -> str:
    """The words of name, type, description, the description's pairs, and the children's names."""
    field = example.field
    told = re.findall(r"[a-z]+", field.description.lower())
    pairs = [f"{one}_{other}" for one, other in pairwise(told)]
    children = [f"child:{child.name.lower()}" for child in field.children]
    return " ".join([of_name(example), *told, *pairs, *children])


def by_keywords(scored: Iterable[Example]) -> np.ndarray:
    """Status where a word of the name is on a list."""
    found = [not KEYWORDS.isdisjoint(split(e.field.name)) for e in scored]
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


def line(title: str, log_odds: np.ndarray, scored: Sequence[Example]) -> str:
    """One row of the table."""
    chance = 1 / (1 + np.exp(-log_odds))
    labels = np.array([e.in_status for e in scored])
    families = np.array([e.family for e in scored])
    right = (chance > 0.5) == labels  # noqa: PLR2004 - even odds
    each = [right[families == f] for f in sorted(set(families))]
    mean = np.mean([r.mean() for r in each if len(r) >= FEWEST])
    wrong = np.sort(np.where(labels, 1 - chance, chance))[::-1]
    swapped = np.where(labels, chance, 1 - chance)
    swaps = [(swapped > wrong[int(rate * len(labels))]).mean() for rate in RATES]
    error = calibration_error(np.maximum(chance, 1 - chance), right)
    figures = (right.mean(), mean, auc(chance, labels), *swaps, error)
    return f"{title:<42}" + "".join(f"{figure:>9.3f}" for figure in figures)


def doubted(folder: Path, scored: Sequence[Example]) -> np.ndarray:
    """Which fields stand in a section that reviewers find wrong, or doubt (tools/corrections)."""
    none = dict.fromkeys(train.corrections(), "")
    sure = set(map(_key, corpus.read([folder / train.FIELDS], train.ECHOING, none)))
    return np.array([_key(example) not in sure for example in scored])


def _key(example: Example) -> tuple[object, ...]:
    field = example.field
    return example.family, field.name, example.in_status, field.description[:80]


def lint(folder: Path, corpus_folder: Path) -> None:
    """Score whole CRDs, each family with weights that lack it; cloud providers' are never seen."""
    scorer = corpus_folder.parent / "eval" / "score_lint.py"
    (folder / "echoing.txt").write_text("\n".join(sorted(train.ECHOING)), encoding="utf-8")
    command = f"{sys.executable} -m specstat lint --format json"
    parts = [
        (f"{n}.txt", f"{command} --weights {folder / f'{n}.bin'}") for n in range(matrix.FOLDS)
    ]
    told = []
    for families, own in (*parts, ("echoing.txt", command)):
        given = ("--families", str(folder / families), "--command", own, "--show", "99")
        result = subprocess.run(
            [sys.executable, str(scorer), str(corpus_folder / "crds"), *given],
            check=True,
            capture_output=True,
            text=True,
        )
        told.append(result.stdout)
    print(summary(told))


def summary(told: Sequence[str]) -> str:
    """What the scorer said of the parts, as one; rates are for so many fields or plants."""
    texts = "\n".join(told)
    fields = [int(n) for n in re.findall(r"(\d+) top-level fields", texts)]
    lines = []
    for title, pattern, each in (
        ("false alarms for 1,000 fields, warning", r"above ([\d.]+), error", fields),
        ("false alarms for 1,000 fields, error", r"above [\d.]+, error ([\d.]+)\n", fields),
        ("input planted in status, caught", r"in status: \d+ planted, .*? above ([\d.]+)", None),
        ("output planted in spec, caught", r"in spec: \d+ planted, .*? above ([\d.]+)", None),
    ):
        rates = [float(rate) for rate in re.findall(pattern, texts)]
        where = "status" if "status" in title else "spec"
        many = each or [int(n) for n in re.findall(rf"in {where}: (\d+) planted", texts)]
        mean = sum(r * n for r, n in zip(rates, many, strict=True)) / sum(many)
        lines.append(f"{title:<42}{mean:>9.3f}   of {sum(many)}")
    alarms = set(re.findall(r"(\S+)\.yaml SS\d+ \w+ (\w+)\.(\S+) ->", texts))
    doubts = {(p.kind.lower(), p.section, p.field) for p in train.corrections()}
    lines.append(f"  of these alarms reviewers agree with {len(alarms & doubts)} of {len(alarms)}")
    return "\n".join(lines)


def main() -> None:
    """Train, score and print one table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=train.CORPUS)
    parser.add_argument("--lint", action="store_true")
    wanted = parser.parse_args()
    scored = corpus.read([wanted.corpus / train.FIELDS], train.ECHOING)
    fold = matrix.folds(np.array([e.family for e in scored]))
    bare = np.array([not e.field.description for e in scored])
    print(f"{len(scored)} fields of {len({e.family for e in scored})} families, none seen before")
    print(" " * 42 + "".join(f"{head:>9}" for head in HEADS))
    print(line("a list of keywords", by_keywords(scored), scored))
    print(line("regression over the name", by_words(scored, fold, of_name), scored))
    print(line("regression over all words", by_words(scored, fold, of_everything), scored))
    print(line("our own words alone", without_expert(scored, fold), scored))
    with tempfile.TemporaryDirectory() as name:
        log_odds = by_weights_files(train.examples(wanted.corpus), scored, fold, Path(name))
        print(line("specstat", log_odds, scored))
        parts = (
            ("  described", ~bare),
            ("  with no description", bare),
            ("  but for what reviewers correct", ~doubted(wanted.corpus, scored)),
        )
        for title, rows in parts:
            kept = [e for e, keep in zip(scored, rows, strict=True) if keep]
            print(line(title, log_odds[rows], kept))
        if wanted.lint:
            lint(Path(name), wanted.corpus)


if __name__ == "__main__":
    main()
