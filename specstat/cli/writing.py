"""What commands share that write into people's files: which field is meant, and how it is done."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from specstat import readers
from specstat.cli.errors import UsageError
from specstat.cli.output import replace_file
from specstat.cli.where import read_file
from specstat.engine.config.finding import Configurations, birthplace, nearest
from specstat.engine.config.loading import NOTHING, Configuration, is_toml, load
from specstat.engine.edit.annotate import RefusedError, Written
from specstat.engine.edit.targets import Target, nearest_name, targets, wholes
from specstat.model.reading import NO_RESOURCE, Reading
from specstat.model.source import Source
from specstat.readers.descriptors import is_descriptor_set

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Done:
    """A file's text before and after, the line of what was written, and why it is this file."""

    before: Source
    after: Written
    why: str = ""

    @property
    def place(self) -> str:
        """Where it stands: `specstat.yaml:3`."""
        return f"{self.before.path}:{self.after.line}"

    @property
    def is_change(self) -> bool:
        """Whether there is anything to write."""
        return self.after.text != self.before.text


def target_of(command: str, file: str, field: str, *, or_whole: bool = False) -> Target:
    """The one field that is meant, or with `or_whole` the one resource."""
    if file == "-":
        message = f"{command} writes into a file; standard input is none"
        raise UsageError(message)
    if is_descriptor_set(file):
        message = (
            f"{file} is compiled; {command} the .proto file that it comes from, or name the "
            "field in specstat.yaml"
        )
        raise UsageError(message)
    reading = read_file(file, Configurations().roots_of)
    found = (wholes(reading, field) if or_whole else []) or targets(reading, field)
    if len(found) == 1:
        return found[0]
    if found:
        each = ", ".join(f"{_in_full(t, found)} ({t.source.path}:{t.line})" for t in found)
        message = f"{field} may be one of {len(found)} fields: {each}; name one in full"
        raise UsageError(message)
    raise UsageError(_not_found(file, field, reading))


def _in_full(target: Target, others: list[Target]) -> str:
    """A name that means one target alone: with the group of its resource, if need be."""
    is_alone = [other.name for other in others].count(target.name) == 1
    group = "" if is_alone or target.resource is None else target.resource.group
    return f"{group}/{target.name}" if group else target.name


def _not_found(file: str, field: str, reading: Reading) -> str:
    if not reading.resources and not readers.is_proto(file):
        return f"there is no resource in {file}: {reading.skipped or NO_RESOURCE}"
    close = nearest_name(reading, field)
    hint = f"; did you mean {close}?" if close else ""
    return f"there is no field {field} in {file}{hint}"


def configuration_of(file: str, named: str) -> Configuration:
    """The configuration that rules a file, the one that is named, or the beginning of one."""
    folder = os.path.dirname(file)  # noqa: PTH120 - as the run looks for it
    path = named or nearest(folder)
    if path and is_toml(path):
        message = (
            f"{path} is TOML, which is not edited; add it by hand below [tool.specstat.fields]"
        )
        raise RefusedError(message)
    if path and (not named or Path(path).exists()):
        return load(path) or NOTHING
    return Configuration(Source(path or birthplace(folder), ""))


def write(done: Done) -> None:
    """Put the text into the file; a UsageError says why that is not possible."""
    path = Path(done.before.path)
    before, after = done.before.text.encode(), done.after.text.encode()
    try:
        data = path.read_bytes() if path.exists() else b""
        if not data.endswith(before):
            message = f"{path} was changed by someone else meanwhile; nothing was written"
            raise UsageError(message)
        # In front stands what the reader took off: a byte order mark, or several.
        replace_file(path, data.removesuffix(before) + after)
    except OSError as error:
        message = f"cannot write {path}: {error.strerror}"
        raise UsageError(message) from None


def show_difference(done: Done) -> None:
    """Print what would change, as a patch."""
    from difflib import unified_diff

    path = done.before.path
    lines = unified_diff(
        _LINE.findall(done.before.text), _LINE.findall(done.after.text), f"a/{path}", f"b/{path}"
    )
    sys.stdout.writelines(_ended(lines))


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
