"""Where reports go when they go into a file."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def whole_file(target: str) -> Iterator[TextIO]:
    """A file that takes its place only when it is complete; never half, never beside it.

    What a link points to is written, and a device or a pipe is written to as it is. Of several
    that write one file at once, the last one wins, whole. Raises OSError where that is not
    possible.
    """
    path = Path(target).resolve()
    if _is_special(path):
        with path.open("w", encoding="utf-8") as stream:
            yield stream
        return
    part = _part(path)
    try:
        with part.open("x", encoding="utf-8") as stream:
            yield stream
        _take_place(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def replace_file(path: Path, data: bytes) -> None:
    """Put bytes into a file, whole or not at all; its permissions stay, and so do links to it.

    Raises OSError where that is not possible.
    """
    path = path.resolve()
    part = _part(path)
    try:
        with part.open("xb") as stream:
            stream.write(data)
        _take_place(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def try_out(target: str) -> None:
    """Raise the OSError that writing a file would end with, as far as it can be known before."""
    path = Path(target).resolve()
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if _is_special(path):
        # Opening it could wait for a reader, or end what somebody reads.
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return
    part = _part(path)
    part.touch(exist_ok=False)
    part.unlink()


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file()


def _part(path: Path) -> Path:
    """A name of its own beside a file, for several processes may write the same one."""
    # Not from `secrets`, which loads OpenSSL.
    return path.with_name(f".specstat-{os.urandom(8).hex()}.part")


def _take_place(part: Path, path: Path) -> None:
    if path.exists():
        shutil.copymode(path, part)
    part.replace(path)
