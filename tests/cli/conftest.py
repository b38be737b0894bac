"""specstat in this process: quick, and what it wrote at hand."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from specstat.cli.app import run
from tests.cli.support import Cli, Result


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("GIT_") or n in {"NO_COLOR", "COLUMNS"}]:
        monkeypatch.delenv(name)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run a command with `stdin` as text; no traceback ever reaches a person."""

    def call(*arguments: str | Path, stdin: str = "") -> Result:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Result(code, out, err)

    return call
