"""What `lint --since` costs: 3 files changed of many, beside linting these 3 alone.

    python benchmarks/since.py [FILES]

Makes a git repository of 2,000 CRDs (or FILES), changes three, and runs both in turn. Prints the
ratio of the medians; only that means anything elsewhere.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TIMES = 21
FIXTURES = {
    "without findings": "crds/forms.yaml",
    "with findings, known before": "SS101-input-in-status/bad-callback-token.yaml",
}
FILES = 2_000


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as nobody in particular."""
    who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.invalid")
    command = ["git", "-C", str(folder), *who, "-c", "gc.auto=0", *arguments]
    subprocess.run(command, check=True, capture_output=True)


def made(folder: Path, count: int, fixture: Path) -> list[str]:
    """A repository of CRDs, 40 in a folder, with three changed since `main`; these are returned."""
    kind = fixture.read_text("utf-8").split("kind: ")[2].split()[0]
    text = fixture.read_text("utf-8")
    names = [f"team{number // 40}/crd{number}.yaml" for number in range(count)]
    for number, name in enumerate(names):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text.replace(kind, f"{kind}{number}"), "utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=All of it")
    git(folder, "switch", "--quiet", "--create=work")
    # Git trusts no file that is as young as its index: it would read all of them, each time.
    time.sleep(1.1)
    git(folder, "update-index", "--refresh")
    changed = names[:: max(1, count // 3)][:3]
    for name in changed:
        path = folder / name
        path.write_text(path.read_text("utf-8").replace("string", "integer", 1), "utf-8")
    return changed


def took(folder: Path, *arguments: str) -> float:
    """How long one run of specstat takes, in seconds."""
    command = [sys.executable, "-m", "specstat", "lint", *arguments]
    start = time.perf_counter()
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)
    seconds = time.perf_counter() - start
    assert b"Found " in done.stdout, done.stderr  # noqa: S101 - what failed was not measured
    return seconds


def measured(count: int, fixture: Path) -> tuple[float, float]:
    """The medians of linting three files, and of linting since `main`, in seconds."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        changed = made(folder, count, fixture)
        alone: list[float] = []
        since: list[float] = []
        for _ in range(TIMES):
            alone.append(took(folder, *changed))
            since.append(took(folder, "--since", "main"))
    return statistics.median(alone[1:]), statistics.median(since[1:])


def main() -> None:
    """Measure in turn and print the medians and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    print(f"{count} CRDs, 3 of them changed; medians of {TIMES - 1} runs in turn")
    for what, name in FIXTURES.items():
        one, other = measured(count, ROOT / "fixtures" / name)
        print(
            f"{what:<28} 3 files {one:.3f} s   --since main {other:.3f} s   {other / one:.2f} times"
        )


if __name__ == "__main__":
    main()
