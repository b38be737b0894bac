"""`specstat where --batch`: a JSON object a line in, one a line out."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from specstat.cli.errors import UsageError, complain
from specstat.cli.weights import of_no_file
from specstat.judge import scales
from specstat.judge.verdict import judge
from specstat.judge.weights import Weights
from specstat.model.resource import Field
from specstat.model.types import openapi
from specstat.reporters.verdict_json import probabilities

_JSON_TYPES = {
    bool: "true or false",
    float: "a number",
    int: "a number",
    list: "a list",
    str: "a text",
    type(None): "null",
}


class _BadLineError(Exception):
    """A line that is no field; the message says why."""


def execute(path: str, weights: str | None = None, config: str = "") -> int:
    """Answer every line; those that are no fields are told and make the exit code 2.

    `weights` is the file to judge with, `config` a configuration that may name one.
    """
    wording = of_no_file(weights, config)
    code = 0
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            answer = _answer(line, wording)
        except _BadLineError as error:
            code = complain(f"{path}:{number}: {error}")
        else:
            sys.stdout.write(answer + "\n")
    return code


def _lines(path: str) -> Iterator[bytes]:
    try:
        if path == "-":
            yield from sys.stdin.buffer
            return
        with Path(path).open("rb") as file:
            yield from file
    except OSError as error:
        message = f"cannot read {path}: {error.strerror}"
        raise UsageError(message) from None


def _answer(line: bytes, weights: Weights | None) -> str:
    try:
        row = _parse(line)
        verdict = judge(_field(row), by=scales.of(weights))
        answer = {
            "id": row.get("id"),
            "section": verdict.section.value,
            "probabilities": probabilities(verdict),
        }
        return json.dumps(answer)
    except RecursionError:  # Python's JSON goes as deep as its functions may
        message = "lists or objects are nested too deep"
        raise _BadLineError(message) from None


def _parse(line: bytes) -> dict[str, Any]:
    try:
        row = _READER.decode(line.decode(json.detect_encoding(line), "surrogatepass"))
    except (json.JSONDecodeError, UnicodeDecodeError):
        message = 'not a JSON object; write one a line, such as {"id": 1, "name": "retryCount"}'
        raise _BadLineError(message) from None
    except ValueError:
        message = "a number has more digits than can be read; write it as a text"
        raise _BadLineError(message) from None
    if not isinstance(row, dict):
        message = f"{_JSON_TYPES[type(row)]}, not a JSON object"
        raise _BadLineError(message)
    return row


def _no_number(word: str) -> NoReturn:
    message = f"{word} is no JSON; write null"
    raise _BadLineError(message)


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        message = f"{digits} is too large a number; write it as a text"
        raise _BadLineError(message)
    return number


def _field(row: dict[str, Any]) -> Field:
    name = row.get("name")
    if not isinstance(name, str) or not name:
        message = "name is missing or no text"
        raise _BadLineError(message)
    constraints, children = _texts(row, "constraints"), _texts(row, "children")
    if "" in children:
        message = "children holds an empty name"
        raise _BadLineError(message)
    type_, format_ = openapi(_type(row.get("type")), _text(row, "format"))
    return Field(
        name=name,
        type=type_,
        format=format_,
        description=_text(row, "description"),
        has_default=_flag(row, "has_default"),
        required=_flag(row, "required"),
        enum=tuple(map(str, _list(row, "enum"))),
        constraints=tuple((word, "") for word in constraints if not word.startswith("x-")),
        children=tuple(Field(name=child) for child in children),
    )


def _type(value: object) -> str:
    """A type, also as JSON Schema may write it: `["object", "null"]`."""
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return next((word for word in value if word != "null"), "")
    if value is None or isinstance(value, str):
        return value or ""
    message = "type is no text and no list of texts"
    raise _BadLineError(message)


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if value is None or isinstance(value, str):
        return value or ""
    message = f"{key} is no text"
    raise _BadLineError(message)


def _flag(row: dict[str, Any], key: str) -> bool:
    value = row.get(key)
    if value is None or isinstance(value, bool):
        return bool(value)
    message = f"{key} is neither true nor false"
    raise _BadLineError(message)


def _list(row: dict[str, Any], key: str) -> list[Any]:
    value = row.get(key)
    if value is None or isinstance(value, list):
        return value or []
    message = f"{key} is no list"
    raise _BadLineError(message)


def _texts(row: dict[str, Any], key: str) -> tuple[str, ...]:
    values = _list(row, key)
    if all(isinstance(value, str) for value in values):
        return tuple(values)
    message = f"{key} holds something that is no text"
    raise _BadLineError(message)


# json.loads would make a reader for each line.
_READER = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)
