"""Writes an annotation into the right place of a text.

The text is read again and must say the same of everything else; one that does not is never handed
out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from specstat import readers
from specstat.engine.config.loading import ConfigError, Configuration
from specstat.engine.config.loading import read as read_config
from specstat.engine.declare import lay_over, place_of_own
from specstat.engine.edit import config as edit_config
from specstat.engine.edit import crd as edit_crd
from specstat.engine.edit.check import Change, same_but
from specstat.engine.edit.splices import Edit, apply, place
from specstat.engine.edit.targets import Target
from specstat.model.directives import (
    UNDECLARED,
    Declared,
    Directive,
    disagreement,
    override,
    parse,
)
from specstat.model.ignoring import part
from specstat.model.reading import Reading
from specstat.model.resource import Resource
from specstat.model.source import Source


class RefusedError(Exception):
    """An annotation that cannot be written; the message is a sentence that says why."""


class Written(NamedTuple):
    """A text with the annotation in it, and the line on which that stands."""

    text: str
    line: int


def into_file(target: Target, words: Sequence[str], says: Declared) -> Written | None:
    """The text of a field's file with the annotation in a comment; None where none fits.

    RefusedError where another annotation of the field contradicts it.
    """
    source, offset = target.source, target.offset
    is_proto = readers.is_proto(source.path)
    if is_proto:
        from specstat.engine.edit import proto as edit_proto  # noqa: PLC0415 - protos alone need it

        ways = edit_proto.edits(source.text, offset, words)
    else:
        ways = edit_crd.edits(source.text, offset, words)
    before = read_again(source.path, source.text)
    for edits in ways:
        text = apply(source.text, edits)
        after = read_again(source.path, text)
        if same_but(before, after, Change(offset, says)) and (
            not is_proto or edit_proto.same_but(source.text, text, offset, says)
        ):
            return written(source.path, text, edits, target.line)
    if clash := target.field and disagreement(target.field.declared, says):
        own = place_of_own(source, target.field)
        message = f"it says {clash.word}={clash.one} already, {own}; change that"
        raise RefusedError(message)
    return None


def into_config(
    resource: Resource, path: str, configuration: Configuration, annotation: str
) -> Written:
    """The text of a configuration with the annotation of a resource's field in it.

    An empty path stands for the resource as a whole, of which nothing can be said but what it
    ignores. RefusedError where the file says otherwise, or where the configuration is written in a
    way that cannot be edited.
    """
    source = configuration.source
    named = (resource.group, resource.kind, path)
    words, ignores, _ = part(annotation)
    edits = edit_config.edits(configuration, named, words.split(), annotation[len(words) :].strip())
    text = apply(source.text, edits)
    try:
        after = read_config(Source(source.path, text))
    except ConfigError:
        after = configuration
    entry = edit_config.entry_of(after, *named)
    old = edit_config.entry_of(configuration, *named)
    said_before = old.directive if old else Directive(UNDECLARED)
    declared = override(said_before.declared, parse(words).declared)
    wanted = declared, (*said_before.ignores, *ignores)
    said = edit_config.says(configuration) | ({entry.key: wanted} if entry else {})
    if entry is None or edit_config.says(after) != said:
        message = f"{source.path} is written in a way that cannot be edited; add the words by hand"
        raise RefusedError(message)
    laid = lay_over(Reading(resource.source, (resource,)), after)
    # Other fields may be at odds with the configuration; that is lint's to tell.
    for problem in (p for p in laid.problems if p.message.startswith(f"{path}: ")):
        message = f"{problem.message}; change the one that is there already"
        raise RefusedError(message)
    line = source.position(old.span.start).line if old else 1
    return written(source.path, text, edits, line)


def read_again(path: str, text: str) -> Reading:
    """A text as the file of a path that was edited."""
    return readers.read(path, text.encode())


def written(path: str, text: str, edits: Sequence[Edit], line: int) -> Written:
    """A result with its line; the line given where there was nothing to do."""
    if edits:
        line = Source(path, text).position(place(edits)).line
    return Written(text, line)
