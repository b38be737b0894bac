"""Places as a forge knows them: relative to the root of the repository, with forward slashes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from specstat.model.diagnostic import Diagnostic, Location
from specstat.reporters.report import Report

# Where GitHub and GitLab check the repository out.
_CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def root_of(folder: Path, environment: Mapping[str, str]) -> Path:
    """The root of the repository that a folder is in.

    The checkout of the CI, else the nearest folder above with a `.git`, else the folder itself.
    """
    folder = folder.resolve()
    for name in _CHECKOUTS:
        checkout = environment.get(name, "")
        if checkout and folder.is_relative_to(Path(checkout).resolve()):
            return Path(checkout).resolve()
    return next((f for f in (folder, *folder.parents) if (f / ".git").exists()), folder)


def relative(file: str, root: Path) -> str:
    """A path relative to the root; one that is not below it is made absolute."""
    path = Path(os.path.abspath(file))  # noqa: PTH100 - a link in the repository keeps its name
    if not path.is_relative_to(root) and path.resolve().is_relative_to(root):
        path = path.resolve()
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def rooted(report: Report, root: Path) -> Report:
    """The same report with all paths relative to the root."""
    return replace(
        report,
        shown=tuple(_moved(d, root) for d in report.shown),
        checked=tuple(relative(file, root) for file in report.checked),
        ignored=tuple(i._replace(diagnostic=_moved(i.diagnostic, root)) for i in report.ignored),
        limits={relative(file, root): limit for file, limit in report.limits.items()},
    )


def _moved(diagnostic: Diagnostic, root: Path) -> Diagnostic:
    def place(location: Location) -> Location:
        return location._replace(file=relative(location.file, root))

    return replace(
        diagnostic,
        location=place(diagnostic.location),
        copies=tuple(map(place, diagnostic.copies)),
        elsewhere=tuple(e._replace(location=place(e.location)) for e in diagnostic.elsewhere),
    )
