"""`specstat immutability generate --as proto`: annotations of a proto's fields."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from specstat.cli.errors import UsageError
from specstat.cli.where import read_file
from specstat.cli.writing import Done, show_difference, write
from specstat.engine.config.finding import Configurations
from specstat.engine.edit.annotate import Written, into_file
from specstat.engine.edit.targets import Target
from specstat.immutability.generate.proto import Annotated, annotated, unsaid
from specstat.immutability.terms import Terms
from specstat.model.directives import MARK, Declared
from specstat.model.resource import Resource
from specstat.model.source import Source
from specstat.readers import is_proto
from specstat.reporters.layout import visible

if TYPE_CHECKING:
    from specstat.cli.immutability_generate import Order


def annotate(order: Order, terms: Terms) -> int:
    """Print the annotations of a proto's fields, or write them into it."""
    path = order.into or order.crd
    if not is_proto(path):
        raise UsageError("--as proto wants the .proto file of the kind: --into FILE, or --crd FILE")
    reading = read_file(path, Configurations().roots_of)
    found = [r for r in reading.resources if r.kind == terms.kind]
    if len(found) != 1:
        there = ", ".join(r.kind for r in reading.resources) or "no resource"
        message = f"{path} has no one resource {terms.kind}; it has {there}"
        raise UsageError(message)
    made = annotated(terms, found[0], without_metadata=order.without_metadata)
    if order.into:
        _write(order, found[0], made)
    else:
        for each in made:
            sys.stdout.write(f"{each.field.path}  {MARK} changes={each.word}\n")
    count = f"{len(made)} {'field' if len(made) == 1 else 'fields'}"
    told = [f"{count} of {terms.kind} annotated; a proto enforces nothing by itself"]
    told += [f"note: {line}" for line in unsaid(terms)]
    sys.stderr.write("".join(f"{visible(line)}\n" for line in told))
    return 0


def _write(order: Order, resource: Resource, made: tuple[Annotated, ...]) -> None:
    before = text = resource.source.text
    path = Path(order.into).as_posix()
    line = 1
    # From the end on: what is written moves nothing that is still to be found.
    for field, word in sorted(made, key=lambda each: -each.field.name_span.start):
        own = resource.source_of(field)
        if own.path != resource.source.path:
            message = f"{field.path} stands in {own.path}; annotate it there"
            raise UsageError(message)
        if field.declared.changes == word:
            continue
        if field.declared.changes:
            told = f"{field.path} said changes={field.declared.changes}, and says {word} now"
            sys.stderr.write(f"{visible(told)}\n")
        target = Target(field.path, Source(path, text), field.name_span.start)
        written = into_file(target, [f"changes={word}"], Declared(changes=word))
        if written is None:
            message = f"{path} has no place for a comment at {field.path} alone; give it a line"
            raise UsageError(message)
        text, line = written.text, written.line
    done = Done(Source(path, before), Written(text, line))
    if order.diff:
        show_difference(done)
    elif done.is_change:
        write(done)
