"""`specstat.yaml`: what is said of files that cannot say it themselves.

    fields:
      AgentExecution.status.callback_token: purpose=instruction changes=never
      cert-manager.io/Certificate.spec.size: sensitive
      Certificate: ignore[SS301] nobody writes its status
    judge:
      weights: ours.weights
    packs: [./api-rules.yaml]
    plugins: [acme-specstat-rules]

A key below `fields` is `[GROUP/]KIND.PATH`, or `[GROUP/]KIND` where a resource as a whole ignores
findings, a value the words of the annotation grammar, with or
without its mark. `weights` is a file that `specstat learn` wrote, by its path from the folder of
the configuration; so are `packs`. `plugins` are installed distributions. Which configuration rules
which file is told in `configurations`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from specstat.model.directives import MARK, Directive, parse
from specstat.model.reading import UnreadableError
from specstat.model.source import Source, Span

if TYPE_CHECKING:
    from specstat.readers.yamltree import Node, Scalar

FIELDS = "fields"
_JUDGE, _WEIGHTS = "judge", "weights"
_EXAMPLE = f"{_WEIGHTS}: ours.weights"
_SECTIONS = frozenset({"spec", "status", "metadata"})
_KEY = re.compile(r"(?:(?P<group>[^\s/]+)/)?(?P<kind>[A-Za-z_]\w*)(?:\.(?P<path>\S(?:.*\S)?))?")
_LATER = "the full configuration comes later"
# What YAML reads as something else where it stands unquoted.
_NO_TEXT = re.compile(
    r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|true|false|yes|no|on|off", re.IGNORECASE
)


class ConfigError(ValueError):
    """A configuration that cannot be used; the message tells file, line, column and why."""


class Entry(NamedTuple):
    """What is said of one field, and the place of its key; an empty group stands for any.

    An empty path stands for the resource as a whole.
    """

    group: str
    kind: str
    path: str
    directive: Directive
    span: Span

    @property
    def key(self) -> str:
        """The field as it is written in the file."""
        field = f"{self.kind}.{self.path}" if self.path else self.kind
        return f"{self.group}/{field}" if self.group else field


class NamedFile(NamedTuple):
    """A file that a configuration names: its path as written, and the place of that."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class Configuration:
    """What one configuration file says."""

    source: Source
    entries: tuple[Entry, ...] = ()
    weights: NamedFile | None = None
    packs: tuple[NamedFile, ...] = ()
    plugins: tuple[NamedFile, ...] = ()

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
        raise error_at(source, problem.message, problem.span.start if problem.span else 0)
    return read(source)


def read(source: Source) -> Configuration:
    """What the text of a configuration says; ConfigError where it cannot be used."""
    from specstat.readers import yamltree  # noqa: PLC0415 - as above

    try:
        tree = yamltree.load(source.text)
    except UnreadableError as error:
        raise error_at(source, error.message, error.offset or 0) from None
    if len(tree.documents) > 1:
        message = "a second document; a configuration is a single one"
        raise error_at(source, message, tree.documents[1].start)
    for repeated in tree.repeated:
        message = f"{repeated.value!r} stands twice; keep one"
        raise error_at(source, message, repeated.start)
    configuration = Configuration(source)
    for root in tree.documents:
        for key, value in _pairs(source, root, f"a configuration begins with {FIELDS}:"):
            if key.value not in _READERS:
                message = f"unknown key {key.value!r}; {_close(key.value, _READERS) or _later()}"
                raise error_at(source, message, key.start)
            configuration = _READERS[key.value](configuration, value)
    return configuration


def _fields(configuration: Configuration, node: Node) -> Configuration:
    source = configuration.source
    wanted = f"{FIELDS} holds a line a field, such as Widget.spec.size: sensitive"
    entries = tuple(_entry(source, *pair) for pair in _pairs(source, node, wanted))
    return replace(configuration, entries=entries)


def _judge(configuration: Configuration, node: Node) -> Configuration:
    source = configuration.source
    weights = None
    for key, value in _pairs(source, node, f"{_JUDGE} holds a line such as {_EXAMPLE}"):
        if key.value != _WEIGHTS:
            hint = _close(key.value, [_WEIGHTS]) or f"{_JUDGE} knows only {_WEIGHTS}"
            message = f"unknown key {key.value!r} in {_JUDGE}; {hint}"
            raise error_at(source, message, key.start)
        weights = _file(source, key, value)
    return replace(configuration, weights=weights)


def _packs(configuration: Configuration, node: Node) -> Configuration:
    return replace(configuration, packs=_list(configuration.source, "packs", node))


def _plugins(configuration: Configuration, node: Node) -> Configuration:
    return replace(configuration, plugins=_list(configuration.source, "plugins", node))


def _list(source: Source, name: str, node: Node) -> tuple[NamedFile, ...]:
    from specstat.readers.yamltree import Scalar, Sequence, follow  # noqa: PLC0415 - as above

    node = follow(node)
    items = [follow(item) for item in node.items] if isinstance(node, Sequence) else [node]
    found = []
    for item in items:
        if not isinstance(item, Scalar) or _is_empty(item):
            example = "[./api-rules.yaml]" if name == "packs" else "[acme-specstat-rules]"
            raise error_at(source, f"{name} wants a list of texts: {name}: {example}", item.start)
        found.append(NamedFile(item.value, Span(item.start, item.end)))
    return tuple(found)


# The top-level keys, each with what lays its value over what was read so far.
_READERS: Mapping[str, Callable[[Configuration, Node], Configuration]] = {
    FIELDS: _fields,
    _JUDGE: _judge,
    "packs": _packs,
    "plugins": _plugins,
}


def _pairs(source: Source, node: Node, wanted: str) -> Iterator[tuple[Scalar, Node]]:
    """Keys and values of a mapping; none of what is left empty."""
    from specstat.readers.yamltree import Mapping, follow  # noqa: PLC0415 - as above

    node = follow(node)
    if isinstance(node, Mapping):
        yield from node.entries.values()
    elif not _is_empty(node):
        raise error_at(source, wanted, node.start)


def _is_empty(node: Node) -> bool:
    from specstat.readers.schema import text_of  # noqa: PLC0415 - as above
    from specstat.readers.yamltree import Scalar  # noqa: PLC0415 - as above

    return isinstance(node, Scalar) and not text_of(node)


def _entry(source: Source, key: Scalar, value: Node) -> Entry:
    from specstat.readers.yamltree import Scalar, follow  # noqa: PLC0415 - as above

    named = _KEY.fullmatch(key.value)
    if named is None or named["kind"] in _SECTIONS:
        raise _no_field(source, key, f"Widget.{key.value}" if named else "Widget.spec.size")
    value = follow(value)
    if not isinstance(value, Scalar):
        message = f"{key.value} wants the words of an annotation: {key.value}: purpose=instruction"
        raise error_at(source, message, value.start)
    directive = parse(value.value.strip().removeprefix(MARK))
    if directive.errors:
        place = key if _is_empty(value) else value
        raise error_at(source, f"{key.value}: {directive.errors[0]}", place.start)
    if named["path"] is None and (directive.declared or not directive.ignores):
        raise _no_field(source, key, "Widget.spec.size")
    span = Span(key.start, key.end)
    return Entry(named["group"] or "", named["kind"], named["path"] or "", directive, span)


def _no_field(source: Source, key: Scalar, example: str) -> ConfigError:
    message = f"{key.value!r} is no kind and field; write [GROUP/]KIND.PATH, such as {example}"
    return error_at(source, message, key.start)


def _file(source: Source, key: Scalar, value: Node) -> NamedFile:
    from specstat.readers.yamltree import Scalar, follow  # noqa: PLC0415 - as above

    value = follow(value)
    is_text = isinstance(value, Scalar) and not (value.plain and _NO_TEXT.fullmatch(value.value))
    if not isinstance(value, Scalar) or not is_text or _is_empty(value):
        place = key if _is_empty(value) else value
        message = f"{key.value} wants the path of a file: {_EXAMPLE}"
        raise error_at(source, message, place.start)
    return NamedFile(value.value, Span(value.start, value.end))


def _close(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    close = get_close_matches(word, known, 1, 0.6)
    return f"did you mean {close[0]}?" if close else ""


def _later() -> str:
    return f"this version knows only {', '.join(_READERS)}; {_LATER}"


def error_at(source: Source, message: str, offset: int) -> ConfigError:
    """An error at a place of a configuration."""
    place = source.position(offset)
    return ConfigError(f"{source.path}:{place.line}:{place.column}: {message}")
