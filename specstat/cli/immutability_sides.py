"""The objects that `verify` and `hash` are given: files, or an admission review."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from specstat.cli.errors import UsageError
from specstat.immutability.fit import misfits
from specstat.immutability.objects import Document, ObjectError, Where, read
from specstat.immutability.policy import Policy
from specstat.model.source import Source

_SAME = ("kind", "apiVersion", "metadata.name", "metadata.namespace")


def document(path: str) -> Document:
    """The one object in a file, or on standard input (`-`); UsageError where there is none."""
    name = "stdin" if path == "-" else Path(path).as_posix()
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        source = Source(name, data.decode("utf-8-sig"))
    except OSError as error:
        message = f"cannot read {name}: {error.strerror}"
        raise UsageError(message) from None
    except UnicodeDecodeError:
        message = f"cannot read {name}: it is not UTF-8"
        raise UsageError(message) from None
    try:
        return read(source)
    except ObjectError as error:
        line, column = source.position(error.span.start if error.span else 0)
        message = f"{name}:{line}:{column}: {error}"
        raise UsageError(message) from None


def checked(one: Document, policy: Policy) -> Document:
    """An object that is of the policy's kind and fits its schema; UsageError where it is not."""
    kind, group = one.value.get("kind"), _group(one)
    terms = policy.terms
    if kind != terms.kind or (terms.group and group != terms.group):
        wanted = f"{terms.group}/{terms.kind}".lstrip("/")
        raise complaint(one, ("kind",), f"the object is a {group}/{kind}, the policy's a {wanted}")
    found = misfits(one.value, policy.schema)
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise complaint(one, found[0].where, f"{found[0].message}{more}")
    return one


def told_untyped(policy: Policy) -> None:
    """Say that nothing is known of types, where that is so."""
    if not policy.version:
        sys.stderr.write("note: values are compared as they are written; name a CRD (--crd)\n")


def same_object(old: Document, new: Document) -> None:
    """Refuse two objects that are not two states of one."""
    for path in _SAME:
        where = tuple(path.split("."))
        before, after = _at(old.value, where), _at(new.value, where)
        if path == "apiVersion":
            before, after = _group(old), _group(new)
        if before != after:
            message = f"{path} is {after}, and {before} in {old.source.path}; compare one object"
            raise complaint(new, where, message)


def complaint(one: Document, where: Where, message: str) -> UsageError:
    """A mistake in an object, with its place."""
    line, column = one.source.position(one.place_of(where).start)
    return UsageError(f"{one.source.path}:{line}:{column}: {message}")


def _group(one: Document) -> str:
    return str(one.value.get("apiVersion") or "").rpartition("/")[0]


def _at(value: Any, where: tuple[str, ...]) -> Any:  # noqa: ANN401 - any value of JSON
    for name in where:
        value = value.get(name) if isinstance(value, dict) else None
    return value
