"""The entry point. What needs no command line library is answered before it is imported."""

from __future__ import annotations

import sys

from specstat import __version__


def main() -> None:
    """Run the command line; the exit code is 0 clean, 1 findings, 2 usage or unreadable input."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"specstat {__version__}\n")
        return
    from specstat.cli.app import run

    sys.exit(run(sys.argv[1:]))
