"""The CRD of a policy's kind, as commands find it: which file, what it says, what made it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from specstat.cli.errors import UsageError
from specstat.engine.edit.guards import Definition, definition_of
from specstat.immutability.terms import Terms

_GENERATOR = "controller-gen.kubebuilder.io/version"


def read(path: str, terms: Terms) -> tuple[Definition, Mapping[str, Any]]:
    """The CRD of a policy's kind in a file, as it stands there and as plain values."""
    from specstat.immutability.equality import objects
    from specstat.readers.decoding import decode

    try:
        source, problem = decode(path, Path(path).read_bytes())
    except OSError as error:
        message = f"cannot read {path}: {error.strerror}"
        raise UsageError(message) from None
    if problem is not None:
        message = f"{path}: {problem.message}"
        raise UsageError(message)
    definition = definition_of(source, terms.group, terms.kind)
    try:
        return definition, objects.value_of(definition.crd)
    except objects.ObjectError as error:
        message = f"{path}: {error}"
        raise UsageError(message) from None


def named_by(terms: Terms) -> str:
    """The CRD that a policy names, by its path; UsageError where it names none."""
    if not terms.crd:
        message = f"the policy {terms.name} names no CRD; name it with --crd FILE or --into FILE"
        raise UsageError(message)
    return (Path(terms.source.path).parent / terms.crd).as_posix()


def generator_of(crd: Mapping[str, Any]) -> str:
    """The version of controller-gen that made a CRD; empty where it did not."""
    return str(mapping_at(crd, "metadata", "annotations").get(_GENERATOR) or "")


def versions_of(crd: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The versions of a CRD by name."""
    found = mapping_at(crd, "spec").get("versions")
    listed = found if isinstance(found, list) else []
    return {str(each.get("name")): each for each in listed if isinstance(each, Mapping)}


def mapping_at(value: object, *names: str) -> Mapping[str, Any]:
    """The mapping below some keys of plain values; an empty one where there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}
