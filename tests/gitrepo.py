"""A git repository made for a test, untouched by the settings of whoever runs it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


def environment() -> dict[str, str]:
    """The environment without git's variables and settings, which would leak in from outside."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@dataclass(frozen=True, slots=True)
class GitRepo:
    """A repository in a folder of its own, on the branch `main`."""

    folder: Path

    def git(self, *arguments: str) -> str:
        """Run git here and return what it printed."""
        who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.invalid")
        done = subprocess.run(
            ["git", *who, "-c", "protocol.file.allow=always", *arguments],
            cwd=self.folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"git {arguments[0]}: {done.stderr}"
        return done.stdout.strip()

    def write(self, files: Mapping[str, str]) -> None:
        """Put texts into files."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def commit(self, files: Mapping[str, str] | None = None) -> str:
        """Write files, commit all there is, and return the commit."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "All of it")
        return self.git("rev-parse", "HEAD")


def made(folder: Path, files: Mapping[str, str] | None = None) -> GitRepo:
    """A new repository with a first commit on `main`."""
    folder.mkdir(parents=True, exist_ok=True)
    repo = GitRepo(folder)
    repo.git("init", "--quiet", "--initial-branch=main")
    repo.commit(files)
    return repo
