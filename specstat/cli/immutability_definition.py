"""The CRD of a policy's kind, as commands find it: which file, what it says, what made it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from specstat.cli.errors import UsageError
from specstat.engine.edit.guards import Definition, definition_of
from specstat.immutability.language import definitions
from specstat.immutability.language.definitions import mapping_at
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
    return definitions.named_by(terms).as_posix()


def generator_of(crd: Mapping[str, Any]) -> str:
    """The version of controller-gen that made a CRD; empty where it did not."""
    return str(mapping_at(crd, "metadata", "annotations").get(_GENERATOR) or "")
