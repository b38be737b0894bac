"""Values of settings, each read strictly: what is wrong is told with its place."""

from __future__ import annotations

from collections.abc import Iterable

from specstat.readers.settings.items import Item, Items, Line, Scalar, Table
from specstat.readers.settings.places import ConfigError, NamedFile, Said

_MERGE = "<<"


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
