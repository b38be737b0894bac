"""The action: its steps as they run, and what its files promise."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.ci.runner import ACTION, Runner, checkout, install_this
from tests.cli.support import BROKEN, ROOT, Cli, crd, error_crd, git, process, warning_crd

SCRIPTS = sorted((ROOT / ".github" / "action").glob("*.sh"))


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A workspace with a finding in crds/a.yaml, and specstat installed for it."""
    workspace = tmp_path / "workspace"
    (workspace / "crds").mkdir(parents=True)
    (workspace / "crds" / "a.yaml").write_text(error_crd("Anvil"), encoding="utf-8")
    git(workspace, "init", "-q")
    temp = tmp_path / "temp"
    install_this(temp)
    return Runner(workspace, temp)


def test_a_finding_is_annotated_summed_up_and_fails_the_step(runner: Runner) -> None:
    step = runner.step("Lint")

    assert step.code == 1
    assert step.outputs == {"exit-code": "1"}
    assert step.log.startswith("::error file=crds/a.yaml,line=19,")
    assert "<code>Anvil</code>" in step.summary


def test_nothing_found_is_summed_up_too(runner: Runner) -> None:
    (runner.workspace / "crds" / "a.yaml").write_text(crd(), encoding="utf-8")

    step = runner.step("Lint")

    assert (step.code, step.outputs) == (0, {"exit-code": "0"})
    assert step.summary.startswith("**specstat**: Found nothing in 1 resource")


def test_sarif_is_made_where_it_is_asked_for_and_the_step_fails_all_the_same(
    runner: Runner,
) -> None:
    step = runner.step("Lint", sarif="true")

    document = json.loads(Path(step.outputs["sarif"]).read_text(encoding="utf-8"))
    place = document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "crds/a.yaml"
    assert step.code == 1
    assert step.log.count("Found ") == 1


def test_code_scanning_is_told_of_old_findings_too_for_it_compares_whole_states(
    runner: Runner, cli: Cli
) -> None:
    if "--since" not in cli("lint", "--help").out:
        pytest.skip("this specstat has no --since")
    git(runner.workspace, "add", ".")
    git(runner.workspace, "commit", "-q", "-m", "old")

    runner.step("Fetch the base", since="HEAD")
    step = runner.step("Lint", sarif="true")

    assert step.code == 0
    document = json.loads(Path(step.outputs["sarif"]).read_text(encoding="utf-8"))
    assert [result["ruleId"] for result in document["runs"][0]["results"]] == ["SS101"]


def test_the_severity_that_fails_is_an_input(runner: Runner) -> None:
    (runner.workspace / "crds" / "a.yaml").write_text(warning_crd(), encoding="utf-8")

    assert runner.step("Lint").code == 1
    assert runner.step("Lint", fail_on="error").code == 0


def test_the_severity_that_fails_is_that_of_the_configuration_unless_told(runner: Runner) -> None:
    (runner.workspace / "crds" / "a.yaml").write_text(warning_crd(), encoding="utf-8")
    (runner.workspace / "specstat.yaml").write_text("fail-on: error\n", encoding="utf-8")

    assert runner.step("Lint").code == 0
    assert runner.step("Lint", fail_on="warning").code == 1


def test_what_cannot_be_read_ends_with_2(runner: Runner) -> None:
    (runner.workspace / "crds" / "b.yaml").write_text(
        f"# CustomResourceDefinition\n{BROKEN}", encoding="utf-8"
    )

    step = runner.step("Lint")

    assert (step.code, step.outputs["exit-code"]) == (2, "2")
    assert "::error file=crds/b.yaml," in step.log


def test_a_mistake_in_the_inputs_is_told_and_leaves_no_summary(runner: Runner) -> None:
    step = runner.step("Lint", fail_on="loud")

    assert (step.code, step.summary) == (2, "")
    assert "--fail-on" in step.log


def test_sarif_is_true_or_false(runner: Runner) -> None:
    step = runner.step("Lint", sarif="yes")

    assert step.code == 2
    assert step.log == "::error title=specstat::the input sarif is true or false\n"


def test_paths_are_one_a_line_and_may_hold_blanks(runner: Runner) -> None:
    (runner.workspace / "my crds").mkdir()
    (runner.workspace / "my crds" / "b c.yaml").write_text(warning_crd("Bolt"), encoding="utf-8")

    step = runner.step("Lint", paths="my crds/b c.yaml\n\n")

    assert "::warning file=my crds/b c.yaml," in step.log
    assert "Anvil" not in step.log


def test_arguments_are_split_at_blanks_and_line_ends(runner: Runner) -> None:
    step = runner.step("Lint", args="--ignore  SS101\n--ignore SS104")

    assert step.code == 0


@pytest.mark.parametrize("words", ["$(touch hacked)", "; touch hacked", "`touch hacked`", "*"])
@pytest.mark.parametrize("name", ["paths", "args", "fail_on", "sarif"])
def test_no_input_is_run_or_expanded_by_the_shell(runner: Runner, name: str, words: str) -> None:
    (runner.workspace / "--show-info").write_text("", encoding="utf-8")

    step = runner.step("Lint", **{name: words})

    assert not list(runner.workspace.rglob("*hacked*"))
    assert step.code in {1, 2}


def test_a_shallow_pull_request_is_told_only_of_what_it_adds(tmp_path: Path, cli: Cli) -> None:
    if "--since" not in cli("lint", "--help").out:
        pytest.skip("this specstat has no --since")
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q", "-b", "main")
    (origin / "a.yaml").write_text(error_crd("Anvil"), encoding="utf-8")
    git(origin, "add", ".")
    git(origin, "commit", "-q", "-m", "old")
    git(origin, "checkout", "-q", "-b", "topic")
    (origin / "b.yaml").write_text(warning_crd("Bolt"), encoding="utf-8")
    git(origin, "add", ".")
    git(origin, "commit", "-q", "-m", "new")
    git(origin, "checkout", "-q", "main")
    (origin / "c.yaml").write_text(error_crd("Cog"), encoding="utf-8")
    git(origin, "add", ".")
    git(origin, "commit", "-q", "-m", "somebody else's")
    git(origin, "checkout", "-q", "-b", "merged")
    git(origin, "merge", "-q", "--no-ff", "-m", "merge", "topic")
    runner = checkout(tmp_path, origin, "refs/heads/merged", "--depth=1")
    install_this(runner.temp)

    base = runner.step("Fetch the base", since="main")
    step = runner.step("Lint")

    assert base.code == 0, base.log
    assert step.code == 1
    assert [line.split(",")[0] for line in step.log.splitlines() if line.startswith("::")] == [
        "::warning file=b.yaml"
    ]


def test_a_python_that_is_too_old_or_missing_is_told(runner: Runner) -> None:
    step = runner.step("Install specstat", python="no-such-python")

    assert step.code == 2
    assert "::error title=specstat::specstat needs Python 3.11 or later" in step.log


def test_it_installs_what_lints_and_runs_nothing_of_the_workspace(
    tmp_path: Path, runner: Runner
) -> None:
    for name in ("venv", "pip", "json", "typer"):
        (runner.workspace / f"{name}.py").write_text(
            f"open({str(tmp_path / 'hacked')!r}, 'w')\n", encoding="utf-8"
        )

    installed = runner.step("Install specstat")
    step = runner.step("Lint")

    assert installed.code == 0, installed.log
    assert installed.log.startswith("specstat ")
    assert step.log.startswith("::error file=crds/a.yaml,line=19,")
    assert not (tmp_path / "hacked").exists()


def test_every_input_reaches_a_step_and_has_a_default() -> None:
    env = " ".join(v for step in ACTION["runs"]["steps"] for v in step.get("env", {}).values())

    assert set(re.findall(r"inputs\.([\w-]+)", env)) == set(ACTION["inputs"])
    assert all("default" in entry for entry in ACTION["inputs"].values())


def test_no_expression_stands_in_the_text_of_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_every_script_can_be_run_and_is_run() -> None:
    called = re.findall(r"action/(\w+\.sh)", json.dumps(ACTION))

    assert sorted(called) == [script.name for script in SCRIPTS]
    assert all(script.stat().st_mode & 0o111 for script in SCRIPTS)


def test_the_options_of_the_scripts_are_those_of_lint() -> None:
    text = (ROOT / ".github" / "action" / "lint.sh").read_text(encoding="utf-8")
    known = process("lint", "--help").out

    used = set(re.findall(r"(?<![\w-])--[a-z-]+", text)) - {"--since"}
    assert used == {"--format", "--fail-on"}
    assert all(option in known for option in used)
