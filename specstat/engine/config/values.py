"""Values of a configuration, each read strictly: what is wrong is told with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from specstat.engine.config import globs
from specstat.engine.config.globs import Glob
from specstat.engine.config.items import Item, Items, Line, Scalar, Table
from specstat.engine.config.nouns import (
    ConfigError,
    Loudness,
    NamedFile,
    Option,
    Said,
)
from specstat.model.diagnostic import Severity

_OFF = "off"
_MERGE = "<<"
_RELEASE_EXAMPLE = '"0.10"'
_RELEASE_PARTS = range(2, 4)


def lines(item: Item, wanted: str) -> tuple[Line, ...]:
    """The lines of a mapping; none of what is left empty."""
    if isinstance(item, Table):
        return item.lines
    if isinstance(item, Scalar) and item.value in {None, ""}:
        return ()
    raise item.place.error(wanted)


def wrong(line: Line, what: str, example: str) -> ConfigError:
    """The error for a value of another type than its key wants."""
    return line.at.error(f"{line.name} wants {what}: {example}")


def text(line: Line, what: str, example: str) -> Said[str]:
    """A text that says something."""
    item = line.item
    if isinstance(item, Scalar) and isinstance(item.value, str) and item.value.strip():
        return Said(item.value, item.place)
    raise wrong(line, what, example)


def texts(line: Line, what: str, example: str) -> tuple[Said[str], ...]:
    """A list of texts; what is left empty is an empty one."""
    item = line.item
    if isinstance(item, Scalar) and item.value is None:
        return ()
    if not isinstance(item, Items):
        raise wrong(line, what, example)
    return tuple(text(Line(line.name, inner.place, inner), what, example) for inner in item.items)


def file(line: Line, what: str, example: str) -> NamedFile:
    """The path of a file."""
    return NamedFile(*text(line, what, example))


def files(line: Line, what: str, example: str) -> tuple[NamedFile, ...]:
    """A list of paths."""
    return tuple(NamedFile(*said) for said in texts(line, what, example))


def glob(said: Said[str]) -> Said[Glob]:
    """A pattern of paths."""
    if complaint := globs.complaint(said.value):
        raise said.place.error(f"the pattern {said.value!r} {complaint}")
    return Said(globs.compiled(said.value), said.place)


def boolean(line: Line, example: str) -> Said[bool]:
    """True or false."""
    item = line.item
    if isinstance(item, Scalar) and isinstance(item.value, bool):
        return Said(item.value, item.place)
    raise wrong(line, "true or false", example)


def one_of(line: Line, words: Iterable[str], example: str) -> Said[str]:
    """One of some words."""
    words = tuple(words)
    item = line.item
    if isinstance(item, Scalar) and isinstance(item.value, str) and item.value in words:
        return Said(item.value, item.place)
    if isinstance(item, Scalar) and item.value and not isinstance(item.value, bool):
        hint = close(item.text, words) or f"there are {', '.join(words)}"
        raise item.place.error(f"unknown {line.name} {item.text!r}; {hint}")
    raise wrong(line, f"one of {', '.join(words)}", example)


def release(line: Line, example: str) -> Said[str]:
    """A release such as 0.3; one that is no text must be the same as a number."""
    item = line.item
    if not isinstance(item, Scalar) or not isinstance(item.value, (str, float)):
        raise wrong(line, "a release", example)
    if isinstance(item.value, float) and str(item.value) != item.text:
        message = f'without quotes {item.text} is the number {item.value:g}; write "{item.text}"'
        raise item.place.error(message)
    parts = item.text.split(".")
    if len(parts) not in _RELEASE_PARTS or not all(p.isascii() and p.isdigit() for p in parts):
        raise item.place.error(f"{item.text!r} is no release; write one such as {_RELEASE_EXAMPLE}")
    return Said(item.text, item.place)


def severities(line: Line, example: str) -> Iterator[Loudness]:
    """Severities by code. YAML reads a bare `off` as a boolean."""
    words = {severity.word: severity for severity in reversed(Severity)}
    for inner in lines(line.item, f"{line.name} wants a severity for each code: {example}"):
        item = inner.item
        value = item.value if isinstance(item, Scalar) else None
        if value is False or value == _OFF:
            yield Loudness(inner.name, None, inner.place)
        else:
            word = one_of(inner._replace(name="severity"), (*words, _OFF), f"{inner.name}: error")
            yield Loudness(inner.name, words[word.value], inner.place)


def options(line: Line, example: str) -> Iterator[Option]:
    """Options by rule; which there are and what they want is checked with the rules at hand."""
    for rule in lines(line.item, f"{line.name} wants options by rule: {example}"):
        wanted = f"{rule.name} wants its options: {example}"
        for inner in lines(rule.item, wanted):
            yield Option(
                Said(rule.name, rule.place),
                Said(inner.name, inner.place),
                Said(_plain(inner.item), inner.at),
            )


def _plain(item: Item) -> object:
    """A value as Python has it; of a mapping, nothing that an option could be."""
    if isinstance(item, Items):
        return tuple(_plain(inner) for inner in item.items)
    return item.value if isinstance(item, Scalar) else None


def close(word: str, known: Iterable[str]) -> str:
    """A question for the word that was meant; empty where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    near = get_close_matches(word, list(known), 1, 0.6)
    return f"did you mean {near[0]}?" if near else ""


def unknown(line: Line, known: Iterable[str], within: str = "") -> ConfigError:
    """The error for a key that there is not."""
    known = tuple(known)
    if line.name == _MERGE:
        message = f"{_MERGE} merges nothing here; write out what the anchor holds"
        return line.place.error(message)
    there = f"{within or 'a configuration'} knows {', '.join(known)}"
    inside = f" in {within}" if within else ""
    hint = close(line.name, known) or there
    return line.place.error(f"unknown key {line.name!r}{inside}; {hint}")
