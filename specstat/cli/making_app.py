"""The options of the commands that make files: `init`, `vendor-proto` and `learn`."""

from __future__ import annotations

from typing import Annotated

import typer

from specstat.cli.options import (
    Profile,
)


def init(
    profile: Profile = "",
    force: Annotated[
        bool, typer.Option("--force", help="Replace a configuration that is there.")
    ] = False,
) -> int:
    """Write a first specstat.yaml, after a look at the repository."""
    from specstat.cli.init import execute

    return execute(profile, force=force)


def vendor_proto(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="Where .proto files import from; made if need be.")
    ],
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if it is not there as is.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there and differs.")
    ] = False,
) -> int:
    """Write the .proto file of the option (specstatapi.v1.field) into a folder of protos."""
    from specstat.cli.vendor_proto import execute

    return execute(folder, check=check, force=force)


def learn(
    corpora: Annotated[
        list[str],
        typer.Argument(
            metavar="CORPUS...", help="Labelled fields: a JSON object a line, also gzipped."
        ),
    ],
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="The weights file to write.")],
    without: Annotated[
        str,
        typer.Option("--without", metavar="FILE", help="Leave these families out, one a line."),
    ] = "",
) -> int:
    """Learn the weights of words from fields whose section is known.

    lint and where judge by them with --weights FILE.
    """
    from specstat.cli.learn import execute

    return execute(tuple(corpora), out, without)
