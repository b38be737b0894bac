"""Which configuration rules which file."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat.engine.config.finding import Configurations, birthplace
from specstat.engine.config.loading import NOTHING, ConfigError
from tests.cli.support import git, write_weights


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the top of a repository, as the search must end somewhere."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str = "fields: {}\n") -> None:
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def ruled_by(path: str) -> str:
    return Configurations().of(path).source.path


@pytest.mark.parametrize("name", ["specstat.yaml", ".specstat.yaml"])
def test_the_nearest_above_a_file_rules_it(name: str) -> None:
    write(name)
    write(f"apis/inner/{name}")

    assert ruled_by("widget.yaml") == name
    assert ruled_by("apis/widget.yaml") == name
    assert ruled_by("apis/../widget.yaml") == name
    assert ruled_by("apis/inner/widget.yaml") == f"apis/inner/{name}"
    assert ruled_by("apis/inner/deeper/still/widget.yaml") == f"apis/inner/{name}"


def test_without_a_configuration_nothing_rules() -> None:
    assert Configurations().of("apis/widget.yaml") is NOTHING


def test_a_configuration_above_the_current_folder_rules_and_is_named_from_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("specstat.yaml")
    (folder / "apis").mkdir()
    monkeypatch.chdir(folder / "apis")

    assert ruled_by("widget.yaml") == "../specstat.yaml"
    assert ruled_by((folder / "apis" / "widget.yaml").as_posix()) == "../specstat.yaml"


def test_the_search_ends_at_the_top_of_the_repository(folder: Path) -> None:
    write("specstat.yaml")
    (folder / "other").mkdir()
    git(folder / "other", "init", "-q")

    assert not ruled_by("other/apis/widget.yaml")


def test_the_search_ends_at_the_top_of_a_worktree() -> None:
    write("specstat.yaml")
    write("tree/.git", "gitdir: /repository/.git/worktrees/tree\n")

    assert not ruled_by("tree/apis/widget.yaml")


def test_a_submodule_is_ruled_by_the_repository_around_it() -> None:
    write("specstat.yaml")
    write("vendor/apis/.git", "gitdir: ../../.git/modules/apis\n")

    assert ruled_by("vendor/apis/widget.yaml") == "specstat.yaml"


def test_the_search_ends_at_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("specstat.yaml")
    (folder / "me" / "apis").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder / "me"))
    monkeypatch.setenv("USERPROFILE", str(folder / "me"))

    assert not ruled_by("me/apis/widget.yaml")
    write("me/.specstat.yaml")
    assert ruled_by("me/apis/widget.yaml") == "me/.specstat.yaml"


def test_two_in_one_folder_are_refused() -> None:
    write("apis/specstat.yaml")
    write("apis/.specstat.yaml")

    with pytest.raises(ConfigError) as caught:
        ruled_by("apis/deeper/widget.yaml")
    assert str(caught.value) == (
        "apis/specstat.yaml and apis/.specstat.yaml stand side by side; keep one of them"
    )


def test_a_file_that_was_named_rules_all() -> None:
    write("specstat.yaml")
    write("other.yaml")
    configurations = Configurations("other.yaml")

    assert configurations.of("widget.yaml").source.path == "other.yaml"
    assert configurations.of("apis/widget.yaml") is configurations.of("widget.yaml")


def test_a_configuration_is_read_once_a_run() -> None:
    write("specstat.yaml")
    configurations = Configurations()
    first = configurations.of("a/widget.yaml")
    Path("specstat.yaml").unlink()

    assert configurations.of("a/other.yaml") is first


def test_one_configuration_is_read_once_for_several_folders() -> None:
    write("specstat.yaml")
    configurations = Configurations()

    assert configurations.of("a/widget.yaml") is configurations.of("b/widget.yaml")


def test_a_configuration_that_cannot_be_opened_is_told(folder: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot read the configuration nope\.yaml: No such"):
        Configurations("nope.yaml").of("widget.yaml")
    (folder / "specstat.yaml").write_bytes(b"fields:\n  A.b: \xff\n")
    with pytest.raises(ConfigError, match=r"^specstat\.yaml:2:8: not UTF-8"):
        ruled_by("widget.yaml")


def test_the_weights_of_a_configuration_are_loaded_once_a_run() -> None:
    write("specstat.yaml", "judge: {weights: ours.weights}\n")
    write_weights(Path("ours.weights"))
    configurations = Configurations(trust=True)
    first = configurations.weights_of(configurations.of("a/widget.yaml"))
    Path("ours.weights").unlink()

    assert first is not None
    assert configurations.weights_of(configurations.of("b/widget.yaml")) is first


def test_where_nothing_rules_no_weights_are_named() -> None:
    assert Configurations(trust=True).weights_of(NOTHING) is None


def test_a_configuration_begins_at_the_top_of_the_repository(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "apis" / "inner").mkdir(parents=True)
    monkeypatch.chdir(folder / "apis")

    assert birthplace("inner") == "../specstat.yaml"


def test_without_a_repository_it_begins_where_it_rules_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".git").rmdir()
    (folder / "here" / "inner").mkdir(parents=True)
    (folder / "there").mkdir()
    monkeypatch.chdir(folder / "here")

    assert birthplace("inner") == "specstat.yaml"
    assert birthplace("../there") == "../there/specstat.yaml"
