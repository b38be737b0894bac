"""The commands that write into people's files, with their options."""

from __future__ import annotations

from typing import Annotated

import typer

from specstat.cli.options import OtherConfig, complete_codes

Diff = Annotated[
    bool, typer.Option("--diff", "--dry-run", help="Show what would change; write nothing.")
]


def annotate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A CRD or a .proto file.")],
    field: Annotated[
        str,
        typer.Argument(metavar="FIELD", help="Its path, Kind.path or Message.field."),
    ],
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="purpose=instruction changes=never ...")
    ],
    diff: Diff = False,
    config: OtherConfig = "",
) -> int:
    """Say of a field what it is for, in the file itself or in specstat.yaml."""
    from specstat.cli.annotate import Order, execute

    return execute(Order(file, field, tuple(words), config, diff=diff))


def ignore(
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE",
            help="A code such as SS101, a rule's name, or several with commas.",
            autocompletion=complete_codes,
        ),
    ],
    place: Annotated[
        str,
        typer.Argument(
            metavar="FILE:FIELD", help="The file and the field's path; a kind for all of it."
        ),
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it may be so.")],
    diff: Diff = False,
    config: OtherConfig = "",
) -> int:
    """Ignore findings on a field, in the file itself or in specstat.yaml."""
    from specstat.cli.ignore import Order, execute

    return execute(Order(_codes(code), place, reason, config, diff=diff))


def _codes(words: str) -> tuple[str, ...]:
    return tuple(words.replace(",", " ").split())
