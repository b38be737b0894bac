"""What a clone lacks of the past: the message says what to fetch, and fetching that is enough."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.support import Cli, crd, error_crd
from tests.gitrepo import GitRepo, made


@pytest.fixture
def origin(tmp_path: Path) -> GitRepo:
    """A repository whose branch `topic` left `main` two commits ago, and a tag between."""
    repo = made(tmp_path / "origin", {"a.yaml": error_crd("Anvil")})
    repo.git("switch", "--quiet", "--create", "topic")
    repo.commit({"b.yaml": crd(kind="Bolt")})
    repo.git("tag", "v1.0")
    repo.commit({"c.yaml": crd(kind="Cog")})
    return repo


def clone(origin: GitRepo, folder: Path, *options: str) -> GitRepo:
    options = ("--quiet", "--single-branch", "--branch=topic", *options)
    origin.git("clone", *options, f"file://{origin.folder}", str(folder))
    return GitRepo(folder)


@pytest.mark.parametrize("revision", ["origin/main", "main", "v1.0", "HEAD~1"])
def test_what_a_shallow_clone_of_one_branch_is_told_to_fetch_is_enough(
    cli: Cli, origin: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    repo = clone(origin, tmp_path / "clone", "--depth=1")
    monkeypatch.chdir(repo.folder)

    result = cli("lint", "--since", revision)

    assert (result.code, result.out) == (2, "")
    assert cli("diff", revision).err.endswith(result.err.removeprefix("error: "))
    fetch = re.search(r"git (fetch --unshallow .*) brings all of it", result.err)
    assert fetch
    repo.git(*fetch[1].split(" "))
    assert cli("lint", "--since", revision).code == 0


@pytest.mark.parametrize("revision", ["origin/main", "main"])
def test_a_clone_of_one_branch_is_told_how_to_get_another(
    cli: Cli, origin: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    repo = clone(origin, tmp_path / "clone")
    monkeypatch.chdir(repo.folder)

    told = cli("lint", "--since", revision).err

    fetch = re.search(r"git (fetch .*) brings it", told)
    assert fetch
    repo.git(*fetch[1].split(" "))
    assert cli("lint", "--since", revision).code == 0


@pytest.mark.parametrize("revision", ["HEAD", "main"])
def test_a_repository_without_a_commit_is_told(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    GitRepo(tmp_path).git("init", "--quiet")
    monkeypatch.chdir(tmp_path)

    assert "nothing is committed here yet\n" in cli("lint", "--since", revision).err


@pytest.mark.parametrize("path", ["lib", "lib/o.yaml", "li*/*.yaml"])
def test_what_is_in_a_submodule_is_told_and_not_taken_for_unchanged(
    cli: Cli, origin: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    other = made(tmp_path / "other", {"o.yaml": crd(kind="Other")})
    origin.git("submodule", "--quiet", "add", str(other.folder), "lib")
    origin.commit()
    GitRepo(origin.folder / "lib").write({"o.yaml": error_crd("Other")})
    monkeypatch.chdir(origin.folder)

    together = cli("lint", "--since", "HEAD", "a.yaml", path)
    alone = cli("lint", "--since", "HEAD", "lib", "--format", "concise")

    assert (together.code, together.out) == (2, "")
    assert "lib is a repository of its own; run specstat from inside" in together.err
    assert "Other.status.abort" in alone.out
