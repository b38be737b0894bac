"""Places and comments in a .proto text as protoc tells them, and ours in its terms."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from typing import NamedTuple

from google.protobuf.descriptor_pb2 import FileDescriptorProto, SourceCodeInfo

from specstat.model.source import Span
from specstat.readers.protonodes import Declaration
from specstat.readers.protovalues import NO_COMMENTS, Comments

Path = tuple[int, ...]

TAB_STOP = 8
NAME = 1  # the number of every declaration's name in its descriptor
ANY_OPTION = -1  # in a path, where protoc has the number of the option once it is resolved

# Places that our trees do not keep: each lies within a declaration whose place they do keep.
NOT_KEPT = {
    "FileDescriptorProto.public_dependency",  # the word `public`
    "FileDescriptorProto.weak_dependency",
    "FieldDescriptorProto.extendee",
    "FieldDescriptorProto.label",
    "FieldDescriptorProto.number",
    "EnumValueDescriptorProto.number",
    "MethodDescriptorProto.client_streaming",
    "MethodDescriptorProto.input_type",
    "MethodDescriptorProto.output_type",
    "MethodDescriptorProto.server_streaming",
    *(
        f"{kind}.{end}"
        for kind in ("ExtensionRange", "ReservedRange", "EnumReservedRange")
        for end in ("start", "end")
    ),
}


class Place(NamedTuple):
    """What stands where, as protoc counts: lines from 0, columns in bytes with tab stops."""

    path: Path
    start: tuple[int, int]
    end: tuple[int, int]
    leading: str
    trailing: str
    detached: tuple[str, ...]


class Places:
    """The places of our tree, collected in protoc's terms."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._mine: Counter[Place] = Counter()

    def add(self, path: Path, span: Span, comments: Comments = NO_COMMENTS) -> None:
        """Something of ours stands here."""
        place = Place(
            path,
            self._position(span.start),
            self._position(span.end),
            comments.leading.text if comments.leading else "",
            comments.trailing.text if comments.trailing else "",
            tuple(comment.text for comment in comments.detached),
        )
        self._mine[place] += 1

    def declare(self, path: Path, node: Declaration) -> None:
        """A declaration of ours and its name stand here."""
        self.add(path, node.span, node.comments)
        self.add((*path, NAME), node.name_span)

    def compare(self, info: SourceCodeInfo) -> tuple[int, list[str]]:
        """How many facts protoc's places are, and where ours differ."""
        theirs = Counter(place for location in info.location if (place := place_of(location)))
        facts = sum(1 + bool(p.leading or p.trailing or p.detached) for p in theirs.elements())
        differences = [f"only ours: {place}" for place in self._mine - theirs]
        differences += [f"only protoc's: {place}" for place in theirs - self._mine]
        return facts, differences

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset) - 1
        before = self._text[self._lines[line] : offset]
        if before.isascii() and "\t" not in before:
            return line, len(before)
        column = 0
        for byte in before.encode():
            column += TAB_STOP - column % TAB_STOP if byte == ord("\t") else 1
        return line, column


def place_of(location: SourceCodeInfo.Location) -> Place | None:
    """A place of protoc's, if our trees keep it too."""
    path = kept(tuple(location.path))
    if path is None:
        return None
    line, column, *end_line, end_column = location.span
    return Place(
        path,
        (line, column),
        (end_line[0] if end_line else line, end_column),
        location.leading_comments,
        location.trailing_comments,
        tuple(location.leading_detached_comments),
    )


def kept(path: Path) -> Path | None:
    """The path of a place that our trees keep too, with any option for a certain one."""
    kind = FileDescriptorProto.DESCRIPTOR
    at = 0
    while at < len(path):
        field = kind.fields_by_number[path[at]]
        if field.name == "options":
            # Without more: all between the brackets, or a statement, which then comes once more.
            return (*path[: at + 1], ANY_OPTION) if len(path) > at + 1 else None
        if f"{kind.name}.{field.name}" in NOT_KEPT:
            return None
        at += 1 + field.is_repeated
        kind = field.message_type or kind
    return path or None
