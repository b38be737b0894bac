"""Build the wheel and try it as a stranger would: installed, outside the checkout.

Catches what no test in the checkout can: data or rule packs that do not ship, a module that is
found only because the checkout is on the path, a rule page that is lost where docstrings are
stripped. Standard library only, so that it runs with any interpreter that has ``build``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures" / "SS101-input-in-status"
MAX_WHEEL_BYTES = 6_000_000
# What a network that hangs may cost, not what is usual.
INSTALL_SECONDS = 600
COMMAND_SECONDS = 60


class SmokeError(Exception):
    """The package as built is not what a user should get; the message says what is wrong."""


def clean_environment() -> dict[str, str]:
    """The environment of the commands, without what could lead them back to the checkout."""
    leaks = {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONOPTIMIZE", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in leaks}
    return kept | {"NO_COLOR": "1", "PYTHONNOUSERSITE": "1"}


def run(command: list[str], cwd: Path, *, expect: int = 0, seconds: int = COMMAND_SECONDS) -> str:
    """Run a command, return what it printed, and raise where it ends in another way than expected.

    Args:
        command: The program and its arguments.
        cwd: Where to run it.
        expect: The exit code that it must have.
        seconds: When to give up.
    """
    shown = " ".join([Path(command[0]).name, *command[1:]])
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except FileNotFoundError as error:
        raise SmokeError(f"`{shown}` could not be started: {error}") from error
    except subprocess.TimeoutExpired as error:
        raise SmokeError(f"`{shown}` had not ended after {seconds} seconds") from error
    if done.returncode != expect:
        raise SmokeError(
            f"`{shown}` ended with exit code {done.returncode} instead of {expect}; it printed:\n"
            f"{done.stdout}{done.stderr}"
        )
    return done.stdout


def build(folder: Path) -> Path:
    """Build sdist and wheel into a folder and return the wheel, which is made from the sdist."""
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    run(command, ROOT, seconds=INSTALL_SECONDS)
    wheels, sdists = list(folder.glob("*.whl")), list(folder.glob("*.tar.gz"))
    if len(wheels) != 1 or len(sdists) != 1:
        names = ", ".join(sorted(path.name for path in folder.iterdir())) or "nothing"
        raise SmokeError(f"one wheel and one sdist should have been built, but there is {names}")
    size = wheels[0].stat().st_size
    if size > MAX_WHEEL_BYTES:
        raise SmokeError(
            f"{wheels[0].name} has {size:,} bytes, and {MAX_WHEEL_BYTES:,} are the limit; "
            "look for data that users do not need (`python -m zipfile -l`)"
        )
    print(f"ok    built {sdists[0].name} and {wheels[0].name} ({size:,} bytes)")
    return wheels[0]


def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel into a fresh virtual environment and return its folder of programs."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run([*pip, "install", str(wheel)], folder, seconds=INSTALL_SECONDS)
    print("ok    installed the wheel into a fresh virtual environment")
    return programs


def check_contents(python: str, cwd: Path) -> None:
    """Check that rule packs, data, the proto option and the typing marker are installed."""
    where = "import pathlib, specstat; print(pathlib.Path(specstat.__file__).parent)"
    package = Path(run([python, "-c", where], cwd).strip())
    if package.is_relative_to(ROOT):
        raise SmokeError(f"the checkout was imported ({package}) and not the installed package")
    wanted = {"py.typed"}
    # What the checkout has is what users must get; the fixed patterns catch an empty checkout.
    for folder, inside, pattern in (
        (ROOT / "rules", "packs", "*.yaml"),
        (ROOT / "specstat" / "judge" / "data", "judge/data", "*.json"),
        (ROOT / "specstat" / "judge" / "data", "judge/data", "*.sqlite"),
        (ROOT / "specstat" / "immutability" / "policies", "immutability/policies", "*.yaml"),
        (ROOT / "specstat" / "proto" / "specstatapi" / "v1", "proto/specstatapi/v1", "*.proto"),
    ):
        found = {f"{inside}/{path.name}" for path in folder.glob(pattern)}
        if not found:
            raise SmokeError(f"the checkout has no {folder.relative_to(ROOT) / pattern} to ship")
        wanted |= found
    missing = sorted(name for name in wanted if not (package / name).is_file())
    if missing:
        raise SmokeError(
            f"the installed package lacks {', '.join(missing)}; "
            "see [tool.hatch.build.targets.wheel] in pyproject.toml"
        )
    print(f"ok    the package holds {', '.join(sorted(wanted))}")


def check_commands(programs: Path, cwd: Path, version: str) -> None:
    """Run each command that a new user tries first, in a folder with a bad CRD and a bad proto."""
    shutil.copy(FIXTURES / "bad-callback-token.yaml", cwd / "crd.yaml")
    shutil.copy(FIXTURES / "bad-proto.proto", cwd / "api.proto")
    specstat, python = str(programs / "specstat"), str(programs / "python")

    def says(words: str, command: list[str], *, expect: int = 0) -> str:
        output = run(command, cwd, expect=expect)
        shown = " ".join([Path(command[0]).name, *command[1:]])
        if words not in output:
            raise SmokeError(f"`{shown}` should print {words!r}, but it printed:\n{output}")
        print(f"ok    {shown}" + (f" (exit code {expect}, as it should)" if expect else ""))
        return output

    says(version, [specstat, "--version"])
    says("lint", [specstat, "--help"])
    says("SS101", [specstat, "rules"])
    page = says("SS101", [specstat, "explain", "SS101"])
    # -OO strips docstrings, and a rule's page is its docstring.
    if page != says("SS101", [python, "-OO", "-m", "specstat", "explain", "SS101"]):
        raise SmokeError("`specstat explain SS101` prints another page under `python -OO`")
    says("SS101", [specstat, "lint", "crd.yaml"], expect=1)
    says("Job.status.runner", [specstat, "lint", "api.proto"], expect=1)
    (cwd / "broken.binpb").write_bytes(b"no set")
    says("not a descriptor set", [specstat, "lint", "broken.binpb"], expect=2)
    annotation = ["Job.status.phase", "purpose=observation"]
    says("is annotated", [specstat, "annotate", "api.proto", *annotation])
    says("retry_count", [specstat, "where", "retry_count"])
    says("Pod.spec.nodeName", [specstat, "where", "nodeName"])
    says("status.specHash", [specstat, "immutability", "show", "agentrun"])
    says("Wrote protos", [specstat, "vendor-proto", "protos"])
    says("up to date", [specstat, "vendor-proto", "--check", "protos"])


def main() -> int:
    """Build, install and try the package; the result is the exit code."""
    start = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="specstat-smoke-") as name:
            folder = Path(name).resolve()
            dist, cwd = folder / "dist", folder / "cwd"
            dist.mkdir()
            cwd.mkdir()
            wheel = build(dist)
            programs = install(wheel, folder / "venv")
            check_contents(str(programs / "python"), cwd)
            check_commands(programs, cwd, version=wheel.name.split("-")[1])
    except SmokeError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"The built wheel works ({time.monotonic() - start:.0f} s).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
