"""Types of a .proto file: what a name in it means, and what that is in OpenAPI's terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from specstat.model.types import OPENAPI
from specstat.readers.protofiles import File, Imports
from specstat.readers.protonodes import SCALARS, Enum, Message


class Type(NamedTuple):
    """A message or enum that a name stands for, its full name, and the file that declares it."""

    name: str
    node: Message | Enum
    file: File


class Known(NamedTuple):
    """A message that is a plain value in JSON, and hence in a schema: its type and format.

    `fields` are the names of its fields where it is an object that counts by them.
    """

    type: str
    format: str = ""
    preserves_unknown: bool = False
    fields: tuple[str, ...] = ()


_PROTOBUF = "google.protobuf."
_META = "k8s.io.apimachinery.pkg.apis.meta.v1."
# Protobuf, "JSON mapping"; for Kubernetes' own, what its OpenAPI schema says.
KNOWN = {
    _PROTOBUF + "Any": Known("object", preserves_unknown=True),
    _PROTOBUF + "Duration": Known("string"),
    _PROTOBUF + "Empty": Known("object"),
    _PROTOBUF + "FieldMask": Known("string"),
    _PROTOBUF + "ListValue": Known("array"),
    _PROTOBUF + "Struct": Known("object", preserves_unknown=True),
    _PROTOBUF + "Timestamp": Known("string", "date-time"),
    _PROTOBUF + "Value": Known("any", preserves_unknown=True),
    **{
        f"{_PROTOBUF}{scalar.title().replace('Ui', 'UI')}Value": Known(*OPENAPI[scalar])
        for scalar in "bool bytes double float int32 int64 string uint32 uint64".split()
    },
    _META + "Condition": Known(
        "object",
        fields=("type", "status", "observedGeneration", "lastTransitionTime", "reason", "message"),
    ),
    _META + "Duration": Known("string"),
    _META + "MicroTime": Known("string", "date-time"),
    _META + "Time": Known("string", "date-time"),
    "k8s.io.apimachinery.pkg.api.resource.Quantity": Known("int-or-string"),
    "k8s.io.apimachinery.pkg.runtime.RawExtension": Known("object", preserves_unknown=True),
    "k8s.io.apimachinery.pkg.util.intstr.IntOrString": Known("int-or-string"),
}

# More than any real name or file has, and an end to made ones.
_MOST_SCOPES = 100
_MOST_IMPORTS = 1_000


def is_scalar(written: str) -> bool:
    """Whether a type as it is written is one of the language's own."""
    return written in SCALARS


def known(written: str) -> Known | None:
    """The plain value that a type as it is written stands for, if it is a well-known one."""
    return KNOWN.get(written.lstrip("."))


def resolve(written: str, scope: str, file: File, files: Imports) -> Type | None:
    """The type that a name means in a scope (the full name of a message, or the package).

    The innermost scope that has it wins (Protobuf, "Packages and name resolution"). None where no
    file that is imported has it, or the import cannot be found.
    """
    names = _candidates(written, scope)
    for other in _visible(names, file, files):
        for name in names:
            if (node := other.types.get(name)) is not None:
                return Type(name, node, other)
    return None


def _candidates(written: str, scope: str) -> list[str]:
    """The full names that a name may mean, the innermost first."""
    if written.startswith("."):
        return [written[1:]]
    names: list[str] = []
    while scope and len(names) < _MOST_SCOPES:
        names.append(f"{scope}.{written}")
        scope = scope.rpartition(".")[0]
    return [*names, written]


def _visible(names: list[str], file: File, files: Imports) -> Iterator[File]:
    """The file itself and what it imports, those first whose folder is the package of a name."""
    yield file
    imports = [node.name for node in file.tree.imports[:_MOST_IMPORTS]]
    folders = {path: path.rpartition("/")[0].replace("/", ".") + "." for path in imports}
    likely = [p for p in imports if any(n.startswith(folders[p]) for n in names)]
    seen: set[str] = set()
    queue = [(file, path) for path in dict.fromkeys([*likely, *imports])]
    for importer, path in queue:
        other = files.imported(importer, path)
        if other is not None and other.source.path not in seen:
            seen.add(other.source.path)
            yield other
            queue += [(other, n.name) for n in other.tree.imports if n.kind == "public"]
