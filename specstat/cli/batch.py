"""`specstat where --batch`: a JSON object a line in, one a line out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from specstat.cli.errors import UNUSABLE, UsageError
from specstat.judge.verdict import judge
from specstat.model.resource import Field
from specstat.model.types import openapi
from specstat.reporters.verdict_json import probabilities

_LISTS = ("enum", "constraints", "children")


class _BadLineError(Exception):
    """A line that is no field; the message says why."""


def execute(path: str) -> int:
    """Answer every line; those that are no fields are told and make the exit code 2."""
    failed = False
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = _parse(line)
            field = _field(row)
        except _BadLineError as error:
            sys.stderr.write(f"error: {path}:{number}: {error}\n")
            failed = True
            continue
        verdict = judge(field)
        answer = {
            "id": row.get("id"),
            "section": verdict.section.value,
            "probabilities": probabilities(verdict),
        }
        sys.stdout.write(json.dumps(answer) + "\n")
    return UNUSABLE if failed else 0


def _lines(path: str) -> Iterable[bytes]:
    if path == "-":
        return sys.stdin.buffer
    try:
        return Path(path).read_bytes().splitlines()
    except OSError as error:
        message = f"cannot read {path}: {error.strerror}"
        raise UsageError(message) from None


def _parse(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        message = 'not a JSON object; write one a line, such as {"id": 1, "name": "retryCount"}'
        raise _BadLineError(message) from None
    if not isinstance(row, dict):
        message = f"a JSON {type(row).__name__}, not an object"
        raise _BadLineError(message)
    return row


def _field(row: dict[str, Any]) -> Field:
    name = row.get("name")
    if not isinstance(name, str) or not name:
        message = "name is missing or no text"
        raise _BadLineError(message)
    enum, constraints, children = (_list(row, key) for key in _LISTS)
    type_, format_ = openapi(_type(row.get("type")), _text(row, "format"))
    return Field(
        name=name,
        type=type_,
        format=format_,
        description=_text(row, "description"),
        has_default=_flag(row, "has_default"),
        required=_flag(row, "required"),
        enum=enum,
        constraints=tuple((word, "") for word in constraints if not word.startswith("x-")),
        children=tuple(Field(name=child) for child in children),
    )


def _type(value: object) -> str:
    """A type, also as JSON Schema may write it: `["object", "null"]`."""
    if isinstance(value, list):
        return next((t for t in value if isinstance(t, str) and t != "null"), "")
    if value is None or isinstance(value, str):
        return value or ""
    message = "type is no text"
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


def _list(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key)
    if value is None or isinstance(value, list):
        return tuple(map(str, value or ()))
    message = f"{key} is no list"
    raise _BadLineError(message)
