"""What a report is made of, the same for every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from specstat.model.diagnostic import Diagnostic, Severity
from specstat.reporters.summary import Counts
from specstat.rules import registry
from specstat.rules.catalogue import Catalogue


class Look(NamedTuple):
    """How people want to see it; reports for programs have one form only."""

    quiet: bool = False
    statistics: bool = False
    no_color: bool = False


PLAIN = Look()


class Ignored(NamedTuple):
    """A diagnostic that somebody asked not to be told of, for reports that are to hold it.

    GitHub's code scanning opens an alert for it all the same: no report holds one unasked.
    `in_source` is true where that was said in the linted file itself, `reason` is what was given.
    """

    diagnostic: Diagnostic
    in_source: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run came to.

    `shown` are the diagnostics to tell, in their order; `checked` the files that were read, clean
    ones too; `ignored` those that are not told. `fail_from` is the severity from which a finding
    fails the run, None where none does, and `limits` has it for files that have their own;
    `exit_code` is what the run ends with, `version` that of specstat, `catalogue` the rules that
    existed for the files.
    """

    shown: tuple[Diagnostic, ...] = ()
    counts: Counts = field(default_factory=Counts)
    checked: tuple[str, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    fail_from: Severity | None = Severity.WARNING
    limits: Mapping[str, Severity | None] = field(default_factory=dict)
    exit_code: int = 0
    look: Look = PLAIN
    version: str = ""
    catalogue: Catalogue = field(default_factory=registry.shipped)

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic alone would fail the run."""
        limit = self.limits.get(diagnostic.location.file, self.fail_from)
        loud = limit is not None and diagnostic.severity >= limit
        return diagnostic.fatal or loud
