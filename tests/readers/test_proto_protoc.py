"""The reader beside protoc: no fact, no place and no comment may differ."""

from __future__ import annotations

import os
import random
from importlib import metadata
from pathlib import Path

import pytest

from specstat.readers import prototext
from specstat.readers.protonodes import ProtoFile
from tests.readers.protobuilder import Builder
from tests.readers.protoc import WELL_KNOWN, compiled
from tests.readers.protofacts import Comparison
from tests.readers.protomade import made
from tests.readers.protostubs import write_stubs
from tests.readers.support import FIXTURES, ROOT

PROTOS = FIXTURES / "protos"
SHARED = Path(os.environ.get("SPECSTAT_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "corpus" / "protos"
# Import roots with the prefix under which their files are imported.
ROOTS = [
    ("", CORPUS / "googleapis"),
    ("k8s.io/api", CORPUS / "kubernetes"),
    ("", CORPUS / "project-planton" / "apis"),
    ("", CORPUS / "protovalidate"),
    ("", CORPUS / "stigmer" / "apis"),
]


def text_of(path: Path) -> str:
    """A text with its line ends as they are."""
    return path.read_bytes().decode()


def compare(
    files: dict[str, Path], trees: dict[str, ProtoFile], roots: list[tuple[str, Path]], tmp: Path
) -> tuple[int, list[str]]:
    """How many facts were compared, and what differs, with the name of its file."""
    theirs = compiled(roots, files, tmp)
    builder = Builder(theirs)
    facts, differences = 0, []
    for name, path in files.items():
        comparison = Comparison(trees[name], text_of(path), theirs[name], builder)
        facts += comparison.facts
        differences += [f"{name}: {difference}" for difference in comparison.differences]
    return facts, differences


def compare_folder(folder: Path, tmp: Path) -> tuple[int, list[str]]:
    files = {path.name: path for path in sorted(folder.glob("*.proto"))}
    trees = {name: prototext.read(text_of(path)) for name, path in files.items()}
    return compare(files, trees, [("", folder)], tmp)


def test_the_fixtures_are_to_us_what_they_are_to_protoc(tmp_path: Path) -> None:
    facts, differences = compare_folder(PROTOS, tmp_path)

    assert differences == []
    assert facts > 2_500


def test_published_files_are_to_us_what_they_are_to_protoc(tmp_path: Path) -> None:
    found = [
        item for item in metadata.files("googleapis-common-protos") or [] if item.suffix == ".proto"
    ]
    files = {item.as_posix(): Path(str(item.locate())) for item in found}
    files |= {p.relative_to(WELL_KNOWN).as_posix(): p for p in WELL_KNOWN.rglob("*.proto")}
    trees = {name: prototext.read(text_of(path)) for name, path in files.items()}

    name, path = next(iter(files.items()))
    root = Path(str(path).removesuffix(name))
    facts, differences = compare(files, trees, [("", root)], tmp_path)

    assert differences == []
    assert len(files) > 60
    assert facts > 100 * len(files)


def test_comments_anywhere_are_bound_as_protoc_binds_them(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    source = random.Random(2_718)  # noqa: S311 - the same files in every run
    for number in range(400):
        (folder / f"made{number}.proto").write_bytes(made(source, number).encode())

    facts, differences = compare_folder(folder, tmp_path)

    assert differences == []
    assert facts > 20_000


def test_real_files_are_to_us_what_they_are_to_protoc(tmp_path: Path) -> None:
    files = {
        (Path(prefix) / path.relative_to(root)).as_posix(): path
        for prefix, root in ROOTS
        for path in sorted(root.rglob("*.proto"))
    }
    if not files:
        pytest.skip(f"no corpus of real .proto files in {CORPUS}; SPECSTAT_SHARED may name it")
    trees = {name: prototext.read(text_of(path)) for name, path in files.items()}
    stubs = tmp_path / "stubs"
    stubs.mkdir()
    write_stubs(trees, stubs)

    facts, differences = compare(files, trees, [*ROOTS, ("", stubs)], tmp_path)

    assert differences == []
    assert facts > 100 * len(files)
