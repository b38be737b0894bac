"""The .proto files that belong together: what one imports, and what stands beside it.

Types may stand in other files than the resource that holds them. Those are looked for on disk
whether or not they are linted too, so that what is found in a file never depends on which other
files are linted with it.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from specstat.model.source import Source
from specstat.readers import prototext
from specstat.readers.decoding import decode
from specstat.readers.protonodes import Enum, Message, ProtoFile

# Texts of neighbours that are kept, in characters: as much as belongs together in most APIs.
_KEPT = 8_000_000
_MOST_ANCESTORS = 16


class File(NamedTuple):
    """A .proto file that was read: its text, its tree, and its messages and enums by full name."""

    source: Source
    tree: ProtoFile
    types: dict[str, Message | Enum]


class Files(Protocol):
    """Where the files that belong to a file come from."""

    def imported(self, file: File, name: str) -> File | None:
        """The file that an import names; None where it cannot be found."""

    def beside(self, file: File) -> Iterator[File]:
        """The other files of the same package that stand in the same folder."""


def file_of(source: Source, tree: ProtoFile) -> File:
    """A file with its types by full name, without a leading dot."""
    types: dict[str, Message | Enum] = {}
    prefix = f"{tree.package}." if tree.package else ""
    scopes: list[tuple[str, ProtoFile | Message]] = [(prefix, tree)]
    while scopes:
        prefix, scope = scopes.pop()
        for enum in scope.enums:
            types[prefix + enum.name] = enum
        for message in scope.messages:
            types[prefix + message.name] = message
            scopes.append((f"{prefix}{message.name}.", message))
    return File(source, tree, types)


@dataclass(slots=True)
class Disk:
    """The file system, with what was read of it; one of these serves a whole run.

    `linted` are the paths that the run lints itself.
    """

    linted: frozenset[str] = frozenset()
    _files: dict[str, File | None] = field(default_factory=dict)
    _kept: int = 0
    _folders: dict[str, list[str]] = field(default_factory=dict)
    _tops: dict[str, bool] = field(default_factory=dict)
    _places: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def take(self, source: Source) -> File:
        """Read the text of a file that is linted, once."""
        known = self._files.get(source.path)
        if known is not None and known.source.text == source.text:
            return known
        file = file_of(source, prototext.read(source.text))
        self._keep(source.path, file)
        return file

    def imported(self, file: File, name: str) -> File | None:
        """The file that an import names, below one of the folders above the importing file."""
        folder, _ = posixpath.split(file.source.path)
        key = (folder, file.tree.package, name)
        if key not in self._places:
            paths = (posixpath.join(root, name) for root in self._roots(folder, file.tree.package))
            self._places[key] = next(filter(self._exists, paths), "")
        path = self._places[key]
        return self._load(path) if path else None

    def beside(self, file: File) -> Iterator[File]:
        """The other files of the same package in the same folder, in the order of their names."""
        folder, own = posixpath.split(file.source.path)
        for name in self._names(folder):
            if name.endswith(".proto") and name != own:
                other = self._load(posixpath.join(folder, name))
                if other and other.tree.package == file.tree.package:
                    yield other

    def _roots(self, folder: str, package: str) -> Iterator[str]:
        """The folders that an import may be relative to, the likeliest first.

        The import root is what is left of a folder when the package is taken off; where folders
        and packages differ, it is one of the folders above, within the repository.
        """
        root, steps = folder, package.split(".") if package else []
        while steps and posixpath.basename(root) == steps[-1]:
            root, _ = posixpath.split(root)
            steps.pop()
        if not steps:
            yield root
        for _ in range(_MOST_ANCESTORS):
            yield folder
            if self._is_top(folder):
                return
            folder = _parent(folder)

    def _is_top(self, folder: str) -> bool:
        """Whether a folder is a repository's; what stands above it belongs to others."""
        if folder not in self._tops:
            self._tops[folder] = os.path.lexists(posixpath.join(folder, ".git"))
        return self._tops[folder]

    def _names(self, folder: str) -> list[str]:
        if folder not in self._folders:
            try:
                self._folders[folder] = sorted(os.listdir(folder or "."))  # noqa: PTH208 - names, not paths
            except OSError:
                self._folders[folder] = []
        return self._folders[folder]

    def _exists(self, path: str) -> bool:
        folder, name = posixpath.split(path)
        return name in self._names(folder)

    def _load(self, path: str) -> File | None:
        """A neighbour; None where it cannot be read, which is told where that file is linted."""
        if path not in self._files:
            self._keep(path, _read(path))
        return self._files[path]

    def _keep(self, path: str, file: File | None) -> None:
        """Keep a file, and drop the oldest ones where that makes too many."""
        dropped = self._files.pop(path, None)
        self._files[path] = file
        self._kept += _size(file) - _size(dropped)
        while self._kept > _KEPT and len(self._files) > 1:
            self._kept -= _size(self._files.pop(next(iter(self._files))))


def _size(file: File | None) -> int:
    return len(file.source.text) if file else 0


def _read(path: str) -> File | None:
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - the cheap way, for thousands of files
            source, problem = decode(path, stream.read())
    except OSError:
        return None
    return None if problem else file_of(source, prototext.read(source.text))


def _parent(folder: str) -> str:
    """The folder above, spelled as the given one is: `a/b` in `a`, the current one in `..`."""
    if posixpath.basename(folder) in {"", ".."} and not folder.startswith("/"):
        return posixpath.join(folder, "..")
    return posixpath.dirname(folder)
