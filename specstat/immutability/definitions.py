"""The CRD of a policy's kind: found in a file, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from specstat.immutability.terms import PolicyError, Terms

_CRD = "CustomResourceDefinition"


def read(path: str, terms: Terms) -> Mapping[str, Any]:
    """The CRD of a policy's kind in a file; PolicyError where there is none, saying what there is.

    The values are those that Kubernetes reads. OSError where the file cannot be read.
    """
    from specstat.model.reading import UnreadableError  # noqa: PLC0415 - policies without a schema
    from specstat.readers import exact, yamltree  # noqa: PLC0415 - as above
    from specstat.readers.decoding import decode  # noqa: PLC0415 - as above

    source, problem = decode(path, Path(path).read_bytes())
    try:
        if problem is not None:
            raise UnreadableError(problem.message, problem.span.start if problem.span else None)
        documents = [d for d in yamltree.load(source.text).documents if _may_be(d)]
    except UnreadableError as error:
        place = source.position(error.offset or 0)
        message = f"{path}:{place.line}:{place.column}: {error.message}"
        raise PolicyError(message) from None
    try:
        return choose((exact.value(d) for d in documents), terms, path)
    except RecursionError:
        message = f"{path}: nested deeper than any definition is"
        raise PolicyError(message) from None


def _may_be(document: Any) -> bool:  # noqa: ANN401 - nodes of YAML, imported late
    from specstat.readers.yamltree import dig  # noqa: PLC0415 - as above

    kind = dig(document, "kind")
    return getattr(kind, "value", "") in {_CRD, "List"}


def choose(documents: Iterator[Mapping[str, Any]], terms: Terms, where: str) -> Mapping[str, Any]:
    """Of some documents, the CRD of a policy's kind; PolicyError naming those that there are."""
    found = {_kind_of(crd): crd for document in documents for crd in _crds(document)}
    fitting = [
        (group, kind) for group, kind in found if kind == terms.kind and terms.group in {"", group}
    ]
    if len(fitting) == 1:
        return found[fitting[0]]
    wanted = f"{terms.group}/{terms.kind}" if terms.group else terms.kind
    there = ", ".join(f"{group}/{kind}" for group, kind in fitting or found) or "no CRD"
    what = f"{len(fitting)} kinds named {wanted}" if fitting else f"no kind {wanted}"
    message = f"{where}: {what}, the kind of the policy {terms.name}; there is {there}"
    raise PolicyError(message)


def _crds(document: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - any value of JSON
    if isinstance(document, Mapping) and document.get("kind") == "List":
        for item in document.get("items") or ():
            yield from _crds(item)
    elif isinstance(document, Mapping) and document.get("kind") == _CRD:
        yield document


def _kind_of(crd: Mapping[str, Any]) -> tuple[str, str]:
    spec = crd.get("spec")
    spec = spec if isinstance(spec, Mapping) else {}
    names = spec.get("names")
    kind = names.get("kind") if isinstance(names, Mapping) else None
    return str(spec.get("group") or ""), str(kind or "")
