"""Run the `$ specstat ...` commands of README.md and write down what they print.

Looks at fenced blocks that begin with ```console. What a command prints stands below it, up to the
next line with `$` or the end of the block. Commands of other programs are left as they are. With
--check nothing is written, and the exit code is 1 where a command prints something else.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from specstat.cli.app import run as run_in_process

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SECONDS = re.compile(r"\b\d+\.\d+ s\b")
_SHELL = re.compile(r"[();<>|&]+")
# What a reader's terminal is like, whoever runs this.
_TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1"}


class Session(NamedTuple):
    """A command as the README shows it, with its `$`, and what stands below it."""

    shown: str
    output: str

    @property
    def command(self) -> str:
        """The command line, with the lines that a backslash continues joined."""
        return self.shown.removeprefix("$ ").replace("\\\n", " ")

    @property
    def is_ours(self) -> bool:
        """Whether it calls specstat."""
        return self.shown.startswith(("$ specstat ", "$ specstat\n"))


def sessions(block: str) -> Iterator[Session]:
    """The commands of a block; lines before the first one are a session without a command."""
    shown, output, continued = "", "", False
    for line in block.splitlines(keepends=True):
        if line.startswith("$ ") and not continued:
            if shown or output:
                yield Session(shown, output)
            shown, output = line, ""
        elif continued:
            shown += line
        else:
            output += line
            continue
        continued = line.endswith("\\\n")
    yield Session(shown, output)


def ours(text: str) -> list[Session]:
    """All commands of a README that call specstat."""
    blocks = (match[1] for match in _BLOCK.finditer(text))
    return [session for block in blocks for session in sessions(block) if session.is_ours]


def normalised(output: str) -> str:
    """Output as it is compared: how long something took and blanks at the ends do not count."""
    lines = [line.rstrip() for line in _SECONDS.sub("0.1 s", output).splitlines()]
    return "\n".join(lines).rstrip("\n")


def printed(command: str) -> str:
    """What a command prints on either stream, run in the root of the checkout."""
    words = shlex.split(command)
    tokens = shlex.shlex(command, posix=True, punctuation_chars=True)
    tokens.whitespace_split = True
    if any(map(_SHELL.fullmatch, tokens)):
        return _from_shell(command)
    stream = io.StringIO()
    with (
        contextlib.chdir(ROOT),
        contextlib.redirect_stdout(stream),
        contextlib.redirect_stderr(stream),
        mock.patch.dict(os.environ, _TERMINAL),
    ):
        run_in_process(words[1:])
    return stream.getvalue()


def _from_shell(command: str) -> str:
    """The output of a command with a pipe or a redirection."""
    function = f'specstat() {{ {shlex.quote(sys.executable)} -m specstat "$@"; }}'
    done = subprocess.run(
        ["/bin/sh", "-c", f"{function}\n{command}"],
        cwd=ROOT,
        env={**os.environ, **_TERMINAL},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def rewritten(text: str) -> str:
    """A README with the output that its commands print now."""
    return _BLOCK.sub(lambda match: f"```console\n{_block(match[1])}```", text)


def _block(block: str) -> str:
    parts = []
    for session in sessions(block):
        output = session.output
        if session.is_ours:
            now = normalised(printed(session.command))
            if now != normalised(output):
                output = f"{now}\n\n" if now else ""
        parts.append(session.shown + output)
    return "".join(parts).rstrip("\n") + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Write the README anew, or check it; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if stale")
    options = parser.parse_args(arguments)
    old = README.read_text(encoding="utf-8")
    new = rewritten(old)
    if new == old:
        return 0
    if options.check:
        lines = difflib.unified_diff(old.splitlines(), new.splitlines(), "README.md", "now", n=2)
        print("\n".join(lines))
        print("README.md is stale; run `python tools/readme_output.py`", file=sys.stderr)
        return 1
    README.write_text(new, encoding="utf-8")
    print("wrote README.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
