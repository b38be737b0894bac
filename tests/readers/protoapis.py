"""Trees of .proto files made for a test, and what is read of them."""

from __future__ import annotations

from pathlib import Path

from specstat import readers
from specstat.model.reading import Reading
from specstat.model.resource import Field, Resource
from specstat.readers.decoding import decode
from specstat.readers.protofiles import Disk, File
from tests.readers.support import FIXTURES

APIS = FIXTURES / "protoapis" / "apis"
# A resource whose spec and status are messages of its own, with room for fields.
WIDGET = """\
syntax = "proto3";
package acme.v1;
{imports}
message Widget {{
  string metadata = 1;
  Spec spec = 2;
  Status status = 3;
  message Spec {{
    {spec}
  }}
  message Status {{
    {status}
  }}
}}
{behind}
"""


def widget(
    spec: str = "string size = 1;", *, status: str = "", imports: str = "", behind: str = ""
) -> str:
    """A .proto text with one resource."""
    return WIDGET.format(spec=spec, status=status, imports=imports, behind=behind)


def write(folder: Path, **files: str) -> None:
    """Write .proto files; `a__b` is b.proto in the folder a."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".proto")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read(text: str | bytes, path: str = "widget.proto") -> Reading:
    """What the readers make of a text."""
    return readers.read(path, text if isinstance(text, bytes) else text.encode())


def read_file(path: Path | str) -> Reading:
    """What the readers make of a file and of what is beside it."""
    return readers.read(str(path), Path(path).read_bytes())


def only(reading: Reading) -> Resource:
    """The one resource of a reading without problems, in the file or around it."""
    assert reading.problems == ()
    (resource,) = (*reading.resources, *reading.around)
    return resource


def fields(resource: Resource) -> dict[str, Field]:
    """All fields of a resource by path."""
    return {f.path: f for root in resource.fields for f in root.walk()}


def field(declaration: str, *, name: str = "size", behind: str = "") -> Field:
    """A field of spec as it is read from its declaration."""
    return fields(only(read(widget(declaration, behind=behind))))[f"spec.{name}"]


def taken(disk: Disk, path: Path | str) -> File:
    """A file as the run reads it."""
    return disk.take(decode(str(path), Path(path).read_bytes())[0])


def under(resource: Resource, field: Field) -> tuple[str, str]:
    """The text under the places of a field: its name and its description."""
    text = resource.source_of(field).text
    name, description = field.name_span, field.description_span
    return text[name.start : name.end], text[description.start : description.end]
