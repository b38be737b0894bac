"""Rule packs: what is said in data, not in code. `own.yaml` holds the tool's own codes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from specstat.model.diagnostic import Severity


@dataclass(frozen=True, slots=True)
class Own:
    """A code that the engine itself raises; `fatal` ones make the exit code 2."""

    code: str
    name: str
    severity: Severity
    fatal: bool
    page: str


def folder() -> Traversable:
    """Where the packs are: beside the code of an installed package, in rules/ of a checkout."""
    shipped = files("specstat").joinpath("packs")
    return shipped if shipped.is_dir() else Path(__file__).parents[2] / "rules"


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
