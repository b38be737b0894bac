"""A small stand-in for GitHub's runner: it runs the steps of action.yml as a workflow would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.cli.support import ROOT, environment, git

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
_EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")


class Step(NamedTuple):
    """What a step ended with: exit code, log, outputs, and what it added to the summary."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


class Runner:
    """One job in one workspace; `event` holds what the expressions of the action ask GitHub for."""

    def __init__(self, workspace: Path, temp: Path, event: Mapping[str, str] | None = None) -> None:
        self.workspace = workspace
        self.temp = temp
        self.event = dict(event or {})
        self.outputs: dict[str, dict[str, str]] = {}
        temp.mkdir(exist_ok=True)

    def step(self, name: str, **inputs: str) -> Step:
        """Run the step of a name, with inputs (underscores for hyphens) or their defaults."""
        step = next(s for s in ACTION["runs"]["steps"] if s["name"] == name)
        known = {key: value["default"] for key, value in ACTION["inputs"].items()}
        known |= {key.replace("_", "-"): value for key, value in inputs.items()}
        output, summary = self.temp / "output", self.temp / "summary"
        output.write_text("")
        summary.write_text("")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env=environment(
                **{key: self._evaluated(value, known) for key, value in step["env"].items()},
                GITHUB_ACTION_PATH=str(ROOT),
                GITHUB_OUTPUT=str(output),
                GITHUB_STEP_SUMMARY=str(summary),
                GITHUB_WORKSPACE=str(self.workspace),
                RUNNER_TEMP=str(self.temp),
                GIT_CONFIG_GLOBAL=os.devnull,
                GIT_CONFIG_NOSYSTEM="1",
            ),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        told = dict(line.split("=", 1) for line in output.read_text().splitlines())
        self.outputs[step.get("id", "")] = told
        return Step(done.returncode, done.stdout + done.stderr, told, summary.read_text())

    def _evaluated(self, text: str, inputs: Mapping[str, str]) -> str:
        """A value of `env` with its expressions: `a || b` of names with dots, no more."""

        def value(match: re.Match[str]) -> str:
            return next(filter(None, (self._named(n, inputs) for n in match[1].split(" || "))), "")

        return _EXPRESSION.sub(value, text)

    def _named(self, name: str, inputs: Mapping[str, str]) -> str:
        match name.split("."):
            case ["inputs", key]:
                return inputs[key]
            case ["steps", step, "outputs", key]:
                return self.outputs.get(step, {}).get(key, "")
            case ["github", "event", *rest]:
                return self.event.get(".".join(rest), "")
        message = f"the runner of the tests does not know {name}"
        raise AssertionError(message)


def install_this(temp: Path) -> None:
    """What the step that installs leaves behind, with the code of this checkout."""
    program = temp / "specstat" / "bin" / "specstat"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m specstat "$@"\n')
    program.chmod(0o755)


def checkout(tmp_path: Path, origin: Path, ref: str, *depth: str) -> Runner:
    """A runner whose workspace is what actions/checkout leaves: one commit, detached."""
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    git(workspace, "init", "-q")
    git(workspace, "remote", "add", "origin", f"file://{origin}")
    git(
        workspace, "fetch", "-q", "--no-tags", *depth, "origin", f"+{ref}:refs/remotes/pull/1/merge"
    )
    git(workspace, "checkout", "-q", "--detach", "refs/remotes/pull/1/merge")
    return Runner(workspace, tmp_path / "temp")
