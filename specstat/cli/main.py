"""The entry point. What needs no command line library is answered before it is imported."""

from __future__ import annotations

import os
import sys

from specstat import __version__


def _prepare_streams() -> None:
    """Make standard output take anything: it may be closed, or know few characters.

    Standard input that is closed holds nothing.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - as long as we run
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as we run
        else:
            stream.reconfigure(errors="backslashreplace")


def _plain_lint(arguments: list[str]) -> int | None:
    """Run `lint` as hooks call it, with paths and perhaps a revision; None for anything more.

    It does what the full command line does with its defaults, in two thirds of the time.
    """
    command, *paths = arguments or [""]
    as_found = "--as-found" in paths[:1]
    paths = paths[as_found:]
    since = None
    if paths[:1] == ["--since"] and len(paths) > 1:
        since, paths = paths[1], paths[2:]
    if command != "lint" or any(path.startswith("-") for path in paths):
        return None
    from specstat.cli.errors import guarded
    from specstat.cli.lint import Options, execute

    return guarded(lambda: execute(Options(tuple(paths) or (".",), as_found=as_found, since=since)))


def main() -> None:
    """Run the command line; the exit code is 0 clean, 1 findings, 2 usage or unreadable input."""
    _prepare_streams()
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        sys.stdout.write(f"specstat {__version__}\n")
        return
    code = _plain_lint(arguments)
    if code is None:
        from specstat.cli.app import run

        code = run(arguments)
    sys.exit(code)
