"""Paths into files: what was named, what is found below it, what git ignores left out."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from specstat.engine.config.finding import NAMES
from specstat.readers import PROTO_SUFFIXES, YAML_SUFFIXES

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_SUFFIXES = YAML_SUFFIXES | PROTO_SUFFIXES
_GLOB = re.compile(r"[*?\[]")
_MISSING = "there is no such file or folder"
# `git rev-parse --local-env-vars`, those that name a repository or its index.
_GIT_LOCAL = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"}
)
_SUBMODULE = "160000 "
_DENIED = re.compile(r"warning: could not open directory '(.*?)/?': (.*)")


class Found(NamedTuple):
    """A file to read, or, with `error`, a path that cannot be; `named` by the user or found."""

    path: str
    named: bool = False
    error: str = ""
    stdin: bool = False


def discover(paths: Iterable[str], *, named: bool = True) -> Iterator[Found]:
    """Every file once, in the order of the paths; below a folder in the order of names.

    `named=False` treats files that were passed like found ones, as hooks want it.
    """
    files: dict[str, Found] = {}
    for path in paths:
        for found in _expand(path, named=named):
            # A file that is named is read, whatever folder it was found in before.
            if found.path not in files or found.named:
                files[found.path] = found
    yield from files.values()


def _expand(path: str, *, named: bool) -> Iterator[Found]:
    place = Path(path)
    try:
        is_folder = stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116 - pathlib hides why not
    except FileNotFoundError:
        yield from _glob(path, named=named)
    except NotADirectoryError:
        yield Found(path, error=_MISSING)
    except OSError as error:
        yield Found(path, error=f"cannot open it: {error.strerror}")
    else:
        yield from _below(place) if is_folder else (Found(place.as_posix(), named),)


def _glob(path: str, *, named: bool) -> Iterator[Found]:
    if not _GLOB.search(path):
        yield Found(path, error=_MISSING)
        return
    import glob  # noqa: PLC0415 - shells have expanded most patterns already

    matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - Path globs are relative
    if not matches:
        yield Found(path, error="no file matches this pattern")
    for match in matches:
        yield from _expand(match, named=named)


def _below(folder: Path) -> Iterator[Found]:
    """The files of a folder that a reader could want."""
    tracked = _git(folder, "ls-files", "-zs")
    others = _git(folder, "ls-files", "-zo", "--exclude-standard")
    if tracked is None or others is None:
        found = list(_from_walk(folder))
    elif not (tracked.stdout or others.stdout) and _git(folder, "check-ignore", "-q", "."):
        found = list(_from_walk(folder))  # a folder that git ignores is read when it is named
    else:
        found = [*_tracked(folder, tracked), *_untracked(folder, others)]
    yield from sorted(found, key=lambda f: f.path)


def _git(folder: Path, *arguments: str) -> CompletedProcess[bytes] | None:
    """What git says in a folder; None where it fails, as it does where there is no checkout."""
    import subprocess  # noqa: PLC0415 - named files need no git

    # Hooks run with variables that name a repository, and it need not be the folder's.
    environment = {k: v for k, v in os.environ.items() if k not in _GIT_LOCAL} | {"LC_ALL": "C"}
    try:
        # core.fsmonitor names a program to run, and nothing of the linted tree may be run.
        done = subprocess.run(  # noqa: S603 - git itself; the folder is one argument, no shell
            ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *arguments],  # noqa: S607 - git as the user has it
            capture_output=True,
            check=False,
            env=environment,
        )
    except OSError:  # no git here
        return None
    return None if done.returncode else done


def _names(listed: CompletedProcess[bytes]) -> Iterator[str]:
    return filter(None, os.fsdecode(listed.stdout).split("\0"))


def _tracked(folder: Path, listed: CompletedProcess[bytes]) -> Iterator[Found]:
    """What git tracks below a folder, submodules included; a line is `MODE ID STAGE<tab>NAME`."""
    for entry in _names(listed):
        facts, _, name = entry.partition("\t")
        path = folder / name
        if not facts.startswith(_SUBMODULE):
            yield from _wanted(path)
        elif _is_checked_out(path):
            yield from _below(path)


def _is_checked_out(submodule: Path) -> bool:
    """Whether a submodule is there; git would answer for the repository around it else."""
    return not submodule.is_symlink() and (submodule / ".git").exists()


def _untracked(folder: Path, listed: CompletedProcess[bytes]) -> Iterator[Found]:
    """What git would track below a folder; a repository inside this one is listed as a folder."""
    for name in _names(listed):
        yield from (_below if name.endswith("/") else _wanted)(folder / name)
    denied = _DENIED.findall(os.fsdecode(listed.stderr))
    if denied:  # git names them as seen from the top of the repository
        asked = _git(folder, "rev-parse", "--show-prefix")
        prefix = os.fsdecode(asked.stdout).strip("\n") if asked else ""
        for name, reason in denied:
            path = folder / name.removeprefix(prefix)
            yield Found(path.as_posix(), error=f"cannot open it: {reason}")


def _from_walk(folder: Path) -> Iterator[Found]:
    denied: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=denied.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            yield from _wanted(Path(parent) / name)
    for error in denied:
        path = Path(error.filename or folder)
        yield Found(path.as_posix(), error=f"cannot open it: {error.strerror}")


def _wanted(path: Path) -> Iterator[Found]:
    """A found path, if it has a reader by its name, is a file, and is not our configuration."""
    if path.suffix.lower() in _SUFFIXES and path.name not in NAMES:
        try:
            if path.is_file():
                yield Found(path.as_posix())
        except OSError as error:
            yield Found(path.as_posix(), error=f"cannot open it: {error.strerror}")
