"""`specstat config`: what a configuration says, and what it may say."""

from __future__ import annotations

from typing import Annotated

import typer

from specstat.cli.options import (
    Config,
    Ignore,
    Profile,
    Select,
    Trust,
    split,
)

app = typer.Typer(
    name="config",
    help="What a configuration says, and what it may say.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command("show")
def config_show(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A file, or a folder.")],
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    config: Config = "",
    trust: Trust = False,
    profile: Profile = "",
    select: Select = None,
    ignore: Ignore = None,
) -> int:
    """Say what holds for a file, and where each value comes from."""
    from specstat.cli.config import Question, show

    return show(Question(path, config, trust, profile, split(select), split(ignore)), format_)


@app.command("schema")
def config_schema() -> int:
    """Print the JSON Schema of configurations, for editors."""
    from specstat.cli.config import schema

    return schema()
