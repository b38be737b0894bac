"""`specstat baseline write` and `specstat baseline update`, with their options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from specstat.cli.options import (
    Config,
    Ignore,
    Profile,
    RequireReason,
    Select,
    Trust,
    Weights,
    split,
)

if TYPE_CHECKING:
    from specstat.cli.lint import Options

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


@app.command()
def write(
    file: File,
    paths: Paths = None,
    select: Select = None,
    ignore: Ignore = None,
    profile: Profile = "",
    config: Config = "",
    weights: Weights = None,
    trust: Trust = False,
    require_reason: RequireReason = False,
) -> int:
    """Write all findings there are now into a baseline."""
    from specstat.cli.baseline import Order, write

    options = _options(
        paths, select, ignore, profile, config, weights, trust=trust, reason=require_reason
    )
    return write(Order(file, options))


@app.command()
def update(
    file: File,
    paths: Paths = None,
    add: Annotated[
        bool, typer.Option("--add", help="Take in findings that are not in it yet, too.")
    ] = False,
    select: Select = None,
    ignore: Ignore = None,
    profile: Profile = "",
    config: Config = "",
    weights: Weights = None,
    trust: Trust = False,
    require_reason: RequireReason = False,
) -> int:
    """Take out of a baseline what no longer occurs."""
    from specstat.cli.baseline import Order, update

    options = _options(
        paths, select, ignore, profile, config, weights, trust=trust, reason=require_reason
    )
    return update(Order(file, options), add=add)


def _options(
    paths: list[str] | None,
    select: list[str] | None,
    ignore: list[str] | None,
    profile: str,
    config: str,
    weights: str | None,
    *,
    trust: bool,
    reason: bool,
) -> Options:
    """What is linted, and by what, as for `specstat lint`."""
    from specstat.cli.lint import Options

    return Options(
        tuple(paths or (".",)),
        select=split(select),
        ignore=split(ignore),
        profile=profile,
        config=config,
        weights=weights,
        trust=trust,
        require_reason=reason,
    )
