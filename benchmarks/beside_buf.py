"""How long `specstat lint` takes beside `buf lint` on the same protos.

    python benchmarks/beside_buf.py [FOLDER [IMPORTED ...]]

Whole commands, in turns, and the medians of one run on one machine; only the ratio means
anything elsewhere. IMPORTED are further folders that the protos of FOLDER import from, which buf
compiles with them; what comes with protobuf needs none. Without a FOLDER the shared corpus is
taken, which SPECSTAT_SHARED may name.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SPECSTAT_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "corpus" / "protos"
TURNS = 15
# Their exit codes for "linted, nothing found" and "linted, found something".
SPECSTAT_DONE = (0, 1)
BUF_DONE = (0, 100)


def program_of_buf() -> str:
    """Buf from this environment, or from the PATH."""
    beside = str(Path(sys.executable).parent)
    program = shutil.which("buf", path=os.pathsep.join([beside, *os.get_exec_path()]))
    if not program:
        sys.exit("error: there is no buf here; it is in the dev group, so `make venv` installs it")
    return program


def workspace(folder: Path, sources: list[Path]) -> None:
    """A workspace of buf with a copy of each folder's protos as a module: m0, m1, ..."""
    lines = ["version: v2", "modules:"]
    for number, source in enumerate(sources):
        lines.append(f"  - path: m{number}")
        for path in sorted(source.rglob("*.proto")):
            target = folder / f"m{number}" / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    folder.joinpath("buf.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def timed(command: list[str], folder: Path, done: tuple[int, ...]) -> tuple[float, str]:
    """The seconds that a command took, and what it printed; ends us where it did not lint."""
    environment = os.environ | {"BUF_CACHE_DIR": str(folder / "cache")}
    start = time.perf_counter()
    run = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    if run.returncode not in done:
        shown = " ".join([Path(command[0]).name, *command[1:]])
        sys.exit(f"error: `{shown}` ended with {run.returncode}:\n{run.stdout}{run.stderr}")
    return seconds, run.stdout


def main() -> None:
    """Measure and print one table."""
    given = [Path(name) for name in sys.argv[1:]]
    sources = given or [CORPUS / "stigmer" / "apis", CORPUS / "protovalidate"]
    if missing := [str(source) for source in sources if not source.is_dir()]:
        sys.exit(f"error: there is no folder {missing[0]}; name one of protos")
    ours = [sys.executable, "-m", "specstat", "lint", "m0"]
    buf = program_of_buf()
    theirs = [buf, "lint", "m0"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace(folder, sources)
        # Lint of buf ends alike where it finds something and where an import is missing.
        timed([buf, "build", "m0", "-o", os.devnull], folder, (0,))
        sizes = [path.stat().st_size for path in folder.joinpath("m0").rglob("*.proto")]
        # Once for the caches of disk and bytecode, and for what they say.
        summary = timed(ours, folder, SPECSTAT_DONE)[1].strip().splitlines()[-1]
        found = timed(theirs, folder, BUF_DONE)[1].count("\n")
        turns = [
            (timed(ours, folder, SPECSTAT_DONE)[0], timed(theirs, folder, BUF_DONE)[0])
            for _ in range(TURNS)
        ]
    mine, other = (statistics.median(column) for column in zip(*turns, strict=True))
    ratio = statistics.median(one / two for one, two in turns)
    print(f"{len(sizes)} files, {sum(sizes) / 1e6:.1f} MB; medians of {TURNS} turns")
    print(f"specstat lint  {mine:>7.3f} s   {summary}")
    print(f"buf lint       {other:>7.3f} s   {found} findings")
    print(f"specstat takes {ratio:.2f} times as long as buf (median of the turns' ratios)")


if __name__ == "__main__":
    main()
