"""Which configuration rules which file.

It is the nearest `specstat.yaml`, `.specstat.yaml` or pyproject.toml with `[tool.specstat]`: of the
file's own folder, else of a folder above it, up to the top of its repository (a submodule is part
of the repository around it) or the user's home, whichever comes first. Standard input is looked
for under the name it was given.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from specstat.engine.config.nouns import NOTHING, Configuration
from specstat.engine.packs import catalogue
from specstat.engine.weights import load_named
from specstat.judge.weights import Weights
from specstat.readers.settings.places import ConfigError
from specstat.rules import registry
from specstat.rules.catalogue import Catalogue, Entry

NAMES = ("specstat.yaml", ".specstat.yaml")
TOML = "pyproject.toml"


@dataclass(slots=True)
class Configurations:
    """The configurations of one run, looked for once a folder; `file` names one for all files.

    `trust` loads what a configuration names that was found and not named; one that was named is
    its user's own word.
    """

    file: str = ""
    trust: bool = False
    _known: dict[str, Configuration] = field(default_factory=dict)
    _files: dict[str, Configuration] = field(default_factory=dict)
    _nearest: dict[Path, str] = field(default_factory=dict)
    _weights: dict[str, Weights] = field(default_factory=dict)
    _catalogues: dict[str, Catalogue] = field(default_factory=dict)

    def of(self, path: str) -> Configuration:
        """What rules a file; ConfigError where that cannot be used."""
        folder = "" if self.file else os.path.dirname(path)  # noqa: PTH120 - asked for every file
        if folder not in self._known:
            found = self.file or nearest(folder, self._nearest)
            self._known[folder] = self._loaded(found) if found else NOTHING
        return self._known[folder]

    def weights_of(self, configuration: Configuration) -> Weights | None:
        """The weights that a configuration names, loaded once a run; None where it names none.

        ConfigError where they may not be loaded or cannot be used.
        """
        file = configuration.weights
        if file is None:
            return None
        path = str(file.file)
        if path not in self._weights:
            trusted = self.trust or bool(self.file)
            self._weights[path] = load_named(file, trusted=trusted)
        return self._weights[path]

    def roots_of(self, folder: str) -> tuple[str, ...]:
        """The folders that imports of a folder's .proto files may begin at, beside those above.

        No folders where its configuration cannot be used: that is told where a file is ruled by it.
        """
        try:
            roots = self.of(f"{folder}/" if folder else "").proto_roots
        except (ConfigError, OSError):  # OSError: there is no current folder any more
            return ()
        return tuple(shown(root.file) for root in roots or ())

    def catalogue_of(self, configuration: Configuration) -> Catalogue:
        """The rules that exist for a configuration's files: also those of its packs and plugins.

        ConfigError where they may not be loaded or cannot be used.
        """
        if not configuration.packs and not configuration.plugins:
            return registry.shipped()
        path = configuration.source.path
        if path not in self._catalogues:
            trusted = self.trust or bool(self.file)
            self._catalogues[path] = catalogue(configuration, trusted=trusted)
        return self._catalogues[path]

    def catalogue_around(self, paths: Iterable[str]) -> Catalogue:
        """The rules that exist for any of these files and folders; ConfigError as above."""
        for path in paths:
            inside = os.path.join(path, "") if os.path.isdir(path) else path  # noqa: PTH112, PTH118 - a slash at the end, which pathlib drops
            self.catalogue_of(self.of(inside))
        return registry.shipped().plus(self.further_rules())

    def further_rules(self) -> tuple[Entry, ...]:
        """The rules of all packs and plugins that were loaded, in the order of their loading."""
        known = registry.shipped().entries()
        every = (e for loaded in self._catalogues.values() for e in loaded.entries())
        return tuple(entry for entry in every if entry not in known)

    def _loaded(self, path: str) -> Configuration:
        """One object for one file, however many folders it rules."""
        if path not in self._files:
            self._files[path] = load_whole(path)
        return self._files[path]


def load_whole(path: str) -> Configuration:
    """A configuration with all that it extends; ConfigError where it cannot be used.

    Whether the rules exist that it speaks of is checked where they are at hand.
    """
    from specstat.engine.config import extends as config_extends  # noqa: PLC0415 - most runs have none

    found = config_extends.resolved(path, tree_of)
    if found is None:
        message = f"{path} has no [tool.specstat]; add that table, or name another file"
        raise ConfigError(message)
    _refuse_lost_roots(found)
    return found


def _refuse_lost_roots(found: Configuration) -> None:
    """What is imported from a folder that is not there would be left out in silence."""
    for root in found.proto_roots or ():
        if not root.file.is_dir():
            message = f"there is no folder {root.path}; it is looked for at {shown(root.file)}"
            raise root.place.error(message)


def nearest(folder: str, known: dict[Path, str] | None = None) -> str:
    """The configuration that rules a folder's files, written as from the current folder; or "".

    `known` holds what was found for folders before, and is added to.
    """
    known = {} if known is None else known
    current = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve would leave the links' way
    home = _home()
    passed: list[Path] = []
    found = ""
    for place in (current, *current.parents):
        if place in known:
            found = known[place]
            break
        passed.append(place)
        if (found := _in(place)) or place == home or _is_top(place):
            break
    known |= dict.fromkeys(passed, found)
    return found


def _in(folder: Path) -> str:
    """The configuration in a folder; "" where there is none, ConfigError where there are two."""
    # A link that leads nowhere is told when it is read: what it should say must not be lost.
    found = [name for name in NAMES if _is_there(folder / name)]
    if os.path.isfile(folder / TOML) and _has_table(shown(folder / TOML)):  # noqa: PTH113 - as above
        found.append(TOML)
    if len(found) > 1:
        one, other = (shown(folder / name) for name in found[:2])
        message = f"{one} and {other} stand side by side; keep one of them"
        raise ConfigError(message)
    return shown(folder / found[0]) if found else ""


def _is_there(path: Path) -> bool:
    return os.path.isfile(path) or (os.path.islink(path) and not os.path.exists(path))  # noqa: PTH110, PTH113, PTH114 - the cheap way


def _has_table(path: str) -> bool:
    """Whether a pyproject.toml has anything for us; one that may have must be readable."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - the cheap way, for every folder
            if b"specstat" not in stream.read():
                return False
    except OSError:
        return False
    from specstat.engine.config.loading import load  # noqa: PLC0415 - most have nothing

    return load(path) is not None


def tree_of(folder: Path) -> Path | None:
    """The top of the repository that a folder is in, or the user's home; None outside of both."""
    home = _home()
    return next((p for p in (folder, *folder.parents) if p == home or _is_top(p)), None)


def birthplace(folder: str) -> str:
    """Where to begin a configuration for a folder's files: where it rules most of what is theirs.

    That is the top of their repository, else the current folder, where they are below that, else
    their own.
    """
    current = Path(os.path.abspath(folder))  # noqa: PTH100 - as above
    around = (current, *current.parents)
    home = _home()
    top = next((place for place in around if place != home and _is_top(place)), None)
    if top is None:
        top = Path.cwd() if Path.cwd() in around else current
    return shown(top / NAMES[0])


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:  # a user without one
        return None


def _is_top(folder: Path) -> bool:
    """Whether a folder is the top of a repository. A submodule's `.git` is a file that says so."""
    git = folder / ".git"
    try:
        if git.is_file():
            return "/modules/" not in git.read_text("utf-8", "replace")
        return git.is_dir()
    except OSError:  # what may not be read
        return False


def shown(path: Path) -> str:
    """A path as one would write it from the current folder."""
    try:
        relative = os.path.relpath(path)
    except (ValueError, OSError):  # on another drive, or there is no current folder any more
        return path.as_posix()
    return min(Path(relative).as_posix(), path.as_posix(), key=len)
