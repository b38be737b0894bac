"""Where an annotation goes in a .proto file: a comment above the field, or behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from specstat.engine.edit.splices import Edit, into_annotations, line_above, line_end
from specstat.model.directives import MARK, Declared, in_description, override, without_directives
from specstat.model.ignoring import Ignoring
from specstat.model.source import Span
from specstat.readers import prototext
from specstat.readers.annotated import Said, settle
from specstat.readers.protofacts import words_of
from specstat.readers.protonodes import Field, Message, ProtoFile
from specstat.readers.protovalues import Comment, Comments, Node

# The last line of a block comment that holds nothing but its end.
_LAST_LINE = re.compile(r"\n([ \t]*)(\*?)\*/\Z")
_REST_OF_LINE = re.compile(r"[ \t]*(?=\r?\n|\Z)")
_PLACES = frozenset({"start", "end", "name_start", "name_end", "type_start", "type_end"})


def fields(tree: ProtoFile) -> Iterator[tuple[str, Field]]:
    """All fields of all messages, each by the names of its messages and its own."""
    stack = [("", message) for message in reversed(tree.messages)]
    while stack:
        scope, message = stack.pop()
        name = f"{scope}{message.name}."
        for field in message.fields:
            yield name + field.name, field
        stack += [(name, inner) for inner in reversed(message.messages)]


def nodes(tree: ProtoFile) -> Iterator[Field | Message]:
    """All messages and their fields."""
    stack = list(reversed(tree.messages))
    while stack:
        message = stack.pop()
        yield message
        yield from message.fields
        stack += reversed(message.messages)


def ignored(node: Field | Message) -> tuple[Ignoring, ...]:
    """What the comments of a field or a message ignore."""
    comments = (node.comments.leading, node.comments.trailing)
    found = (in_description(words_of(comment)) for comment in comments if comment)
    return tuple(each for directive in found if directive for each in directive.ignores)


def declared(field: Field) -> Declared:
    """What the comments of a field declare."""
    found = [in_description(c.text) for c in (field.comments.leading, field.comments.trailing) if c]
    said = [Said(directive, field.name_span, "") for directive in found if directive]
    return settle(field.name, said)[0]


def edits(text: str, name: int, words: Sequence[str]) -> Iterator[tuple[Edit, ...]]:
    """Ways to annotate the field whose name stands at an offset, the best first.

    Which of them bind to the field is for the reader to say.
    """
    for _, field in fields(prototext.read(text)):
        if field.name_start == name:
            yield from _ways(text, field, words)


def _ways(text: str, field: Field, words: Sequence[str]) -> Iterator[tuple[Edit, ...]]:
    comments = field.comments
    spans = [comment.span for comment in (comments.leading, comments.trailing) if comment]
    there = into_annotations(text, spans, words)
    if there is not None:
        yield there
        return
    yield from _new(text, field, " ".join(words))


def new_lines(text: str, name: int, words: str) -> Iterator[tuple[Edit, ...]]:
    """Ways to put an annotation of its own to the field or message whose name is at an offset."""
    for node in nodes(prototext.read(text)):
        if node.name_start == name:
            yield from _new(text, node, words)


def _new(text: str, node: Field | Message, words: str) -> Iterator[tuple[Edit, ...]]:
    line = f"{MARK} {words}"
    leading = node.comments.leading
    if leading is None or text.startswith("//", leading.start):
        for edit in line_above(text, node.start, f"// {line}"):
            yield (edit,)
    else:
        for edit in _into_block(text, leading, line):
            yield (edit,)
    if isinstance(node, Field) and _REST_OF_LINE.match(text, node.end):
        yield (Edit(node.end, node.end, f" // {line}"),)


def _into_block(text: str, comment: Comment, line: str) -> Iterator[Edit]:
    """A line before the end of a block comment, where that end has a line of its own."""
    last = _LAST_LINE.search(text[: comment.end], comment.start)
    if last is not None:
        start = last.start() + 1
        yield Edit(start, start, f"{last[1]}* {line}{line_end(text, start)}")


def same_but(before: str, after: str, name: int, says: Declared) -> bool:
    """Whether two texts differ in places and in the annotation of one field alone.

    The field is the one whose name stood at an offset; it must have come to say what it said with
    `says` in it.
    """
    one, other = prototext.read(before), prototext.read(after)
    for (_, old), (_, new) in zip(fields(one), fields(other), strict=False):
        if old.name_start == name:
            wanted = override(declared(old), says)
            return declared(new) == wanted and _shape(one, old) == _shape(other, new)
    return False


def same_but_ignored(before: str, after: str, name: int, ignoring: Ignoring) -> bool:
    """Whether two texts differ in places and in what one field or message ignores alone."""
    one, other = prototext.read(before), prototext.read(after)
    for old, new in zip(nodes(one), nodes(other), strict=False):
        if old.name_start == name:
            more = Counter(ignored(new)) - Counter(ignored(old))
            return more == Counter([ignoring]) and _shape(one, old) == _shape(other, new)
    return False


def _shape(value: object, annotated: Field | Message) -> Any:  # noqa: ANN401 - as nested as the tree
    """A tree as nested tuples without places, the annotation of a field left out."""
    if isinstance(value, Span):
        return None
    if isinstance(value, Comment):
        return value.text
    if isinstance(value, (list, tuple)):
        return tuple([_shape(item, annotated) for item in value])
    if not isinstance(value, (Node, ProtoFile)):
        return value
    slots = [s for kind in type(value).__mro__ for s in getattr(kind, "__slots__", ())]
    own = [s for s in slots if s not in _PLACES]
    if value is annotated:
        comments = _bare(value.comments)
        return (comments, *(_shape(getattr(value, s), annotated) for s in own if s != "comments"))
    return tuple([_shape(getattr(value, s), annotated) for s in own])


def _bare(comments: Comments) -> tuple[str, ...]:
    """The words of a field's comments without annotations."""
    leading, trailing = (
        " ".join(without_directives(c.text).split()) if c else ""
        for c in (comments.leading, comments.trailing)
    )
    return (leading, trailing, *(comment.text for comment in comments.detached))
