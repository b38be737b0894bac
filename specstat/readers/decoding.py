"""Bytes into text."""

from __future__ import annotations

from codecs import BOM_UTF8

from specstat.model.reading import UNREADABLE, Problem
from specstat.model.source import Source, Span

_GZIP = b"\x1f\x8b"


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
        if data.startswith(_GZIP):
            message = "compressed by gzip; unpack it first"
        return Source(path, text), Problem(UNREADABLE, message, Span(at, at + 1))
