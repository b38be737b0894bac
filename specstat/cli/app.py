"""All commands with their options. Each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from specstat.cli.baseline_app import app as baseline_app
from specstat.cli.errors import UsageError, from_typer, guarded
from specstat.cli.options import (
    Baseline,
    Batch,
    Config,
    FailOn,
    Ignore,
    NoColor,
    Profile,
    RequireReason,
    Select,
    Trust,
    Weights,
    WhereFormat,
    complete_codes,
    complete_formats,
)
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


@app.command()
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
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on",
            help="Exit with 1 for findings of this severity or above. Default: as the "
            "configuration has it, else warning.",
            show_default=False,
        ),
    ] = None,
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
    baseline: Baseline = "",
    require_reason: RequireReason = False,
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
            select=_codes(select),
            ignore=_codes(ignore),
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
            baseline=baseline,
            require_reason=require_reason,
        )
    )


def _codes(words: list[str] | None) -> tuple[str, ...]:
    """`--select SS101,SS102 --select SS103` as one list."""
    return tuple(part for word in words or () for part in word.replace(",", " ").split())


@app.command()
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


app.command()(annotate)
app.command()(ignore)


@app.command()
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


rules = typer.Typer(help="List all rules; with test, try the examples of packs.")
app.add_typer(rules, name="rules", invoke_without_command=True)


@rules.callback()
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


@rules.command("test")
def test_rules(
    packs: Annotated[list[str], typer.Argument(metavar="PACK...", help="Files of rules as data.")],
) -> int:
    """Try the examples of packs: each bad one must be reported, no good one may be."""
    from specstat.cli.rules_test import execute

    return execute(tuple(packs))


config_app = typer.Typer(
    help="What a configuration says, and what it may say.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(config_app, name="config")


@config_app.command("show")
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

    return show(Question(path, config, trust, profile, _codes(select), _codes(ignore)), format_)


@config_app.command("schema")
def config_schema() -> int:
    """Print the JSON Schema of configurations, for editors."""
    from specstat.cli.config import schema

    return schema()


@app.command()
def init(
    profile: Profile = "",
    force: Annotated[
        bool, typer.Option("--force", help="Replace a configuration that is there.")
    ] = False,
) -> int:
    """Write a first specstat.yaml, after a look at the repository."""
    from specstat.cli.init import execute

    return execute(profile, force=force)


@app.command("vendor-proto")
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


@app.command()
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


app.add_typer(baseline_app)
