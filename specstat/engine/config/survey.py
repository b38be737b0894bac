"""A look at a repository: what kinds of APIs it holds, and what of it others wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from specstat import readers
from specstat.engine.discover import discover

# Folders that by custom hold what others wrote.
_VENDORED = frozenset({"vendor", "third_party", "third-party", "node_modules", "_vendor"})
_GENERATOR = b"controller-gen.kubebuilder.io/version"
_COMPOSITE = re.compile(rb"^kind: CompositeResourceDefinition\b", re.MULTILINE)
_PROVIDER = (b"forProvider:", b"atProvider:")
_HALVES = (re.compile(rb"Spec\s+spec\s*="), re.compile(rb"Status\s+status\s*="))
_AIP = re.compile(rb'\bimport\s+"google/api/(?:field_behavior|resource)\.proto"')
_IMPORT = re.compile(rb'^\s*import\s+(?:public\s+|weak\s+)?"([^"\n]+)"', re.MULTILINE)
_WELL_KNOWN = "google/protobuf/"


@dataclass(frozen=True, slots=True)
class Survey:
    """What was seen below a folder; counts are of files, paths are relative to it.

    `vendored` are folders with schemas that others wrote; their files count nowhere else.
    `halves` have a message with both spec and status.
    `roots` are the folders that imports begin at which are found in no folder above their file.
    """

    folder: str
    crds: int = 0
    generated: int = 0
    providers: int = 0
    composites: int = 0
    protos: int = 0
    halves: int = 0
    aips: int = 0
    vendored: Mapping[str, int] = field(default_factory=dict)
    roots: tuple[str, ...] = ()


def survey(folder: str) -> Survey:
    """Look at all files below a folder that a reader could want; unreadable ones are passed by."""
    files = dict(_contents(folder))
    own = {p: data for p, data in files.items() if not _vendor_of(p)}
    crds = [d for p, d in own.items() if not readers.is_proto(p) and b"CustomResourceDef" in d]
    protos = {p: data for p, data in own.items() if readers.is_proto(p)}
    vendored: dict[str, int] = {}
    for path, data in files.items():
        if (vendor := _vendor_of(path)) and readers.may_hold_resources(path, data):
            vendored[vendor] = vendored.get(vendor, 0) + 1
    return Survey(
        folder,
        crds=len(crds),
        generated=sum(_GENERATOR in data for data in crds),
        providers=sum(all(word in data for word in _PROVIDER) for data in crds),
        composites=sum(bool(_COMPOSITE.search(data)) for data in own.values()),
        protos=len(protos),
        halves=sum(all(half.search(data) for half in _HALVES) for data in protos.values()),
        aips=sum(bool(_AIP.search(data)) for data in protos.values()),
        vendored=dict(sorted(vendored.items())),
        roots=tuple(_roots(folder, protos, files)),
    )


def _contents(folder: str) -> Iterator[tuple[str, bytes]]:
    """The files by their paths from the folder, and what is in them."""
    for found in discover([folder]):
        path = Path(found.path)
        if not found.error and path.is_relative_to(folder):
            try:
                yield path.relative_to(folder).as_posix(), path.read_bytes()
            except OSError:  # lint tells of it
                continue


def _vendor_of(path: str) -> str:
    """The outermost folder above a path that holds what others wrote; "" for none."""
    steps = PurePosixPath(path).parts[:-1]
    for number, step in enumerate(steps, 1):
        if step in _VENDORED:
            return "/".join(steps[:number])
    return ""


def _roots(folder: str, protos: Mapping[str, bytes], files: Mapping[str, bytes]) -> Iterator[str]:
    """Folders at which imports begin that are found nowhere above the files that import them."""
    known = [path for path in files if readers.is_proto(path)]
    wanted: dict[str, None] = {}
    for path, data in sorted(protos.items()):
        for name in _imports(data):
            if not _is_above(folder, path, name):
                wanted.setdefault(name)
    roots = (_root_of(name, known) for name in wanted)
    yield from dict.fromkeys(root for root in roots if root)


def _imports(data: bytes) -> Iterator[str]:
    for match in _IMPORT.finditer(data):
        name = match[1].decode("utf-8", "replace")
        if not name.startswith(_WELL_KNOWN):
            yield name


def _is_above(folder: str, path: str, name: str) -> bool:
    """Whether an import is found without further roots: from one of the folders above a file."""
    above = PurePosixPath(path).parents
    return any(Path(folder, parent, name).is_file() for parent in above)


def _root_of(name: str, paths: Iterable[str]) -> str:
    """The shortest folder below which a file has the name of an import; "" for none."""
    ends = f"/{name}"
    return min((p.removesuffix(ends) for p in paths if p.endswith(ends)), key=len, default="")
