"""protoc as an oracle: what it makes of .proto files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet

WELL_KNOWN = Path(str(files("grpc_tools"))) / "_proto"
DESCRIPTOR = "google/protobuf/descriptor.proto"


def compiled(
    roots: Iterable[tuple[str, Path]], names: Iterable[str], scratch: Path
) -> dict[str, FileDescriptorProto]:
    """The descriptors of these files and of all that they import, by name.

    `roots` are import roots, each with the prefix under which its files are imported.
    """
    out = scratch / "out.binpb"
    arguments = scratch / "arguments.txt"
    lines = [f"--proto_path={prefix}={root}" for prefix, root in roots]
    lines += [
        f"--proto_path={WELL_KNOWN}",
        "--include_source_info",
        "--include_imports",
        "--retain_options",
        f"--descriptor_set_out={out}",
        *names,
        DESCRIPTOR,
    ]
    arguments.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "grpc_tools.protoc", f"@{arguments}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {file.name: file for file in FileDescriptorSet.FromString(out.read_bytes()).file}


def compiled_set(root: Path, scratch: Path, *imports: Path, source_info: bool = True) -> Path:
    """A descriptor set of all files below an import root, with what they import."""
    out = scratch / "set.binpb"
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.proto"))
    lines = [f"--proto_path={path}" for path in (root, *imports, WELL_KNOWN)]
    lines += ["--include_imports", f"--descriptor_set_out={out}", *names]
    arguments = scratch / "arguments.txt"
    arguments.write_text("\n".join(lines), encoding="utf-8")
    options = ["--include_source_info"] if source_info else []
    done = subprocess.run(
        [sys.executable, "-m", "grpc_tools.protoc", *options, f"@{arguments}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return out
