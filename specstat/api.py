"""The two questions as functions: `lint` files, ask `where` a field belongs."""

from __future__ import annotations

from collections.abc import Iterable

from specstat.engine.check import Settings, codes_of
from specstat.engine.discover import discover
from specstat.engine.run import Run
from specstat.engine.run import lint as run_lint
from specstat.judge.verdict import judge
from specstat.model.evidence import Verdict
from specstat.model.resource import Field
from specstat.model.types import openapi
from specstat.rules import registry


def lint(paths: Iterable[str], *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Run:
    """Lint files and folders; `select` and `ignore` hold codes, names or starts of codes.

    Findings of all severities are in the result, in the order of every report. Files that cannot
    be read are diagnostics, too; nothing is raised for them. Each file is ruled by the nearest
    specstat.yaml. An unknown code is a ValueError, and so is a configuration that cannot be used.
    """
    select, ignore = tuple(select), tuple(ignore)
    if complaint := registry.complaint((*select, *ignore)):
        raise ValueError(complaint)
    return run_lint(discover(paths), Settings(codes_of(select, ignore)))


def where(  # noqa: PLR0913 - a field has that many sides
    name: str,
    *,
    type: str = "",  # noqa: A002 - the schema's own word
    description: str = "",
    format: str = "",  # noqa: A002 - as above
    enum: Iterable[str] = (),
    children: Iterable[str] = (),
) -> Verdict:
    """Say where a field belongs, from whatever is known of it; types may be Protobuf's."""
    openapi_type, openapi_format = openapi(type, format)
    return judge(
        Field(
            name=name,
            type=openapi_type,
            description=description,
            format=openapi_format,
            enum=tuple(enum),
            children=tuple(Field(name=child) for child in children),
        )
    )
