"""Places of a descriptor's tree: a text built anew, in which everything stands where it stood.

Source info tells lines and columns and no words. The words are known from the descriptor, so they
are put at their places, and all offsets of the tree are offsets into the text that comes of it.
Lines and columns are protoc's: columns count bytes, and a tab leads to the next multiple of 8.
"""

from __future__ import annotations

from collections.abc import Sequence

from google.protobuf.descriptor_pb2 import FileDescriptorProto  # noqa: TC002 - protobuf is loaded here anyway

from specstat.readers import descriptoroptionwords, descriptorremarks, descriptorwords
from specstat.readers.descriptorindex import Index, Location, place_of
from specstat.readers.descriptoroptions import Path, SetOption
from specstat.readers.descriptorpage import Made, Page, Place
from specstat.readers.protonodes import (
    Declaration,
    Extend,
    Field,
    Import,
    Message,
    Reservation,
)
from specstat.readers.protovalues import Node

Declared = Sequence[tuple[Path, Declaration | Reservation]]
_ROOT = Place(0, 0, 0, 0)
# How many characters the text may have for each byte of source info, and in any case: places that
# are made up must not make gigabytes of blanks. Real texts have fewer than their source info.
_SPREAD = 20
_LEAST = 100_000


def place(declared: Declared, options: Sequence[SetOption], file: FileDescriptorProto) -> str:
    """Give nodes their places and comments; the text to which these belong.

    The text is empty, and places stay 0, where the source info is missing or makes no sense.
    """
    index = Index(file)
    page = Page()
    told = [_told(index, path, node) for path, node in declared]
    _put(page, index, declared, told, options)
    if not index or page.size() > _LEAST + _SPREAD * file.source_code_info.ByteSize():
        return ""
    remarks = descriptorremarks.find(index, declared, told, options)
    descriptorremarks.put(page, remarks)
    made = page.made()
    for (path, node), location in zip(declared, told, strict=True):
        _set(made, node, place_of(location) or index.nearest(path) or _ROOT)
        _set_parts(made, index, path, node)
    for item in options:
        at = place_of(index.option(item.path, item.root)) or index.nearest(item.path) or _ROOT
        _set(made, item.node, at)
        _set(made, item.node.value, at)
    descriptorremarks.bind(made, remarks)
    for _, node in declared:
        if isinstance(node, Message):
            node.fields.sort(key=_start)
    return made.text


def _put(
    page: Page,
    index: Index,
    declared: Declared,
    told: Sequence[Location | None],
    options: Sequence[SetOption],
) -> None:
    """Put down all that is told of; the page then is as long as the text."""
    for (path, node), location in zip(declared, told, strict=True):
        if at := place_of(location):
            page.reach(at.end_line)
            if isinstance(node, Reservation):
                descriptorwords.put_reserved(page, index, path, node, at)
            else:
                descriptorwords.put(page, index, path, node, at)
    descriptoroptionwords.put(page, index, options)


def _told(index: Index, path: Path, node: Node) -> Location | None:
    """What is told of a node; what is written in one block or statement with others, of that."""
    in_block = isinstance(node, Extend) or (isinstance(node, Reservation) and len(path) % 2 == 0)
    return index.block(path) if in_block else index.location(path)


def _start(node: Node) -> int:
    return node.start


def _set(made: Made, node: Node, at: Place) -> None:
    node.start, node.end = made.span(at)


def _set_parts(made: Made, index: Index, path: Path, node: Declaration | Reservation) -> None:
    """Places of names, of types, of numbers that are reserved."""
    if isinstance(node, Reservation):
        for number, part in enumerate(node.ranges):
            at = index.place(path) if len(path) % 2 == 0 else index.nearest((*path, number))
            _set(made, part, at or _ROOT)
        node.names = [
            (name, made.span(index.nearest((*path, number)) or _ROOT))
            for number, (name, _) in enumerate(node.names)
        ]
        return
    if type(node) is Declaration or isinstance(node, Import):
        before, quote = descriptorwords.head(path, node)
        node.name_start = min(node.start + len(before), node.end)
        node.name_end = min(node.name_start + len(quote + node.name + quote), node.end)
        return
    named = descriptorwords.name_place(index, path, node)
    node.name_start, node.name_end = made.span(named) if named else (node.start, node.end)
    node.start, node.end = min(node.start, node.name_start), max(node.end, node.name_end)
    if isinstance(node, Field):
        written = descriptorwords.type_place(index, path)
        node.type_start, node.type_end = made.span(written) if written else node.name_span
