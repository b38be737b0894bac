"""Text into resources. The reader is chosen by the file's name and imported when it is needed."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import PurePath

from specstat.model.reading import UNREADABLE, Problem, Reading
from specstat.model.source import Source, Span

YAML_SUFFIXES = frozenset({".yaml", ".yml", ".json"})
PROTO_SUFFIXES = frozenset({".proto"})
_CRD_MARK = b"CustomResourceDefinition"


def is_proto(path: str) -> bool:
    """Whether a file is .proto text, by its name."""
    return PurePath(path).suffix.lower() in PROTO_SUFFIXES


def may_hold_resources(path: str, data: bytes) -> bool:
    """Whether a file that nobody named is worth reading: a look at its bytes, no parsing."""
    suffix = PurePath(path).suffix.lower()
    return suffix in PROTO_SUFFIXES or (suffix in YAML_SUFFIXES and _CRD_MARK in data)


def decode(path: str, data: bytes) -> tuple[Source, Problem | None]:
    """Bytes as text, without a byte order mark; what is no UTF-8 is told with its place."""
    while data.startswith(BOM_UTF8):  # more than one where such files were joined
        data = data.removeprefix(BOM_UTF8)
    try:
        return Source(path, data.decode()), None
    except UnicodeDecodeError as error:
        text = data.decode(errors="replace")
        at = len(data[: error.start].decode())
        message = f"not UTF-8: byte 0x{data[error.start]:02x}; save the file as UTF-8"
        return Source(path, text), Problem(UNREADABLE, message, Span(at, at + 1))


def read(path: str, data: bytes) -> Reading:
    """The resources of one file, from its bytes; a pure function of both arguments."""
    if is_proto(path):
        return Reading(Source(path, ""), skipped="proto files are not read by this version")
    source, problem = decode(path, data)
    if problem is not None:
        return Reading(source, problems=(problem,))
    from specstat.readers import crd  # noqa: PLC0415 - YAML is loaded for YAML alone

    return crd.read(source)
