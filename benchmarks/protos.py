"""How fast .proto files are read.

    python benchmarks/protos.py [FOLDER]

Megabytes of text a second of processor time, the best of several runs. Without a FOLDER the
fixtures are read, many times over.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from specstat.readers import prototext

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "protos"
RUNS = 7


def seconds(texts: list[str]) -> float:
    """What it takes to read all texts once."""
    start = time.process_time()
    for text in texts:
        prototext.read(text)
    return time.process_time() - start


def main() -> None:
    """Measure and print one line."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FIXTURES
    data = [path.read_bytes() for path in sorted(folder.rglob("*.proto"))]
    data *= 1 if len(sys.argv) > 1 else 50
    size = sum(map(len, data)) / 1e6
    texts = [item.decode() for item in data]
    best = min(seconds(texts) for _ in range(RUNS))
    print(f"{len(texts)} files, {size:.1f} MB: {size / best:.1f} MB/s")


if __name__ == "__main__":
    main()
