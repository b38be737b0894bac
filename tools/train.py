"""Make what the judge goes by: weights, what neighbours weigh, and precedents, from one corpus.

    python -m tools.train [--without FILE] [--weights FILE] [--precedents FILE] [CORPUS]

`--without` names a file with one family a line, to leave these out of all, so that they can be
scored honestly; what neighbours weigh is then not written, for the package has it in one place.
Needs the extra `learn`. Families in which status echoes the configuration of a
cloud provider are always left out: their labels say little about purpose.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Mapping
from pathlib import Path

from specstat.judge import scales, weights
from specstat.judge.neighbours import FactWeights, log_odds_of
from specstat.judge.precedent_index import SHIPPED as PRECEDENTS
from specstat.judge.verdict import judge
from specstat.learn import corpus, export, fit, matrix, neighbours
from specstat.learn.corpus import Example, Place
from tools import more_examples, precedents

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
FIELDS = "fields.jsonl.gz"
WEIGHTS = ROOT / "specstat" / "judge" / "data" / "weights.bin"
NEIGHBOURS = WEIGHTS.with_name("neighbours.json")
CORRECTIONS = Path(__file__).with_name("corrections.jsonl")
ECHOING = precedents.CLOUD_PROVIDERS


def corrections(path: Path = CORRECTIONS) -> Mapping[Place, str]:
    """Fields that a reviewer finds in the wrong section, and where each belongs.

    Where the maintainers have a point as well, no section: such a field teaches nothing.
    """
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {
        Place(row["kind"], row["section"], row["field"]): "" if row["contested"] else row["belongs"]
        for row in rows
    }


def examples(folder: Path, without: frozenset[str] = frozenset()) -> list[Example]:
    """All that is learned from in a corpus folder, but for some families."""
    left_out = ECHOING | without
    own = corpus.read([folder / FIELDS], left_out, corrections())
    more = more_examples.read(folder, families(folder))
    return [*own, *(e for e in more if e.family not in left_out)]


def families(folder: Path) -> Mapping[str, str]:
    """The family of each group of API."""
    with gzip.open(folder / FIELDS, "rt", encoding="utf-8") as stream:
        return {row["group"]: row["family"] for row in map(json.loads, stream)}


def beside(folder: Path, table: matrix.Table, learned: fit.Learned) -> FactWeights:
    """What neighbours weigh, beside log-odds by weights that have not seen the field's family."""
    numbers = matrix.folds(table.families).tolist()
    fold = dict(zip(table.families.tolist(), numbers, strict=True))
    parts = [
        scales.of(weights.unpack(export.pack(part), f"fold {number}"))
        for number, part in enumerate(learned.parts)
    ]
    found = []
    for resource, family, field, telling in corpus.placed(
        [folder / FIELDS], ECHOING, corrections()
    ):
        log_odds = log_odds_of(judge(field, by=parts[fold.get(family, 0)]))
        found.append(neighbours.Judged(resource, family, field, log_odds, telling))
    return neighbours.fit(found)


def main() -> None:
    """Read the command line, train, build, and say what was written."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--without", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--precedents", type=Path, default=PRECEDENTS)
    wanted = parser.parse_args()
    without = frozenset(wanted.without.read_text("utf-8").split() if wanted.without else ())
    every = examples(wanted.corpus, without)
    table = matrix.tabulate(every)
    learned = fit.learn(table)
    size = export.write(learned.whole, wanted.weights)
    known = len({e.family for e in every if not e.source})
    print(f"{wanted.weights}: {size} bytes, {len(every)} examples, {known} families of fields")
    if not without:
        neighbours.write(beside(wanted.corpus, table, learned), NEIGHBOURS)
        print(f"{NEIGHBOURS}: written anew")
    facts = [fact for fact in precedents.read(wanted.corpus) if fact.project not in without]
    fields = precedents.build(wanted.precedents, facts, precedents.authored())
    print(f"{wanted.precedents}: {wanted.precedents.stat().st_size} bytes, {fields} fields")


if __name__ == "__main__":
    main()
