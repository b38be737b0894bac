"""Immutability policies: what of a kind must not change, and from when on.

A policy is declared once (`terms`), compiled against the schema of its kind (`cells`), turned into
the guards that Kubernetes understands (`generate`), and enforced in a controller (`decide`).

    policy = Policy.load("agentrun-strict", crd="crds/agentruns.yaml")
    policy.verify(old, new)  # a Verdict: what changed, and what of it is forbidden
    policy.hash(run)  # the SHA-256 of what the policy fixes
    policy.decide(run, now=datetime.now(UTC))  # a Decision: what a controller does and writes

The public names, which are those below, are imported when they are first used.

The rooms, each of which imports only from those above it:

- nouns: `paths`, `terms` (what a policy says), `schema`, `cells` (what of an object is compared as
  a whole), `lock` (whether an object is locked, exempt, done);
- equality: `scalars`, `prepare`, `canonical`, `projection`, `plain` and `objects` (texts into
  values), `fit`, `pairing`, `changes`, `digest`;
- reading: `values`, `testkeys`, `triggers`, `consequences`, `keys` (the tables of keys), `reading`,
  `contradictions` (paths against each other), `publish` (the JSON Schema), `finding` (files,
  packaged `policies`), `definitions` (CRDs), `mismatches` (policy against schema);
- judging: `growth`, `judged`, `owned`, `verify` for two states of an object; for a controller
  `record`, `decision`, `patch`, `event`, `telling`, `standing`, `keeping`, `decide`;
- guards: `generate`, which knows nothing of judging;
- `policy`: the facade over all but the guards.
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
    from specstat.immutability.decide import ToggleError, mode_of
    from specstat.immutability.decision import Code, Decision, Note, Outcome
    from specstat.immutability.policy import Policy
    from specstat.immutability.record import Record
    from specstat.immutability.terms import PolicyError
    from specstat.immutability.verify import Verdict

_HOMES = {
    "Code": "specstat.immutability.decision",
    "Decision": "specstat.immutability.decision",
    "Note": "specstat.immutability.decision",
    "Outcome": "specstat.immutability.decision",
    "Policy": "specstat.immutability.policy",
    "PolicyError": "specstat.immutability.terms",
    "Record": "specstat.immutability.record",
    "ToggleError": "specstat.immutability.decide",
    "Verdict": "specstat.immutability.verify",
    "mode_of": "specstat.immutability.decide",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in _HOMES:
        message = f"module 'specstat.immutability' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)
