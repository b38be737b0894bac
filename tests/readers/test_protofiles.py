"""The .proto files that belong together, on disk."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from specstat.model.resource import Section
from specstat.model.source import Source
from specstat.readers import proto
from specstat.readers.decoding import decode
from specstat.readers.protofiles import Disk
from tests.readers.protoapis import only, read, read_file, taken, widget, write


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository within a folder that is none of its own, as the current folder."""
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def found(path: str | Path, name: str) -> str:
    """The path of the file that an import means in a file; empty where there is none."""
    disk = Disk()
    file = disk.imported(taken(disk, path), name)
    return file.source.path if file else ""


PART = "package acme.part.v1; message Part { string a = 1; }"


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("path", "package"),
    [
        ("acme/v1/widget", "acme.v1"),
        ("proto/acme/v1/widget", "acme.v1"),
        ("deep/down/proto/acme/v1/widget", "acme.v1"),
        ("proto/elsewhere/widget", "acme.v1"),
        ("proto/widget", "acme.v1"),
        ("proto/widget", ""),
        ("proto/v1/widget", "acme.v1"),
    ],
)
def test_an_import_is_found_below_a_folder_above(path: str, package: str) -> None:
    root = path.rpartition("acme/v1/")[0] or ("proto/" if "proto" in path else "")
    write(Path(), **{path: f"package {package};" if package else ""})
    write(Path(root), acme__part__v1__part=PART)

    assert found(f"{path}.proto", "acme/part/v1/part.proto") == f"{root}acme/part/v1/part.proto"


@pytest.mark.usefixtures("repository")
def test_the_root_by_the_package_comes_before_folders_in_between() -> None:
    write(Path(), acme__v1__widget="package acme.v1;", acme__part="", acme__acme__part="")
    write(Path("acme/v1"), acme__part="")

    assert found("acme/v1/widget.proto", "acme/part.proto") == "acme/part.proto"


def test_the_search_stops_at_the_repository(repository: Path) -> None:
    write(repository, api__widget="")
    write(repository.parent, other__part=PART)

    assert found("api/widget.proto", "other/part.proto") == ""
    assert found(repository / "api/widget.proto", "other/part.proto") == ""
    (repository / ".git").rmdir()
    assert found("api/widget.proto", "other/part.proto") != ""


@pytest.mark.usefixtures("repository")
def test_a_file_in_the_current_folder_finds_what_stands_above(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(Path(), acme__v1__widget="package acme.v1;", acme__v1__part="", acme__other="")
    monkeypatch.chdir("acme/v1")

    assert found("widget.proto", "acme/v1/part.proto") == "part.proto"
    assert found("widget.proto", "acme/other.proto") == "../other.proto"


@pytest.mark.parametrize(
    "name",
    [
        *"../other.proto a/../../other.proto {root}/other.proto /other.proto / .. . folder".split(),
        *["", "a\0b/c.proto", "a\ud800/c.proto", "other.proto/x", "folder/", "x" * 5_000],
    ],
)
def test_an_import_leads_nowhere_but_down_to_a_file(repository: Path, name: str) -> None:
    write(repository, api__widget="")
    write(repository.parent, other="", api__other="")
    (repository / "folder").mkdir()

    assert found("api/widget.proto", name.format(root=repository.parent)) == ""


@pytest.mark.usefixtures("repository")
def test_imports_in_a_circle_are_read_once() -> None:
    write(
        Path(),
        a=widget("B size = 1;", imports='import public "b.proto";'),
        b='package acme.v1; import public "a.proto"; import "b.proto"; message B { B b = 1; }',
    )

    assert only(read_file("a.proto")).kind == "Widget"
    assert [r.kind for r in read_file("b.proto").around] == ["Widget"]


@pytest.mark.usefixtures("repository")
def test_a_file_that_is_no_text_is_no_neighbour() -> None:
    write(Path(), a=widget("Part size = 1;", imports='import "part.proto";'))
    Path("part.proto").write_bytes(b"message Part { string a = 1; } // \xff")

    assert read_file("a.proto").problems == ()
    assert found("a.proto", "part.proto") == ""


@pytest.mark.usefixtures("repository")
def test_of_a_broken_neighbour_what_can_be_read_is_read() -> None:
    write(Path(), a=widget("Part size = 1;", imports='import "part.proto";'))
    write(Path(), part="message Part { string a = 1; } message {")

    (top,) = only(read_file("a.proto")).fields[1].children
    assert top.child_names == {"a"}


@pytest.mark.usefixtures("repository")
def test_what_stands_beside_has_the_same_package_and_folder() -> None:
    write(Path(), a="package p;", b="package p;", c="package q;", d__e="package p;", f="")
    Path("g.txt").write_text("package p;", encoding="utf-8")
    disk = Disk()

    assert [f.source.path for f in disk.beside(taken(disk, "a.proto"))] == ["b.proto"]
    assert [f.source.path for f in disk.beside(taken(disk, "d/e.proto"))] == []
    assert [f.source.path for f in disk.beside(taken(disk, "f.proto"))] == []


@pytest.mark.usefixtures("repository")
def test_the_text_that_is_linted_counts_and_not_the_one_on_disk() -> None:
    write(Path(), a="package p; message Old {}", b="package p;")
    disk = Disk()
    disk.take(Source("a.proto", "package p; message New {}"))
    beside = next(iter(disk.beside(taken(disk, "b.proto"))))

    assert beside.types.keys() == {"p.New"}


@pytest.mark.usefixtures("repository")
def test_a_file_is_found_however_much_was_read_in_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("specstat.readers.protofiles._KEPT", 100)
    filler = {f"m{n}": f"package acme.v1; // {'x' * 200}" for n in range(5)}
    spec = "package acme.v1; message S { string size = 1; }"
    api = 'package acme.v1; import "z.proto"; message W { S spec = 1; S status = 2; }'
    write(Path(), a=api, z=spec, **filler)

    assert [r.kind for r in read_file("z.proto").around] == ["W"]


@pytest.mark.usefixtures("repository")
def test_thousands_of_files_in_a_folder_are_listed_once() -> None:
    Path("many").mkdir()
    for number in range(5_000):
        Path(f"many/{number}.txt").touch()
    imports = "".join(f'import "many/{number}.proto";' for number in range(300))
    write(Path(), many__widget=widget("Part size = 1;", imports=imports))
    start = time.process_time()

    assert only(read_file("many/widget.proto")).kind == "Widget"
    assert time.process_time() - start < 3


@pytest.mark.usefixtures("repository")
def test_an_import_is_read_once_for_a_file_however_little_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("specstat.readers.protofiles._KEPT", 100)
    for number in range(3):
        text = f"package p{number}; message Part {{ string a = 1; }}" + "// Words.\n" * 30_000
        write(Path(f"p{number}"), part=text)
    imports = "".join(f'import "p{number}/part.proto";' for number in range(3))
    spec = "".join(f"p{number % 3}.Part f{number} = {number};" for number in range(1, 300))
    start = time.process_time()

    (resource,) = read(widget(spec, imports=imports)).resources

    assert all(len(f.children) == 1 for f in resource.top(Section.SPEC))
    assert time.process_time() - start < 3


@pytest.mark.usefixtures("repository")
def test_of_two_halves_of_one_name_always_the_same_is_taken() -> None:
    spec = "package p; message KiteSpec {{ string of_{} = 1; }}"
    status = "package p; message KiteStatus { string height = 1; }"
    write(Path(), a=spec.format("a"), b=spec.format("b"), c=status)
    after = {}
    for first in ("a.proto", "b.proto", "c.proto"):
        disk = Disk()
        for path in (first, "c.proto"):
            (kite,) = proto.read(decode(path, Path(path).read_bytes())[0], disk).around
        after[first] = tuple(f.name for f in kite.top(Section.SPEC))

    assert set(after.values()) == {("of_a",)}
