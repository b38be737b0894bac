"""Paths into files: what was named, what is found below it, what git ignores left out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from specstat.readers import PROTO_SUFFIXES, YAML_SUFFIXES

_SUFFIXES = YAML_SUFFIXES | PROTO_SUFFIXES
_GLOB = re.compile(r"[*?\[]")
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
    seen: set[str] = set()
    for path in paths:
        for found in _expand(path, named=named):
            if found.path not in seen:
                seen.add(found.path)
                yield found


def _expand(path: str, *, named: bool) -> Iterator[Found]:
    place = Path(path)
    if place.is_dir():
        yield from _below(place)
    elif place.exists():
        yield Found(place.as_posix(), named)
    elif _GLOB.search(path):
        import glob  # noqa: PLC0415 - shells have expanded most patterns already

        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - Path globs are relative
        if not matches:
            yield Found(path, error="no file matches this pattern")
        for match in matches:
            yield from _expand(match, named=named)
    else:
        yield Found(path, error="there is no such file or folder")


def _below(folder: Path) -> Iterator[Found]:
    """The files of a folder that a reader could want."""
    found = _from_git(folder) or list(_from_walk(folder))
    yield from sorted(found, key=lambda f: f.path)


def _from_git(folder: Path) -> list[Found]:
    """What git tracks or would track below a folder; nothing where it is no checkout of git."""
    import subprocess  # noqa: PLC0415 - named files need no git

    command = ["git", "-C", str(folder), "ls-files", "-zco", "--exclude-standard", "--deduplicate"]
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - git itself; the folder is one argument, no shell
            command, capture_output=True, check=False, env=environment
        )
    except OSError:  # no git here
        return []
    if done.returncode:
        return []
    found: list[Found] = []
    for name in os.fsdecode(done.stdout).split("\0"):
        path = folder / name
        if name.endswith("/"):  # a repository inside this one
            found += _below(path)
        elif _is_wanted(path):
            found.append(Found(path.as_posix()))
    for name, reason in _DENIED.findall(os.fsdecode(done.stderr)):
        found.append(Found((folder / name).as_posix(), error=f"cannot open it: {reason}"))
    return found


def _from_walk(folder: Path) -> Iterator[Found]:
    denied: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=denied.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(parent) / name for name in files):
            if _is_wanted(path):
                yield Found(path.as_posix())
    for error in denied:
        path = Path(error.filename or folder)
        yield Found(path.as_posix(), error=f"cannot open it: {error.strerror}")


def _is_wanted(path: Path) -> bool:
    """Whether a found path has a reader by its name and is a file that can be read."""
    return path.suffix.lower() in _SUFFIXES and path.is_file()
