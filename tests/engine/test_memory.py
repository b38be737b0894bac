"""Nothing of a file is kept but its findings."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.support import crd, process

MEASURE = """
import json, sys, tracemalloc
from pathlib import Path
from specstat.engine.check import Settings
from specstat.engine.discover import Found
from specstat.engine.run import lint

text = Path(sys.argv[1]).read_text()

def files(count):
    for number in range(count):
        path = Path(sys.argv[1]).with_name(f"{number}.yaml")
        path.write_text(text.replace("Widget", f"Widget{number}"))
        yield Found(str(path), named=True)

lint(files(1), Settings())  # what is loaded and cached once
peaks = []
tracemalloc.start()
for count in (2, 14):
    tracemalloc.reset_peak()
    run = lint(files(count), Settings())
    assert run.resources == count and not run.diagnostics, run
    peaks.append(tracemalloc.get_traced_memory()[1])
print(json.dumps(peaks))
"""


def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path) -> None:
    words = "What the part is and does, in words that fill a line and then some more. " * 2
    parts = ", ".join(f'part{n}: {{type: string, description: "{words}"}}' for n in range(600))
    group = f"              group: {{type: object, properties: {{{parts}}}}}\n"
    path = tmp_path / "template.yaml"
    path.write_text(crd() + group, encoding="utf-8")
    size = path.stat().st_size
    assert size > 100_000

    result = process(str(path), python=("-c", MEASURE))

    assert result.code == 0, result.err
    few, many = json.loads(result.out)
    # 12 files more: one text kept of each would be 12 times the size.
    assert many - few < 3 * size
