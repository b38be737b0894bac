"""The nouns of configuration: what files say, each with the place at which it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from specstat.engine.config.globs import Glob
from specstat.model.diagnostic import Severity
from specstat.model.directives import Directive
from specstat.model.source import Source, Span
from specstat.readers.settings.places import EMPTY, NamedFile, Place, Said

COMMAND_LINE = Place(EMPTY, key="command line")


class Entry(NamedTuple):
    """What is said of one field, and the place of its key; an empty group stands for any.

    An empty path stands for the resource as a whole.
    """

    group: str
    kind: str
    path: str
    directive: Directive
    place: Place

    @property
    def key(self) -> str:
        """The field as it is written in the file."""
        field = f"{self.kind}.{self.path}" if self.path else self.kind
        return f"{self.group}/{field}" if self.group else field

    @property
    def span(self) -> Span:
        """Where the key stands in the text."""
        return self.place.span


class Loudness(NamedTuple):
    """How loud a code, a name or what starts so may be at most; None: it is off."""

    word: str
    severity: Severity | None
    place: Place


class Option(NamedTuple):
    """What an option of a rule is set to: the code or name as written, and places of both."""

    rule: Said[str]
    name: Said[str]
    value: Said[Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """What one place says of rules: a file, a block for some paths, or the command line.

    Lists are None where nothing is said. Each part of `severity` is one mapping; of several the
    last that has a word for a code counts.
    """

    profile: Said[str] | None = None
    as_of: Said[str] | None = None
    select: tuple[Said[str], ...] | None = None
    ignore: tuple[Said[str], ...] | None = None
    severity: tuple[tuple[Loudness, ...], ...] = ()
    options: tuple[Option, ...] = ()

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return self != NO_LAYER


NO_LAYER = Layer()


class PathRules(NamedTuple):
    """A glob, and what holds for the files that it matches."""

    glob: Said[Glob]
    rules: Layer


@dataclass(frozen=True, slots=True)
class Configuration:
    """What one configuration file says; lists and single values are None where it does not.

    `bases` are the files that it extends, the nearest first, once they are laid under it.
    """

    source: Source
    bases: tuple[str, ...] = ()
    extends: NamedFile | None = None
    rules: Layer = NO_LAYER
    paths: tuple[PathRules, ...] = ()
    exclude: tuple[Said[Glob], ...] | None = None
    entries: tuple[Entry, ...] = ()
    weights: NamedFile | None = None
    packs: tuple[NamedFile, ...] | None = None
    plugins: tuple[Said[str], ...] | None = None
    proto_roots: tuple[NamedFile, ...] | None = None
    require_reason: Said[bool] | None = None
    baseline: NamedFile | None = None
    fail_on: Said[str] | None = None

    @property
    def own_entries(self) -> tuple[Entry, ...]:
        """The entries of the file itself, without those of what it extends."""
        return tuple(e for e in self.entries if e.place.source.path == self.source.path)

    def of_kind(self, group: str, kind: str) -> tuple[Entry, ...]:
        """The entries that speak of a kind."""
        return tuple(e for e in self.entries if e.kind == kind and e.group in {"", group})

    def where(self, entry: Entry) -> str:
        """The place of an entry, for people: `specstat.yaml:3`."""
        return entry.place.brief


NOTHING = Configuration(EMPTY)
