"""Immutability policies: what of a kind must not change, and from when on.

A policy is declared once (`terms`), compiled against the schema of its kind (`cells`), turned into
the guards that Kubernetes understands (`generate`), and enforced in a controller (`decide`). The
public names are imported when they are first used.

The rooms, each of which imports only from those above it:

- nouns: `paths`, `terms` (what a policy says), `schema`, `cells` (what of an object is compared as
  a whole), `lock` (whether an object is locked, exempt, done);
- equality: `scalars`, `prepare`, `canonical`, `projection`, `objects` (texts into values), `fit`,
  `changes`, `digest`;
- reading: `values`, `testkeys`, `triggers`, `consequences`, `keys` (the tables of keys), `reading`,
  `contradictions` (paths against each other), `publish` (the JSON Schema), `finding` (files,
  packaged `policies`), `definitions` (CRDs), `mismatches` (policy against schema);
- judging: `verify` for two states of an object; for a controller `record`, `decision`, `patch`,
  `event`, `telling`, `standing`, `keeping`, `decide`;
- guards: `generate`, which knows nothing of judging;
- `policy`: the facade over all but the guards.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["Decision", "Policy", "PolicyError", "Verdict"]

if TYPE_CHECKING:
    from specstat.immutability.decision import Decision
    from specstat.immutability.policy import Policy
    from specstat.immutability.terms import PolicyError
    from specstat.immutability.verify import Verdict

_HOMES = {
    "Decision": "specstat.immutability.decision",
    "Policy": "specstat.immutability.policy",
    "PolicyError": "specstat.immutability.terms",
    "Verdict": "specstat.immutability.verify",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in _HOMES:
        message = f"module 'specstat.immutability' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)
