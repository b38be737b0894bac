"""Immutability policies: what of a kind must not change, and from when on.

A policy is declared once (`terms`), compiled against the schema of its kind (`cells`), turned into
the guards that Kubernetes understands (`generate`), and enforced in a controller (`decide`).

    policy = Policy.load("agentrun-strict", crd="crds/agentruns.yaml")
    policy.verify(old, new)  # a Verdict: what changed, and what of it is forbidden
    policy.hash(run)  # the SHA-256 of what the policy fixes
    policy.decide(run, now=datetime.now(UTC))  # a Decision: what a controller does and writes

The public names, which are those below, are imported when they are first used.

The rooms, each of which imports only from those below it:

- `policy`: the facade over all but the guards;
- `judging`: what a policy says of an update (`verify`), and what a controller does (`decide`);
- `language`: how policies are written and read, found, published, and held to their kind;
- `equality`: Kubernetes' equality, and what differs between two objects; beside it `generate`: the
  guards that Kubernetes understands;
- nouns: `paths`, `terms` (what a policy says), `schema`, `cells` (what of an object is compared as
  a whole), `lock` (whether an object is locked, exempt, done).

Policies that come with specstat stand in `policies`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = [
    "Code",
    "Decision",
    "Note",
    "Outcome",
    "Policy",
    "PolicyError",
    "Record",
    "ToggleError",
    "Verdict",
    "mode_of",
]

if TYPE_CHECKING:
    from specstat.immutability.judging.decide import ToggleError, mode_of
    from specstat.immutability.judging.decision import Code, Decision, Note, Outcome
    from specstat.immutability.judging.record import Record
    from specstat.immutability.judging.verify import Verdict
    from specstat.immutability.policy import Policy
    from specstat.immutability.terms import PolicyError

_HOMES = {
    "Code": "specstat.immutability.judging.decision",
    "Decision": "specstat.immutability.judging.decision",
    "Note": "specstat.immutability.judging.decision",
    "Outcome": "specstat.immutability.judging.decision",
    "Policy": "specstat.immutability.policy",
    "PolicyError": "specstat.immutability.terms",
    "Record": "specstat.immutability.judging.record",
    "ToggleError": "specstat.immutability.judging.decide",
    "Verdict": "specstat.immutability.judging.verify",
    "mode_of": "specstat.immutability.judging.decide",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in _HOMES:
        message = f"module 'specstat.immutability' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)
