"""The options of `specstat lint`."""

from __future__ import annotations

from typing import Annotated

import typer

from specstat.cli.options import (
    Baseline,
    Config,
    FailFrom,
    Ignore,
    NoColor,
    Profile,
    RequireReason,
    Select,
    Trust,
    Weights,
    complete_formats,
    split,
)


def lint(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATHS]...",
            help="Files, folders or globs; - for standard input. Default: the current folder, "
            "without what git ignores.",
            show_default=False,
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT[=FILE]",
            help="text (default), concise, json, jsonl, sarif, github, gitlab, junit or markdown; "
            "=FILE writes it there. May be repeated.",
            autocompletion=complete_formats,
        ),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    profile: Profile = "",
    fail_on: FailFrom = None,
    show_info: Annotated[
        bool, typer.Option("--show-info", help="Show findings of severity info, too.")
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Show how often each code was found.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show findings only, no closing summary.")
    ] = False,
    no_color: NoColor = False,
    config: Config = "",
    weights: Weights = None,
    trust: Trust = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REV",
            help="Only the files that changed since REV and HEAD parted, and only what is new "
            "in them.",
            show_default=False,
        ),
    ] = None,
    baseline: Baseline = "",
    require_reason: RequireReason = False,
    show_ignored: Annotated[
        bool,
        typer.Option(
            "--show-ignored",
            help="List what is ignored or in the baseline, too: in text, and in sarif as "
            "suppressed.",
        ),
    ] = False,
    stdin_filename: Annotated[
        str, typer.Option("--stdin-filename", metavar="NAME", help="The name of standard input.")
    ] = "",
    as_found: Annotated[
        bool,
        typer.Option(
            "--as-found", help="Pass over named files that hold no CRD, as hooks want it."
        ),
    ] = False,
) -> int:
    """Report fields that sit in the wrong section."""
    from specstat.cli.lint import Options, execute

    return execute(
        Options(
            paths=tuple(paths or (".",)),
            formats=tuple(formats or ("text",)),
            select=split(select),
            ignore=split(ignore),
            profile=profile,
            fail_on=fail_on.value if fail_on else "",
            show_info=show_info,
            statistics=statistics,
            quiet=quiet,
            no_color=no_color,
            stdin_filename=stdin_filename,
            as_found=as_found,
            config=config,
            weights=weights,
            trust=trust,
            since=since,
            baseline=baseline,
            require_reason=require_reason,
            show_ignored=show_ignored,
        )
    )
