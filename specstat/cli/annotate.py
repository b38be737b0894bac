"""`specstat annotate`: writes an annotation where it belongs, and nothing else."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from specstat import readers
from specstat.cli.errors import UsageError
from specstat.cli.writing import Done, configuration_of, show_difference, target_of, write
from specstat.engine.config.loading import ConfigError
from specstat.engine.edit import crd as edit_crd
from specstat.engine.edit.annotate import RefusedError, into_config, into_file
from specstat.engine.edit.targets import Target
from specstat.model.directives import MARK, Declared, parse
from specstat.reporters.layout import visible


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked: which words for which field of which file; where, if not there."""

    file: str
    field: str
    words: tuple[str, ...]
    config: str = ""
    diff: bool = False


def execute(order: Order) -> int:
    """Annotate one field and return the exit code."""
    words = tuple(" ".join(order.words).strip().removeprefix(MARK).split())
    directive = parse(" ".join(words))
    if directive.errors:
        raise UsageError(directive.errors[0])
    if directive.ignores:
        message = "annotate says what a field is for; specstat ignore CODE FILE:FIELD ignores"
        raise UsageError(message)
    target = target_of("annotate", order.file, order.field)
    if directive.declared.purpose and target.is_section:
        message = f"{target.name} is a whole section; say of its fields what they are for"
        raise UsageError(message)
    try:
        done = _annotate(order, target, words, directive.declared)
    except (RefusedError, ConfigError) as error:
        message = f"{target.name} was not annotated: {error}"
        raise UsageError(message) from None
    if order.diff:
        show_difference(done)
        return 0
    if not done.is_change:
        sys.stdout.write(visible(f"{target.name} says so already: {done.place}") + "\n")
        return 0
    write(done)
    told = f"{target.name} is annotated with {' '.join(words)}: {done.place}{done.why}"
    sys.stdout.write(visible(told) + "\n")
    return 0


def _annotate(order: Order, target: Target, words: tuple[str, ...], says: Declared) -> Done:
    """Into the field's own file where a comment may stand there, else into the configuration."""
    source, resource = target.source, target.resource
    is_proto = readers.is_proto(source.path)
    why = "" if is_proto or resource is None else edit_crd.unfit(resource, source.text)
    if not why:
        written = into_file(target, words, says)
        if written is not None:
            elsewhere = source.path != Path(order.file).as_posix()
            return Done(source, written, ", where it stands" if elsewhere else "")
        why = f"has no place for a comment at line {target.line}"
    if is_proto or resource is None:
        message = f"{source.path} {why} that would bind to it alone; give it lines of its own"
        raise RefusedError(message)
    configuration = configuration_of(order.file, order.config)
    written = into_config(resource, target.path, configuration, " ".join(words))
    return Done(configuration.source, written, f", as {source.path} {why}")
