"""The step that fetches the base: enough of the history, whatever was checked out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.ci.runner import Runner, checkout
from tests.cli.support import environment, git


def sha(folder: Path, rev: str) -> str:
    done = subprocess.run(
        ["git", "rev-parse", rev],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def commits(folder: Path, count: int, name: str) -> None:
    for number in range(count):
        git(folder, "commit", "-q", "--allow-empty", "-m", f"{name} {number}")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare repository: a branch of 70 commits, main 60 ahead of where it left, their merge."""
    folder = tmp_path_factory.mktemp("origin")
    work = folder / "work"
    work.mkdir()
    git(work, "init", "-q", "-b", "main")
    commits(work, 3, "old")
    git(work, "checkout", "-q", "-b", "topic")
    commits(work, 70, "topic")
    git(work, "checkout", "-q", "main")
    commits(work, 60, "main")
    git(work, "update-ref", "refs/old/base", "main~55")
    git(work, "checkout", "-q", "-b", "merged")
    git(work, "merge", "-q", "--no-ff", "-m", "merge", "topic")
    git(work, "update-ref", "refs/pull/1/merge", "HEAD")
    git(work, "checkout", "-q", "--orphan", "apart")
    git(work, "commit", "-q", "--allow-empty", "-m", "apart")
    git(folder, "clone", "-q", "--mirror", "work", "origin.git")
    return folder / "origin.git"


def merge_base(runner: Runner, since: str) -> str:
    done = subprocess.run(
        ["git", "merge-base", since, "HEAD"],
        cwd=runner.workspace,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("ref", "base", "common"),
    [
        ("refs/pull/1/merge", "main", "main"),  # as a pull request is checked out
        ("refs/pull/1/merge", "refs/old/base", "refs/old/base"),  # main went on meanwhile
        ("refs/heads/topic", "main", "main~60"),  # with ref: the head of the pull request
    ],
)
def test_a_shallow_pull_request_gets_as_much_history_as_it_takes(
    tmp_path: Path, origin: Path, ref: str, base: str, common: str
) -> None:
    runner = checkout(tmp_path, origin, ref, "--depth=1")
    runner.event = {"pull_request.base.sha": sha(origin, base)}

    step = runner.step("Fetch the base")

    assert (step.code, step.outputs) == (0, {"since": sha(origin, base)}), step.log
    assert merge_base(runner, step.outputs["since"]) == sha(origin, common)


def test_a_merge_queue_has_its_base_elsewhere(tmp_path: Path, origin: Path) -> None:
    runner = checkout(tmp_path, origin, "refs/pull/1/merge", "--depth=1")
    runner.event = {"merge_group.base_sha": sha(origin, "main")}

    assert runner.step("Fetch the base").outputs == {"since": sha(origin, "main")}


def test_without_a_base_everything_is_linted(tmp_path: Path, origin: Path) -> None:
    runner = checkout(tmp_path, origin, "refs/heads/main", "--depth=1")

    step = runner.step("Fetch the base")

    assert (step.code, step.outputs) == (0, {"since": ""})


def test_none_lints_everything_in_a_pull_request_too(tmp_path: Path, origin: Path) -> None:
    runner = checkout(tmp_path, origin, "refs/pull/1/merge", "--depth=1")
    runner.event = {"pull_request.base.sha": sha(origin, "main")}

    assert runner.step("Fetch the base", since="none").outputs == {"since": ""}


@pytest.mark.parametrize("name", ["main", "origin/main", "HEAD~1"])
@pytest.mark.parametrize("depth", [["--depth=2"], []])
def test_a_base_by_name_is_found_here_or_fetched(
    tmp_path: Path, origin: Path, name: str, depth: list[str]
) -> None:
    runner = checkout(tmp_path, origin, "refs/pull/1/merge", *depth)

    step = runner.step("Fetch the base", since=name)

    assert (step.code, step.outputs) == (0, {"since": sha(origin, "main")}), step.log
    assert merge_base(runner, step.outputs["since"]) == sha(origin, "main")


def test_a_whole_clone_stays_whole(tmp_path: Path, origin: Path) -> None:
    runner = checkout(tmp_path, origin, "refs/pull/1/merge")

    runner.step("Fetch the base", since="main")

    assert not (runner.workspace / ".git" / "shallow").exists()


def test_a_whole_clone_needs_no_remote(tmp_path: Path, origin: Path) -> None:
    runner = checkout(tmp_path, origin, "refs/pull/1/merge")
    runner.event = {"pull_request.base.sha": sha(origin, "main")}
    git(runner.workspace, "remote", "set-url", "origin", "file:///nowhere")

    assert runner.step("Fetch the base").outputs == {"since": sha(origin, "main")}


def test_a_remote_that_does_not_answer_says_what_to_do(tmp_path: Path, origin: Path) -> None:
    runner = checkout(tmp_path, origin, "refs/pull/1/merge", "--depth=1")
    runner.event = {"pull_request.base.sha": sha(origin, "main")}
    git(runner.workspace, "remote", "set-url", "origin", "file:///nowhere")

    step = runner.step("Fetch the base")

    assert (step.code, step.outputs) == (2, {})
    assert "::error title=specstat::cannot fetch what is needed" in step.log
    assert "fetch-depth: 0" in step.log


def test_a_workspace_without_a_repository_says_what_to_do(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    runner = Runner(workspace, tmp_path / "temp", {"pull_request.base.sha": "0" * 40})

    step = runner.step("Fetch the base")

    assert (step.code, step.outputs) == (2, {})
    assert "::error title=specstat::there is no git repository" in step.log


def test_histories_without_a_common_commit_are_told(tmp_path: Path, origin: Path) -> None:
    runner = checkout(tmp_path, origin, "refs/pull/1/merge", "--depth=1")

    step = runner.step("Fetch the base", since="apart")

    assert step.code == 2
    assert "::error title=specstat::the base and what is checked out have no commit" in step.log


@pytest.mark.parametrize(
    "since",
    [
        "$(touch hacked)",
        "main; touch hacked",
        "--upload-pack=touch hacked",
        "main:refs/heads/hacked",
        "no-such-branch",
        "a b",
    ],
)
def test_a_base_that_is_none_is_refused_and_never_run(
    tmp_path: Path, origin: Path, since: str
) -> None:
    runner = checkout(tmp_path, origin, "refs/pull/1/merge", "--depth=1")

    step = runner.step("Fetch the base", since=since)

    assert (step.code, step.outputs) == (2, {})
    assert "::error title=specstat::" in step.log
    assert not list(tmp_path.rglob("*hacked*"))
    assert not list(origin.rglob("*hacked*"))
