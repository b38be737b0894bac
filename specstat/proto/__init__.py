"""The published proto option `(specstatapi.v1.field)`: its .proto file, and its descriptor.

Users import the file from where `specstat vendor-proto` put it. Its name differs from that of
our Python package, so that code generated from it can live beside it.
"""

from __future__ import annotations

from pathlib import Path

# As .proto files import it, and where it lies in the folder of this package.
FILE = "specstatapi/v1/annotations.proto"


def text() -> str:
    """The published file."""
    return Path(__file__).parent.joinpath(FILE).read_text(encoding="utf-8")
