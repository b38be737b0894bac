"""The .proto files that belong together: what one imports, and what stands beside it.

Types may stand in other files than the resource that holds them. Those are looked for on disk
whether or not they are linted too, so that what is found in a file never depends on which other
files are linted with it.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from specstat.model.resource import Section
from specstat.model.source import Source
from specstat.readers import prototext
from specstat.readers.decoding import decode
from specstat.readers.past import Past, absolute
from specstat.readers.protonodes import Enum, Message, ProtoFile

# Texts of neighbours that are kept, in characters: as much as belongs together in most APIs.
_KEPT = 8_000_000
_MOST_ANCESTORS = 16
# Of a full name; longer ones are made up, and each name within would repeat them.
_LONGEST = 1_000


class File(NamedTuple):
    """A .proto file that was read: its text, its tree, and its messages and enums by full name."""

    source: Source
    tree: ProtoFile
    types: dict[str, Message | Enum]


class Package(NamedTuple):
    """What the files of one package in one folder are to each other.

    `used` are the last parts of the names of all types that their fields and methods use;
    `halves` the paths of messages that are a spec or a status by their name, by kind and section;
    `holders` the paths of the files that are not linted and whose resources hold messages of a
    file, by its path.
    """

    used: frozenset[str]
    halves: dict[tuple[str, Section], str]
    holders: dict[str, tuple[str, ...]]


class Imports(Protocol):
    """Where the files come from that others import."""

    def imported(self, file: File, name: str) -> File | None:
        """The file that an import names; None where it cannot be found."""


class Files(Imports, Protocol):
    """Where the files that belong to a file come from.

    `linted` are the paths of those that tell their findings themselves; `packages` is for what is
    worked out of the files of a folder and package, so that a folder of thousands is gone through
    once.
    """

    linted: frozenset[str]
    packages: dict[tuple[str, str], Package]

    def load(self, path: str) -> File | None:
        """The file at a path; None where it cannot be read."""

    def beside(self, file: File) -> Iterator[File]:
        """The other files of the same package that stand in the same folder."""


def file_of(source: Source, tree: ProtoFile) -> File:
    """A file with its types by full name, without a leading dot."""
    types: dict[str, Message | Enum] = {}
    prefix = f"{tree.package}." if tree.package else ""
    scopes: list[tuple[str, ProtoFile | Message]] = [(prefix, tree)]
    while scopes:
        prefix, scope = scopes.pop()
        if len(prefix) > _LONGEST:
            continue
        for enum in scope.enums:
            types[prefix + enum.name] = enum
        for message in scope.messages:
            types[prefix + message.name] = message
            scopes.append((f"{prefix}{message.name}.", message))
    return File(source, tree, types)


@dataclass(slots=True)
class Held:
    """What is imported while the resources of one file are read: held to the end of that.

    Else a file that imports more than is kept would have it all read again for each field.
    """

    files: Imports
    _held: dict[tuple[str, str], File | None] = field(default_factory=dict)

    def imported(self, file: File, name: str) -> File | None:
        """The file that an import names; None where it cannot be found."""
        key = (file.source.path, name)
        if key not in self._held:
            self._held[key] = self.files.imported(file, name)
        return self._held[key]


def _none(_: str) -> tuple[str, ...]:
    return ()


@dataclass(slots=True)
class Disk:
    """The file system, with what was read of it; one of these serves a whole run.

    `linted` are the paths that the run lints itself; `given` are bytes that stand for a file, by
    its path as the run spells it; `past` is the tree as it was, where that is what is read. `roots`
    says of a folder at which other folders the imports of its files may begin.
    """

    linted: frozenset[str] = frozenset()
    given: Mapping[str, bytes] = field(default_factory=dict)
    past: Past | None = None
    roots: Callable[[str], Sequence[str]] = _none
    packages: dict[tuple[str, str], Package] = field(default_factory=dict)
    _taken: File | None = None
    _files: dict[str, File | None] = field(default_factory=dict)
    _kept: int = 0
    _folders: dict[str, list[str]] = field(default_factory=dict)
    _tops: dict[str, bool] = field(default_factory=dict)
    _places: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _spellings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note how the run spells its files: a way around by an import leads back to them."""
        self._spellings = {absolute(path): path for path in sorted(self.linted)}

    def take(self, source: Source) -> File:
        """Read the text of a file that is linted, once."""
        file = self._files.get(source.path)
        if file is None or file.source.text != source.text:
            file = file_of(source, prototext.read(source.text))
            self._keep(source.path, file)
        self._spellings.setdefault(absolute(source.path), source.path)
        self._taken = file
        return file

    def imported(self, file: File, name: str) -> File | None:
        """The file that an import names, below one of the folders above the importing file."""
        folder, _ = posixpath.split(file.source.path)
        key = (folder, file.tree.package, name)
        if key not in self._places:
            self._places[key] = next(self._candidates(*key), "")
        path = self._places[key]
        return self.load(path) if path else None

    def beside(self, file: File) -> Iterator[File]:
        """The other files of the same package in the same folder, in the order of their names."""
        folder, own = posixpath.split(file.source.path)
        for name in self._names(folder):
            if name.endswith(".proto") and name != own:
                other = self.load(self._spelled(posixpath.join(folder, name)))
                if other and other.tree.package == file.tree.package:
                    yield other

    def load(self, path: str) -> File | None:
        """A neighbour; None where it cannot be read, which is told where that file is linted."""
        if self._taken and self._taken.source.path == path:
            return self._taken
        if path not in self._files:
            self._keep(path, self._read(path))
        return self._files[path]

    def _read(self, path: str) -> File | None:
        if self.past is None:
            return _read(path, self.given.get(path))
        return None if self.past.lacks(path) else _read(path, self.past.read(path))

    def _candidates(self, folder: str, package: str, name: str) -> Iterator[str]:
        """The files that an import may mean, the likeliest first."""
        steps = name.split("/")
        if not steps[0] or ".." in steps:  # as protoc has it: an import leads down from its root
            return
        for root in self._roots(folder, package):
            path = posixpath.join(root, name)
            if self._exists(path):
                yield self._spelled(path)

    def _spelled(self, path: str) -> str:
        """A path as the run spells it, or else without steps up and down again."""
        known = self._spellings.get(absolute(path))
        if known is not None:
            return known
        return posixpath.relpath(path) if path.startswith("../") else path

    def _roots(self, folder: str, package: str) -> Iterator[str]:
        """The folders that an import may be relative to, the likeliest first.

        The import root is what is left of a folder when the package is taken off; where folders
        and packages differ, it is one of the folders above, within the repository. Roots that
        were given come before all of these.
        """
        yield from self.roots(folder)
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
                names = self.past.names(folder) if self.past else os.listdir(folder or ".")  # noqa: PTH208 - names, not paths
                self._folders[folder] = sorted(names)
            except (OSError, ValueError):  # ValueError: no path at all, such as one with a NUL
                self._folders[folder] = []
        return self._folders[folder]

    def _exists(self, path: str) -> bool:
        folder, name = posixpath.split(path)
        return name in self._names(folder)

    def _keep(self, path: str, file: File | None) -> None:
        """Keep a file, and drop the oldest ones where that makes too many."""
        dropped = self._files.pop(path, None)
        self._files[path] = file
        self._kept += _size(file) - _size(dropped)
        while self._kept > _KEPT and len(self._files) > 1:
            self._kept -= _size(self._files.pop(next(iter(self._files))))


def _size(file: File | None) -> int:
    return len(file.source.text) if file else 0


def _read(path: str, data: bytes | None) -> File | None:
    """A file on disk, or the bytes that stand for it; None where it cannot be read."""
    data = _bytes(path) if data is None else data
    if data is None:
        return None
    source, problem = decode(path, data)
    return None if problem else file_of(source, prototext.read(source.text))


def _bytes(path: str) -> bytes | None:
    if not os.path.isfile(path):  # noqa: PTH113 - the cheap way; reading a pipe would never end
        return None
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - the cheap way, for thousands of files
            return stream.read()
    except OSError:
        return None


def _parent(folder: str) -> str:
    """The folder above, spelled as the given one is: `a/b` in `a`, the current one in `..`."""
    if posixpath.basename(folder) in {"", ".."} and not folder.startswith("/"):
        return posixpath.join(folder, "..")
    return posixpath.dirname(folder)
