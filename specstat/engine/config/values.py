"""Values that only a configuration has: globs, releases, severities and options of rules."""

from __future__ import annotations

from collections.abc import Iterator

from specstat.engine.config import globs
from specstat.engine.config.globs import Glob
from specstat.engine.config.nouns import Loudness, Option
from specstat.model.diagnostic import Severity
from specstat.readers.settings.items import Item, Items, Line, Scalar
from specstat.readers.settings.places import Said
from specstat.readers.settings.values import lines, one_of, wrong

_OFF = "off"
_RELEASE_EXAMPLE = '"0.10"'
_RELEASE_PARTS = range(2, 4)


def glob(said: Said[str]) -> Said[Glob]:
    """A pattern of paths."""
    if complaint := globs.complaint(said.value):
        raise said.place.error(f"the pattern {said.value!r} {complaint}")
    return Said(globs.compiled(said.value), said.place)


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
