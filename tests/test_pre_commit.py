"""The hooks, tried with the real pre-commit in a git repository made for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures" / "SS101-input-in-status"

CONFIG_MAP = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: plain
data:
  callbackToken: nothing to see here
"""
# Broken as YAML until its templates are filled in, and no CRD: none of our business.
TEMPLATE = """\
apiVersion: v1
kind: Service
metadata:
  labels: {{- include "chart.labels" . | nindent 4 }}
  name: {{ .Release.Name }}: {{ .Chart.Name }
"""
PROTO = """\
syntax = "proto3";

package demo.v1;

message Greeting {
  string text = 1;
}
"""


def environment(tmp_path: Path) -> dict[str, str]:
    """The environment without git's variables and settings, which would leak in from outside."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
    }


class Repository:
    """A git repository in a folder of its own."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.folder = folder
        self.env = env
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet")

    def git(self, *arguments: str) -> str:
        """Run git here and return what it printed."""
        identity = ("-c", "user.name=Tester", "-c", "user.email=tester@example.invalid")
        done = subprocess.run(
            ["git", *identity, *arguments],
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"git {arguments[0]}: {done.stderr}"
        return done.stdout

    def commit(self) -> str:
        """Commit everything, ignored files too, and return the commit."""
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--no-verify", "--message", "All of it")
        return self.git("rev-parse", "HEAD").strip()

    def pre_commit(self) -> subprocess.CompletedProcess[str]:
        """Run the hooks on all files with the pre-commit beside this interpreter."""
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"],
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )


def copy_of_this_project(folder: Path, env: dict[str, str]) -> str:
    """Copy the checkout, uncommitted work included, into a repository and return its commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        # A file that is deleted but not yet committed is still listed.
        if (source := ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return Repository(folder, env).commit()


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="the hook is made from a git checkout")
def test_the_hook_stops_a_bad_crd_and_passes_everything_else(tmp_path: Path) -> None:
    env = environment(tmp_path)
    hook = tmp_path / "specstat"
    rev = copy_of_this_project(hook, env)
    repository = Repository(tmp_path / "work", env)
    config = f"""\
        repos:
          - repo: {hook}
            rev: {rev}
            hooks:
              - id: specstat
        """
    files = {
        ".pre-commit-config.yaml": textwrap.dedent(config),
        "configmap.yaml": CONFIG_MAP,
        "chart/service.yaml": TEMPLATE,
        "greeting.proto": PROTO,
    }
    for name, text in files.items():
        (repository.folder / name).parent.mkdir(exist_ok=True)
        (repository.folder / name).write_text(text, encoding="utf-8")
    crd = repository.folder / "crd.yaml"

    shutil.copyfile(FIXTURES / "bad-callback-token.yaml", crd)
    repository.commit()
    stopped = repository.pre_commit()

    assert "SS101" in stopped.stdout, stopped.stdout
    assert "exit code: 1" in stopped.stdout, stopped.stdout
    assert stopped.returncode == 1
    assert "crd.yaml" in stopped.stdout
    for passed in ("configmap", "service", "greeting"):
        assert passed not in stopped.stdout

    shutil.copyfile(FIXTURES / "good.yaml", crd)
    repository.commit()
    good = repository.pre_commit()

    assert good.returncode == 0, good.stdout
    assert "Passed" in good.stdout


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="the hook is made from a git checkout")
def test_the_hook_since_a_revision_stops_only_what_is_new(tmp_path: Path) -> None:
    env = environment(tmp_path)
    hook = tmp_path / "specstat"
    rev = copy_of_this_project(hook, env)
    repository = Repository(tmp_path / "work", env)
    config = f"""\
        repos:
          - repo: {hook}
            rev: {rev}
            hooks:
              - id: specstat-since
                args: [old]
        """
    (repository.folder / ".pre-commit-config.yaml").write_text(
        textwrap.dedent(config), encoding="utf-8"
    )
    bad = (FIXTURES / "bad-callback-token.yaml").read_text(encoding="utf-8")
    crd = repository.folder / "crd.yaml"
    crd.write_text(bad, encoding="utf-8")
    repository.commit()
    repository.git("branch", "old")

    crd.write_text(f"# Words.\n{bad}", encoding="utf-8")
    repository.commit()
    known = repository.pre_commit()

    assert known.returncode == 0, known.stdout
    assert "Passed" in known.stdout

    another = bad.replace("executions", "tasks").replace("Execution", "Task")
    (repository.folder / "new.yaml").write_text(another, encoding="utf-8")
    repository.commit()
    stopped = repository.pre_commit()

    assert stopped.returncode == 1, stopped.stdout
    assert "new.yaml" in stopped.stdout
    assert "SS101" in stopped.stdout
    assert "2 files changed since old" in stopped.stdout
