"""Evidence into probabilities: a sum of log-odds, and the share of identity beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from specstat.model.evidence import Evidence
from specstat.model.resource import Section

# No sum of cues makes certain; only a declaration does.
_MAX_LOG_ODDS = 7.0
DECISIVE = _MAX_LOG_ODDS
# What the evidence must lean by not to be even, in nats.
EVEN = 0.25


def balance(evidence: Iterable[Evidence]) -> float:
    """The evidence's sum in nats: positive toward status, negative toward spec."""
    return sum(e.weight if e.toward is Section.STATUS else -e.weight for e in evidence)


def probabilities(log_odds: float, identity: float) -> dict[Section, float]:
    """Probabilities of the three sections, which add up to one.

    `log_odds` are those of status against spec, `identity` the probability of metadata.
    """
    bounded = max(-_MAX_LOG_ODDS, min(_MAX_LOG_ODDS, log_odds))
    status = (1 - identity) / (1 + math.exp(-bounded))
    return {
        Section.SPEC: 1 - identity - status,
        Section.STATUS: status,
        Section.METADATA: identity,
    }


def settle(log_odds: float, identity: float) -> tuple[Section, dict[Section, float], bool]:
    """The section by these odds, the probabilities, and whether the odds were even.

    In doubt a field belongs in spec (the first document, "when in doubt, choose Spec"), however the
    last few percent fall.
    """
    chances = probabilities(log_odds, identity)
    section = max(chances, key=chances.__getitem__)
    if section is Section.METADATA or abs(log_odds) >= EVEN:
        return section, chances, False
    return Section.SPEC, chances, True


def certain(section: Section) -> dict[Section, float]:
    """What is declared: all of it in one section."""
    return {s: float(s is section) for s in (Section.SPEC, Section.STATUS, Section.METADATA)}
