"""What the options and comments of a proto field say, in the terms of a schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from posixpath import commonprefix
from typing import NamedTuple

from specstat.readers.protonodes import Declaration, Enum, Field
from specstat.readers.protovalues import Aggregate, Comment, Listing, Option, Scalar, Value

# Protovalidate and its predecessor, which spell their rules alike.
_VALIDATE = ("(buf.validate.field).", "(validate.rules).")
_BEHAVIOR = "(google.api.field_behavior)"
_CONSTRAINTS = {
    "gt": "exclusiveMinimum",
    "gte": "minimum",
    "len": "maxLength",
    "lt": "exclusiveMaximum",
    "lte": "maximum",
    "max_bytes": "maxLength",
    "max_items": "maxItems",
    "max_len": "maxLength",
    "max_pairs": "maxProperties",
    "min_bytes": "minLength",
    "min_items": "minItems",
    "min_len": "minLength",
    "min_pairs": "minProperties",
    "pattern": "pattern",
    "unique": "uniqueItems",
}
_FORMATS = frozenset({"email", "hostname", "ip", "ipv4", "ipv6", "uri", "uuid"})
_ON_ITEMS = re.compile(r"repeated\.items\.|map\.(?:keys|values)\.")
_DEFAULT = re.compile(r"\(.*\.default\)$")  # a project's own option, such as `(acme.default)`
_SLASHES = re.compile(r"^/+(?:\s+|$)")  # the rest of a marker with three, and of a line of them
# Lines of a comment that speak to tools, not to readers.
_TO_TOOLS = re.compile(r"\+\w|buf:lint:|protolint:|@gotags")


class Said(NamedTuple):
    """The facts that options state; see `specstat.model.resource.Field` for their meaning."""

    required: bool = False
    has_default: bool = False
    default: str = ""
    format: str = ""
    enum: tuple[str, ...] = ()
    constraints: tuple[tuple[str, str], ...] = ()
    declarations: tuple[str, ...] = ()


def flat(options: Iterable[Option]) -> Iterator[tuple[str, Scalar]]:
    """Options as paths and plain values: `(a.b).c = 1` and `(a.b) = {c: 1}` are the same."""
    for option in options:
        stack: list[tuple[str, Value]] = [(option.key, option.value)]
        while stack:
            key, value = stack.pop()
            if type(value) is Aggregate:
                stack += [(f"{key}.{e.name.text}", e.value) for e in reversed(value.entries)]
            elif type(value) is Listing:
                stack += [(key, item) for item in reversed(value.items)]
            elif type(value) is Scalar:
                yield key, value


def text_of(value: Scalar) -> str:
    """A plain value as it is written in a schema."""
    if isinstance(value.value, float) and value.value.is_integer():
        return str(int(value.value))
    return str(value.value)


class _Set(NamedTuple):
    """An option that is set: its path, the last word of the validator's rule in it, its value."""

    key: str
    rule: str
    word: str
    is_text: bool


def of_options(field: Field) -> Said:
    """What a field's options and its label say."""
    pairs = ((key, _rule(key), value) for key, value in flat(field.options))
    options = [_Set(key, rule, text_of(value), value.kind == "text") for key, rule, value in pairs]
    true = {o.rule for o in options if o.word == "true"}
    default = next((o for o in options if o.key == "default" or _DEFAULT.search(o.key)), None)
    return Said(
        required=field.label == "required" or "required" in true,
        has_default=default is not None,
        default=_json(default) if default else "",
        format=next(iter(sorted(true & _FORMATS)), ""),
        enum=tuple(o.word for o in options if o.rule == "in" and o.is_text),
        constraints=tuple(
            sorted((_CONSTRAINTS[o.rule], o.word) for o in options if o.rule in _CONSTRAINTS)
        ),
        declarations=tuple(_declarations(options)),
    )


def _json(option: _Set) -> str:
    return json.dumps(option.word, ensure_ascii=False) if option.is_text else option.word


def _declarations(options: Iterable[_Set]) -> Iterator[str]:
    for option in options:
        if option.key == _BEHAVIOR:
            yield f"field_behavior={option.word}"
        elif option.key in {"deprecated", "debug_redact"} and option.word == "true":
            yield option.key
        elif option.rule == "const":
            yield option.rule


def _rule(key: str) -> str:
    """The rule of a validator that a path names, without the type that it is for: `min_len`.

    Empty for other options, and for rules on the items of a list.
    """
    prefix = next((p for p in _VALIDATE if key.startswith(p)), "")
    rule = key.removeprefix(prefix) if prefix else ""
    return "" if _ON_ITEMS.match(rule) else rule.rpartition(".")[2]


def words_of(comment: Comment) -> str:
    """A comment as a description: without the blank behind the marker and lines for tools."""
    lines = [_SLASHES.sub("", line.strip()) for line in comment.text.strip("\n").split("\n")]
    return "\n".join(line for line in lines if not _TO_TOOLS.match(line)).strip()


def description_of(node: Declaration) -> str:
    """What the comments of a declaration say, the one above before the one behind."""
    comments = node.comments
    told = [words_of(c) for c in (comments.leading, comments.trailing) if c is not None]
    return "\n\n".join(filter(None, told))


def choices_of(enum: Enum) -> tuple[str, ...]:
    """The values of an enum without its prefix and its zero value that says nothing."""
    names = [value.name for value in enum.values]
    # A prefix is what all have in common, to the last whole word.
    prefix = commonprefix(names).rpartition("_")[0] if len(names) > 1 else ""
    told = names[1:] if names and names[0].endswith("UNSPECIFIED") else names
    return tuple(name.removeprefix(prefix + "_") if prefix else name for name in told)
