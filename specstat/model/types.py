"""The types of fields in OpenAPI's terms, in which all schemas are read."""

from __future__ import annotations

# Protobuf's scalar types as (type, format). Formats as Kubernetes' generators write them: 64 bits
# are a number there, though a string in Protobuf's own JSON.
OPENAPI = {
    "bool": ("boolean", ""),
    "bytes": ("string", "byte"),
    "double": ("number", "double"),
    "fixed32": ("integer", "int32"),
    "fixed64": ("integer", "int64"),
    "float": ("number", "float"),
    "int32": ("integer", "int32"),
    "int64": ("integer", "int64"),
    "sfixed32": ("integer", "int32"),
    "sfixed64": ("integer", "int64"),
    "sint32": ("integer", "int32"),
    "sint64": ("integer", "int64"),
    "string": ("string", ""),
    "uint32": ("integer", "int32"),
    "uint64": ("integer", "int64"),
}


def openapi(written: str, format_: str = "") -> tuple[str, str]:
    """A type and format as people write them, in OpenAPI's terms: `bytes` is a string."""
    type_, its_format = OPENAPI.get(written, (written, ""))
    return type_, format_ or its_format
