"""YAML text into nodes with exact offsets.

libyaml's events go into slotted nodes of our own: no resolver runs (scalars are read later, as
Kubernetes reads them), aliases stay references, nesting is bounded before it can hurt. Nodes are
plain slotted classes, not dataclasses: a large file has a million of them.
"""

from __future__ import annotations

import re

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from specstat.model.reading import UnreadableError
from specstat.readers import collector

MAX_DEPTH = 1_000
# Aliases are read as references, so size is not the danger; walking them is. Real CRDs that use
# anchors repeat a schema a few times; goyaml refuses documents of about this blow-up too.
MAX_ALIAS_GROWTH = 10
ALIAS_ALLOWANCE = 100_000

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Scalar:
    """A scalar: its text, its offsets, and whether it was written plain (unquoted)."""

    __slots__ = ("end", "plain", "start", "value")

    def __init__(self, value: str, start: int, end: int, *, plain: bool) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.plain = plain


class Mapping:
    """A mapping: key text to (key, value), in source order; a repeated key keeps its last value."""

    __slots__ = ("end", "entries", "start")

    def __init__(self, start: int) -> None:
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.start = start
        self.end = start

    def get(self, key: str) -> Node | None:
        """The value under a key, with an alias followed."""
        entry = self.entries.get(key)
        return follow(entry[1]) if entry else None


class Sequence:
    """A sequence of nodes."""

    __slots__ = ("end", "items", "start")

    def __init__(self, start: int) -> None:
        self.items: list[Node] = []
        self.start = start
        self.end = start


class Alias:
    """A reference to an anchored node; never expanded."""

    __slots__ = ("end", "start", "target")

    def __init__(self, target: Node, start: int, end: int) -> None:
        self.target = target
        self.start = start
        self.end = end


Node = Scalar | Mapping | Sequence | Alias


class Tree:
    """The documents of a text, the spans of its scalars (for comments), and repeated keys."""

    __slots__ = ("documents", "repeated", "scalar_ends", "scalar_starts")

    def __init__(self) -> None:
        self.documents: list[Node] = []
        self.repeated: list[Scalar] = []
        self.scalar_starts: list[int] = []
        self.scalar_ends: list[int] = []


def follow(node: Node) -> Node:
    """The node itself, or what an alias refers to."""
    while type(node) is Alias:
        node = node.target
    return node


def dig(node: Node | None, *keys: str) -> Node | None:
    """What stands under keys within keys; None where any of them is missing."""
    for key in keys:
        node = node.get(key) if type(node) is Mapping else None
    return node


def load(text: str) -> Tree:
    """Parse a text of any number of documents.

    Raises UnreadableError with the offset and a sentence for text that is not YAML, is nested
    deeper than MAX_DEPTH, or whose aliases would expand beyond reason.
    """
    with collector.off():
        try:
            return _load(text)
        except yaml.MarkedYAMLError as error:
            raise _explain(error, text) from None
        except yaml.reader.ReaderError:
            found = _UNPRINTABLE.search(text)
            shown = f"U+{ord(found.group()):04X}" if found else "a character"
            message = f"{shown} may not stand in YAML; remove it or write it as an escape"
            raise UnreadableError(message, found.start() if found else None) from None


def _explain(error: yaml.MarkedYAMLError, text: str) -> UnreadableError:
    """Libyaml's message as a sentence, with the place of the problem."""
    mark = error.problem_mark or error.context_mark
    if mark and error.context_mark and mark.index >= len(text.rstrip()):
        mark = error.context_mark  # what is never closed is of use only where it opens
    offset = min(mark.index, len(text)) if mark else None
    problem = error.problem or error.context or "this is not YAML"
    if offset is not None and text[offset : offset + 1] == "\t":
        return UnreadableError("a tab where YAML wants spaces", offset)
    if "cannot start any token" in problem and offset is not None:
        return UnreadableError(f"{text[offset]!r} cannot start a value; quote it", offset)
    context = f" {error.context}" if error.context and error.context != problem else ""
    return UnreadableError(f"not valid YAML: {problem}{context}", offset)


def _load(text: str) -> Tree:  # noqa: C901, PLR0912, PLR0915 - calls in this loop cost a third
    tree = Tree()
    starts, ends, repeated = tree.scalar_starts, tree.scalar_ends, tree.repeated
    loader = _Loader(text)
    next_event = loader.get_event
    stack: list[tuple[Mapping | Sequence | None, Scalar | None]] = []
    anchors: dict[str, Node] = {}
    parent: Mapping | Sequence | None = None
    key: Scalar | None = None  # the key that waits for its value
    aliased = False
    last_end = 0  # where the last thing with text of its own ended
    node: Node
    try:
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                start, last_end = event.start_mark.index, event.end_mark.index
                style = event.style
                if style == "|" or style == ">":  # noqa: PLR1714 - twice as fast as a tuple of both
                    last_end = start + len(text[start:last_end].rstrip())
                node = Scalar(event.value, start, last_end, plain=not style)
                starts.append(start)
                ends.append(last_end)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                start = event.start_mark.index
                node = Mapping(start) if kind is MappingStartEvent else Sequence(start)
                if len(stack) >= MAX_DEPTH:
                    message = f"nested deeper than {MAX_DEPTH:,} levels; nothing real is"
                    raise UnreadableError(message, start)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                if parent is None:  # cannot be: libyaml balances its events
                    continue
                if event.end_mark.index > event.start_mark.index:  # flow style: a bracket
                    last_end = event.end_mark.index
                parent.end = max(last_end, parent.start)
                parent, key = stack.pop()
                continue
            elif kind is AliasEvent:
                start, last_end = event.start_mark.index, event.end_mark.index
                if event.anchor not in anchors:
                    message = f"alias *{event.anchor} has no anchor above it"
                    raise UnreadableError(message, start)
                node = Alias(anchors[event.anchor], start, last_end)
                aliased = True
            else:
                if kind is DocumentStartEvent:
                    anchors = {}
                continue

            if kind is not AliasEvent and event.anchor is not None:
                anchors[event.anchor] = node
            waiting = None
            if parent is None:
                tree.documents.append(node)
            elif isinstance(parent, Sequence):
                parent.items.append(node)
            elif key is None:
                # A key that is no scalar has no name: it holds its place and its value is kept
                # under a name that nobody asks for.
                waiting = node if type(node) is Scalar else Scalar("", start, start, plain=False)
            else:
                if key.value in parent.entries:
                    repeated.append(key)
                parent.entries[key.value] = (key, node)
            if kind is ScalarEvent or kind is AliasEvent:
                key = waiting
            else:
                stack.append((parent, waiting))
                parent, key = node, None  # type: ignore[assignment]  # a container, see above
    finally:
        loader.dispose()
    if aliased:
        for document in tree.documents:
            _refuse_explosion(document)
    return tree


def _children(node: Node) -> list[Node]:
    if type(node) is Mapping:
        return [value for _, value in node.entries.values()]
    if type(node) is Sequence:
        return node.items
    return [node.target] if type(node) is Alias else []


def _refuse_explosion(document: Node) -> None:
    """Refuse a document whose aliases, expanded, would be far larger or deeper than is written.

    Counts without expanding: each node's size and depth are computed once and used again.
    """
    sizes: dict[int, int] = {}
    depths: dict[int, int] = {}
    open_nodes: set[int] = set()
    stack: list[tuple[Node, bool]] = [(document, False)]
    while stack:
        node, done = stack.pop()
        if done:
            open_nodes.discard(id(node))
            children = [id(child) for child in _children(node)]
            sizes[id(node)] = 1 + sum(map(sizes.__getitem__, children))
            below = max(map(depths.__getitem__, children), default=0)
            depths[id(node)] = below + (type(node) is Mapping or type(node) is Sequence)
            if depths[id(node)] > MAX_DEPTH:
                message = f"nested deeper than {MAX_DEPTH:,} levels through its aliases"
                raise UnreadableError(message, node.start)
        elif id(node) in open_nodes:
            raise UnreadableError("an anchor contains an alias of itself", node.start)
        elif id(node) not in sizes:
            open_nodes.add(id(node))
            stack.append((node, True))
            stack.extend((child, False) for child in _children(node) if id(child) not in sizes)
    expanded, written = sizes[id(document)], len(sizes)
    if expanded > MAX_ALIAS_GROWTH * written + ALIAS_ALLOWANCE:
        message = f"{written:,} nodes whose aliases expand to {expanded:,}; write them out"
        raise UnreadableError(message, document.start)
