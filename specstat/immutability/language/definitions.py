"""The CRD of a policy's kind: found in a file, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from specstat.immutability.terms import PolicyError, Terms

_CRD = "CustomResourceDefinition"


def read(path: str, terms: Terms) -> Mapping[str, Any]:
    """The CRD of a policy's kind in a file; PolicyError where there is none, saying what there is.

    The values are those that Kubernetes reads. OSError where the file cannot be read.
    """
    from specstat.immutability.equality import objects  # noqa: PLC0415 - policies without a schema
    from specstat.model.reading import UnreadableError  # noqa: PLC0415 - as above
    from specstat.model.source import Span  # noqa: PLC0415 - as above
    from specstat.readers import yamltree  # noqa: PLC0415 - as above
    from specstat.readers.decoding import decode  # noqa: PLC0415 - as above

    source, problem = decode(path, Path(path).read_bytes())
    at: Span | None = problem.span if problem else None
    told = problem.message if problem else ""
    documents: list[Mapping[str, Any]] = []
    try:
        nodes = () if problem else yamltree.load(source.text).documents
        documents = [objects.value_of(node) for node in nodes if _may_be(node)]
    except UnreadableError as error:
        told, at = error.message, Span(error.offset or 0, error.offset or 0)
    except objects.ObjectError as error:
        told, at = str(error), error.span
    except RecursionError:
        told = "nested deeper than any definition is"
    if told:
        place = source.position(at.start if at else 0)
        message = f"{path}:{place.line}:{place.column}: {told}"
        raise PolicyError(message)
    return choose(documents, terms, path)


def _may_be(document: Any) -> bool:  # noqa: ANN401 - nodes of YAML, imported late
    from specstat.readers.yamltree import dig  # noqa: PLC0415 - as above

    return getattr(dig(document, "kind"), "value", "") in {_CRD, "List"}


def choose(documents: Iterable[Mapping[str, Any]], terms: Terms, where: str) -> Mapping[str, Any]:
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
    message = f"{where}: {what}, the kind of the policy {_told(terms)}; there is {there}"
    raise PolicyError(message)


def has_status_subresource(crd: Mapping[str, Any], version: str) -> bool:
    """Whether a version of a CRD has a status subresource."""
    subresources = mapping_at(versions_of(crd), version, "subresources")
    # The API server sees none in `status:` without a mapping.
    return isinstance(subresources.get("status"), Mapping)


def named_by(terms: Terms) -> Path:
    """The file that a policy names as its CRD, relative to its own."""
    return Path(terms.source.path).parent / terms.crd


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


def _told(terms: Terms) -> str:
    """The name of a policy, with its place where the policy chose the file."""
    if not terms.crd or not terms.source.text:
        return terms.name
    from specstat.immutability.language.reading import exactly  # noqa: PLC0415 - for a mistake only

    return f"{terms.name} ({exactly(terms, 'kind')})"


def _crds(document: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - any value of JSON
    if isinstance(document, Mapping) and document.get("kind") == "List":
        for item in document.get("items") or ():
            yield from _crds(item)
    elif isinstance(document, Mapping) and document.get("kind") == _CRD:
        yield document


def _kind_of(crd: Mapping[str, Any]) -> tuple[str, str]:
    kind = mapping_at(crd, "spec", "names").get("kind")
    return str(mapping_at(crd, "spec").get("group") or ""), str(kind or "")
