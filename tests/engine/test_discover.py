"""Which files a run reads: named ones, globs, folders without what git ignores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from specstat.engine.discover import Found, discover
from tests.cli.support import closed, error_crd, git, unprivileged


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, the current one, that no git repository is around."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def write(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(error_crd(), encoding="utf-8")


def found(*paths: str) -> list[str]:
    files = list(discover(paths or (".",)))
    assert not [file for file in files if file.error]
    return [file.path for file in files]


def test_a_folder_gives_the_files_below_it_that_have_a_reader() -> None:
    write("a.yaml", "b/c.yml", "b/D.JSON", "b/e.proto", "b/f.md", "g.yaml.orig", "yaml")

    assert found() == ["a.yaml", "b/D.JSON", "b/c.yml", "b/e.proto"]


def test_files_come_in_the_order_of_the_paths_and_below_a_folder_of_their_names() -> None:
    names = [f"crds/{name}.yaml" for name in "dbeacf"]
    write(*names, "z.yaml", "a.yaml")

    assert found("z.yaml", "crds", "a.yaml") == ["z.yaml", *sorted(names), "a.yaml"]


def test_a_file_is_read_once_however_often_it_is_named() -> None:
    write("crds/a.yaml", "crds/b.yaml")

    assert found("crds/a.yaml", "./crds/a.yaml", "crds", "crds/*.yaml") == [
        "crds/a.yaml",
        "crds/b.yaml",
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.yaml", ["a.yaml", "b.yaml"]),
        ("[b]*", ["b.yaml"]),
        ("crds/?.yml", ["crds/c.yml"]),
        ("**/*.yml", ["crds/c.yml", "crds/deep/d.yml"]),
        ("crd*", ["crds/c.yml", "crds/deep/d.yml"]),
        ("notes.*", ["notes.txt"]),
    ],
)
def test_a_glob_is_expanded(pattern: str, expected: list[str]) -> None:
    write("b.yaml", "a.yaml", "crds/c.yml", "crds/deep/d.yml", "notes.txt")

    assert found(pattern) == expected


def test_a_file_whose_name_looks_like_a_glob_is_that_file() -> None:
    write("a[1].yaml", "a1.yaml")

    assert found("a[1].yaml") == ["a[1].yaml"]


def test_what_a_glob_matches_counts_as_named() -> None:
    write("crds/a.yaml", "b.yaml")

    named = {file.path: file.named for file in discover(["*.yaml", "crds"])}
    as_found = [file.named for file in discover(["*.yaml"], named=False)]

    assert named == {"b.yaml": True, "crds/a.yaml": False}
    assert as_found == [False]


def test_a_glob_without_a_match_and_a_missing_file_are_errors() -> None:
    assert list(discover(["crds/*.yaml", "nope.yaml"])) == [
        Found("crds/*.yaml", error="no file matches this pattern"),
        Found("nope.yaml", error="there is no such file or folder"),
    ]


# Without git


def test_hidden_folders_are_left_out_where_there_is_no_git() -> None:
    write("a.yaml", ".cache/b.yaml", "c/.venv/d.yaml")

    assert found() == ["a.yaml"]


def test_a_hidden_folder_is_read_when_it_is_named() -> None:
    write(".github/a.yaml")

    assert found(".github") == [".github/a.yaml"]


def test_links_to_files_are_read_and_those_to_folders_not_followed() -> None:
    write("crds/a.yaml")
    Path("link.yaml").symlink_to("crds/a.yaml")
    Path("broken.yaml").symlink_to("nowhere")
    Path("crds/loop").symlink_to("..")

    assert found() == ["crds/a.yaml", "link.yaml"]


def test_a_folder_named_like_a_file_is_a_folder() -> None:
    write("odd.yaml/a.yaml")

    assert found() == found("odd.yaml") == ["odd.yaml/a.yaml"]


def test_a_machine_without_git_reads_folders_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(folder, "init", "--quiet")
    write("a.yaml")
    monkeypatch.setenv("PATH", str(folder / "nothing"))

    assert found() == ["a.yaml"]


# With git


def test_ignored_files_are_left_out_and_untracked_ones_are_not(folder: Path) -> None:
    git(folder, "init", "--quiet")
    write("tracked.yaml", "new.yaml", "ignored.yaml", "build/out.yaml", "deep/.gitignore")
    write("deep/also.yaml", "deep/kept.yaml", ".github/shown.yaml", "forced.yaml")
    Path(".gitignore").write_text("ignored.yaml\nbuild/\nforced.yaml\n", encoding="utf-8")
    Path("deep/.gitignore").write_text("also.yaml\n", encoding="utf-8")
    git(folder, "add", "--force", "tracked.yaml", "forced.yaml", ".gitignore")

    expected = [".github/shown.yaml", "deep/kept.yaml", "forced.yaml", "new.yaml", "tracked.yaml"]
    assert found() == expected
    assert found("deep") == ["deep/kept.yaml"]
    assert found(str(folder)) == [f"{folder}/{name}" for name in expected]


def test_the_folder_that_one_stands_in_may_be_below_the_repository(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(folder, "init", "--quiet")
    write("outside.yaml", "crds/a.yaml", "crds/ignored.yaml", "crds/deep/b.yaml")
    Path(".gitignore").write_text("ignored.yaml\n", encoding="utf-8")
    monkeypatch.chdir("crds")

    assert found() == ["a.yaml", "deep/b.yaml"]
    assert found("..") == ["../crds/a.yaml", "../crds/deep/b.yaml", "../outside.yaml"]


def test_a_repository_of_ignored_files_only_has_nothing_to_read(folder: Path) -> None:
    git(folder, "init", "--quiet")
    write("vendor/a.yaml", "crds/vendor/b.yaml")
    Path(".gitignore").write_text("vendor/\n", encoding="utf-8")

    assert found() == []
    assert found("crds") == []


def test_ignored_files_are_read_when_they_or_their_folder_are_named(folder: Path) -> None:
    git(folder, "init", "--quiet")
    write("build/out.yaml", "ignored.yaml")
    Path(".gitignore").write_text("ignored.yaml\nbuild/\n", encoding="utf-8")

    assert found("ignored.yaml", "build") == ["ignored.yaml", "build/out.yaml"]


def test_a_tracked_file_that_was_deleted_is_no_error(folder: Path) -> None:
    git(folder, "init", "--quiet")
    write("gone.yaml", "there.yaml")
    git(folder, "add", ".")
    Path("gone.yaml").unlink()

    assert found() == ["there.yaml"]


@pytest.mark.parametrize("name", ['quo"te.yaml', "new\nline.yaml", "日本.yaml", " blank .yaml"])
def test_names_of_any_characters_are_found(folder: Path, name: str) -> None:
    git(folder, "init", "--quiet")
    write(name)

    assert found() == [name]


@pytest.mark.parametrize("state", ["empty", "committed", "tracked"])
def test_a_repository_inside_another_is_read_with_its_own_rules(folder: Path, state: str) -> None:
    git(folder, "init", "--quiet")
    write("a.yaml", "inner/b.yaml", "inner/ignored.yaml")
    inner = folder / "inner"
    git(inner, "init", "--quiet")
    (inner / ".gitignore").write_text("ignored.yaml\n", encoding="utf-8")
    if state != "empty":
        git(inner, "add", ".")
        git(inner, "commit", "--quiet", "--message", "All of it")
    if state == "tracked":  # as a submodule is
        git(folder, "-c", "advice.addEmbeddedRepo=false", "add", ".")

    assert found() == ["a.yaml", "inner/b.yaml"]


def test_links_are_not_followed_in_a_repository(folder: Path) -> None:
    git(folder, "init", "--quiet")
    write("crds/a.yaml")
    Path("crds/loop").symlink_to("..")
    Path("link.yaml").symlink_to("crds/a.yaml")
    git(folder, "add", ".")

    assert found() == ["crds/a.yaml", "link.yaml"]


def test_another_repository_in_the_environment_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = folder.parent / f"{folder.name}-other"
    other.mkdir()
    git(other, "init", "--quiet")
    git(folder, "init", "--quiet")
    write("crds/a.yaml", "crds/ignored.yaml")
    Path(".gitignore").write_text("ignored.yaml\n", encoding="utf-8")
    # Hooks run with these set.
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))

    assert found("crds") == ["crds/a.yaml"]


@pytest.mark.parametrize("repository", [True, False])
@pytest.mark.parametrize(
    ("cwd", "path", "named"),
    [(".", ".", "crds/inner"), (".", "crds", "crds/inner"), ("crds", ".", "inner")],
)
def test_a_folder_that_cannot_be_opened_is_named_as_seen_from_here(
    folder: Path, cwd: str, path: str, named: str, *, repository: bool
) -> None:
    if repository:
        git(folder, "init", "--quiet")
    write("crds/a.yaml", "crds/inner/b.yaml")
    with closed(folder / "crds/inner"):
        result = unprivileged("lint", path, "--quiet", cwd=folder / cwd)

    assert f"error: cannot read {named}: cannot open it: Permission denied\n" in result.out
    assert "a.yaml:19:15" in result.out


def test_the_order_does_not_depend_on_the_file_system(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{letter}/{number}.yaml" for letter in "abc" for number in range(5)]
    write(*names)
    walk = os.walk

    def backwards(
        top: Path, *, onerror: Callable[[OSError], None]
    ) -> Iterator[tuple[str, list[str], list[str]]]:
        for parent, folders, files in reversed(list(walk(str(top), onerror=onerror))):
            yield parent, folders, files[::-1]

    monkeypatch.setattr(os, "walk", backwards)

    assert found() == names


def test_a_submodule_that_is_not_checked_out_holds_nothing(tmp_path: Path) -> None:
    commit = "0123456789012345678901234567890123456789"
    git(tmp_path, "init", "-q")
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{commit},vendor")
    (tmp_path / "vendor").mkdir()
    (tmp_path / "a.yaml").write_text("", encoding="utf-8")

    assert [found.path for found in discover([str(tmp_path)])] == [str(tmp_path / "a.yaml")]
