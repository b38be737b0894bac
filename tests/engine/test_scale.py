"""What fields, findings, ignores and entries cost grows with their number, not with its square."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from specstat.engine.check import settings_for
from specstat.engine.discover import Found
from specstat.engine.run import lint
from tests.cli.support import ORDER, crd

FEW, TIMES = 150, 16
SETTINGS = settings_for()


def _write(folder: Path, count: int, description: str, entry: str) -> Path:
    folder.mkdir()
    path = folder / "widget.yaml"
    names = [f"part{number}" for number in range(count)]
    path.write_text(crd(status=dict.fromkeys(names, description)), "utf-8")
    if entry:
        rows = "".join(f"  Widget.status.{name}: {entry}\n" for name in names)
        path.with_name("specstat.yaml").write_text(f"fields:\n{rows}", "utf-8")
    return path


def _seconds(path: Path) -> float:
    """The least of three, which the machine's other work is least in."""
    taken = []
    for _ in range(3):
        start = process_time()
        lint([Found(str(path), named=True)], SETTINGS)
        taken.append(process_time() - start)
    return min(taken)


@pytest.mark.parametrize(
    ("description", "entry"),
    [
        ("What is observed.", ""),
        (ORDER, ""),
        (f"{ORDER} ignore[SS101,SS104] known", ""),
        ("What is observed.", "ignore[SS101] known"),
    ],
    ids=["fields", "findings", "ignored findings", "entries of a configuration"],
)
def test_sixteen_times_as_much_takes_sixteen_times_as_long(
    tmp_path: Path, description: str, entry: str
) -> None:
    few = _seconds(_write(tmp_path / "few", FEW, description, entry))
    many = _seconds(_write(tmp_path / "many", FEW * TIMES, description, entry))

    # A square would be 256.
    assert many / few < 3 * TIMES, (few, many)
