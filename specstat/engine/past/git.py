"""Asking git, so that nothing else runs.

Nothing that the tree or its configuration names is run: no hook, no filter, no text conversion, no
external diff, no watcher of files; and nothing is fetched.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

# `git rev-parse --local-env-vars`, those that name a repository or its index.
_GIT_LOCAL = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"}
)
_PROGRAMS = re.compile(r"filter\..*\.(?:clean|smudge|process|required)", re.DOTALL)


class RevisionError(Exception):
    """What cannot be had of git; the message is a sentence that says why and what to do."""


class Done(NamedTuple):
    """What became of a git command: its exit code, its output, its complaint."""

    code: int
    out: bytes
    err: str

    @property
    def words(self) -> str:
        """The output as text, without the end of its line."""
        return os.fsdecode(self.out).strip("\n")

    @property
    def complaint(self) -> str:
        """The first line of what git complains of."""
        lines = self.err.strip().splitlines() or ["it gave no reason"]
        return lines[0].removeprefix("fatal: ").removeprefix("error: ")


@dataclass
class Repository:
    """A git work tree, by its top folder with all links followed."""

    top: str

    @cached_property
    def _without_filters(self) -> dict[str, str]:
        """Variables that give each filter nothing to run; they have names of their own."""
        listed = _run(self.top, ("config", "-z", "--name-only", "--get-regexp", r"^filter\."))
        names = [name for name in os.fsdecode(listed.out).split("\0") if _PROGRAMS.fullmatch(name)]
        given = os.environ.get("GIT_CONFIG_COUNT", "")
        first = int(given) if given.isdecimal() else 0
        variables = {"GIT_CONFIG_COUNT": str(first + len(names))}
        for number, name in enumerate(names, first):
            value = "false" if name.endswith(".required") else ""
            variables[f"GIT_CONFIG_KEY_{number}"] = name
            variables[f"GIT_CONFIG_VALUE_{number}"] = value
        return variables

    def git(self, *arguments: str, stdin: bytes = b"") -> Done:
        """What git says at the top of the work tree."""
        return _run(self.top, arguments, stdin, self._without_filters)


def repository(folder: str) -> Repository:
    """The repository around a folder; RevisionError where there is none, or no git."""
    done = _run(folder, ("rev-parse", "--show-toplevel"))
    if not done.code and done.words:
        return Repository(done.words)
    shown = "the current folder" if Path(folder) == Path() else folder
    message = f"git cannot use the repository around {shown}: {done.complaint}"
    if "not a git repository" in done.err:
        message = f"{shown} is in no git repository, so nothing is known of its past"
    # As in a container, to which the files of another user are lent.
    if remedy := re.search("^\\s*(git config .* safe[.]directory .*)$", done.err, re.MULTILINE):
        message += f"; if you trust it: {remedy[1]}"
    raise RevisionError(message)


def _run(
    folder: str, arguments: Iterable[str], stdin: bytes = b"", more: Mapping[str, str] | None = None
) -> Done:
    import subprocess  # noqa: PLC0415 - a plain run of named files needs no git

    # Hooks run with variables that name a repository, and it need not be the folder's.
    environment = {k: v for k, v in os.environ.items() if k not in _GIT_LOCAL}
    environment |= {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",  # writes no index, hence runs no hook that is called for one
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_LITERAL_PATHSPECS": "0",
        "GIT_TERMINAL_PROMPT": "0",
    }
    try:
        done = subprocess.run(  # noqa: S603 - git itself; each word is one argument, no shell
            ["git", "-C", folder, "-c", "core.fsmonitor=false", *arguments],  # noqa: S607 - git as the user has it
            input=stdin,
            capture_output=True,
            check=False,
            env=environment | dict(more or {}),
        )
    except OSError as error:
        message = f"git is needed to know what changed, and cannot be run: {error.strerror}"
        raise RevisionError(message) from None
    return Done(done.returncode, done.stdout, os.fsdecode(done.stderr))
