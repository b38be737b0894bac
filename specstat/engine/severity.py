"""How loud a finding is: severity follows certainty."""

from __future__ import annotations

from specstat.model.diagnostic import Finding, Severity
from specstat.model.evidence import SURE

# Next to certain, strong, and worth a look. Below the last nothing is told.
ERROR_FROM = 0.99
WARNING_FROM = SURE
INFO_FROM = 0.8


def of(finding: Finding, level: Severity = Severity.ERROR) -> Severity | None:
    """The severity of a finding; None where it is too uncertain to be told.

    `level` is the highest that its rule may have.
    """
    if finding.declared:
        return level
    if finding.confidence < INFO_FROM:
        return None
    if finding.confidence >= ERROR_FROM:
        severity = Severity.ERROR
    elif finding.confidence >= WARNING_FROM:
        severity = Severity.WARNING
    else:
        severity = Severity.INFO
    return min(severity, finding.at_most, level)
