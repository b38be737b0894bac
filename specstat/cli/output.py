"""Where reports go when they go into a file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def whole_file(target: str) -> Iterator[TextIO]:
    """A file that takes its place only when it is complete; never half, never beside it.

    What a link points to is written, and a device or a pipe is written to as it is. Raises
    OSError where that is not possible.
    """
    path = Path(target).resolve()
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8") as stream:
            yield stream
        return
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            yield stream
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def replace_file(path: Path, data: bytes) -> None:
    """Put bytes into a file, whole or not at all; its permissions stay, and so do links to it.

    Raises OSError where that is not possible.
    """
    path = path.resolve()
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
