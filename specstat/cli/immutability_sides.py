"""The objects that `verify` and `hash` are given: files, or an admission review."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from specstat.cli.errors import UsageError
from specstat.cli.immutability_policies import loaded_policy
from specstat.immutability.equality.fit import misfits, shown, undeclared
from specstat.immutability.equality.objects import Document, ObjectError, Where, read
from specstat.immutability.policy import Policy, compiled
from specstat.immutability.terms import PolicyError
from specstat.model.source import Source
from specstat.reporters.layout import visible

_SAME = ("kind", "apiVersion", "metadata.name", "metadata.namespace", "metadata.uid")
# What a manifest need not say, though the stored object does.
_OPTIONAL = frozenset({"metadata.namespace", "metadata.uid"})
_NOTES_AT_MOST = 5


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


def policy_for(one: Document, policy: str, crd: str, name: str) -> Policy:
    """A policy compiled against the schema of an object's version; UsageError where it cannot be.

    The object has to be of the policy's kind.
    """
    found = loaded_policy(policy, crd, "", name)
    _refuse_other_kinds(one, found)
    version = _api(one)[1]
    if not found.version:
        sys.stderr.write("note: values are compared as they are written; name a CRD (--crd)\n")
    if found.version in {"", version}:
        return found
    try:
        return compiled(found.terms, crd or None, version)
    except PolicyError as error:
        raise complaint(one, ("apiVersion",), str(error)) from None


def checked(one: Document, policy: Policy) -> Document:
    """An object that fits the schema of a policy; UsageError where it does not.

    Fields that the API server would drop are told.
    """
    found = misfits(one.value, policy.schema)
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise complaint(one, found[0].where, f"{found[0].message}{more}")
    extra = undeclared(one.value, policy.schema)
    for where in extra[:_NOTES_AT_MOST]:
        said = f"{shown(where)} is not in the schema; Kubernetes drops it, so it does not count"
        sys.stderr.write(f"note: {_placed(one, where, said)}\n")
    if len(extra) > _NOTES_AT_MOST:
        sys.stderr.write(f"note: {len(extra) - _NOTES_AT_MOST} more fields are not in the schema\n")
    return one


def same_object(old: Document, new: Document) -> None:
    """Refuse two objects that are not two states of one."""
    for path in _SAME:
        where = tuple(path.split("."))
        before, after = (_at(one.value, where) for one in (old, new))
        if before == after or (path in _OPTIONAL and None in {before, after}):
            continue
        there, here = ("absent" if value is None else value for value in (before, after))
        what = "one object"
        if path == "apiVersion" and _api(old)[0] == _api(new)[0]:
            what = "both states in one version"
        message = f"{path} is {here}, but {there} in {old.source.path}; compare {what}"
        raise complaint(new, where, message)


def complaint(one: Document, where: Where, message: str) -> UsageError:
    """A mistake in an object, with its place."""
    return UsageError(_placed(one, where, message))


def _placed(one: Document, where: Where, message: str) -> str:
    line, column = one.source.position(one.place_of(where).start)
    return visible(f"{one.source.path}:{line}:{column}: {message}")


def _refuse_other_kinds(one: Document, policy: Policy) -> None:
    terms, kind = policy.terms, _at(one.value, ("kind",))
    group = _api(one)[0]
    if not kind or not isinstance(kind, str):
        raise complaint(one, ("kind",), "the object has no kind; give it apiVersion and kind")
    if kind != terms.kind or (terms.group and group != terms.group):
        own, wanted = (
            f"{g}/{k}".lstrip("/") for g, k in ((group, kind), (terms.group, terms.kind))
        )
        message = f"the object is of kind {own}; the policy {terms.name} is about {wanted}"
        raise complaint(one, ("kind" if kind != terms.kind else "apiVersion",), message)


def _api(one: Document) -> tuple[str, str]:
    """The group and the version of an object."""
    group, _, version = str(one.value.get("apiVersion") or "").rpartition("/")
    return group, version


def _at(value: Any, where: tuple[str, ...]) -> Any:  # noqa: ANN401 - any value of JSON
    for name in where:
        value = value.get(name) if isinstance(value, dict) else None
    return value
