"""Source info of a descriptor, by path."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter

from google.protobuf.descriptor_pb2 import FileDescriptorProto, SourceCodeInfo

from specstat.readers.descriptoroptions import Path
from specstat.readers.descriptorpage import Place

Location = SourceCodeInfo.Location
_LONG, _SHORT = 4, 3


class Index:
    """The locations of a file. A path may have several: blocks that extend one message, say."""

    def __init__(self, file: FileDescriptorProto) -> None:
        self._locations: dict[Path, Location] = {}
        self._again: dict[Path, list[Location]] = {}
        self._parts: dict[Path, Location | None] = {}
        self._sorted: list[Path] = []
        for location in file.source_code_info.location:
            path = tuple(location.path)
            if self._locations.setdefault(path, location) is not location:
                self._again.setdefault(path, []).append(location)

    def __bool__(self) -> bool:
        return bool(self._locations)

    def location(self, path: Path) -> Location | None:
        """What is told of a path, the first time."""
        return self._locations.get(path)

    def place(self, path: Path) -> Place | None:
        """Where something stands; None where that is not told, or makes no sense."""
        return place_of(self._locations.get(path))

    def nearest(self, path: Path) -> Place | None:
        """Where something stands, or what is around it."""
        places = (self.place(path[:length]) for length in range(len(path), 0, -1))
        return next(filter(None, places), None)

    def block(self, path: Path) -> Location | None:
        """The block or statement around an item; all that a message or a file has share a path."""
        inner = self.place(path)
        again = self._again.get(path[:-1])
        if not again or inner is None:
            return self._locations.get(path[:-1])
        # In order, and the one that begins last before the extension has it.
        before = bisect_left(again, inner, key=lambda other: place_of(other) or inner)
        return again[before - 1] if before else self._locations.get(path[:-1])

    def option(self, path: Path, root: int) -> Location | None:
        """Where an option, or a field of its value, is set: by itself, in parts or in a whole.

        The path of the option alone has `root` numbers.
        """
        parts = (self._part(path[:length]) for length in range(len(path), root - 1, -1))
        return next(filter(None, parts), None)

    def _part(self, path: Path) -> Location | None:
        """What is told of a path, or of the first in the text that begins with it."""
        if path not in self._parts:
            below = [self._locations[path]] if path in self._locations else self._below(path)
            placed = [(place, item) for item in below if (place := place_of(item))]
            self._parts[path] = min(placed, key=itemgetter(0))[1] if placed else None
        return self._parts[path]

    def _below(self, path: Path) -> list[Location]:
        if not self._sorted:
            self._sorted = sorted(self._locations)
        first = bisect_left(self._sorted, path)
        last = bisect_left(self._sorted, (*path[:-1], path[-1] + 1))
        return [self._locations[below] for below in self._sorted[first:last]]


def place_of(location: Location | None) -> Place | None:
    """Where something stands; None where that is not told, or makes no sense."""
    span = tuple(location.span) if location is not None else ()
    if len(span) == _SHORT:
        line, column, end_column = span
        end_line = line
    elif len(span) == _LONG:
        line, column, end_line, end_column = span
    else:
        return None
    sound = 0 <= line <= end_line and column >= 0 and end_column >= 0
    sound = sound and (line < end_line or column <= end_column)
    return Place(line, column, end_line, end_column) if sound else None
