"""`specstat rules`: the list of rules, and the examples of packs."""

from __future__ import annotations

from typing import Annotated

import typer

from specstat.cli.options import (
    Trust,
)

app = typer.Typer(
    name="rules",
    invoke_without_command=True,
    help="List all rules; with test, try the examples of packs.",
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def list_rules(
    context: typer.Context,
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    trust: Trust = False,
) -> int:
    """List all rules; with test, try the examples of packs."""
    if context.invoked_subcommand:
        return 0
    from specstat.cli.explain import list_rules

    return list_rules(format_, trust=trust)


@app.command("test")
def test_rules(
    packs: Annotated[list[str], typer.Argument(metavar="PACK...", help="Files of rules as data.")],
) -> int:
    """Try the examples of packs: each bad one must be reported, no good one may be."""
    from specstat.cli.rules_test import execute

    return execute(tuple(packs))
