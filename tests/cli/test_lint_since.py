"""`specstat lint --since REV`: only what changed, and only what is new in it."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.support import ORDER, Cli, crd, environment, error_crd, process
from tests.gitrepo import GitRepo, made

TWO = crd(status={"abort": ORDER, "retry": ORDER})


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    """A repository, made the current folder, with a finding on main, and on a branch from there."""
    repo = made(tmp_path / "work", {"a.yaml": error_crd("Anvil"), "b.yaml": error_crd("Bolt")})
    repo.git("switch", "--quiet", "--create", "topic")
    monkeypatch.chdir(repo.folder)
    return repo


def found(cli: Cli, *arguments: str) -> list[str]:
    """What is reported, a line each, and nothing on standard error."""
    result = cli("lint", "--since", "main", "--format", "concise", *arguments)
    assert result.err == ""
    return [
        re.sub(r":\d+:\d+: \w+", "", line).split(" belongs")[0] for line in result.out.splitlines()
    ]


def test_nothing_changed_is_nothing_found(cli: Cli, repo: GitRepo) -> None:
    result = cli("lint", "--since", "main")

    base = repo.git("rev-parse", "main")[:7]
    assert result.code == 0
    assert result.out.startswith("Found nothing in 0 resources (0 fields, 0 files, ")
    assert result.out.endswith(
        f"0 files changed since main (merge base {base}); 0 findings were there before.\n"
    )


def test_only_findings_are_told_that_the_base_does_not_have(cli: Cli, repo: GitRepo) -> None:
    repo.commit({"a.yaml": crd(status={"abort": ORDER, "retry": ORDER}, kind="Anvil")})

    result = cli("lint", "--since", "main")

    assert result.code == 1
    assert "Anvil.status.retry" in result.out
    assert "abort" not in result.out
    assert "1 file changed since main" in result.out
    assert "; 1 finding was there before." in result.out


@pytest.mark.parametrize("state", ["committed", "staged", "unstaged", "untracked"])
def test_the_work_tree_counts_in_whatever_state(cli: Cli, repo: GitRepo, state: str) -> None:
    name = "new.yaml" if state == "untracked" else "a.yaml"
    repo.write({name: TWO})
    if state in {"staged", "committed"}:
        repo.git("add", name)
    if state == "committed":
        repo.commit()

    assert found(cli) == [f"{name} SS101 Widget.status.{field}" for field in ("abort", "retry")]


def test_what_git_ignores_is_not_linted(cli: Cli, repo: GitRepo) -> None:
    repo.commit({".gitignore": "*.gen.yaml\n"})
    repo.write({"new.gen.yaml": TWO})

    assert found(cli) == []


def test_work_that_main_got_later_is_not_told(cli: Cli, repo: GitRepo) -> None:
    repo.git("switch", "--quiet", "main")
    repo.commit({"c.yaml": error_crd("Cog"), "a.yaml": crd(kind="Anvil")})
    repo.git("switch", "--quiet", "topic")
    repo.commit({"d.yaml": error_crd("Drill")})

    assert found(cli) == ["d.yaml SS101 Drill.status.abort"]


def test_a_renamed_file_has_its_past(cli: Cli, repo: GitRepo) -> None:
    (repo.folder / "crds").mkdir()
    repo.git("mv", "a.yaml", "crds/anvils.yaml")

    result = cli("lint", "--since", "main")

    assert result.code == 0
    assert "1 file changed since main" in result.out
    assert "1 finding was there before" in result.out


def test_a_renamed_file_with_a_problem_is_known_by_its_old_name(cli: Cli, repo: GitRepo) -> None:
    repeated = crd(kind="Cog") + "              size: {type: string}\n"
    repo.git("switch", "--quiet", "main")
    repo.commit({"c.yaml": repeated})
    repo.git("switch", "--quiet", "--create", "other")
    repo.git("mv", "c.yaml", "cogs.yaml")

    assert found(cli) == []


def test_a_resource_that_went_to_another_file_has_its_past(cli: Cli, repo: GitRepo) -> None:
    repo.write({"b.yaml": f"{error_crd('Bolt')}---\n{error_crd('Anvil')}"})
    (repo.folder / "a.yaml").unlink()

    assert found(cli) == []


@pytest.mark.parametrize("setting", ["color.ui=always", "color.grep=always", "core.quotePath=true"])
def test_a_copy_of_what_did_not_change_brings_nothing_new(
    cli: Cli, repo: GitRepo, setting: str
) -> None:
    repo.git("config", *setting.split("="))
    repo.write({"bundle/all.yaml": error_crd("Anvil")})

    assert found(cli) == []


def test_more_kinds_may_come_than_git_can_be_asked_about_at_once(cli: Cli, repo: GitRepo) -> None:
    repo.write({f"{n}.yaml": crd(kind=f"{n}{'x' * 50_000}") for n in "QRS"})
    repo.write({"copy.yaml": error_crd("Anvil"), "new.yaml": error_crd("New")})

    assert found(cli) == ["new.yaml SS101 New.status.abort"]


def test_a_deleted_file_counts_and_is_not_linted(cli: Cli, repo: GitRepo) -> None:
    (repo.folder / "a.yaml").unlink()

    result = cli("lint", "--since", "main")

    assert result.code == 0
    assert "1 file changed since main" in result.out


def test_paths_restrict_what_is_linted(cli: Cli, repo: GitRepo) -> None:
    repo.write({"in/x.yaml": error_crd("Xray"), "out/y.yaml": error_crd("Yoke")})

    assert found(cli, "in") == ["in/x.yaml SS101 Xray.status.abort"]
    assert found(cli, "out/y.yaml") == ["out/y.yaml SS101 Yoke.status.abort"]
    assert found(cli, str(repo.folder / "in")) == [
        f"{repo.folder}/in/x.yaml SS101 Xray.status.abort"
    ]
    assert found(cli, "*/y.yaml") == ["out/y.yaml SS101 Yoke.status.abort"]


def test_without_paths_it_is_the_current_folder(
    cli: Cli, repo: GitRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write({"in/x.yaml": error_crd("Xray"), "out/y.yaml": error_crd("Yoke")})
    monkeypatch.chdir(repo.folder / "in")

    assert found(cli) == ["x.yaml SS101 Xray.status.abort"]
    assert found(cli, "../out") == ["../out/y.yaml SS101 Yoke.status.abort"]


def test_a_resource_that_came_from_outside_the_paths_has_its_past(cli: Cli, repo: GitRepo) -> None:
    (repo.folder / "in").mkdir()
    repo.git("mv", "a.yaml", "in/a.yaml")

    assert found(cli, "in") == []


def test_a_field_that_moves_is_told_with_its_migration(cli: Cli, repo: GitRepo) -> None:
    repo.write({"a.yaml": crd(spec={"abort": "Words."}, kind="Anvil")})
    repo.git("switch", "--quiet", "main")
    repo.commit({"a.yaml": crd(status={"abort": "Words."}, kind="Anvil")})
    repo.write({"a.yaml": crd(spec={"abort": "Words."}, kind="Anvil")})

    result = cli("lint", "--since", "HEAD")

    assert result.code == 1
    assert "error[SS502] field-moved-section: Anvil.spec.abort" in result.out
    assert "keep status.abort beside spec.abort" in re.sub(r"\s+=?\s+", " ", result.out)


SPEC = """\
syntax = "proto3";
package demo.v1;
message WidgetSpec {{
  // Words.
  string size = 1;
{more}}}
"""
WIDGET = """\
syntax = "proto3";
package demo.v1;
import "demo/v1/{of}.proto";
message Widget {{
  string name = 1;
  WidgetSpec spec = 2;
  WidgetStatus status = 3;
}}
message WidgetStatus {{
  // Words.
  // specstat: purpose=instruction
  string abort = 1;
}}
"""
REPORT = "  // Words.\n  // specstat: purpose=observation\n  string seen = 2;\n"


def test_a_proto_is_read_with_its_neighbours_as_they_were(cli: Cli, repo: GitRepo) -> None:
    repo.git("switch", "--quiet", "main")
    folder = "demo/v1"
    repo.commit(
        {f"{folder}/old.proto": SPEC.format(more=""), f"{folder}/w.proto": WIDGET.format(of="old")}
    )
    repo.git("switch", "--quiet", "--create", "protos")
    repo.git("mv", f"{folder}/old.proto", f"{folder}/spec.proto")
    repo.write({f"{folder}/w.proto": WIDGET.format(of="spec")})

    assert found(cli) == []

    repo.write({f"{folder}/spec.proto": SPEC.format(more=REPORT)})

    assert found(cli) == ["demo/v1/spec.proto SS102 Widget.spec.seen"]


def test_a_container_is_linted_where_what_it_holds_changed(cli: Cli, repo: GitRepo) -> None:
    repo.git("switch", "--quiet", "main")
    apart = WIDGET.replace("package demo.v1", "package apart.v1")
    apart = apart.format(of="spec").replace("WidgetSpec", "demo.v1.WidgetSpec")
    repo.commit({"demo/v1/spec.proto": SPEC.format(more=""), "apart/v1/w.proto": apart})
    repo.write({"demo/v1/spec.proto": SPEC.format(more=REPORT)})

    result = cli("lint", "--since", "main")

    assert "error[SS102] output-in-spec: Widget.spec.seen" in result.out
    assert "1 file changed since main" in result.out
    assert "1 finding was there before" in result.out

    assert found(cli, "apart") == ["demo/v1/spec.proto SS102 Widget.spec.seen"]


def test_json_says_what_was_compared(cli: Cli, repo: GitRepo) -> None:
    repo.write({"c.yaml": error_crd("Cog")})

    summary = json.loads(cli("lint", "--since", "main", "--format", "json").out)["summary"]

    base = repo.git("rev-parse", "main")
    assert summary["since"] == {"revision": "main", "base": base, "changed": 1, "before": 0}


def test_a_broken_file_is_told_though_it_was_broken_before(cli: Cli, repo: GitRepo) -> None:
    broken = "kind: CustomResourceDefinition\nspec: '\n"
    repo.git("switch", "--quiet", "main")
    repo.commit({"c.yaml": broken})
    repo.write({"c.yaml": f"# Words.\n{broken}"})

    assert cli("lint", "--since", "main").code == 2


def test_submodules_and_links_are_passed_over_and_told(
    cli: Cli, repo: GitRepo, tmp_path: Path
) -> None:
    other = made(tmp_path / "other", {"o.yaml": error_crd("Other")})
    repo.git("submodule", "--quiet", "add", str(other.folder), "lib")
    (repo.folder / "link.yaml").symlink_to("a.yaml")
    repo.commit()

    result = cli("lint", "--since", "main")

    assert "Other" not in result.out
    assert "1  a submodule; lint it from inside" in result.out
    assert "1  a link; what it leads to is linted where it stands" in result.out


def test_a_link_that_became_a_file_is_linted_and_a_file_that_became_a_link_is_gone(
    cli: Cli, repo: GitRepo
) -> None:
    (repo.folder / "link.yaml").symlink_to("a.yaml")
    repo.commit()
    (repo.folder / "link.yaml").unlink()
    repo.write({"link.yaml": error_crd("Cog")})
    (repo.folder / "b.yaml").unlink()
    (repo.folder / "b.yaml").symlink_to("a.yaml")

    told = cli("lint", "--since", "HEAD")

    assert "Cog.status.abort" in told.out
    assert "1 file: a link; what it leads to" in told.out
    assert "2 files changed since HEAD" in told.out
    assert "Bolt example.com/v1 (removed)" in cli("diff", "HEAD").out


def test_a_file_in_conflict_is_linted_once(cli: Cli, repo: GitRepo) -> None:
    repo.commit({"a.yaml": crd(status={"abort": ORDER, "one": ORDER}, kind="Anvil")})
    repo.git("switch", "--quiet", "main")
    repo.commit({"a.yaml": crd(status={"abort": ORDER, "two": ORDER}, kind="Anvil")})
    with pytest.raises(AssertionError):
        repo.git("merge", "topic")
    repo.write({"a.yaml": crd(status={"abort": ORDER, "two": ORDER, "one": ORDER}, kind="Anvil")})

    assert found(cli) == ["a.yaml SS101 Anvil.status.one"]


HOSTILE = "#!/bin/sh\ntouch {witness}\ncat\n"


def test_nothing_of_the_repository_is_run(cli: Cli, repo: GitRepo, tmp_path: Path) -> None:
    witness, program = tmp_path / "witness", tmp_path / "program"
    program.write_text(HOSTILE.format(witness=witness), encoding="utf-8")
    program.chmod(0o755)
    repo.commit({".gitattributes": "*.yaml filter=evil diff=evil\n"})
    repo.git("mv", "b.yaml", "c.yaml")  # git must look into it, to see that it was renamed
    repo.write({"c.yaml": f"# Words.\n{error_crd('Bolt')}"})
    for key in (
        "core.fsmonitor",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "core.pager",
    ):
        repo.git("config", key, str(program))
    repo.git("config", "filter.evil.required", "true")
    for hook in ("post-index-change", "fsmonitor-watchman"):
        shutil.copy(program, repo.folder / ".git" / "hooks" / hook)
    repo.write({"a.yaml": TWO, "new.yaml": error_crd("New")})
    witness.unlink(missing_ok=True)
    lines = found(cli)

    assert len(lines) == 3, lines
    assert not witness.exists()


def test_a_file_that_was_only_touched_did_not_change(cli: Cli, repo: GitRepo) -> None:
    os.utime(repo.folder / "b.yaml", (1, 1))
    before = (repo.folder / ".git" / "index").read_bytes()

    result = cli("lint", "--since", "main")

    assert "0 files changed since main" in result.out
    assert (repo.folder / ".git" / "index").read_bytes() == before


@pytest.mark.parametrize("revision", ["nowhere", "--all", "main:a.yaml"])
def test_an_unknown_revision_is_one_clear_error(cli: Cli, repo: GitRepo, revision: str) -> None:
    assert repo.folder.is_dir()
    result = cli("lint", f"--since={revision}")

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: unknown revision {revision!r}; ")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("revision", "told"),
    [
        ("", "the revision is empty; name a commit, branch or tag"),
        ("main..topic", "'main..topic' is a range, and one commit is wanted, such as main"),
        ("...topic", "'...topic' is a range, and one commit is wanted, such as HEAD"),
    ],
)
def test_no_revision_or_two_are_told_as_such(
    cli: Cli, repo: GitRepo, revision: str, told: str
) -> None:
    assert repo.folder.is_dir()

    assert cli("lint", f"--since={revision}").err == f"error: {told}\n"


def test_a_branch_that_only_the_remote_has_is_suggested(
    cli: Cli, repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.git("branch", "release")
    repo.git("clone", "--quiet", str(repo.folder), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")

    assert "did you mean origin/release?" in cli("lint", "--since", "release").err


def test_a_shallow_clone_says_what_to_fetch(
    cli: Cli, repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.git("switch", "--quiet", "main")
    repo.commit({"c.yaml": crd(kind="Cog")})
    repo.git("switch", "--quiet", "topic")
    repo.commit({"d.yaml": crd(kind="Drill")})
    url = f"file://{repo.folder}"
    repo.git("clone", "--quiet", "--depth=1", "--no-single-branch", url, str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")

    result = cli("lint", "--since", "origin/main")

    assert (result.code, result.out) == (2, "")
    assert "this clone is shallow" in result.err
    for word in (
        "git fetch --unshallow origin main",
        "--deepen=",
        "fetch-depth: 0",
        "GIT_DEPTH: 0",
    ):
        assert word in result.err


def test_histories_without_a_common_commit_are_told(cli: Cli, repo: GitRepo) -> None:
    repo.git("switch", "--quiet", "--orphan", "apart")
    repo.commit({"x.yaml": crd()})

    result = cli("lint", "--since", "main")

    assert result.code == 2
    assert "main and HEAD have no commit in common" in result.err


def test_outside_a_repository_is_one_clear_error(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)

    result = cli("lint", "--since", "main")

    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "error: the current folder is in no git repository, so nothing is known of its past\n"
    )


def test_a_repository_of_somebody_else_is_told_with_what_makes_git_trust_it(
    repo: GitRepo,
) -> None:
    env = environment(GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    result = process("lint", "--since", "main", cwd=repo.folder, env=env)

    trust = f"git config --global --add safe.directory {repo.folder}"
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith(f"; if you trust it: {trust}\n")


def test_a_path_outside_the_repository_is_one_clear_error(
    cli: Cli, repo: GitRepo, tmp_path: Path
) -> None:
    (tmp_path / "x.yaml").write_text(crd(), encoding="utf-8")
    assert repo.folder.is_dir()

    result = cli("lint", "--since", "main", ".", "../x.yaml")

    assert result.code == 2
    assert "../x.yaml is outside the repository" in result.err


def test_a_path_that_is_not_there_is_told_and_one_that_went_is_not(cli: Cli, repo: GitRepo) -> None:
    (repo.folder / "a.yaml").unlink()

    missing = cli("lint", "--since", "main", "nowhere.yaml")
    gone = cli("lint", "--since", "main", "a.yaml")

    assert missing.code == 2
    assert "nowhere.yaml: there is no such file or folder" in missing.out
    assert gone.code == 0


def test_without_git_it_says_so(repo: GitRepo, tmp_path: Path) -> None:
    result = process(
        "lint", "--since", "main", cwd=repo.folder, env=environment(PATH=str(tmp_path))
    )

    assert result.code == 2
    assert result.err.startswith("error: git is needed to know what changed, and cannot be run: ")


def test_standard_input_has_no_past(cli: Cli, repo: GitRepo) -> None:
    assert repo.folder.is_dir()
    result = cli("lint", "--since", "main", "-")

    assert result.code == 2
    assert "standard input has no past" in result.err


def test_a_hook_s_variables_lead_nowhere_else(repo: GitRepo, tmp_path: Path) -> None:
    other = made(tmp_path / "other")
    repo.write({"a.yaml": TWO})

    env = environment(GIT_DIR=str(other.folder / ".git"), GIT_INDEX_FILE="nowhere")
    result = process("lint", "--since", "main", "--format", "concise", cwd=repo.folder, env=env)

    assert result.out.count("SS101") == 2


def test_what_a_change_breaks_can_be_ignored_and_such_an_ignore_is_never_unused(
    cli: Cli, repo: GitRepo
) -> None:
    repo.commit({"a.yaml": crd(status={"abort": "Words."}, kind="Anvil")})
    moved = crd(spec={"abort": "Words."}, kind="Anvil")
    ignore = "              # specstat: ignore[SS502] not released yet\n"
    repo.write({"a.yaml": moved.replace("              abort:", f"{ignore}              abort:")})

    since = cli("lint", "--since", "HEAD", "a.yaml")
    plain = cli("lint", "--select", "SS0,SS5", "--show-info", "a.yaml")

    assert since.code == 0, since.out
    assert "SS502" not in since.out
    assert "SS002" not in plain.out
