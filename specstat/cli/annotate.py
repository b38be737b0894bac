"""`specstat annotate`: writes an annotation where it belongs, and nothing else."""

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
from specstat.engine import edit_crd
from specstat.engine.annotate import RefusedError, Written, into_config, into_file
from specstat.engine.config import NOTHING, ConfigError, Configuration, is_toml, load
from specstat.engine.configurations import Configurations, birthplace, nearest
from specstat.engine.targets import Target, nearest_name, targets
from specstat.model.directives import MARK, Declared, parse
from specstat.model.reading import NO_RESOURCE, Reading
from specstat.model.source import Source
from specstat.readers.descriptors import is_descriptor_set
from specstat.reporters.layout import visible

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked: which words for which field of which file; where, if not there."""

    file: str
    field: str
    words: tuple[str, ...]
    config: str = ""
    diff: bool = False


@dataclass(frozen=True, slots=True)
class _Done:
    """A file's text before and after, the line of the annotation, and why it is this file."""

    before: Source
    after: Written
    why: str = ""


def execute(order: Order) -> int:
    """Annotate one field and return the exit code."""
    words = tuple(" ".join(order.words).strip().removeprefix(MARK).split())
    directive = parse(" ".join(words))
    if directive.errors:
        raise UsageError(directive.errors[0])
    target = _target(order)
    if directive.declared.purpose and target.is_section:
        message = f"{target.name} is a whole section; say of its fields what they are for"
        raise UsageError(message)
    try:
        done = _annotate(order, target, words, directive.declared)
    except (RefusedError, ConfigError) as error:
        message = f"{target.name} was not annotated: {error}"
        raise UsageError(message) from None
    if order.diff:
        sys.stdout.writelines(_diff(done.before, done.after.text))
        return 0
    place = f"{done.before.path}:{done.after.line}"
    if done.after.text == done.before.text:
        sys.stdout.write(visible(f"{target.name} says so already: {place}") + "\n")
        return 0
    _write(done)
    said = " ".join(words)
    sys.stdout.write(visible(f"{target.name} is annotated with {said}: {place}{done.why}") + "\n")
    return 0


def _target(order: Order) -> Target:
    """The one field that is meant."""
    if order.file == "-":
        message = "annotate writes into a file; standard input is none"
        raise UsageError(message)
    if is_descriptor_set(order.file):
        message = (
            f"{order.file} is compiled; annotate the .proto file that it comes from, or name the "
            "field in specstat.yaml"
        )
        raise UsageError(message)
    reading = read_file(order.file, Configurations(order.config).roots_of)
    found = targets(reading, order.field)
    if len(found) == 1:
        return found[0]
    if found:
        each = ", ".join(f"{t.name} ({t.source.path}:{t.line})" for t in found)
        message = f"{order.field} may be one of {len(found)} fields: {each}; name one in full"
        raise UsageError(message)
    raise UsageError(_not_found(order, reading))


def _not_found(order: Order, reading: Reading) -> str:
    if not reading.resources and not readers.is_proto(order.file):
        return f"there is no resource in {order.file}: {reading.skipped or NO_RESOURCE}"
    close = nearest_name(reading, order.field)
    hint = f"; did you mean {close}?" if close else ""
    return f"there is no field {order.field} in {order.file}{hint}"


def _annotate(order: Order, target: Target, words: tuple[str, ...], says: Declared) -> _Done:
    """Into the field's own file where a comment may stand there, else into the configuration."""
    source, resource = target.source, target.resource
    is_proto = readers.is_proto(source.path)
    why = "" if is_proto or resource is None else edit_crd.unfit(resource, source.text)
    if not why:
        written = into_file(target, words, says)
        if written is not None:
            elsewhere = source.path != Path(order.file).as_posix()
            return _Done(source, written, ", where it stands" if elsewhere else "")
        why = f"has no place for a comment at line {target.line}"
    if is_proto or resource is None:
        message = f"{source.path} {why} that would bind to it alone; give it lines of its own"
        raise RefusedError(message)
    configuration = _configuration(order, f"{resource.kind}.{target.path}", words)
    written = into_config(resource, target.path, configuration, words, says)
    return _Done(configuration.source, written, f", as {source.path} {why}")


def _configuration(order: Order, key: str, words: tuple[str, ...]) -> Configuration:
    """The configuration that rules the file, or the beginning of one."""
    folder = os.path.dirname(order.file)  # noqa: PTH120 - as the run looks for it
    path = order.config or nearest(folder)
    if path and is_toml(path):
        message = (
            f"{path} is TOML, which is not edited; add below [tool.specstat.fields]: "
            f'"{key}" = "{" ".join(words)}"'
        )
        raise RefusedError(message)
    if path and (not order.config or Path(path).exists()):
        return load(path) or NOTHING
    return Configuration(Source(path or birthplace(folder), ""))


def _write(done: _Done) -> None:
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


def _diff(before: Source, after: str) -> Iterator[str]:
    from difflib import unified_diff

    lines = unified_diff(
        _LINE.findall(before.text),
        _LINE.findall(after),
        f"a/{before.path}",
        f"b/{before.path}",
    )
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
