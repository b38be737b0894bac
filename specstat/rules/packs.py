"""Rule packs: what is said in data, not in code. `own.yaml` holds the tool's own codes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from specstat.model.diagnostic import Severity


class Own(NamedTuple):
    """A code that the engine itself raises; `fatal` ones make the exit code 2."""

    code: str
    name: str
    severity: Severity
    fatal: bool
    page: str


def folder() -> Path:
    """Where the packs are: beside the code of an installed package, in rules/ of a checkout."""
    package = Path(__file__).parents[1]
    shipped = package / "packs"
    return shipped if shipped.is_dir() else package.parent / "rules"


def find(code: str) -> Own:
    """One of the tool's own codes."""
    return next(row for row in own() if row.code == code)


@cache
def own() -> tuple[Own, ...]:
    """The tool's own codes."""
    import yaml  # noqa: PLC0415 - the registry is asked for codes where no YAML is read

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = folder().joinpath("own.yaml").read_text("utf-8")
    return tuple(
        Own(
            row["code"],
            row["name"],
            Severity[row["severity"].upper()],
            row["fatal"],
            row["page"].strip(),
        )
        for row in yaml.load(text, loader)["own"]  # noqa: S506 - a safe loader, see above
    )
