"""Builds the Go program that asks Kubernetes' own code, once for all workers of a test run."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pytest

SOURCES = Path(__file__).parent / "program"
# Ignored by git, and removed by `make clean`.
BUILT = Path(__file__).resolve().parents[2] / "build" / "conformance"
MINUTES = 20


class UnavailableError(Exception):
    """Kubernetes' code cannot be asked here; the text says what to do about it."""


def give_up(reason: UnavailableError, environ: Mapping[str, str]) -> NoReturn:
    """Skip the test, or fail it in CI, where nobody would notice that it is always skipped."""
    if environ.get("CI"):
        pytest.fail(str(reason), pytrace=False)
    pytest.skip(str(reason))


def program() -> Path:
    """Return the program, built anew only where its sources have changed.

    Raises:
        UnavailableError: without Go, or where the modules of Kubernetes cannot be had.
    """
    made = BUILT / fingerprint() / "kubernetes"
    if made.is_file():
        return made
    go = shutil.which("go")
    if go is None:
        raise UnavailableError(
            "Go is not installed, so Kubernetes' own code was not asked; "
            f"install Go {needed()} or later to run these tests"
        )
    made.parent.mkdir(parents=True, exist_ok=True)
    with (BUILT / "lock").open("w", encoding="utf-8") as lock:
        # Workers of one run wait for the first of them.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.is_file():
            build(go, made)
    return made


def build(go: str, made: Path) -> None:
    """Fetch the modules and build, into a file of its own until it is whole."""
    fetched = run([go, "list", "-deps", "."])
    if fetched.returncode:
        last = fetched.stderr.strip().splitlines()[-1:]
        raise UnavailableError(
            f"Go could not get the modules of Kubernetes ({''.join(last)}), so Kubernetes' own "
            f"code was not asked; these tests need Go {needed()} or later and, once, the network"
        )
    unfinished = made.with_name(f"unfinished-{os.getpid()}")
    done = run([go, "build", "-buildvcs=false", "-o", str(unfinished), "."])
    assert done.returncode == 0, f"the conformance program does not build:\n{done.stderr}"
    unfinished.replace(made)


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=SOURCES,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=MINUTES * 60,
    )


def fingerprint() -> str:
    """Name what is built after all that it is built from."""
    digest = hashlib.sha256()
    for source in sorted(SOURCES.glob("*")):
        if source.suffix in {".go", ".mod", ".sum"}:
            digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def needed() -> str:
    """Return the version of Go that go.mod asks for, without its patch level."""
    lines = (SOURCES / "go.mod").read_text(encoding="utf-8").splitlines()
    version = next(line.split()[1] for line in lines if line.startswith("go "))
    return ".".join(version.split(".")[:2])
