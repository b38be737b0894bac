"""Values that policies hold, each read strictly: paths of fields, words, scalars as texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.immutability import paths
from specstat.immutability.paths import Each, Path, text_of
from specstat.immutability.terms import Named, Word
from specstat.readers.settings import values
from specstat.readers.settings.items import Items, Line, Scalar, Table
from specstat.readers.settings.keys import Schema
from specstat.readers.settings.places import Said

_CONTROLS = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
TEXT: Schema = {"type": "string", "pattern": rf"^(?=.*\S)[^{_CONTROLS}]*$"}
SCALAR: Schema = {"type": ["string", "integer", "boolean"]}
_ENDS = r"(?![A-Za-z0-9_$\-])"
_MAP = r'metadata(?:\.(?:labels|annotations)|\["(?:labels|annotations)"\])'
PATH: Schema = {
    "type": "string",
    "pattern": rf"^(?!\${_ENDS}){paths.BEGINNING}{paths.NAMES}*$",
}
BELOW_STATUS: Schema = {"type": "string", "pattern": rf"^status{paths.NAMES}+$"}
PROTECTED: Schema = {
    "type": "string",
    "pattern": rf"^(?:(?!(?:status|apiVersion|kind|metadata|\$){_ENDS}){paths.BEGINNING}"
    rf"{paths.STEPS}*|{_MAP}(?:{paths.NAMES}|\{{\}})?)$",
}
# The type of a condition, perhaps with a prefix as labels have it.
CONDITION = r"[A-Za-z0-9][A-Za-z0-9./_\-]*"
STATUSES = ("True", "False", "Unknown")
_FIXED = "a list of field paths, or a mapping of each to its word"
_FAR_NUMBER = r"[-+]?(?:0x[\da-f_]+|0o[0-7_]+|0b[01_]+|\.inf)|\.nan"
_METADATA = ("labels", "annotations")
_A_MAP, _A_KEY = 2, 3  # lengths of metadata.labels and of a key in it


def plain(said: Said[str]) -> Said[str]:
    """A text without characters that steer a terminal or break a line."""
    if control := re.search(f"[{_CONTROLS}]", said.value):
        message = f"U+{ord(control.group()):04X} may not stand here; remove it"
        raise said.place.error(message)
    return said


def text(line: Line, what: str, example: str) -> Said[str]:
    """A text on one line that says something."""
    return plain(values.text(line, what, example))


def matching(line: Line, pattern: str, what: str, example: str) -> Said[str]:
    """A text of some form."""
    said = text(line, what, example)
    if not re.fullmatch(pattern, said.value):
        raise said.place.error(f"{said.value!r} is not {what}; write such as {example}")
    return said


def texts(line: Line, what: str, example: str) -> tuple[str, ...]:
    """A list of at least one text."""
    said = values.texts(line, what, example)
    if not said:
        raise line.at.error(f"{line.name} is empty; write such as {example}, or leave it out")
    return tuple(plain(one).value for one in said)


def scalar(line: Line, example: str) -> str:
    """A single value as the text that it is compared as."""
    item = line.item
    if isinstance(item, Scalar) and isinstance(item.value, bool):
        word = "true" if item.value else "false"
        if item.text.lower() != word:
            message = f'{item.text} means {word} to Kubernetes; write {word}, or "{item.text}"'
            raise item.place.error(message)
        return word
    if isinstance(item, Scalar) and isinstance(item.value, int):
        return str(item.value)
    if isinstance(item, Scalar) and (isinstance(item.value, float) or _is_far_number(item)):
        message = f'not every reader takes the number {item.text} alike; write "{item.text}"'
        raise item.place.error(message)
    if isinstance(item, Scalar) and isinstance(item.value, str):
        return plain(Said(item.value, item.place)).value
    raise values.wrong(line, "texts, whole numbers, true or false", example)


def _is_far_number(item: Scalar) -> bool:
    """Whether a text without quotes is a number to most readers of YAML, though not to this one."""
    start, end = item.place.span
    plain = item.place.source.text[start:end] == item.text
    return plain and re.fullmatch(_FAR_NUMBER, item.text, re.IGNORECASE) is not None


def scalars(line: Line, example: str) -> tuple[str, ...]:
    """A list of at least one value, each as text."""
    item = line.item
    if not isinstance(item, Items) or not item.items:
        raise values.wrong(line, "a list of values", example)
    return tuple(scalar(Line(line.name, i.place, i), example) for i in item.items)


def status(line: Line, example: str) -> str:
    """The status of a condition; without quotes YAML reads a boolean."""
    item = line.item
    written = item.text if isinstance(item, Scalar) else ""
    if isinstance(item, Scalar) and isinstance(item.value, bool):
        written = written.capitalize()
    if isinstance(item, Scalar) and isinstance(item.value, (str, bool)) and written in STATUSES:
        return written
    raise line.at.error(no_status(line.name, written, example))


def no_status(of: str, written: str, example: str) -> str:
    """What to tell of a word that is no status of a condition."""
    near = next((s for s in STATUSES if s.lower() == written.lower()), "")
    hint = f"did you mean {near}?" if near else f"there are {', '.join(STATUSES)}: {example}"
    return f"unknown status{f' {written!r}' if written else ''} of {of}; {hint}"


def path(said: Said[str]) -> Path:
    """The steps of a field path."""
    try:
        steps = paths.parse(plain(said).value)
    except paths.PathError as error:
        raise said.place.error(str(error)) from None
    if steps[0] == "$":
        message = f"{said.value}: a path begins with a field; write {text_of(steps[1:]) or 'spec'}"
        raise said.place.error(message)
    if any(isinstance(step, str) and re.search(f"[{_CONTROLS}]", step) for step in steps):
        raise said.place.error(f"{said.value!r} holds a control character; remove it")
    return steps


def single(said: Said[str]) -> Path:
    """The path of one field, not one of every item."""
    steps = path(said)
    if any(isinstance(step, Each) for step in steps):
        message = f"{said.value} stands for many values; name a single field"
        raise said.place.error(message)
    return steps


def below_status(line: Line, example: str) -> Path:
    """The path of a single field below status."""
    said = text(line, "the path of a field below status", example)
    steps = single(said)
    if len(steps) == 1 or steps[0] != "status":
        message = f"{said.value} is no field below status; write such as {example}"
        raise said.place.error(message)
    return steps


def protected(said: Said[str]) -> Path:
    """A path that a policy may fix or leave open."""
    steps = path(said)
    root = steps[0]
    if root == "status":
        message = (
            f"{said.value}: status is what controllers report, and a policy protects what users "
            "set; take it out (a stored hash is named by record)"
        )
        raise said.place.error(message)
    if root in {"apiVersion", "kind"}:
        raise said.place.error(f"Kubernetes itself keeps {root} as it is; take it out")
    if root == "metadata":
        _refuse_metadata(said, steps)
    return steps


def _refuse_metadata(said: Said[str], steps: Path) -> None:
    """Of metadata, labels and annotations are the users'; the rest is Kubernetes' own."""
    if len(steps) < _A_MAP or steps[1] not in _METADATA:
        message = (
            f"{said.value}: of metadata, only metadata.labels and metadata.annotations are for "
            "policies; Kubernetes looks after the rest"
        )
        raise said.place.error(message)
    inner = ".".join(step for step in steps[2:] if isinstance(step, str))
    if len(steps) > _A_KEY or (len(steps) == _A_KEY and steps[2] is Each.ITEM):
        key = text_of((*steps[:2], inner or "example.org/key"))
        raise said.place.error(f"{said.value}: a label or annotation is a text; write {key}")


def listed(line: Line, word: Word | None, example: str) -> Iterator[Named]:
    """Paths as a list, all with one word."""
    what = "a list of field paths" if word is None else _FIXED
    for said in values.texts(line, what, example):
        yield Named(protected(said), word, said.place.span)


def worded(line: Line, example: str) -> Iterator[Named]:
    """Paths as a list, or as a mapping of each to its word."""
    if not isinstance(line.item, Table):
        yield from listed(line, Word.UNTIL_ACCEPTED, example)
        return
    for inner in line.item.lines:
        named = protected(Said(inner.name, inner.place))
        words = (w.value for w in Word)
        example = f"{inner.name}: until-accepted"
        said = values.one_of(inner._replace(name=f"word for {inner.name}"), words, example)
        yield Named(named, Word(said.value), inner.place.span)
