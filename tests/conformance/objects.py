"""Objects made of a schema, and the same with one field changed or dropped."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

_SCALARS: dict[str, tuple[Any, Any]] = {
    "string": ("one", "two"),
    "integer": (1, 2),
    "number": (1.5, 2.5),
    "boolean": (True, False),
}
KEY = "key"


def whole(schema: dict[str, Any], other: int = 0) -> Any:  # noqa: ANN401 - any value that JSON has
    """A value with every field that its schema knows; with `other` a different one."""
    kind = schema["type"]
    if kind == "array":
        return [whole(schema["items"], other)]
    if kind == "object" and "additionalProperties" in schema:
        return {KEY: whole(schema["additionalProperties"], other)}
    if kind == "object":
        return {name: whole(below, other) for name, below in schema.get("properties", {}).items()}
    return _SCALARS[kind][other]


def at(schema: dict[str, Any], steps: Sequence[str]) -> dict[str, Any]:
    """The schema that these steps lead to, `[]` and `{}` among them."""
    for step in steps:
        into = {"[]": "items", "{}": "additionalProperties"}.get(step)
        schema = schema[into] if into else schema["properties"][step]
    return schema


def changed(value: Any, schema: dict[str, Any], steps: Sequence[str]) -> Any:  # noqa: ANN401 - as above
    """A copy in which what these steps lead to is another one."""
    made = copy.deepcopy(value)
    holder, last = _holder(made, steps)
    holder[last] = whole(at(schema, steps), 1)
    return made


def dropped(value: Any, steps: Sequence[str]) -> Any:  # noqa: ANN401 - as above
    """A copy without what these steps lead to."""
    made = copy.deepcopy(value)
    holder, last = _holder(made, steps)
    del holder[last]
    return made


def _holder(value: Any, steps: Sequence[str]) -> tuple[Any, Any]:  # noqa: ANN401 - as above
    keys = [{"[]": 0, "{}": KEY}.get(step, step) for step in steps]
    for key in keys[:-1]:
        value = value[key]
    return value, keys[-1]
