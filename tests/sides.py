"""Fixtures with two sides: `bad-x.old.yaml` beside `bad-x.yaml` is what that was before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from specstat import readers
from specstat.engine.check import Settings, check_reading
from specstat.engine.discover import Found
from specstat.engine.past.before import before
from specstat.engine.run import in_order, lint
from specstat.immutability.language import finding
from specstat.model.diagnostic import Diagnostic

# The immutability policies of a folder of fixtures.
POLICIES = "policies.yaml"


def is_old(path: Path) -> bool:
    """Whether a fixture is the old side of another one."""
    return path.suffixes[-2:-1] == [".old"]


def old_of(path: Path) -> Path:
    """Where the old side of a fixture stands, if it has one."""
    return path.with_name(f"{path.stem}.old{path.suffix}")


def lint_fixture(path: Path, settings: Settings) -> tuple[Diagnostic, ...]:
    """What linting a file reports, beside its old side and its folder's policies, if there are."""
    if (beside := path.parent / POLICIES).exists():
        settings = replace(settings, policies=finding.load(beside))
    told = lint([Found(str(path), named=True)], settings).diagnostics
    if not old_of(path).exists():
        return told
    old = readers.read(str(path), old_of(path).read_bytes())
    new = readers.read(str(path), path.read_bytes())
    changes = check_reading(new, settings, before=before([old])).changes
    return in_order((*told, *changes))
