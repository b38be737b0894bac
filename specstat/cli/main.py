"""The entry point. What needs no command line library is answered before it is imported."""

from __future__ import annotations

import os
import sys

from specstat import __version__


def _prepare_output() -> None:
    """Make standard output take anything: it may be closed, or know few characters."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as we run
        else:
            stream.reconfigure(errors="backslashreplace")


def main() -> None:
    """Run the command line; the exit code is 0 clean, 1 findings, 2 usage or unreadable input."""
    _prepare_output()
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"specstat {__version__}\n")
        return
    from specstat.cli.app import run

    sys.exit(run(sys.argv[1:]))
