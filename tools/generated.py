"""Files in docs/ that are made: written where they are stale, or only checked."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path


def stale(wanted: Mapping[Path, str]) -> dict[Path, str]:
    """The files on disk that are others than they should be, with what they should be."""
    return {
        path: text
        for path, text in wanted.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    }


def write(
    files: Mapping[Path, str], description: str | None, arguments: list[str] | None = None
) -> int:
    """Write stale files, or with --check tell the first; the result is the exit code."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if stale")
    options = parser.parse_args(arguments)
    for path, text in files.items():
        if options.check:
            print(f"docs/{path.name} is stale; run `make docs`", file=sys.stderr)
            return 1
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"wrote docs/{path.name}")
    return 0
