"""Files as they were: what stands in place of those on disk."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Mapping


def absolute(path: str) -> str:
    """A path from the root on; as it is where there is no current folder any more."""
    try:
        return posixpath.abspath(path)
    except OSError:
        return path


class Past:
    """A tree of files as it was: some held other bytes, some were not there.

    `whole` says that there was nothing but the files given; else the others are those on disk.
    """

    __slots__ = ("_files", "_folders", "_gone", "_whole")

    def __init__(
        self, files: Mapping[str, bytes], gone: Iterable[str] = (), *, whole: bool = False
    ) -> None:
        self._files = {absolute(path): data for path, data in files.items()}
        self._gone = frozenset(map(absolute, gone))
        self._whole = whole
        self._folders: dict[str, set[str]] = {}
        for path in self._files:
            folder, name = posixpath.split(path)
            self._folders.setdefault(folder, set()).add(name)

    def names(self, folder: str) -> set[str]:
        """The names in a folder."""
        here = absolute(folder)
        found = set() if self._whole else {n for n in _on_disk(folder) if not self._lost(here, n)}
        return found | self._folders.get(here, set())

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where nothing is known but what is on disk."""
        return self._files.get(absolute(path))

    def lacks(self, path: str) -> bool:
        """Whether a file was not there, whatever is on disk."""
        whole = absolute(path)
        return whole in self._gone or (self._whole and whole not in self._files)

    def _lost(self, folder: str, name: str) -> bool:
        return posixpath.join(folder, name) in self._gone


def _on_disk(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")  # noqa: PTH208 - names, not paths
    except (OSError, ValueError):  # ValueError: no path at all, such as one with a NUL
        return []
