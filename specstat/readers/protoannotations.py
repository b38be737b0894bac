"""Field annotations of a .proto file: in comments and as the published option."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from specstat.model.directives import (
    MARK,
    OPTION,
    Declared,
    Directive,
    from_option,
    in_description,
)
from specstat.model.ignoring import Ignore
from specstat.model.reading import Problem
from specstat.model.resource import Resource
from specstat.model.source import Source, Span
from specstat.readers import prototokens
from specstat.readers.annotated import Said, ignores, settle
from specstat.readers.misspelt import misspelt_marks
from specstat.readers.protofacts import flat, text_of, words_of
from specstat.readers.protofiles import File
from specstat.readers.protonodes import Field, Message
from specstat.readers.protovalues import Option

# Behind the markers at the start of a comment or of one of its lines; what is quoted is no mark.
_AT_LINE_START = re.compile(rf"(?:\A|\n)[ \t]*(?://+|/\*+|\*)?[ \t]*({MARK})")
_ALONE = (
    "this annotation stands with no field; put it right above a field or behind it on its line, "
    "with no blank line between"
)


class Annotations(NamedTuple):
    """What all annotations of a field declare together, what is wrong, and what they ignore."""

    declared: Declared
    problems: tuple[Problem, ...]
    ignores: tuple[Ignore, ...]


def of(node: Field, source: Source) -> Annotations:
    """All that the annotations of a field say."""
    found = tuple(_found(node, source))
    return Annotations(*settle(node.name, found), ignores(found, source))


def of_message(node: Message, source: Source) -> Annotations:
    """All that the annotations of a message say that is a resource, or a half of one."""
    found = tuple(s for s in _in_comments(node, source) if s.directive.ignores)
    return Annotations(*settle(node.name, found), ignores(found, source))


def _found(node: Field, source: Source) -> Iterator[Said]:
    """The annotations of a field, in comments and as the option."""
    yield from _in_comments(node, source)
    options = [o for o in node.options if _is_ours(o)]
    if options:
        pairs = ((_entry(key), text_of(value)) for key, value in flat(options))
        yield _said(from_option(pairs), options[0].span, source)


def _in_comments(node: Field | Message, source: Source) -> Iterator[Said]:
    for comment in (node.comments.leading, node.comments.trailing):
        if comment is not None and MARK in comment.text:
            directive = in_description(words_of(comment))
            if directive is not None:
                yield _said(directive, _place(source, comment.span), source)


def _is_ours(option: Option) -> bool:
    first = option.name[0]
    return first.extension and first.text.lstrip(".") == OPTION


def _entry(key: str) -> str:
    """The field of the option that a path ends with; empty for a value of the option itself."""
    return "" if key.endswith(")") else key.rpartition(".")[2]


def _said(directive: Directive, span: Span, source: Source) -> Said:
    return Said(directive, span, f"line {source.position(span.start).line}")


def _place(source: Source, span: Span) -> Span:
    """Where the mark stands in a comment, to the end of its line; the comment if it is nowhere."""
    start = source.text.find(MARK, span.start, span.end)
    return Span(start, _line_end(source.text, start, span.end)) if start >= 0 else span


def problems(file: File, resources: Iterable[Resource] = ()) -> Iterator[Problem]:
    """What is wrong with the annotations of a file, whether or not they are a resource's.

    `resources` are those that the file holds or holds a part of: their messages can ignore.
    Where statements were lost, an annotation without a field may be theirs, so none is told.
    """
    text = file.source.text
    yield from misspelt_marks(text)
    if MARK not in text and OPTION not in text:
        return
    bound: set[int] = set()
    whole = _places(resources, file.source)
    for node in file.types.values():
        if type(node) is Message:
            yield from _of_types(node, file.source, bound, is_whole=node.name_span in whole)
    if file.tree.problems:
        return
    for span in prototokens.comments(text):
        for start in _marks(text, span):
            if start not in bound:
                yield Problem("SS005", _ALONE, Span(start, _line_end(text, start, span.end)))


def _of_types(
    node: Message, source: Source, bound: set[int], *, is_whole: bool
) -> Iterator[Problem]:
    """What is wrong with the annotations of a message's fields, and its own where it may have any.

    The places of marks that stand with something are added to those that are bound.
    """
    for field in node.fields:
        yield from of(field, source).problems
        bound |= _bound(source.text, field)
    if is_whole:
        said = of_message(node, source)
        yield from said.problems
        if said.ignores and not said.declared:
            bound |= _bound(source.text, node)


def _places(resources: Iterable[Resource], source: Source) -> frozenset[Span]:
    """Where the names of a text's messages stand that are resources or halves of one."""
    found = set()
    for resource in resources:
        if resource.source.path == source.path:
            found.add(resource.span)
        found |= {f.name_span for f in resource.fields if resource.source_of(f).path == source.path}
    return frozenset(found)


def _bound(text: str, node: Field | Message) -> set[int]:
    """Where the marks stand in the comments of a declaration."""
    comments = (node.comments.leading, node.comments.trailing)
    said = (comment for comment in comments if comment is not None and MARK in comment.text)
    return {start for comment in said for start in _marks(text, comment.span)}


def _marks(text: str, span: Span) -> Iterator[int]:
    """Where the lines of a comment begin with the mark."""
    comment = text[span.start : span.end]
    return (span.start + match.start(1) for match in _AT_LINE_START.finditer(comment))


def _line_end(text: str, start: int, end: int) -> int:
    at = text.find("\n", start, end)
    return len(text[start : at if at >= 0 else end].rstrip()) + start
