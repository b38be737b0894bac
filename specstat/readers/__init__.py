"""Text into resources. The reader is chosen by the file's name and imported when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from specstat.model.reading import Reading
from specstat.readers import descriptors
from specstat.readers.decoding import decode

if TYPE_CHECKING:
    from specstat.readers.past import Past
    from specstat.readers.protofiles import Disk

YAML_SUFFIXES = frozenset({".yaml", ".yml", ".json"})
PROTO_SUFFIXES = frozenset({".proto"})
_CRD_MARK = b"CustomResourceDefinition"


def is_proto(path: str) -> bool:
    """Whether a file is .proto text, by its name."""
    return PurePath(path).suffix.lower() in PROTO_SUFFIXES


def may_hold_resources(path: str, data: bytes) -> bool:
    """Whether a file that nobody named is worth reading: a look at its bytes, no parsing."""
    suffix = PurePath(path).suffix.lower()
    return suffix in PROTO_SUFFIXES or (suffix in YAML_SUFFIXES and _CRD_MARK in data)


def no_roots(_: str) -> tuple[str, ...]:
    """What is known of import roots without a configuration."""
    return ()


@dataclass(slots=True)
class Neighbours:
    """What the readers of one run share: the files that belong to others, read once.

    `linted` are the paths of all files of the run; `given` are the bytes of those whose text was
    handed over and need not be what is on disk; `past` is the tree as it was, where that is read.
    `roots` says at which folders the imports of a folder's .proto files may begin, beside those
    that follow from where it is.
    """

    linted: frozenset[str] = frozenset()
    given: Mapping[str, bytes] = field(default_factory=dict)
    past: Past | None = None
    roots: Callable[[str], Sequence[str]] = no_roots
    _disk: Disk | None = None

    def disk(self) -> Disk:
        """The .proto files on disk."""
        if self._disk is None:
            from specstat.readers.protofiles import Disk  # noqa: PLC0415 - protos for protos alone

            self._disk = Disk(self.linted, self.given, self.past, self.roots)
        return self._disk


def read(path: str, data: bytes, neighbours: Neighbours | None = None) -> Reading:
    """The resources of one file, from its bytes and, for a proto, the files its types are in."""
    if descriptors.is_descriptor_set(path):
        from specstat.readers import protoset  # noqa: PLC0415 - protobuf for sets alone

        return protoset.read(path, data)
    source, problem = decode(path, data)
    if problem is not None:
        return Reading(source, problems=(problem,))
    if is_proto(path):
        from specstat.readers import proto  # noqa: PLC0415 - as above

        return proto.read(source, (neighbours or Neighbours()).disk())
    from specstat.readers import crd  # noqa: PLC0415 - YAML is loaded for YAML alone

    return crd.read(source)
