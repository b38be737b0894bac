"""Which of the files that changed a run is about, and how they are written."""

from __future__ import annotations

import glob
import os
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import NamedTuple

from specstat.engine.config.finding import NAMES, shown
from specstat.engine.past.git import RevisionError
from specstat.readers import PROTO_SUFFIXES, YAML_SUFFIXES

_GLOB = re.compile(r"[*?\[]")
_SUFFIXES = YAML_SUFFIXES | PROTO_SUFFIXES


class Place(NamedTuple):
    """A path as the user wrote it, and the same from the top of the repository."""

    written: str
    name: str


class Scope(NamedTuple):
    """The part of a repository that was asked for."""

    top: str
    places: tuple[Place, ...]

    def path_of(self, name: str) -> str | None:
        """A file of the repository as it is written here; None where it was not asked for."""
        for written, prefix in self.places:
            if name == prefix:
                return Path(written).as_posix()
            if not prefix or name.startswith(f"{prefix}/"):
                return (Path(written) / name.removeprefix(prefix).lstrip("/")).as_posix()
        return None

    def is_named(self, name: str) -> bool:
        """Whether a file was named itself, not a folder that it is in."""
        return any(name == place.name for place in self.places)

    def anywhere(self, name: str) -> str:
        """A file of the repository as one would write it, asked for or not."""
        return self.path_of(name) or shown(Path(self.top) / name)


def scope(top: str, paths: Iterable[str]) -> Scope:
    """The part of a repository that paths name; RevisionError where one is outside of it."""
    real = os.path.realpath(top)
    every = (one for path in paths for one in expanded(path))
    return Scope(real, tuple(Place(path, _within(real, path)) for path in every))


def is_wanted(name: str) -> bool:
    """Whether a file that nobody named could hold resources, by its name."""
    path = PurePath(name)
    return path.suffix.lower() in _SUFFIXES and path.name not in NAMES


def expanded(path: str) -> list[str]:
    """A path, or those that match it where it is a pattern."""
    if _GLOB.search(path) and not Path(path).exists():
        return sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - Path globs are relative
    return [path]


def _repository_between(top: str, whole: str) -> str:
    """The repository, a submodule for example, that a path below the top of another is in."""
    if not whole.startswith(top.rstrip("/") + "/"):
        return ""
    for folder in (Path(whole), *Path(whole).parents):
        if len(str(folder)) <= len(top):
            break
        if (folder / ".git").exists():
            return str(folder)
    return ""


def _within(top: str, path: str) -> str:
    """A path from the top of the repository; empty for the top itself."""
    folder, name = posixpath.split(posixpath.normpath(path))
    if name in {"", ".", ".."} or Path(path).is_dir():
        whole = os.path.realpath(path)
    else:  # a link is a file of its own, wherever it leads
        whole = posixpath.join(os.path.realpath(folder or "."), name)
    if whole == top:
        return ""
    if inner := _repository_between(top, whole):
        message = (
            f"{shown(Path(inner))} is a repository of its own; run specstat from inside, or for "
            "its files alone"
        )
        raise RevisionError(message)
    if not whole.startswith(top.rstrip("/") + "/"):
        message = f"{path} is outside the repository {top}, of whose past this run knows"
        raise RevisionError(message)
    return whole[len(top.rstrip("/")) + 1 :]
