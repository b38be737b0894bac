"""From which severity on findings count, and what a run ends with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from specstat.cli.errors import FINDINGS, UNUSABLE
from specstat.engine.config.finding import Configurations
from specstat.engine.config.nouns import NOTHING
from specstat.engine.config.ruling import NEVER, fail_on
from specstat.model.diagnostic import Diagnostic, Severity
from specstat.readers.settings.places import ConfigError


class Limits(NamedTuple):
    """From which severity on findings count: what was asked for, else what rules their file."""

    asked: str
    configurations: Configurations

    def of(self, diagnostic: Diagnostic) -> Severity | None:
        """The limit for a finding; None where none counts."""
        try:
            configuration = self.configurations.of(diagnostic.location.file)
        except (ConfigError, OSError):  # of a file beside those that were linted
            configuration = NOTHING
        word = fail_on(configuration, self.asked)
        return None if word == NEVER else Severity[word.upper()]


def exit_code(diagnostics: Iterable[Diagnostic], limits: Limits) -> int:
    """2 where something could not be checked, else 1 for findings that count, else 0."""
    code = 0
    for diagnostic in diagnostics:
        if diagnostic.fatal:
            return UNUSABLE
        limit = limits.of(diagnostic)
        if limit is not None and diagnostic.severity >= limit:
            code = FINDINGS
    return code
