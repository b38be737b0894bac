"""The bytes of a descriptor set into file descriptors, and a pool that knows their options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from google.protobuf.descriptor_pb2 import DescriptorProto, FileDescriptorProto, FileDescriptorSet
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError
from google.protobuf.unknown_fields import UnknownFieldSet
from google.protobuf.wrappers_pb2 import BoolValue

from specstat.model.reading import UnreadableError
from specstat.readers.protocursor import shortened

DESCRIPTOR = "google/protobuf/descriptor.proto"
_OWN = "google/protobuf/"
_OF_RUNTIME = frozenset(
    f"{_OWN}{name}.proto"
    for name in "any api compiler/plugin descriptor duration empty field_mask source_context struct"
    " timestamp type wrappers".split()
)
# ImageFile.buf_extension of buf/alpha/image/v1/image.proto, whose field 1 is `bool is_import`.
_BUF_EXTENSION = 8042
_HOW_TO = "'protoc --include_imports --include_source_info --descriptor_set_out' or 'buf build'"

# What protobuf raises; its implementation in Python says ValueError of a text that is no UTF-8.
UNDECODABLE = (DecodeError, ValueError)


class SetFile(NamedTuple):
    """A file, and whether it is more than an import of others."""

    descriptor: FileDescriptorProto
    to_lint: bool


def words(value: str | bytes) -> str:
    """A string of a descriptor: protobuf gives bytes where it is not UTF-8."""
    return value if isinstance(value, str) else value.decode(errors="replace")


def read(data: bytes, known: Mapping[str, bytes]) -> dict[str, SetFile]:
    """All files by name, with everything that they import.

    Raises:
        UnreadableError: These bytes are no descriptor set, or an import is in none of the places.
    """
    files: dict[str, SetFile] = {}
    for file in _parsed(data):
        name = words(file.name)
        if not name:
            raise UnreadableError(
                f"not a descriptor set: a file in it has no name; build one by {_HOW_TO}"
            )
        if name in files and files[name].descriptor != file:
            message = f"two files {shortened(name)!r} of the set differ; build one set of all files"
            raise UnreadableError(message)
        files.setdefault(name, SetFile(file, _is_to_lint(name, file)))
    _complete(files, known)
    return files


def _parsed(data: bytes) -> Iterable[FileDescriptorProto]:
    try:
        files = FileDescriptorSet.FromString(data).file
    except UNDECODABLE as error:
        message = f"not a descriptor set: protobuf cannot decode it; build one by {_HOW_TO}"
        raise UnreadableError(message) from error
    if not files:
        raise UnreadableError(f"a descriptor set without files; build one by {_HOW_TO}")
    return files


def _is_to_lint(name: str, file: FileDescriptorProto) -> bool:
    """As buf says; where protoc has built the set, everything but protobuf's own files."""
    unknown: Any = UnknownFieldSet(file)  # the stubs do not know that these can be gone through
    for field in unknown:
        if field.field_number == _BUF_EXTENSION and isinstance(field.data, bytes):
            try:
                # Any message with a bool in field 1 reads it; the rest is unknown to this one.
                return not BoolValue.FromString(field.data).value
            except UNDECODABLE:
                break
    return not name.startswith(_OWN)


def _imports(file: FileDescriptorProto) -> list[str]:
    """What a file imports; imports for options alone are unknown to older releases of protobuf."""
    return [words(name) for name in (*file.dependency, *getattr(file, "option_dependency", ()))]


def _complete(files: dict[str, SetFile], known: Mapping[str, bytes]) -> None:
    """Add what is imported, from the known files and from protobuf's own.

    Weak imports and imports for options need not be there; without the latter, options are unknown.
    """
    waiting = list(files)
    for name in waiting:
        file = files[name].descriptor
        weak = {*file.weak_dependency}
        for index, needed in enumerate(_imports(file)):
            if needed in files:
                continue
            serialized = known.get(needed) or _of_runtime(needed)
            if serialized is not None:
                files[needed] = SetFile(FileDescriptorProto.FromString(serialized), to_lint=False)
                waiting.append(needed)
            elif index < len(file.dependency) and index not in weak:
                raise UnreadableError(
                    f"{shortened(name)!r} imports {shortened(needed)!r}, which is not in the set;"
                    f" build the set with its imports, by {_HOW_TO}"
                )


def _of_runtime(name: str) -> bytes | None:
    """A file that the protobuf package brings, serialised."""
    if name not in _OF_RUNTIME:
        return None
    module = import_module(name.removesuffix(".proto").replace("/", ".") + "_pb2")
    serialized: bytes = module.DESCRIPTOR.serialized_pb
    return serialized


def pool_of_options(files: Mapping[str, SetFile]) -> DescriptorPool:
    """A pool that knows the options of descriptor.proto and all that the files add to them.

    Files that add nothing stay out: protobuf refuses, say, an edition newer than itself.

    Raises:
        UnreadableError: protobuf does not take a file.
    """
    pool = DescriptorPool()
    own = files.get(DESCRIPTOR)
    _add(pool, DESCRIPTOR, own.descriptor if own else None)
    added, entered = {DESCRIPTOR}, {DESCRIPTOR}
    waiting = [name for name, file in files.items() if _has_extensions(file.descriptor)]
    # What a file imports goes in before it. No recursion: chains of imports may be long.
    while waiting:
        name = waiting[-1]
        if name in entered:
            waiting.pop()
            if name not in added:
                added.add(name)
                _add(pool, name, files[name].descriptor)
        else:
            entered.add(name)
            file = files[name].descriptor
            needed = _imports(file)
            waiting += [other for other in needed if other in files and other not in entered]
    return pool


def _add(pool: DescriptorPool, name: str, file: FileDescriptorProto | None) -> None:
    """Add a file, without its places and comments; None stands for protobuf's own."""
    if file is None:
        serialized = _of_runtime(name) or b""
    else:
        bare = FileDescriptorProto()
        bare.CopyFrom(file)
        bare.ClearField("source_code_info")
        serialized = bare.SerializePartialToString()
    try:
        pool.AddSerializedFile(serialized)
    except (TypeError, ValueError) as error:
        message = (
            f"protobuf does not take {shortened(name)!r} of the set: {error}; if the file is sound,"
            " a newer release of the protobuf package may take it"
        )
        raise UnreadableError(message) from error


def _has_extensions(file: FileDescriptorProto) -> bool:
    return bool(file.extension) or any(map(_message_has_extensions, file.message_type))


def _message_has_extensions(message: DescriptorProto) -> bool:
    return bool(message.extension) or any(map(_message_has_extensions, message.nested_type))
