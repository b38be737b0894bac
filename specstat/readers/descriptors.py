"""Descriptor sets and buf images: what protoc and buf build, as the trees of the .proto texts.

A set knows no text. Where it was built with source info, its places are protoc's (columns are
bytes, and a tab leads to the next multiple of 8), and each file gets a text in which what is
declared stands at its place again; see descriptorplaces. Without source info a file has no text,
and all its places are 0.

Some things a set does not tell: options that protoc does not retain, comments that stand with no
declaration, where one `extend` or `reserved` statement ends and the next, of the same message,
begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from specstat.model.source import Source
from specstat.readers import collector

if TYPE_CHECKING:
    from specstat.readers.protonodes import ProtoFile

# As protoc's, buf's and Bazel's documentation name such files, and as people do.
SUFFIXES = frozenset({".bin", ".binpb", ".desc", ".dsc", ".fds", ".pb", ".protoset"})
_NONE: Mapping[str, bytes] = MappingProxyType({})


class DescriptorFile(NamedTuple):
    """A file of a set: the name by which others import it, its text built anew, and its tree.

    `to_lint` is false for what the set holds only because others import it.
    """

    name: str
    source: Source
    tree: ProtoFile
    to_lint: bool


def is_descriptor_set(path: str) -> bool:
    """Whether a file, once it is named, is read as a descriptor set, by its suffix."""
    return PurePath(path).suffix.lower() in SUFFIXES


def path_within(path: str, name: str) -> str:
    """How a file inside a set is called: `image.binpb!foo/v1/api.proto`, as in archives."""
    return f"{path}!{name}"


def read(path: str, data: bytes, known: Mapping[str, bytes] = _NONE) -> tuple[DescriptorFile, ...]:
    """All files of a set, in its order, and behind them those it imports but does not hold.

    These are protobuf's own, which the protobuf package brings, and `known`: serialised
    FileDescriptorProtos by the names under which they are imported.

    Raises:
        UnreadableError: This is no descriptor set, or it is not whole.
    """
    # protobuf is loaded for those who have a set.
    from specstat.readers import descriptorplaces, descriptorset  # noqa: PLC0415 - as above
    from specstat.readers.descriptoroptions import OptionReader  # noqa: PLC0415 - as above
    from specstat.readers.descriptortree import TreeReader  # noqa: PLC0415 - as above

    with collector.off():
        files = descriptorset.read(data, known)
        options = OptionReader(descriptorset.pool_of_options(files))
        found = []
        for name, (file, to_lint) in files.items():
            reader = TreeReader(options)
            tree = reader.read(file)
            text = descriptorplaces.place(reader.declared, reader.set_options, file)
            found.append(DescriptorFile(name, Source(path_within(path, name), text), tree, to_lint))
        return tuple(found)
