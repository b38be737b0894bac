"""`specstat.yaml`: what is said of files that cannot say it themselves.

    fields:
      AgentExecution.status.callback_token: purpose=instruction changes=never
      cert-manager.io/Certificate.spec.size: sensitive

A key is `[GROUP/]KIND.PATH`, a value the words of the annotation grammar, with or without its
mark. This version knows nothing but `fields`. Which file rules which is told in `configurations`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from specstat.model.directives import MARK, Directive, parse
from specstat.model.reading import UnreadableError
from specstat.model.source import Source, Span

if TYPE_CHECKING:
    from specstat.readers.yamltree import Node, Scalar

FIELDS = "fields"
_SECTIONS = frozenset({"spec", "status", "metadata"})
_KEY = re.compile(r"(?:(?P<group>[^\s/]+)/)?(?P<kind>[A-Za-z_]\w*)\.(?P<path>\S(?:.*\S)?)")
_LATER = f"this version knows only {FIELDS}; the full configuration comes later"


class ConfigError(ValueError):
    """A configuration that cannot be used; the message tells file, line, column and why."""


class Entry(NamedTuple):
    """What is said of one field, and the place of its key; an empty group stands for any."""

    group: str
    kind: str
    path: str
    directive: Directive
    span: Span

    @property
    def key(self) -> str:
        """The field as it is written in the file."""
        return f"{self.group}/{self.kind}.{self.path}" if self.group else f"{self.kind}.{self.path}"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What one configuration file says."""

    source: Source
    entries: tuple[Entry, ...] = ()

    def of_kind(self, group: str, kind: str) -> tuple[Entry, ...]:
        """The entries that speak of a kind."""
        return tuple(e for e in self.entries if e.kind == kind and e.group in {"", group})

    def where(self, entry: Entry) -> str:
        """The place of an entry, for people: `specstat.yaml:3`."""
        return f"{self.source.path}:{self.source.position(entry.span.start).line}"


NOTHING = Configuration(Source("", ""))


def load(path: str) -> Configuration:
    """Read a configuration file; ConfigError where it cannot be used."""
    from specstat.readers.decoding import decode  # noqa: PLC0415 - most runs have no configuration

    try:
        data = Path(path).read_bytes()
    except OSError as error:
        message = f"cannot read the configuration {path}: {error.strerror}"
        raise ConfigError(message) from None
    source, problem = decode(path, data)
    if problem is not None:
        raise _error(source, problem.message, problem.span.start if problem.span else 0)
    return read(source)


def read(source: Source) -> Configuration:
    """What the text of a configuration says; ConfigError where it cannot be used."""
    from specstat.readers import yamltree  # noqa: PLC0415 - as above

    try:
        tree = yamltree.load(source.text)
    except UnreadableError as error:
        raise _error(source, error.message, error.offset or 0) from None
    if len(tree.documents) > 1:
        message = "a second document; a configuration is a single one"
        raise _error(source, message, tree.documents[1].start)
    for repeated in tree.repeated:
        message = f"{repeated.value!r} stands twice; keep one"
        raise _error(source, message, repeated.start)
    entries: list[Entry] = []
    for root in tree.documents:
        for key, fields in _pairs(source, root, f"a configuration begins with {FIELDS}:"):
            if key.value != FIELDS:
                message = f"unknown key {key.value!r}; {_close(key.value)}"
                raise _error(source, message, key.start)
            wanted = f"{FIELDS} holds a line a field, such as Widget.spec.size: sensitive"
            entries += (_entry(source, *pair) for pair in _pairs(source, fields, wanted))
    return Configuration(source, tuple(entries))


def _pairs(source: Source, node: Node, wanted: str) -> Iterator[tuple[Scalar, Node]]:
    """Keys and values of a mapping; none of what is left empty."""
    from specstat.readers.yamltree import Mapping, follow  # noqa: PLC0415 - as above

    node = follow(node)
    if isinstance(node, Mapping):
        yield from node.entries.values()
    elif not _is_empty(node):
        raise _error(source, wanted, node.start)


def _is_empty(node: Node) -> bool:
    from specstat.readers.schema import text_of  # noqa: PLC0415 - as above
    from specstat.readers.yamltree import Scalar  # noqa: PLC0415 - as above

    return isinstance(node, Scalar) and not text_of(node)


def _entry(source: Source, key: Scalar, value: Node) -> Entry:
    from specstat.readers.yamltree import Scalar, follow  # noqa: PLC0415 - as above

    named = _KEY.fullmatch(key.value)
    if named is None or named["kind"] in _SECTIONS:
        example = f"Widget.{key.value}" if named else "Widget.spec.size"
        message = f"{key.value!r} is no kind and field; write [GROUP/]KIND.PATH, such as {example}"
        raise _error(source, message, key.start)
    value = follow(value)
    if not isinstance(value, Scalar):
        message = f"{key.value} wants the words of an annotation: {key.value}: purpose=instruction"
        raise _error(source, message, value.start)
    directive = parse(value.value.strip().removeprefix(MARK))
    if directive.errors:
        place = key if _is_empty(value) else value
        raise _error(source, f"{key.value}: {directive.errors[0]}", place.start)
    span = Span(key.start, key.end)
    return Entry(named["group"] or "", named["kind"], named["path"], directive, span)


def _close(word: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    return f"did you mean {FIELDS}?" if get_close_matches(word, [FIELDS], 1, 0.6) else _LATER


def _error(source: Source, message: str, offset: int) -> ConfigError:
    place = source.position(offset)
    return ConfigError(f"{source.path}:{place.line}:{place.column}: {message}")
