"""Mistakes in how specstat was called, trouble with its output, and what becomes of both."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

FINDINGS = 1
UNUSABLE = 2


class UsageError(Exception):
    """A wrong option or argument; the message says what, and what to do."""


def guarded(command: Callable[[], int]) -> int:
    """Run a command and return its exit code; mistakes become one line and exit code 2."""
    try:
        code = command()
        sys.stdout.flush()
    except UsageError as error:
        return complain(str(error))
    except BrokenPipeError:  # the reader, such as head, has seen enough
        _give_up_output()
        return 0
    except OSError as error:  # input is read where it can be told with its name
        _give_up_output()
        return complain(f"cannot write the output: {error.strerror}")
    return code


def from_typer(error: Exception) -> int:
    """Typer's own mistakes and aborts as one line, and the exit code; anything else goes on up."""
    format_message = getattr(error, "format_message", None)
    if type(error).__name__ == "NoArgsIsHelpError" and callable(format_message):
        sys.stderr.write(f"{format_message()}\n")
        return UNUSABLE
    if callable(format_message):
        context = getattr(error, "ctx", None)
        hint = f" (see {context.command_path} --help)" if context else ""
        sys.stderr.write(f"error: {str(format_message()).rstrip('.')}{hint}\n")
        return int(getattr(error, "exit_code", UNUSABLE))
    if type(error).__name__ == "Abort":
        sys.stderr.write("aborted\n")
        return UNUSABLE
    if type(error).__name__ == "Exit":
        return int(getattr(error, "exit_code", 0))
    raise error


def complain(message: str) -> int:
    """Tell a mistake on standard error; returns its exit code."""
    from specstat.reporters.layout import visible

    sys.stderr.write(f"error: {visible(message)}\n")
    return UNUSABLE


def _give_up_output() -> None:
    """Send what is still to be written nowhere, so that the end of the process is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
