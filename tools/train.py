"""Make the weights that come with the package from the labelled fields beside the checkout.

    python tools/train.py [--without FILE] [--out FILE] [CORPUS...]

`--without` names a file with one family a line, to leave these out as well, so that they can be
scored honestly. Needs the extra `learn`. Families in which status echoes the configuration of a
cloud provider are always left out: their labels say little about purpose.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from specstat.learn import corpus, export, fit

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "fields.jsonl.gz"
SHIPPED = ROOT / "specstat" / "judge" / "data" / "weights.bin"
ECHOING = frozenset(
    {"services.k8s.aws", "cnrm.cloud.google.com", "azure.com", "upbound.io", "crossplane.io"}
)


def train(corpora: list[Path], without: frozenset[str], out: Path) -> str:
    """Train on all families but some; returns a sentence on what was written."""
    examples = corpus.read(corpora, ECHOING | without)
    size = export.write(fit.fit(examples), out)
    families = len({e.family for e in examples})
    return f"{out}: {size} bytes, from {len(examples)} fields of {families} families"


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description="Make the weights that come with the package.")
    parser.add_argument("corpora", nargs="*", type=Path, default=[CORPUS])
    parser.add_argument("--without", type=Path)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    wanted = parser.parse_args()
    without = wanted.without.read_text("utf-8").split() if wanted.without else ()
    print(train(wanted.corpora, frozenset(without), wanted.out))


if __name__ == "__main__":
    main()
