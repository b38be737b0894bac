"""Descriptor sets of .proto files, compiled for a test."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet

from specstat.readers import descriptors
from specstat.readers.descriptors import DescriptorFile
from tests.readers.protoc import compiled

NAME = "tea.proto"
HEAD = 'syntax = "proto3";\npackage tea.v1;\n'


def made(
    text: str, tmp: Path, *, places: bool = True, more: dict[str, str] | None = None
) -> dict[str, FileDescriptorProto]:
    """A file and those that it imports, compiled."""
    for name, content in {NAME: text, **(more or {})}.items():
        path = tmp / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    files = compiled([("", tmp)], [NAME], tmp)
    if not places:
        forget_places(files.values())
    return files


def forget_places(files: Iterable[FileDescriptorProto]) -> None:
    """Make files as protoc makes them without --include_source_info."""
    for file in files:
        file.ClearField("source_code_info")


def serialized(files: Iterable[FileDescriptorProto]) -> bytes:
    """A set of files, as bytes."""
    return FileDescriptorSet(file=files).SerializeToString()


def read(files: dict[str, FileDescriptorProto]) -> dict[str, DescriptorFile]:
    """A set, read."""
    found = descriptors.read("set.binpb", serialized(files.values()))
    return {file.name: file for file in found}


def read_text(text: str, tmp: Path, *, places: bool = True) -> DescriptorFile:
    """One file, compiled and read."""
    return read(made(text, tmp, places=places))[NAME]
