"""How fast specstat is, as ratios to the interpreter and to the YAML library.

    python benchmarks/speed.py [FOLDER]

Medians of one run on one machine; only the ratios mean anything elsewhere. Without a FOLDER of
CRDs one is made.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

PYTHON = sys.executable
ROOT = Path(__file__).resolve().parents[1]
USUAL_SIZE = 30_000


def median_of(run: Callable[[], object], times: int) -> float:
    """The median duration of a call, in seconds."""
    durations = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        durations.append(time.perf_counter() - start)
    return statistics.median(durations)


def process(*arguments: str) -> Callable[[], object]:
    """A call that runs the interpreter with these arguments and waits for it."""
    return lambda: subprocess.run([PYTHON, *arguments], capture_output=True, check=False)


def made_folder(folder: Path) -> Path:
    """A few hundred CRDs, made from a fixture under other names."""
    text = (ROOT / "fixtures/crds/forms.yaml").read_text("utf-8")
    for number in range(300):
        (folder / f"{number}.yaml").write_text(text.replace("adget", f"adget{number}"), "utf-8")
    return folder


def large_kind(folder: Path) -> tuple[str, str]:
    """A policy of 200 fields and the CRD of its kind, a megabyte in size."""
    crd, policy = folder / "large-crd.yml", folder / "large-policy.yml"
    names = [f"field{number}" for number in range(200)]
    words = "Words that say what the field is for. " * 135
    fields = (f"{n}: {{type: string, maxLength: 64, description: {words.strip()}}}" for n in names)
    head = (
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n"
        "  group: example.org\n  names: {kind: Large, plural: larges}\n  versions:\n"
        "  - name: v1\n    served: true\n    storage: true\n    schema:\n"
        "      openAPIV3Schema:\n        type: object\n        properties:\n"
        "          spec:\n            type: object\n            properties:\n"
    )
    crd.write_text(head + "".join(f"              {field}\n" for field in fields), "utf-8")
    listed = ", ".join(f"spec.{name}" for name in names)
    policy.write_text(f"kind: example.org/Large\nimmutable: [{listed}]\n", "utf-8")
    return str(policy), str(crd)


def usual(paths: list[Path]) -> Path:
    """The file whose size is nearest to that of a usual CRD."""
    return min(paths, key=lambda path: abs(path.stat().st_size - USUAL_SIZE))


def compose_all(texts: list[str]) -> None:
    """What the YAML library alone takes to compose the same texts with its C loader."""
    for text in texts:
        for _ in yaml.compose_all(text, Loader=yaml.CSafeLoader):
            pass


def main() -> None:
    """Measure and print one table."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else made_folder(Path(made))
        paths = sorted(folder.rglob("*.yaml"))
        texts = [path.read_text("utf-8") for path in paths]
        size = sum(map(len, texts)) / 1e6
        one = usual(paths)
        kilobytes = one.stat().st_size / 1000
        bare = median_of(process("-I", "-c", "pass"), 15)
        single = median_of(process("-m", "specstat", "lint", str(one)), 15)
        answer = median_of(process("-m", "specstat", "where", "retry_count"), 15)
        policy, crd = large_kind(Path(made))
        generate = ("-m", "specstat", "immutability", "generate", policy, "--into", crd, "--diff")
        guards = median_of(process(*generate), 7)
        gc.collect()
        library = median_of(lambda: compose_all(texts), 3)
        whole = median_of(process("-m", "specstat", "lint", "--quiet", str(folder)), 3)
    print(f"{len(paths)} CRDs, {size:.1f} MB; medians of one run")
    rows = [
        (f"lint one CRD of {kilobytes:.0f} KB", single, "bare interpreter", bare),
        ("where retry_count", answer, "bare interpreter", bare),
        ("generate 200 guards into 1 MB", guards, "bare interpreter", bare),
        ("lint all of them, one process", whole, "yaml.compose_all, C loader", library),
    ]
    for what, took, against, base in rows:
        print(f"{what:<34} {took:>7.3f} s   {took / base:>5.1f} times {against} ({base:.3f} s)")


if __name__ == "__main__":
    main()
