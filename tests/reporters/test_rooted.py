"""Paths in reports for forges: from the root of the repository, whatever the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat.reporters.rooted import relative, root_of, rooted
from tests.reporters.diagnostics import finding, told


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "repo" / "api" / "crds").mkdir(parents=True)
    (tmp_path / "repo" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "repo" / "api")
    return tmp_path / "repo"


def test_the_root_is_where_git_is(repository: Path) -> None:
    assert root_of(Path.cwd(), {}) == repository


def test_a_worktree_of_git_has_a_file_there(repository: Path) -> None:
    (repository / "api" / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")

    assert root_of(Path.cwd(), {}) == repository / "api"


@pytest.mark.parametrize("name", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_the_checkout_of_the_ci_comes_first(repository: Path, name: str) -> None:
    assert root_of(Path.cwd(), {name: str(repository.parent)}) == repository.parent


def test_a_checkout_elsewhere_is_not_ours(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()

    assert root_of(Path.cwd(), {"GITHUB_WORKSPACE": str(tmp_path / "other")}) == repository


def test_outside_of_any_repository_the_folder_is_the_root(tmp_path: Path) -> None:
    assert root_of(tmp_path, {}) == tmp_path


@pytest.mark.parametrize(
    ("file", "told_as"),
    [
        ("crds/a.yaml", "api/crds/a.yaml"),
        ("./crds/../a.yaml", "api/a.yaml"),
        ("../b.yaml", "b.yaml"),
    ],
)
def test_a_path_is_told_from_the_root(repository: Path, file: str, told_as: str) -> None:
    assert relative(file, repository) == told_as


def test_an_absolute_path_is_told_from_the_root(repository: Path) -> None:
    assert relative(str(repository / "api" / "a.yaml"), repository) == "api/a.yaml"


def test_a_path_through_a_link_to_the_repository_is_told_from_the_root(
    repository: Path, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(repository)

    assert relative(str(tmp_path / "link" / "api" / "a.yaml"), repository) == "api/a.yaml"


def test_a_link_in_the_repository_keeps_its_name(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("", encoding="utf-8")
    (repository / "api" / "link.yaml").symlink_to(tmp_path / "a.yaml")

    assert relative("link.yaml", repository) == "api/link.yaml"


def test_a_path_outside_is_absolute(repository: Path, tmp_path: Path) -> None:
    assert relative("../../x.yaml", repository) == f"{tmp_path}/x.yaml"


def test_every_place_of_a_report_is_told_from_the_root(repository: Path) -> None:
    report = rooted(told(finding(file="crds/a.yaml")), repository)

    assert report.shown[0].location.file == "api/crds/a.yaml"
    assert report.checked == ("api/crds/a.yaml",)
