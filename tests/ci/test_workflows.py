"""Workflow, action and scripts pass those who look for trouble in them; so do the examples."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from specstat.cli.reports import FORMATS
from tests.ci.runner import ACTION, install_this
from tests.cli.support import ROOT, environment, error_crd

BESIDE = Path(sys.executable).parent
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(# .*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PIN = "0123456789abcdef0123456789abcdef01234567"


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which(name, path=f"{BESIDE}{os.pathsep}{os.environ['PATH']}")
    assert program, f"{name} is in the dev group of pyproject.toml; `make venv` installs it"
    return subprocess.run(
        [program, *arguments], capture_output=True, text=True, check=False, timeout=60
    )


def zizmor(*paths: Path) -> subprocess.CompletedProcess[str]:
    return tool("zizmor", "--offline", "--no-config", "--persona", "pedantic", *paths)


def example(start: str) -> str:
    """The example of docs/ci.md whose first line says that it is this file."""
    (found,) = (text for text in EXAMPLES if text.startswith(f"# {start}"))
    assert isinstance(found, str)
    return found


def test_zizmor_finds_nothing_in_workflow_and_action() -> None:
    done = zizmor(ROOT / "action.yml", ROOT / ".github" / "workflows" / "ci.yml")

    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_would_find_an_input_in_a_script(tmp_path: Path) -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    (tmp_path / "action.yml").write_text(
        text.replace("/lint.sh\"'", "/lint.sh\" ${{ inputs.args }}'"), encoding="utf-8"
    )

    done = zizmor(tmp_path / "action.yml")

    assert done.returncode != 0
    assert "template-injection" in done.stdout


def test_zizmor_finds_nothing_in_the_example_for_github(tmp_path: Path) -> None:
    workflow = tmp_path / ".github" / "workflows" / "specstat.yml"
    workflow.parent.mkdir(parents=True)
    text = example(".github/workflows/specstat.yml")
    assert "OWNER/specstat@COMMIT" in text
    workflow.write_text(text.replace("@COMMIT", f"@{PIN}"), encoding="utf-8")

    done = zizmor(workflow)

    assert done.returncode == 0, done.stdout + done.stderr


def test_shellcheck_finds_nothing_in_the_scripts() -> None:
    scripts = sorted((ROOT / ".github" / "action").glob("*.sh"))

    done = tool("shellcheck", *scripts, ROOT / ".ci" / "run")

    assert done.returncode == 0, done.stdout


def test_the_example_for_github_names_inputs_that_exist() -> None:
    workflow = yaml.safe_load(example(".github/workflows/specstat.yml"))
    (job,) = workflow["jobs"].values()
    (step,) = (s for s in job["steps"] if "specstat@" in s.get("uses", ""))

    assert set(step.get("with", {})) <= set(ACTION["inputs"])


def test_every_input_of_the_action_is_in_the_table() -> None:
    table = re.findall(r"^\| `([a-z-]+)` \| (?:`[^|]*`|nothing) \|", PAGE, re.MULTILINE)

    assert table == list(ACTION["inputs"])


def test_every_format_is_in_the_table() -> None:
    section = PAGE.partition("## Formats")[2]

    assert re.findall(r"^\| `([a-z]+)` \|", section, re.MULTILINE) == list(FORMATS)


def gitlab_job() -> dict[str, Any]:
    (job,) = yaml.safe_load(example(".gitlab-ci.yml")).values()
    assert isinstance(job, dict)
    return job


def test_the_example_for_gitlab_keeps_its_reports_whatever_comes_of_the_job() -> None:
    job = gitlab_job()

    assert job["artifacts"]["when"] == "always"
    assert set(job["artifacts"]["reports"]) == {"codequality", "junit"}


def test_the_example_for_gitlab_writes_the_reports_that_it_keeps(tmp_path: Path) -> None:
    job = gitlab_job()
    install, *lint = job["script"]
    install_this(tmp_path / "temp")
    (tmp_path / "a.yaml").write_text(error_crd(), encoding="utf-8")
    path = f"{tmp_path}/temp/specstat/bin{os.pathsep}{os.environ['PATH']}"

    codes = [
        subprocess.run(
            ["sh", "-ec", line],
            cwd=tmp_path,
            env=environment(PATH=path, CI_PROJECT_DIR=str(tmp_path)),
            check=False,
            capture_output=True,
            timeout=60,
        ).returncode
        for line in lint
    ]

    assert install.startswith("pip install ")
    assert codes == [0, 1]
    for report in job["artifacts"]["reports"].values():
        assert "a.yaml" in (tmp_path / report).read_text(encoding="utf-8")
