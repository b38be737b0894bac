"""`specstat baseline write` and `specstat baseline update`, with their options."""

from __future__ import annotations

from typing import Annotated

import typer

from specstat.cli.options import Config, Trust, Weights, complete_codes

app = typer.Typer(
    name="baseline",
    help="Keep a list of findings that are there already, so that only new ones are told.",
    no_args_is_help=True,
)

File = Annotated[str, typer.Argument(metavar="FILE", help="The baseline, such as baseline.json.")]
Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATHS]...",
        help="What to lint, as for specstat lint. Default: the current folder.",
        show_default=False,
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select", metavar="CODE", help="Only these codes.", autocompletion=complete_codes
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore", metavar="CODE", help="Not these codes.", autocompletion=complete_codes
    ),
]


@app.command()
def write(
    file: File,
    paths: Paths = None,
    select: Select = None,
    ignore: Ignore = None,
    config: Config = "",
    weights: Weights = None,
    trust: Trust = False,
) -> int:
    """Write all findings there are now into a baseline."""
    from specstat.cli.baseline import Order, write

    return write(Order.of(file, paths, select, ignore, config, weights, trust=trust))


@app.command()
def update(
    file: File,
    paths: Paths = None,
    add: Annotated[
        bool, typer.Option("--add", help="Take in findings that are not in it yet, too.")
    ] = False,
    select: Select = None,
    ignore: Ignore = None,
    config: Config = "",
    weights: Weights = None,
    trust: Trust = False,
) -> int:
    """Take out of a baseline what no longer occurs."""
    from specstat.cli.baseline import Order, update

    return update(Order.of(file, paths, select, ignore, config, weights, trust=trust), add=add)
