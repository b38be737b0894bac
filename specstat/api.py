"""The two questions as functions: `lint` files, ask `where` a field belongs.

Both judge with the shipped weights, or with those that `load_weights` read from a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike, fspath
from pathlib import Path

from specstat.engine.check import settings_for
from specstat.engine.config.finding import Configurations
from specstat.engine.discover import discover
from specstat.engine.run import Run
from specstat.engine.run import lint as run_lint
from specstat.judge import scales
from specstat.judge import weights as learned
from specstat.judge.verdict import judge
from specstat.judge.weights import Weights
from specstat.model.evidence import Verdict
from specstat.model.resource import Field
from specstat.model.types import openapi
from specstat.rules import profiles, registry


def load_weights(path: str | PathLike[str]) -> Weights:
    """The weights in a file that `specstat learn` wrote; a ValueError says why there are none."""
    return learned.load(Path(path))


def lint(  # noqa: PLR0913 - a run has that many settings
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    select: str | Iterable[str] = (),
    ignore: str | Iterable[str] = (),
    profile: str = "",
    weights: Weights | None = None,
    trust: bool = False,
) -> Run:
    """Lint files and folders; `select` and `ignore` hold codes, names or starts of codes.

    A single path or code may stand by itself. Without `profile` the recommended one holds, or that
    which the configuration names; packs and plugins come from there, too.
    Findings of all severities are in the result, in the order of every report. Files that cannot
    be read are diagnostics, too; nothing is raised for them. Each file is ruled by the nearest
    specstat.yaml, over which `select`, `ignore` and `profile` are laid. An unknown code or profile
    is a ValueError, and so is a configuration that cannot be used.
    `weights` replaces the weights of every file; without it, those that a specstat.yaml names are
    loaded with `trust`, and are a ValueError without; so are plugins and packs with expressions.
    """
    # A text is a sequence of letters, and one of them may be the current folder: ".".
    every = (paths,) if isinstance(paths, (str, PathLike)) else paths
    named = tuple([fspath(path) for path in every])
    select = (select,) if isinstance(select, str) else tuple(select)
    ignore = (ignore,) if isinstance(ignore, str) else tuple(ignore)
    configurations = Configurations(trust=trust)
    complaint = profiles.complaint(profile)
    if not complaint and registry.shipped().complaint((*select, *ignore)):
        catalogue = configurations.catalogue_around(found.path for found in discover(named))
        complaint = catalogue.complaint((*select, *ignore))
    if complaint:
        raise ValueError(complaint)
    settings = settings_for(select, ignore, profile, weights)
    return run_lint(discover(named), settings, configurations=configurations)


def where(  # noqa: PLR0913 - a field has that many sides
    name: str,
    *,
    type: str = "",  # noqa: A002 - the schema's own word
    description: str = "",
    format: str = "",  # noqa: A002 - as above
    enum: Iterable[str] = (),
    children: Iterable[str] = (),
    weights: Weights | None = None,
) -> Verdict:
    """Say where a field belongs, from whatever is known of it; types may be Protobuf's.

    `weights` replaces the shipped ones.
    """
    openapi_type, openapi_format = openapi(type, format)
    return judge(
        Field(
            name=name,
            type=openapi_type,
            description=description,
            format=openapi_format,
            enum=tuple(enum),
            children=tuple(Field(name=child) for child in children),
        ),
        by=scales.of(weights),
    ).finished()
