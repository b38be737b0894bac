"""The options of the commands that answer: `where`, `diff` and `explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from specstat.cli.errors import UsageError
from specstat.cli.options import (
    Batch,
    Config,
    DiffFormat,
    FailFrom,
    Ignore,
    NoColor,
    Select,
    Trust,
    Weights,
    WhereFormat,
    complete_codes,
    split,
)


def where(
    field: Annotated[
        str | None,
        typer.Argument(metavar="[FIELD]", help="A field's name, or its path with --in."),
    ] = None,
    type_: Annotated[
        str, typer.Option("--type", metavar="TYPE", help="Its type, such as string or bytes.")
    ] = "",
    description: Annotated[
        str, typer.Option("--description", "-d", metavar="TEXT", help="What its comment says.")
    ] = "",
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="The kind that it is part of.")
    ] = "",
    in_file: Annotated[
        str, typer.Option("--in", metavar="FILE", help="Take the field's facts from this file.")
    ] = "",
    ask: Annotated[bool, typer.Option("--ask", help="Ask the four questions about it.")] = False,
    format_: Annotated[
        WhereFormat, typer.Option("--format", help="How to answer.")
    ] = WhereFormat.TEXT,
    batch: Batch = "",
    no_color: NoColor = False,
    config: Config = "",
    weights: Weights = None,
    trust: Trust = False,
) -> int:
    """Say where a field belongs, and why."""
    if batch:
        from specstat.cli.batch import execute as execute_batch

        if field or in_file or ask or type_ or description or kind:
            message = "--batch takes its fields from the file; give nothing of a field with it"
            raise UsageError(message)
        return execute_batch(batch, weights, config)
    if not field:
        message = "which field? specstat where FIELD, for example: specstat where retry_count"
        raise UsageError(message)
    from specstat.cli.where import Query, execute

    return execute(
        Query(field, type_, description, kind, in_file, ask, config, weights, trust),
        as_json=format_ is not WhereFormat.TEXT,
        compact=format_ is WhereFormat.JSONL,
        no_color=no_color,
    )


def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="A file, a folder, a descriptor set, or a git revision: main, HEAD~1, "
            "main:config/crd.",
        ),
    ],
    new: Annotated[
        str,
        typer.Argument(
            metavar="[NEW]", help="The same. Default: the work tree.", show_default=False
        ),
    ] = "",
    format_: Annotated[DiffFormat, typer.Option("--format", help="How to tell.")] = DiffFormat.TEXT,
    fail_on: FailFrom = None,
    select: Select = None,
    ignore: Ignore = None,
    no_color: NoColor = False,
    config: Config = "",
    weights: Weights = None,
    trust: Trust = False,
) -> int:
    """Tell what became of an API: fields that came, went or moved, and what that breaks."""
    from specstat.cli.diff import Order, execute

    return execute(
        Order(
            old,
            new,
            format=format_.value,
            fail_on=fail_on.value if fail_on else "",
            select=split(select),
            ignore=split(ignore),
            config=config,
            weights=weights,
            trust=trust,
            no_color=no_color,
        )
    )


def explain(
    code: Annotated[
        str,
        typer.Argument(
            help="A code such as SS101, or a rule's name.", autocompletion=complete_codes
        ),
    ],
    trust: Trust = False,
) -> int:
    """Explain a rule: what it finds, why that is bad, what to do."""
    from specstat.cli.explain import execute

    return execute(code, trust=trust)
