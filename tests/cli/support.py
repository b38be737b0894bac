"""What the tests of the command line share: CRDs to order, processes, a terminal, git."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from specstat.judge.weights import HEADER, MAGIC, VERSION, entries
from tests.judge.weighing import table

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"

# Declared, so no weight can change what is found: SS101 (with SS104 in it), an error.
ORDER = "Words.\nspecstat: purpose=instruction"
REPORT = "Words.\nspecstat: purpose=observation"

_HEAD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.example.com
spec:
  group: {group}
  names: {{kind: {kind}}}
  versions:
"""
_VERSION = """\
  - name: {version}
    {served}
    schema:
      openAPIV3Schema:
        properties:
"""


# What a status may hold besides is left open, so that none of it is missed.
_OPEN = "            x-kubernetes-preserve-unknown-fields: true\n"


def _version(version: str, *, status: bool = False) -> str:
    served = "subresources: {status: {}}" if status else "served: true"
    return _VERSION.format(version=version, served=served)


def _section(name: str, fields: Mapping[str, str]) -> str:
    lines = [f"          {name}:", "            properties:"]
    for field, description in fields.items():
        words = json.dumps(description, ensure_ascii=False)
        key = json.dumps(field) if not field.isalnum() else field
        lines.append(f"              {key}: {{type: string, description: {words}}}")
    return "\n".join(lines) + "\n"


def crd(
    *,
    status: Mapping[str, str] | None = None,
    spec: Mapping[str, str] | None = None,
    kind: str = "Widget",
    version: str = "v1",
) -> str:
    """A CRD with one line a field, from names and descriptions; as it is it has no findings."""
    spec = {"size": "Words."} if spec is None else spec
    return (
        _HEAD.format(group="example.com", kind=kind)
        + _version(version, status=bool(status))
        + _section("spec", spec)
        + (_section("status", status) + _OPEN if status else "")
    )


def error_crd(kind: str = "Widget") -> str:
    """A CRD with one finding, an error: SS101 on status.abort."""
    return crd(status={"abort": ORDER}, kind=kind)


def warning_crd(kind: str = "Widget") -> str:
    """A CRD with one finding, a warning: SS003, a repeated key."""
    line = "              size: {type: string}\n"
    return crd(kind=kind) + line


def info_crd(kind: str = "Widget") -> str:
    """A CRD with one finding, an info: SS501, an older version with another field."""
    return crd(kind=kind) + _version("v1beta1") + _section("spec", {"volume": "Words."})


# The quote in line 2 is never closed.
BROKEN = "kind: CustomResourceDefinition\nspec: '\n"


def write_weights(path: Path, weight: int = 127, *, version: int = VERSION) -> Path:
    """A weights file by which `glorp` and `frob` say status, or spec where it is below zero.

    They say as much as words may. Nothing else has a weight but the curated signals.
    """
    features = (f"{kind}:{word}" for word in ("glorp", "frob") for kind in ("head", "single"))
    own = table(dict.fromkeys(features, weight), 64)
    told, slope = b"{}", 1.0
    payload = told + entries(own.tobytes()).tobytes()  # the lower byte of an entry first
    sums = len(told), len(own), zlib.crc32(payload)
    path.write_bytes(HEADER.pack(MAGIC, version, *sums, 1.0, 0.0, slope) + payload)
    return path


@dataclass(frozen=True, slots=True)
class Result:
    """What a run of specstat ended with."""

    code: int
    out: str
    err: str


Cli = Callable[..., Result]


def environment(**more: str) -> dict[str, str]:
    """The environment of this process without what colours output or changes git and Python."""
    dropped = re.compile(r"NO_COLOR|FORCE_COLOR|COLUMNS|GIT_.*|PYTHON(?!DONTWRITE|PYCACHE).*")
    kept = {k: v for k, v in os.environ.items() if not dropped.fullmatch(k)}
    return kept | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **more}


def process(
    *arguments: str,
    cwd: Path | None = None,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    prefix: Sequence[str] = (),
    python: Sequence[str] = ("-m", "specstat"),
) -> Result:
    """Run specstat in a process of its own, without a terminal; no traceback reaches a person."""
    done = subprocess.run(
        [*prefix, sys.executable, *python, *arguments],
        cwd=cwd,
        input=stdin,
        env=environment() if env is None else env,
        capture_output=True,
        check=False,
        timeout=60,
    )
    out, err = (data.decode(errors="backslashreplace") for data in (done.stdout, done.stderr))
    assert "Traceback" not in out + err, err
    return Result(done.returncode, out, err)


# Runs the command line under its installed name and tells which modules that took.
_MODULES = """
import json, sys
sys.argv[0] = "specstat"
from specstat.cli.main import main
try:
    main()
finally:
    sys.stderr.write("\\n" + json.dumps(sorted(sys.modules)))
"""


def imported_by(*arguments: str, cwd: Path | None = None) -> set[str]:
    """The modules that a run of specstat imports."""
    result = process(*arguments, cwd=cwd, python=("-c", _MODULES))
    assert result.out
    modules: list[str] = json.loads(result.err.splitlines()[-1])
    return set(modules)


def on_terminal(
    *arguments: str,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    keys: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Run specstat on a terminal of its own; `keys` maps a question's text to what is pressed.

    A key is pressed again while nothing happens: a program that goes into raw mode drops what was
    typed before.
    """
    control, terminal = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "specstat", *arguments],
        cwd=cwd,
        env=environment() if env is None else env,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    try:
        output = _converse(control, keys or {})
        return running.wait(10), output.replace("\r\n", "\n")
    finally:
        running.kill()
        running.wait()
        os.close(control)


def _converse(control: int, keys: Mapping[str, str]) -> str:
    output = b""
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        if not select.select([control], [], [], 0.3)[0]:
            asked = {output.rfind(text.encode()): key for text, key in keys.items()}
            if output.endswith(b"> ") and max(asked, default=-1) >= 0:
                os.write(control, asked[max(asked)].encode())
            continue
        try:
            piece = os.read(control, 65_536)
        except OSError:  # the program has left its terminal
            return output.decode()
        if not piece:
            return output.decode()
        output += piece
    pytest.fail(f"no end after 40 seconds: {output.decode()!r}")


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, apart from anyone's settings."""
    identity = ("-c", "user.name=Tester", "-c", "user.email=tester@example.invalid")
    env = environment(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
    subprocess.run(["git", *identity, *arguments], cwd=folder, env=env, check=True, timeout=60)


@cache
def _unprivileged() -> tuple[str, ...] | None:
    """How to start a process that file permissions hold for; None where there is no way."""
    caps = "-dac_override,-dac_read_search"
    as_nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    without_rights = ("setpriv", f"--bounding-set={caps}", f"--inh-caps={caps}")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        closed = Path(folder, "closed")
        closed.touch()
        closed.chmod(0)
        for prefix in ((), without_rights, as_nobody):
            command = [*prefix, sys.executable, "-c", f"open({str(closed)!r})"]
            try:
                done = subprocess.run(command, capture_output=True, text=True, check=False)
            except OSError:
                continue
            if "PermissionError" in done.stderr:
                return prefix
    return None


def unprivileged(*arguments: str, cwd: Path) -> Result:
    """Run specstat as someone whom permissions stop; skips the test where that cannot be done."""
    prefix = _unprivileged()
    if prefix is None:
        pytest.skip("this user may read everything, and there is no setpriv to give that up")
    return process(*arguments, cwd=cwd, prefix=prefix)


@contextmanager
def closed(path: Path, mode: int = 0) -> Iterator[None]:
    """Take permissions of a file or folder away for a while."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)
