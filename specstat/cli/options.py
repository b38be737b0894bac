"""Options that several commands share, and what a shell is offered for them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class FailOn(StrEnum):
    """The severity from which findings make the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


class WhereFormat(StrEnum):
    """How `where` answers."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


class DiffFormat(StrEnum):
    """How `diff` tells."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def complete_codes(incomplete: str) -> list[tuple[str, str]]:
    """Codes that begin so, with their names."""
    from specstat.rules import registry

    start = incomplete.upper()
    return [(e.code, e.name) for e in registry.shipped().entries() if e.code.startswith(start)]


def complete_formats(incomplete: str) -> list[str]:
    """Formats of `lint` that begin so."""
    from specstat.cli.reports import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def complete_profiles(incomplete: str) -> list[tuple[str, str]]:
    """Profiles that begin so, with when to use them."""
    from specstat.rules.profiles import profiles

    return [(p.name, p.when) for p in profiles().values() if p.name.startswith(incomplete)]


Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODE",
        help="Only these codes, names or prefixes (SS1).",
        autocompletion=complete_codes,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="CODE",
        help="Not these codes, names or prefixes.",
        autocompletion=complete_codes,
    ),
]
Profile = Annotated[
    str,
    typer.Option(
        "--profile",
        metavar="NAME",
        help="The rules to begin with: recommended, strict, kubebuilder, crossplane, krm-proto or "
        "aip. Default: as the configuration has it, else recommended.",
        autocompletion=complete_profiles,
        show_default=False,
    ),
]
NoColor = Annotated[bool, typer.Option("--no-color", help="Never colour.")]
Config = Annotated[
    str,
    typer.Option(
        "--config",
        metavar="FILE",
        help="The configuration for all files. Default: the specstat.yaml nearest above each.",
    ),
]
OtherConfig = Annotated[
    str,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Where it goes when it cannot go into FILE. Default: the nearest specstat.yaml.",
    ),
]
Batch = Annotated[
    str,
    typer.Option(
        "--batch", metavar="FILE", help="Answer many: a JSON object a line; - for standard input."
    ),
]
Weights = Annotated[
    str | None,
    typer.Option(
        "--weights",
        metavar="FILE",
        help="Judge with the weights in this file, which specstat learn wrote. Default: those that "
        "the configuration of a linted file names, else the shipped ones.",
        show_default=False,
    ),
]
Trust = Annotated[
    bool,
    typer.Option(
        "--trust",
        help="Load what a configuration found in the tree names and is code, or as good as that: "
        "plugins, packs with CEL expressions, a weights file.",
    ),
]
Baseline = Annotated[
    str, typer.Option("--baseline", metavar="FILE", help="Tell only findings that are not in it.")
]
RequireReason = Annotated[
    bool, typer.Option("--require-reason", help="Tell every ignore that gives no reason.")
]
FailFrom = Annotated[
    FailOn | None,
    typer.Option(
        "--fail-on",
        help="Exit with 1 for findings of this severity or above. Default: as the "
        "configuration has it, else warning.",
        show_default=False,
    ),
]


def split(words: list[str] | None) -> tuple[str, ...]:
    """`--select SS101,SS102 --select SS103` as one list."""
    return tuple(part for word in words or () for part in word.replace(",", " ").split())
