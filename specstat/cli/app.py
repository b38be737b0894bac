"""All commands with their options. Each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from specstat.cli.asking_app import diff, explain, where
from specstat.cli.baseline_app import app as baseline_app
from specstat.cli.config_app import app as config_app
from specstat.cli.errors import UsageError, from_typer, guarded
from specstat.cli.immutability_app import app as immutability_app
from specstat.cli.lint_app import lint
from specstat.cli.making_app import init, learn, vendor_proto
from specstat.cli.rules_app import app as rules_app
from specstat.cli.writing_app import annotate, ignore

app = typer.Typer(
    name="specstat",
    help="Where each field of a Kubernetes-style API belongs: spec, status or metadata.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    return guarded(lambda: _parse_and_run(arguments))


def _parse_and_run(arguments: list[str]) -> int:
    try:
        code = app(arguments, standalone_mode=False)
    except (UsageError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - typer's mistakes have no common public class
        return from_typer(error)
    return code if isinstance(code, int) else 0


def _version(wanted: bool) -> None:
    if wanted:
        from specstat import __version__

        typer.echo(f"specstat {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", callback=_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    pass


# In the order in which people are told of them.
for command in (lint, where, diff, annotate, ignore, explain):
    app.command()(command)
app.add_typer(immutability_app)
app.add_typer(rules_app)
app.add_typer(config_app)
app.command()(init)
app.add_typer(baseline_app)
app.command("vendor-proto")(vendor_proto)
app.command()(learn)
