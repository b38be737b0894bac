"""`specstat immutability`: policies of what must not change."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    name="immutability",
    help="Policies of what must not change: show, check and turn them into guards.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command("show")
def show(
    policy: Annotated[
        str, typer.Argument(metavar="POLICY", help="A file, or the name of a packaged policy.")
    ],
    crd: Annotated[str, typer.Option("--crd", help="The CRD of its kind.")] = "",
    version: Annotated[
        str, typer.Option("--version", help="A version of the kind; the stored one by default.")
    ] = "",
    name: Annotated[str, typer.Option("--name", help="Which policy of a file with several.")] = "",
) -> int:
    """Say what a policy means: what is fixed, from when on, and what happens then."""
    from specstat.cli.immutability_show import execute

    return execute(policy, crd, version, name)


@app.command("list")
def list_policies() -> int:
    """List the policies that come with specstat."""
    from specstat.cli.immutability_show import packaged

    return packaged()


@app.command("schema")
def schema() -> int:
    """Print the JSON Schema of policies, for editors."""
    from specstat.cli.immutability_show import schema

    return schema()
