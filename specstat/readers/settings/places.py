"""What a file of settings says, each with the place at which it is said."""

from __future__ import annotations

from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from specstat.model.source import Source, Span

T = TypeVar("T")


class ConfigError(ValueError):
    """A configuration that cannot be used; the message tells file, line, column and why."""


class Place(NamedTuple):
    """Where something stands: a span of a text or, where that has no offsets, the path of a key.

    A place without a file is told by its `key` alone, such as "command line".
    """

    source: Source
    span: Span = Span(0, 0)
    key: str = ""

    @property
    def exact(self) -> str:
        """For errors: `specstat.yaml:3:5`, or `pyproject.toml: tool.specstat.select`."""
        if self.key:
            return f"{self.source.path}: {self.key}" if self.source.path else self.key
        position = self.source.position(self.span.start)
        return f"{self.source.path}:{position.line}:{position.column}"

    @property
    def brief(self) -> str:
        """For origins: `specstat.yaml:3`, or as above."""
        if self.key:
            return self.exact
        return f"{self.source.path}:{self.source.position(self.span.start).line}"

    @property
    def folder(self) -> Path:
        """The folder of the file, which paths and globs in it are relative to."""
        return Path(self.source.path).parent

    def error(self, message: str) -> ConfigError:
        """An error at this place."""
        return ConfigError(f"{self.exact}: {message}")


EMPTY = Source("", "")


class Said(NamedTuple, Generic[T]):
    """A value with its place."""

    value: T
    place: Place


class NamedFile(NamedTuple):
    """A file that a configuration names: its path as written, and the place of that."""

    path: str
    place: Place

    @property
    def span(self) -> Span:
        """Where the path stands in the text."""
        return self.place.span

    @property
    def file(self) -> Path:
        """Where the file is, as seen from the current folder."""
        return self.place.folder / self.path

    def refuse_device(self) -> None:
        """Raise a ConfigError for a device or a pipe, which has no end: a tree may name any."""
        file = self.file
        if file.exists() and not file.is_file() and not file.is_dir():
            message = f"{self.path} is a device or a pipe; name a file"
            raise self.place.error(message)
