"""The program is built once, and its absence is told."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conformance import building
from tests.conformance.building import SOURCES, UnavailableError, give_up, program
from tests.conformance.kubernetes import Kubernetes

NO_GO = UnavailableError("Go is not installed")


def test_without_go_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(building, "BUILT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnavailableError, match=r"install Go 1\.\d+ or later to run these tests"):
        program()


def test_without_modules_a_sentence_says_that_the_network_is_needed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if shutil.which("go") is None:
        pytest.skip("Go is not installed")
    monkeypatch.setattr(building, "BUILT", tmp_path)
    for name, value in {"GOPROXY": "off", "GOMODCACHE": str(tmp_path / "modules")}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(UnavailableError, match="once, the network"):
        program()


def test_a_missing_program_skips_and_fails_in_ci() -> None:
    with pytest.raises(pytest.skip.Exception, match="Go is not installed"):
        give_up(NO_GO, {})
    with pytest.raises(pytest.fail.Exception, match="Go is not installed"):
        give_up(NO_GO, {"CI": "true"})


def test_the_program_is_formatted_and_vetted(kubernetes: Kubernetes) -> None:
    """The fixture stands for Go and the modules being there."""
    assert not kubernetes.send('{"op":"drop"}')
    if shutil.which("go") is None:
        pytest.skip("Go is not installed; the program was built before")
    for command in (["gofmt", "-l", "."], ["go", "vet", "."]):
        done = subprocess.run(command, cwd=SOURCES, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
